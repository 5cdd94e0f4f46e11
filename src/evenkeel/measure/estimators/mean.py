from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from evenkeel.kernel import Estimate, WeightedParts, weighted_mean

from ..base import DayMetric, Unit


class Mean(DayMetric):
    """A mean of real values, with Student's interval. `scale` turns what is summed into what is shown."""

    unit: ClassVar[Unit] = "number"
    scale: ClassVar[float] = 1.0

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        found = weighted_mean(parts)
        if cls.scale == 1.0:
            return found
        return replace(found, value=found.value * cls.scale, low=found.low * cls.scale, high=found.high * cls.scale)
