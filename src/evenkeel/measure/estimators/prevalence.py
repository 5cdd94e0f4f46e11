from __future__ import annotations

from typing import Any, ClassVar

from .rate import Rate


class Prevalence(Rate):
    """A share of views: each drawn item weighs its views / the odds with which it was drawn."""

    views: ClassVar[str] = "views"
    odds: ClassVar[str] = "item_pi"

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows[cls.views].notnull() & (rows[cls.views] > 0) & rows[cls.odds].notnull()

    @classmethod
    def weight(cls, rows: Any) -> Any:
        return rows[cls.views] / rows[cls.odds]
