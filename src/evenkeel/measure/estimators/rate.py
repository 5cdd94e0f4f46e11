from __future__ import annotations

from evenkeel.kernel import Estimate, WeightedParts, weighted_rate

from ..base import DayMetric


class Rate(DayMetric):
    """A share: values 0 or 1, Hajek's ratio with Wilson's interval on the effective sample size."""

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        return weighted_rate(parts)
