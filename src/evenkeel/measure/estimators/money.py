from __future__ import annotations

from typing import ClassVar

from django.conf import settings

from ..base import Held, Unit
from .composed import Composed


class Money(Composed):
    """An amount in cents: from costs on record, and where there are none from productive hours at the rate of the settings."""

    unit: ClassVar[Unit] = "money_cents"
    digits: ClassVar[int] = 2
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
