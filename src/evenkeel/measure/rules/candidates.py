"""Which changes in the log may explain a signal: those near its beginning, and at its place. Plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")

# A cause comes before its effect; the day of the beginning is itself only known to some days.
BEFORE, AFTER = timedelta(days=10), timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Candidate(Generic[T]):
    """A change, how many days it lies before (positive) or after the beginning, and whether it lies within its interval."""

    change: T
    days_before: int
    is_within: bool


def candidates(
    changes: Sequence[tuple[date, T]], *, began_on: date, earliest: date, latest: date, most: int = 8
) -> list[Candidate[T]]:
    """The changes that may have brought a change about, the likeliest first: within the interval of its beginning, then near.

    Looked at are ten days before the earliest and two days after the latest day on which it may have begun.

    >>> from datetime import date
    >>> told = [(date(2026, 3, 1), "rollout"), (date(2026, 3, 20), "incident"), (date(2026, 2, 27), "policy")]
    >>> day = date(2026, 3, 2)
    >>> [found.change for found in candidates(told, began_on=day, earliest=date(2026, 3, 1), latest=date(2026, 3, 3))]
    ['rollout', 'policy']
    """
    found = [
        Candidate(change=change, days_before=(began_on - day).days, is_within=earliest <= day <= latest)
        for day, change in changes
        if earliest - BEFORE <= day <= latest + AFTER
    ]
    found.sort(key=lambda one: (not one.is_within, one.days_before < 0, abs(one.days_before)))
    return found[:most]
