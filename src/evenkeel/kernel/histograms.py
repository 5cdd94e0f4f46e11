"""Counts in buckets of constant ratio: a sketch of positive values that adds up exactly and tells any quantile to 1 %."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log, nan
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, vector
from .estimate import Estimate
from .means import order_statistics
from .quantiles import normal_quantile, two_sided
from .rows import refuse_rows

RELATIVE_ERROR = 0.01
GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
LOG_GAMMA = log(GAMMA)


def _nothing() -> IntArray:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class LogHistogram:
    """How many values lie in each bucket: bucket i holds gamma^(i-1) < x <= gamma^i, bucket 0 everything up to 1.

    `counts[k]` belongs to bucket `first` + k. Counts are whole numbers, so histograms add up to the same one in any order,
    and rows that are taken back are subtracted. gamma = 1.01/0.99, hence a value is told to within 1 % (up to 1: within 1).

    >>> both = LogHistogram.of([5.0, 8.0]) + LogHistogram.of([13.0])
    >>> both.n, both.values([0, 2]).round().tolist()
    (3, [5.0, 13.0])

    Reference: Masson, Rim, Lee (2019) DDSketch, PVLDB 12.
    """

    first: int = 0
    counts: IntArray = field(default_factory=_nothing)

    @classmethod
    def of(cls, values: npt.ArrayLike) -> LogHistogram:
        """The histogram of some values. Raises BadRows for one below 0."""
        x = vector(values, name="values")
        refuse_rows(x < 0, "values must not be negative")
        buckets = np.ceil(np.log(np.maximum(x, 1.0)) / LOG_GAMMA).astype(np.int64)
        return cls.of_buckets(buckets, np.ones(len(x), dtype=np.int64))

    @classmethod
    def of_buckets(cls, buckets: npt.ArrayLike, counts: npt.ArrayLike) -> LogHistogram:
        """From bucket numbers and how many lie in each; numbers may repeat, counts may be negative."""
        where, n = np.asarray(buckets, dtype=np.int64), np.asarray(counts, dtype=np.int64)
        if not where.size:
            return cls()
        first = int(where.min())
        total = np.zeros(int(where.max()) - first + 1, dtype=np.int64)
        np.add.at(total, where - first, n)
        return cls(first, total)._trimmed()

    @classmethod
    def from_list(cls, kept: Sequence[int]) -> LogHistogram:
        """The inverse of `to_list`."""
        return cls(int(kept[0]), np.asarray(kept[1:], dtype=np.int64)) if kept else cls()

    def to_list(self) -> list[int]:
        """The first bucket's number and the counts from there on; empty without any. What JSON keeps."""
        return [self.first, *self.counts.tolist()] if self.counts.size else []

    @property
    def n(self) -> int:
        """How many values there are."""
        return int(self.counts.sum())

    def __add__(self, other: LogHistogram) -> LogHistogram:
        return sum_histograms([self, other])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LogHistogram) and self.to_list() == other.to_list()

    def values(self, places: npt.ArrayLike) -> FloatArray:
        """The values at these places (from 0) of the sorted values, each to within 1 %."""
        return self._at(places, 2 / (GAMMA + 1))

    def middles(self) -> FloatArray:
        """The value that stands for each bucket, in the order of `counts`: within 1 % of all in it."""
        bucket = self.first + np.arange(len(self.counts))
        return np.where(bucket > 0, GAMMA ** bucket.astype(np.float64) * 2 / (GAMMA + 1), 1.0)

    def bounds(self, place: int) -> tuple[float, float]:
        """Both ends of the bucket in which the value at this place lies."""
        high = float(self._at([place], 1.0)[0])
        return (high / GAMMA if high > 1 else 0.0), high

    def _at(self, places: npt.ArrayLike, within: float) -> FloatArray:
        bucket = self.first + np.searchsorted(np.cumsum(self.counts), np.asarray(places), side="right")
        return np.where(bucket > 0, GAMMA ** bucket.astype(np.float64) * within, 1.0)

    def _trimmed(self) -> LogHistogram:
        """Without empty buckets at its ends, so that equal contents are equal histograms."""
        filled = np.flatnonzero(self.counts)
        if not filled.size:
            return LogHistogram()
        return LogHistogram(self.first + int(filled[0]), self.counts[filled[0] : filled[-1] + 1])


def sum_histograms(histograms: Sequence[LogHistogram]) -> LogHistogram:
    """All of them as one.

    >>> sum_histograms([LogHistogram.of([2.0]), LogHistogram(), LogHistogram.of([2.0, 9.0])]).n
    3

    Reference: Masson, Rim, Lee (2019) DDSketch, PVLDB 12 (full mergeability).
    """
    some = [each for each in histograms if each.counts.size]
    if not some:
        return LogHistogram()
    first = min(each.first for each in some)
    total = np.zeros(max(each.first + len(each.counts) for each in some) - first, dtype=np.int64)
    for each in some:
        total[each.first - first : each.first - first + len(each.counts)] += each.counts
    return LogHistogram(first, total)._trimmed()


def histogram_quantile(histogram: LogHistogram, *, p: float, level: float = 0.95) -> Estimate:
    """The p quantile of the values behind a histogram, with the interval of order statistics.

    As `quantile` of the values themselves, to within 1 %; the interval's ends are the outer ends of their buckets, so it
    covers at least `level`. Assumes independent values. Raises ValueError unless 0 < p < 1 or where a count is negative.

    >>> found = histogram_quantile(LogHistogram.of(range(1, 1001)), p=0.9)
    >>> abs(found.value / 900.1 - 1) < 0.01, found.low < 882, found.high > 918
    (True, True, True)

    Reference: David, Nagaraja (2003) Order Statistics, section 7.1; Masson, Rim, Lee (2019).
    """
    if not 0 < p < 1:
        raise ValueError(f"p must lie between 0 and 1, not {p}")
    if (histogram.counts < 0).any():
        raise ValueError("a histogram with more taken back than given has no quantiles")
    n, method = histogram.n, "histogram_order_statistics"
    if not n:
        return Estimate.unknown(method=method, level=level)
    place = p * (n - 1)
    below, above = histogram.values([int(place), min(int(place) + 1, n - 1)]).tolist()
    first, last = order_statistics(n, p, level)
    low = histogram.bounds(first - 1)[0] if first >= 1 else nan
    high = histogram.bounds(last - 1)[1] if last <= n else nan
    return Estimate(below + (above - below) * (place - int(place)), low, high, n, float(n), method, level)


def life_table_quantile(
    closed: LogHistogram,
    *,
    still_open: LogHistogram,
    open_before: LogHistogram | None = None,
    p: float,
    level: float = 0.95,
) -> Estimate:
    """The time after which a share `p` is done, what is still open counted for as long as it has been seen to be open.

    Over a period: `closed` are the durations of what was done in it, `still_open` the ages of what was open at its end,
    `open_before` the ages of what was open at its beginning, which is at risk from that age on only. Kaplan-Meier's
    product over buckets, at risk r = closed + open at the end - open at the beginning, each of at least that length.
    The interval inverts Greenwood's on the scale log(-log S). Assumes that what is open does not differ from what is done.
    Unknown where fewer than a share `p` are seen to be done. `n` counts what was done.

    >>> done = LogHistogram.of([1.5, 2, 3, 4, 5])
    >>> round(life_table_quantile(done, still_open=LogHistogram(), p=0.5).value)
    3
    >>> round(life_table_quantile(done, still_open=LogHistogram.of([4.5] * 3), p=0.5).value)
    4

    Reference: Kaplan, Meier (1958) JASA 53; Brookmeyer, Crowley (1982) Biometrics 38.
    """
    if not 0 < p < 1:
        raise ValueError(f"p must lie between 0 and 1, not {p}")
    before = open_before if open_before is not None else LogHistogram()
    n, method = closed.n, "life_table"
    if not n:
        return Estimate.unknown(method=method, level=level)
    first, (d, at_end, at_start) = _aligned([closed, still_open, before])
    # Whoever is cut off within a bucket is at risk in it; whoever comes in within it is not yet.
    at_risk = _from_here(d) + _from_here(at_end) - _from_here(at_start)
    seen = (d > 0) & (at_risk >= d)
    r = at_risk[seen].astype(np.float64)
    died = d[seen].astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        stays = np.cumprod(1 - died / r)
        spread = np.sqrt(np.cumsum(died / (r * (r - died)))) / np.abs(np.log(stays))
        z = normal_quantile(two_sided(level))
        lower, upper = stays ** np.exp(z * spread), stays ** np.exp(-z * spread)
    lower, upper = np.where(stays > 0, lower, 0.0), np.where(stays > 0, upper, 0.0)
    times = LogHistogram(first, d)._at(np.cumsum(d)[seen] - 1, 2 / (GAMMA + 1))

    def first_below(curve: npt.NDArray[Any]) -> float:
        done = np.flatnonzero(curve <= 1 - p + 1e-12)
        return float(times[done[0]]) if done.size else nan

    return Estimate(first_below(stays), first_below(lower), first_below(upper), n, float(n), method, level)


def _aligned(histograms: Sequence[LogHistogram]) -> tuple[int, list[IntArray]]:
    some: list[Any] = [each for each in histograms if each.counts.size]
    first = min(each.first for each in some)
    length = max(each.first + len(each.counts) for each in some) - first
    found = []
    for each in histograms:
        row = np.zeros(length, dtype=np.int64)
        if each.counts.size:
            row[each.first - first : each.first - first + len(each.counts)] = each.counts
        found.append(row)
    return first, found


def _from_here(counts: IntArray) -> IntArray:
    """How many lie in each bucket or above it."""
    found: IntArray = np.cumsum(counts[::-1])[::-1]
    return found
