"""Two people, or a person and a standard: Cohen's, weighted and Scott's coefficients from their table."""

from __future__ import annotations

from math import nan, sqrt
from typing import cast

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, floats
from .counts import confusion
from .estimate import Estimate
from .likeness import Likeness, likeness
from .linearised import ALL, interval


def cohen_kappa(
    table: npt.ArrayLike, *, weights: npt.ArrayLike | Likeness | None = None, level: float = 0.95
) -> Estimate:
    """Cohen's kappa of two people from their (classes, classes) table: p_e = sum_kl w_kl p_k. p_.l.

    Works for people against a standard too. Assumes items drawn at random. `weights` (classes, classes), or the name of
    a scheme in `likeness`, count unlike answers as partial agreement; without, only equal answers agree. Large-sample
    standard error of Fleiss, Cohen, Everitt (1969); Student's t with n - 1 degrees of freedom, as for the others.

    >>> f"{cohen_kappa([[13, 0, 0], [0, 20, 7], [0, 4, 56]]).value:.7f}"
    '0.7964094'
    >>> f"{cohen_kappa([[13, 0, 0], [0, 20, 7], [0, 4, 56]], weights='quadratic').value:.4f}"
    '0.8922'

    Reference: Cohen (1960) Educational and Psychological Measurement 20; Cohen (1968) Psychological Bulletin 70.
    """
    cells, near = _checked(table, weights)
    p = cells / max(cells.sum(), 1.0)
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    either = ((near @ columns)[:, None] + (near @ rows)[None, :]) / 2
    method = "cohen_linearised" if weights is None else "cohen_weighted_linearised"
    return _two(cells, near, float(rows @ near @ columns), either, method, level)


def scott_pi(table: npt.ArrayLike, *, weights: npt.ArrayLike | Likeness | None = None, level: float = 0.95) -> Estimate:
    """Scott's pi of two people from their (classes, classes) table: chance from the shares of both together.

    Assumes two people who differ by chance alone, so that their shares are one. p_e = sum_kl w_kl s_k s_l, s the mean of
    the two people's shares. `weights` as for `cohen_kappa`. Linearised standard error, Student's t.

    >>> f"{scott_pi([[13, 0, 0], [0, 20, 7], [0, 4, 56]]).value:.7f}"
    '0.7962397'

    Reference: Scott (1955) Public Opinion Quarterly 19; Gwet (2014) chapter 5.
    """
    cells, near = _checked(table, weights)
    p = cells / max(cells.sum(), 1.0)
    shares = (p.sum(axis=1) + p.sum(axis=0)) / 2
    by_class = near @ shares
    either = (by_class[:, None] + by_class[None, :]) / 2
    method = "scott_linearised" if weights is None else "scott_weighted_linearised"
    return _two(cells, near, float(shares @ by_class), either, method, level)


def cohen_of_rows(
    item: IntArray, rater: IntArray, label: IntArray, people: IntArray, shape: tuple[int, ...], level: float
) -> Estimate:
    """Cohen's kappa of the two `people` over the items that both labelled; of a person's repeats the last counts."""
    answers = np.full((2, shape[0]), -1)
    answers[(rater == people[1]).astype(int), item] = label
    both = (answers >= 0).all(axis=0)
    return cohen_kappa(confusion(answers[0, both], answers[1, both], n_classes=shape[1]), level=level)


def _checked(table: npt.ArrayLike, weights: npt.ArrayLike | Likeness | None) -> tuple[FloatArray, FloatArray]:
    cells = floats(table)
    if cells.ndim != 2 or cells.shape[0] != cells.shape[1] or not (cells >= 0).all():
        raise ValueError("table must be square and hold no negative count")
    if weights is None:
        return cells, np.eye(len(cells))
    # A name is a Likeness: an array of one piece of text would be no weights.
    near = likeness(cast(Likeness, weights), len(cells)) if isinstance(weights, str) else floats(weights)
    if near.shape != cells.shape:
        raise ValueError("weights must have a row and a column a class")
    return cells, near


def _two(cells: FloatArray, near: FloatArray, chance: float, either: FloatArray, method: str, level: float) -> Estimate:
    n = cells.sum()
    if n == 0 or chance > ALL:
        return Estimate.unknown(method=method, level=level, n=round(n))
    p = cells / n
    observed = float((p * near).sum())
    value = (observed - chance) / (1 - chance)
    # One influence a cell (k, l): agreement there, less the chance that its two classes add.
    influence = (near - chance) / (1 - chance) - 2 * (1 - value) * (either - chance) / (1 - chance) - value
    error = sqrt(float((p * influence**2).sum()) / n) if n > 1 else nan
    return interval(value, error, round(n), observed, chance, method, level, df=n - 1)
