"""Agreement where an answer is a set of classes: several boxes ticked at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import codes, same_length
from .counts import count_labels
from .estimate import Estimate
from .linearised import Items, alpha

SetDistance = Literal["masi", "jaccard", "equal"]


def alpha_of_sets(
    items: npt.ArrayLike,
    answers: Sequence[Collection[Hashable]],
    *,
    distance: SetDistance = "masi",
    level: float = 0.95,
) -> Estimate:
    """Krippendorff's alpha for answers that are sets, such as the policies a post breaks.

    Assumes what `krippendorff_alpha` does. One row an answer: the item's running number and the set, which may be empty.
    Distances: jaccard 1 - |A & B| / |A | B|; masi 1 - jaccard's likeness times 1 for equal sets, 2/3 where one holds the
    other, 1/3 where they overlap, 0 else; equal 0 or 1. Two empty sets are equal.

    >>> f"{alpha_of_sets([0, 0, 1, 1, 2, 2], [{'hate'}, {'hate', 'spam'}, set(), set(), {'spam'}, {'spam'}]).value:.3f}"
    '0.722'

    Reference: Passonneau (2006) LREC; Krippendorff (2004) Content Analysis, ch. 11.
    """
    if distance not in _LIKE:
        raise ValueError(f"unknown distance {distance!r}")
    item, given = codes(items, name="items"), [frozenset(answer) for answer in answers]
    label = np.array([0] * len(given), dtype=np.int64)
    # Numbered by first appearance in the order of items, so that nothing hangs on how elements hash.
    numbers: dict[frozenset[Hashable], int] = {}
    same_length(items=item, answers=label)
    for row in np.argsort(item, kind="stable").tolist():
        label[row] = numbers.setdefault(given[row], len(numbers))
    kinds = list(numbers)
    weights = np.array([[_LIKE[distance](a, b) for b in kinds] for a in kinds]).reshape(len(kinds), len(kinds))
    counts = count_labels(item, label, n_classes=len(kinds))
    return alpha(Items.of(counts, weights), level, f"krippendorff_alpha_{distance}_linearised")


def _jaccard(a: frozenset[Hashable], b: frozenset[Hashable]) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def _masi(a: frozenset[Hashable], b: frozenset[Hashable]) -> float:
    if a == b:
        return 1.0
    if a <= b or b <= a:
        return _jaccard(a, b) * 2 / 3
    return _jaccard(a, b) / 3


_LIKE: dict[str, Callable[[frozenset[Hashable], frozenset[Hashable]], float]] = {
    "masi": _masi, "jaccard": _jaccard, "equal": lambda a, b: float(a == b),
}  # fmt: skip
