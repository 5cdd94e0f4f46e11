from __future__ import annotations

from typing import ClassVar

from evenkeel.kernel import Estimate, defect_rates

from ..base import FigureMetric, Held


class Composed(FigureMetric):
    """A figure made of other metrics' parts when it is asked for: nothing of its own is stored."""

    reads: ClassVar[tuple[str, ...]]

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return cls.reads

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        raise NotImplementedError


class CountRatio(Composed):
    """So many of one thing for each of another; what is counted above is Poisson, with exact limits."""

    above: ClassVar[str]
    below: ClassVar[str]

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return (cls.above, cls.below)

    @classmethod
    def people_of(cls) -> str:
        return cls.below

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        return defect_rates(max(held.of(cls.above).n, 0), max(held.of(cls.below).n, 0)).per_unit


class CountShare(CountRatio):
    """The share that is known to have been counted, such as coverage. A fact about the past: no interval but itself."""

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        hits, n = held.of(cls.above).n, held.of(cls.below).n
        if n <= 0:
            return Estimate.unknown(method="counted")
        share = max(hits, 0) / n
        return Estimate(share, share, share, n, float(n), "counted")
