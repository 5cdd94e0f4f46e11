"""Blaker's exact interval of a share: as safe as Clopper-Pearson, inside it, and so never longer."""

from __future__ import annotations

import numpy as np

from .arrays import BoolArray, FloatArray

# Points looked at between the exact end and the share itself: the rates that are accepted need not be one piece.
POINTS, HALVINGS = 800, 45


def blaker_ends(hits: FloatArray, n: FloatArray, tail: float, low: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Both ends for whole counts, from the lower Clopper-Pearson ends of the hits and of the misses, `low` (2, ...).

    A rate p is kept while P(the lesser tail is no more than that of the count seen) is above alpha: the tail of the count
    itself, and of the other side as much as is no likelier. The ends are those of all rates kept.
    """
    if (np.round(hits) != hits).any() or (np.round(n) != n).any():
        raise ValueError("blaker needs whole counts; take wilson for an effective sample size")
    ends = np.empty((2, *hits.shape))
    for place in np.ndindex(hits.shape):
        x, size = float(hits[place]), float(n[place])
        for side, count in enumerate((x, size - x)):
            at = (side, *place)
            ends[at] = _lower(count, int(size), 2 * (1 - tail), float(low[at])) if count else 0.0
    return ends[0], 1 - ends[1]


def _lower(x: float, n: int, alpha: float, beyond: float) -> float:
    rates = np.linspace(beyond, x / n, POINTS)
    first = int(np.argmax(_is_kept(rates, x, n, alpha)))
    if first == 0:
        return beyond
    out, kept = rates[first - 1], rates[first]
    for _ in range(HALVINGS):
        middle = (out + kept) / 2
        if _is_kept(np.array([middle]), x, n, alpha)[0]:
            kept = middle
        else:
            out = middle
    return float(kept)


def _is_kept(rates: FloatArray, x: float, n: int, alpha: float) -> BoolArray:
    from scipy.special import bdtr, bdtrik

    above = 1 - bdtr(x - 1, n, rates) if x > 0 else np.ones_like(rates)
    # Below the share the upper tail is the lesser one. Equal tails must count as equal although both are rounded.
    most = above * (1 + 1e-9)
    with np.errstate(invalid="ignore"):
        q = np.floor(np.nan_to_num(bdtrik(np.minimum(most, 1.0), n, rates), nan=-1.0))
    q = np.clip(q, -1, n)
    q = np.where((q < n) & (bdtr(np.minimum(q + 1, n), n, rates) <= most), q + 1, q)
    q = np.where((q >= 0) & (bdtr(np.maximum(q, 0), n, rates) > most), q - 1, q)
    below = np.where(q >= 0, bdtr(np.maximum(q, 0), n, rates), 0.0)
    kept: BoolArray = np.minimum(above + below, 1.0) > alpha
    return kept
