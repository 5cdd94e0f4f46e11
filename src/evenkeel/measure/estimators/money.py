from __future__ import annotations

from typing import ClassVar

from django.conf import settings

from ..base import Held, Unit
from .composed import Composed


class Money(Composed):
    """An amount in cents: from costs on record, and where there are none from productive hours at the rate of the settings."""

    unit: ClassVar[Unit] = "money_cents"
    digits: ClassVar[int] = 2
    # Whether it is a price for each of something; otherwise an amount that grows with the period.
    per_piece: ClassVar[bool] = False
    reads: ClassVar[tuple[str, ...]] = ("accuracy", "decided", "productive_hours", "costs", "failure_costs")

    @classmethod
    def people_of(cls) -> str:
        return "decided"

    @classmethod
    def spent(cls, held: Held) -> float | None:
        """What the work cost; None where neither an amount nor a rate is known."""
        recorded, hours = held.of("costs"), held.of("productive_hours")
        if recorded.n:
            return recorded.wy
        rate: int = settings.EVENKEEL.hour_cost_cents
        return hours.wy * rate if rate and hours.n else None

    @classmethod
    def part(cls, *, spent: float, failed: float, decided: float, accuracy: float) -> tuple[float, float]:
        """What a cell adds above and below: sums over cells give the figure; below is 0 where it is no price for each."""
        raise NotImplementedError
