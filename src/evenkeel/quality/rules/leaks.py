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
# How often the order is shuffled: the smallest p-value is two over this and one. Few times for all, many for those that stand
# out, so that a few among hundreds can still be called.
FEW, MANY = 499, 39_999
_LOOK_CLOSER = 0.03
_AT_ONCE = 5_000
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


def leak(meetings: Sequence[Meeting], *, seed: int) -> Leak:
    """Test one golden item. Under no leak the order in which people met it says nothing about how they answered.

    Each answer scores (right - expected) and minus its pace, both standardised and added. Two statistics: the greatest
    standardised difference of later from earlier answers over all moments (a list goes round), and that of those whose
    colleagues had met it from the rest (neighbours tell). Both are compared with themselves under shuffled order; p is twice
    the smaller share, so the chance of a false alarm at p <= a is at most a. What stands out is shuffled anew, more often, and
    only that counts.

    Reference: Good (2005) Permutation, Parametric and Bootstrap Tests of Hypotheses; Phipson, Smyth (2010) SAGMB 9 (the +1).
    """
    n = len(meetings)
    better = np.array([each.is_right - each.expected for each in meetings])
    faster = -np.array([each.pace for each in meetings])
    score = _standard(better) + _standard(faster) if n >= FEWEST else np.zeros(n)
    if not score.any():
        return Leak(p=1.0, n=n, since=None, gain=0.0, faster=0.0)
    rng = np.random.default_rng(seed)
    knew = np.array([each.knew > 0 for each in meetings])
    p_time, p_told = _shares(score, knew, rng, FEW)
    if 2 * min(p_time, p_told) <= _LOOK_CLOSER:
        p_time, p_told = _shares(score, knew, rng, MANY)
    split = int(_later(score[None, :])[0].argmax()) + _EDGE
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


def _shares(
    score: FloatArray, knew: npt.NDArray[np.bool_], rng: np.random.Generator, times: int
) -> tuple[float, float]:
    """The shares of orders, the real one among them, whose two statistics are as great as the real ones."""
    can_tell = _EDGE <= knew.sum() <= len(score) - _EDGE
    later, told = _later(score[None, :]).max(), _told(score[None, :], knew)[0] if can_tell else 0.0
    as_late, as_told, left = 1, 1, times
    while left:
        portion = min(left, _AT_ONCE)
        rows = rng.permuted(np.broadcast_to(score, (portion, len(score))), axis=1)
        as_late += int((_later(rows).max(axis=1) >= later - 1e-12).sum())
        if can_tell:
            as_told += int((_told(rows, knew) >= told - 1e-12).sum())
        left -= portion
    return as_late / (times + 1), as_told / (times + 1) if can_tell else 1.0


def _told(rows: FloatArray, knew: npt.NDArray[np.bool_]) -> FloatArray:
    """Per row: how much those whose colleagues had met it exceed the rest."""
    found: FloatArray = rows[:, knew].mean(axis=1) - rows[:, ~knew].mean(axis=1)
    return found


def _standard(values: FloatArray) -> FloatArray:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)
