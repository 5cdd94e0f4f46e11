from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from evenkeel.kernel import Estimate, WeightedParts, weighted_mean, weighted_rate

from ..base import GRAIN, FigureMetric, Unit


def exact(value: float) -> float:
    """To a multiple of 2^-20, so that sums are the same in any order."""
    return round(value * GRAIN) / GRAIN


class UnitMetric(FigureMetric):
    """Made of two stored metrics, worker by worker and day by day: a person's day is the sampling unit.

    Its parts are kept like those of a metric that a fact feeds, and brought up to date with either of the two.
    """

    above: ClassVar[str]
    below: ClassVar[str]

    @classmethod
    def of_unit(cls, above: WeightedParts, below: WeightedParts) -> WeightedParts:
        """What a person's day adds."""
        raise NotImplementedError

    @classmethod
    def feeds(cls) -> tuple[str, ...]:
        """The two it is made of."""
        return (cls.above, cls.below)

    @classmethod
    def made_of(cls, parts: Mapping[str, WeightedParts]) -> WeightedParts:
        """The parts of one person's day from those of the two."""
        return cls.of_unit(parts.get(cls.above, WeightedParts()), parts.get(cls.below, WeightedParts()))


class RatioOfSums(UnitMetric):
    """Sum of values above / sum of values below, people's days as clusters: R -+ t sqrt(V), V = sum (y - R x)^2 / (sum x)^2."""

    unit: ClassVar[Unit] = "number"

    @classmethod
    def of_unit(cls, above: WeightedParts, below: WeightedParts) -> WeightedParts:
        y, x = exact(above.wy), exact(below.wy)
        if not y and not x:
            return WeightedParts()
        return WeightedParts(1, x, y, exact(x * x), exact(x * y), exact(y * y))

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        if parts.n == 0 or parts.w <= 0:
            return Estimate.unknown(method="ratio_of_sums")
        found = weighted_mean(parts)
        low = max(found.low, 0.0) if found.has_interval else found.low
        return Estimate(found.value, low, found.high, parts.n, float(parts.n), "ratio_of_sums", found.level)


class ShareOfSums(RatioOfSums):
    """A ratio of sums that cannot exceed 1, such as a share of time: Wilson's interval on the effective number of days."""

    unit: ClassVar[Unit] = "percent"

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        if parts.n == 0 or parts.w <= 0:
            return Estimate.unknown(method="ratio_of_sums_wilson")
        found = weighted_rate(parts)
        return Estimate(
            found.value, found.low, found.high, parts.n, float(parts.n), "ratio_of_sums_wilson", found.level
        )


class ShareOfDays(UnitMetric):
    """The share of people's days that keep a rule."""

    unit: ClassVar[Unit] = "percent"

    @classmethod
    def is_kept(cls, above: float, below: float) -> bool | None:
        """Whether a day keeps the rule; None where the rule does not ask about it."""
        raise NotImplementedError

    @classmethod
    def of_unit(cls, above: WeightedParts, below: WeightedParts) -> WeightedParts:
        kept = cls.is_kept(above.wy, below.wy)
        if kept is None:
            return WeightedParts()
        y = float(kept)
        return WeightedParts(1, 1.0, y, 1.0, y, y)

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        return weighted_rate(parts)
