"""Whether a golden item has leaked: from some moment on, or wherever a colleague had met it, it is answered better and faster
than the same people answer ordinary items. By permutation, so the stated rate of false alarms holds without a model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import benjamini_hochberg

FloatArray = npt.NDArray[np.float64]
K = TypeVar("K")
# With fewer answers nothing can be seen.
FEWEST = 12
# How often the order is shuffled: the smallest p-value is one over this.
SHUFFLES = 1_999
# A leak shows at least so far from either end.
_EDGE = 4


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Somebody met a golden item, in the order of time.

    `expected`: her share of right answers on ordinary audited items; `pace`: ln(time taken / her usual time), 0 where unknown;
    `knew`: how many of her team had answered it before her.
    """

    is_right: bool
    expected: float
    pace: float = 0.0
    knew: int = 0


@dataclass(frozen=True, kw_only=True)
class Leak:
    """What a golden item's answers say: the chance of as strong a pattern by accident, and what the pattern is."""

    p: float
    n: int
    # From which answer on; empty when it is the colleagues' knowledge that shows.
    since: int | None
    gain: float
    faster: float


def leak(meetings: Sequence[Meeting], *, seed: int, shuffles: int = SHUFFLES) -> Leak:
    """Test one golden item. Under no leak the order in which people met it says nothing about how they answered.

    Each answer scores (right - expected) and minus its pace, both standardised and added. Two statistics: the greatest
    standardised difference of later from earlier answers over all moments (a list goes round), and that of those whose
    colleagues had met it from the rest (neighbours tell). Both are compared with themselves under shuffled order; p is twice
    the smaller share, so the chance of a false alarm at p <= a is at most a.

    Reference: Good (2005) Permutation, Parametric and Bootstrap Tests of Hypotheses; Phipson, Smyth (2010) SAGMB 9 (the +1).
    """
    n = len(meetings)
    if n < FEWEST:
        return Leak(p=1.0, n=n, since=None, gain=0.0, faster=0.0)
    better = np.array([each.is_right - each.expected for each in meetings])
    faster = -np.array([each.pace for each in meetings])
    score = _standard(better) + _standard(faster)
    if not score.any():
        return Leak(p=1.0, n=n, since=None, gain=0.0, faster=0.0)
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.broadcast_to(score, (shuffles, n)), axis=1)
    every = np.vstack([score, shuffled])
    later = _later(every)
    p_time = _share(later.max(axis=1))
    knew = np.array([each.knew > 0 for each in meetings])
    p_told = 1.0
    if _EDGE <= knew.sum() <= n - _EDGE:
        p_told = _share(every[:, knew].mean(axis=1) - every[:, ~knew].mean(axis=1))
    split = int(later[0].argmax()) + _EDGE
    marked = np.arange(n) >= split if p_time <= p_told else knew
    return Leak(
        p=min(1.0, 2 * min(p_time, p_told)),
        n=n,
        since=split if p_time <= p_told else None,
        gain=float(better[marked].mean() - better[~marked].mean()),
        faster=float(1 - np.exp(-(faster[marked].mean() - faster[~marked].mean()))),
    )


def leaked(found: Mapping[K, Leak], *, q: float = 0.05) -> list[K]:
    """Of tested golden items those to call burnt: of all that are called so, at most the share `q` wrongly, on average.

    Only such as are answered better since, or faster: a worse one is a matter for its experts.
    """
    tested = [key for key, each in found.items() if each.n >= FEWEST]
    if not tested:
        return []
    called = benjamini_hochberg([found[key].p for key in tested], false_share=q)
    return [key for key, is_called in zip(tested, called, strict=True) if is_called]


def _later(rows: FloatArray) -> FloatArray:
    """Per row and moment: how much the later values exceed the earlier ones, in standard errors under no difference."""
    n = rows.shape[1]
    first = np.cumsum(rows, axis=1)[:, _EDGE - 1 : n - _EDGE]
    before = np.arange(_EDGE, n - _EDGE + 1)
    after = n - before
    total = rows.sum(axis=1, keepdims=True)
    found: FloatArray = ((total - first) / after - first / before) / np.sqrt(1 / before + 1 / after)
    return found


def _share(values: FloatArray) -> float:
    """Of the first value: the share of all values, itself among them, that are as great."""
    return float((values >= values[0] - 1e-12).mean())


def _standard(values: FloatArray) -> FloatArray:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)
