from __future__ import annotations

from typing import ClassVar

from evenkeel.kernel import Estimate, WeightedParts

from ..base import Better, DayMetric, Unit


class Count(DayMetric):
    """A number of rows. Counted, not estimated: the interval is the number itself."""

    unit: ClassVar[Unit] = "count"
    digits = 0
    better: ClassVar[Better] = "neither"

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        return Estimate(float(parts.n), float(parts.n), float(parts.n), parts.n, float(parts.n), "counted")


class Total(DayMetric):
    """A sum of values, such as hours. Summed, not estimated; unknown where nothing was written."""

    unit: ClassVar[Unit] = "number"
    better: ClassVar[Better] = "neither"

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        if not parts.n:
            return Estimate.unknown(method="summed")
        return Estimate(parts.wy, parts.wy, parts.wy, parts.n, float(parts.n), "summed")
