"""How many people decide an item."""

from __future__ import annotations

from collections.abc import Iterable
from math import comb
from uuid import UUID

from evenkeel.kernel import key64


def drawn_for_more(item_id: UUID, queue_id: UUID, share: float) -> bool:
    """Whether an item is among the share that gets more opinions: a keyed hash of item and queue, so anybody can replay it."""
    from evenkeel.kernel import keyed_u

    salt = key64(queue_id.int) & 0xFFFFFFFF
    return bool(keyed_u([key64(item_id.int)], salt)[0] < share)


def certainty(counts: Iterable[int]) -> float:
    """How sure the leading label is: P(more than half of such people would give it | what was given).

    Assumes that people answer independently, each giving the leading label with the same unknown chance p, and nothing
    known of p beforehand (uniform prior). With k answers for it and m against, p is Beta(k + 1, m + 1), and the result is
    P(p > 1/2) = sum_{j <= k} C(n, j) / 2^n with n = k + m + 1. It knows nothing of who is good: `work` judges nobody.

    >>> [round(certainty([k]), 4) for k in (0, 1, 2, 3, 4)]
    [0.5, 0.75, 0.875, 0.9375, 0.9688]
    >>> certainty([2, 1]), certainty([1, 1])
    (0.6875, 0.5)

    Reference: Gelman et al. (2013) Bayesian Data Analysis, section 2.4.
    """
    ordered = sorted(counts, reverse=True)
    leading = ordered[0] if ordered else 0
    n = sum(ordered) + 1
    return float(sum(comb(n, j) for j in range(leading + 1)) / 2**n)


def wants_another(counts: Iterable[int], *, wanted: int, most: int, target: float) -> bool:
    """Whether an item whose `wanted` answers are all in should be asked once more."""
    return wanted < most and certainty(counts) < target
