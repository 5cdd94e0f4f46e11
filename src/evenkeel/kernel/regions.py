"""Boxes, spans and segments that two people drew on one item: matched at best, then counted like any other answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, divide, floats
from .estimate import Estimate
from .proportions import wilson
from .rows import refuse_rows

RegionKind = Literal["box", "span"]


@dataclass(frozen=True, slots=True)
class Matches:
    """The best pairing of two people's regions on one item.

    `pairs` (n, 2) holds the numbers of matched regions, `overlap` their intersection over union; `only_first` and
    `only_second` are the regions without a partner.
    """

    pairs: IntArray
    overlap: FloatArray
    only_first: IntArray
    only_second: IntArray

    @property
    def f1(self) -> float:
        """2 x pairs / all regions; nan where neither drew any."""
        total = 2 * len(self.pairs) + len(self.only_first) + len(self.only_second)
        return 2 * len(self.pairs) / total if total else nan


def overlap_of_boxes(first: npt.ArrayLike, second: npt.ArrayLike) -> FloatArray:
    """Intersection over union of every box of one list with every box of the other: (first, second).

    Assumes boxes as left, top, right, bottom, in any unit. Raises BadRows for a box that ends before it begins.

    >>> overlap_of_boxes([[0, 0, 2, 2]], [[1, 0, 3, 2], [5, 5, 6, 6]]).round(3).tolist()
    [[0.333, 0.0]]

    Reference: Everingham et al. (2010) Int. J. Computer Vision 88 (PASCAL VOC); Jaccard (1912).
    """
    return _overlap(_checked(first, 2), _checked(second, 2))


def overlap_of_spans(first: npt.ArrayLike, second: npt.ArrayLike) -> FloatArray:
    """Intersection over union of every span of one list with every span of the other: (first, second).

    Assumes half-open spans from, until: characters of a text, or seconds of a recording. Raises BadRows for a span that
    ends before it begins.

    >>> overlap_of_spans([[0, 10]], [[5, 15], [10, 20]]).round(3).tolist()
    [[0.333, 0.0]]

    Reference: Jaccard (1912) New Phytologist 11.
    """
    return _overlap(_checked(first, 1), _checked(second, 1))


def match_regions(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    *,
    kind: RegionKind = "box",
    first_labels: npt.ArrayLike | None = None,
    second_labels: npt.ArrayLike | None = None,
    threshold: float = 0.5,
) -> Matches:
    """Pair two people's regions so that the sum of overlaps is the largest possible.

    Assumes that a region has at most one partner; pairs that overlap less than `threshold`, or (where labels are given)
    carry different labels, cannot be one. Greedy pairing gives fewer pairs where regions crowd. Segments of a recording
    are spans with labels.

    >>> found = match_regions([[0, 4], [4, 9]], [[1, 5], [4, 10]], kind="span")
    >>> found.pairs.tolist(), found.overlap.round(3).tolist(), found.f1
    ([[0, 0], [1, 1]], [0.6, 0.833], 1.0)

    Reference: Kuhn (1955) Naval Research Logistics Quarterly 2; Jonker, Volgenant (1987) Computing 38.
    """
    from scipy.optimize import linear_sum_assignment

    shared = _OVERLAPS[kind](first, second)
    may = (shared >= threshold) & (shared > 0)
    if first_labels is not None and second_labels is not None:
        a, b = np.asarray(first_labels), np.asarray(second_labels)
        if a.shape != shared.shape[:1] or b.shape != shared.shape[1:]:
            raise ValueError("labels must have one entry a region")
        may &= a[:, None] == b[None, :]
    worth = np.where(may, shared, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    is_pair = may[rows, columns]
    pairs = np.column_stack([rows[is_pair], columns[is_pair]]).astype(np.int64)
    left = [np.setdiff1d(np.arange(n), pairs[:, side]) for side, n in enumerate(shared.shape)]
    return Matches(pairs, shared[pairs[:, 0], pairs[:, 1]], left[0], left[1])


def region_agreement(
    firsts: Sequence[npt.ArrayLike],
    seconds: Sequence[npt.ArrayLike],
    *,
    kind: RegionKind = "box",
    threshold: float = 0.5,
    level: float = 0.95,
) -> Estimate:
    """How far two people draw the same regions, over many items: 2 x pairs / all regions (F1), items as clusters.

    Assumes items drawn at random; an item on which neither drew anything adds nothing. The variance is that of a ratio
    over items, the interval Wilson's on the effective number of regions.

    >>> same = region_agreement([[[0, 4]], [[2, 9]], []], [[[0, 4]], [[5, 9]], [[1, 2]]], kind="span")
    >>> round(same.value, 3), same.n
    (0.8, 3)

    Reference: Hripcsak, Rothschild (2005) JAMIA 12 (F1 as agreement); Cochran (1977) section 6.
    """
    if len(firsts) != len(seconds):
        raise ValueError("firsts and seconds must have one list an item each")
    found = [match_regions(a, b, kind=kind, threshold=threshold) for a, b in zip(firsts, seconds, strict=True)]
    twice = np.array([2.0 * len(one.pairs) for one in found])
    total = twice + np.array([float(len(one.only_first) + len(one.only_second)) for one in found])
    n, method = len(found), f"region_f1_{kind}_wilson"
    if not total.sum():
        return Estimate.unknown(method=method, level=level, n=n)
    value = float(twice.sum() / total.sum())
    spread = twice - value * total
    error = sqrt(float(spread @ spread) * n / max(n - 1, 1)) / float(total.sum())
    effective = value * (1 - value) / error**2 if error > 0 and 0 < value < 1 else float(n)
    share = wilson(value * effective, effective, level=level)
    return Estimate(value, share.low, share.high, n, effective, method, level)


def _checked(regions: npt.ArrayLike, dimensions: int) -> FloatArray:
    """(n, 2, dimensions): where each region begins and ends."""
    array = floats(regions)
    if array.size == 0:
        return np.zeros((0, 2, dimensions))
    if array.ndim != 2 or array.shape[1] != 2 * dimensions:
        raise ValueError(f"regions must have {2 * dimensions} numbers a row")
    refuse_rows(~np.isfinite(array).all(axis=1), "regions must be finite")
    ends = array.reshape(-1, 2, dimensions)
    refuse_rows((ends[:, 1] < ends[:, 0]).any(axis=1), "regions must not end before they begin")
    return ends


def _overlap(a: FloatArray, b: FloatArray) -> FloatArray:
    low = np.maximum(a[:, None, 0], b[None, :, 0])
    high = np.minimum(a[:, None, 1], b[None, :, 1])
    shared = np.maximum(high - low, 0.0).prod(axis=2)
    size_a, size_b = ((ends[:, 1] - ends[:, 0]).prod(axis=1) for ends in (a, b))
    return divide(shared, size_a[:, None] + size_b[None, :] - shared, empty=0.0)


_OVERLAPS: dict[RegionKind, Callable[[npt.ArrayLike, npt.ArrayLike], FloatArray]] = {
    "box": overlap_of_boxes, "span": overlap_of_spans,
}  # fmt: skip
