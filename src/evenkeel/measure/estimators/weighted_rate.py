from __future__ import annotations

from typing import Any, ClassVar

from .rate import Rate


class WeightedRate(Rate):
    """A share over rows that were drawn with known odds, each standing for 1 / odds of its like."""

    odds: ClassVar[str] = "pi"

    @classmethod
    def weight(cls, rows: Any) -> Any:
        return 1.0 / rows[cls.odds]
