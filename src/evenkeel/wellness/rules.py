"""The limit of a day, on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most so many minutes a day of content of severity `severity_from` or worse."""

    severity_from: int
    minutes_a_day: int


def reached_limit(severity: int, limits: Iterable[Limit], seconds_by_severity: Mapping[int, float]) -> Limit | None:
    """The strictest limit that stands in the way of more content of `severity`, or None.

    A limit counts everything of its own severity or worse, so an hour of the worst uses up the milder limits too.

    >>> half_hour = Limit(severity_from=3, minutes_a_day=30)
    >>> reached_limit(3, [half_hour], {3: 900, 4: 900}) == half_hour
    True
    >>> reached_limit(2, [half_hour], {3: 900, 4: 900}) is None
    True
    """
    reached = [
        limit
        for limit in limits
        if limit.severity_from <= severity
        and sum(s for of, s in seconds_by_severity.items() if of >= limit.severity_from) >= limit.minutes_a_day * 60
    ]
    return min(reached, key=lambda limit: limit.minutes_a_day, default=None)


def day_of(now: datetime, time_zone: str) -> tuple[datetime, datetime]:
    """The day that `now` falls on where the person works, as half-open moments in UTC: 23 or 25 hours when clocks change."""
    here = now.astimezone(ZoneInfo(time_zone))
    first = here.replace(hour=0, minute=0, second=0, microsecond=0)
    # Wall-clock arithmetic within the zone, so that the next midnight is a midnight on every day.
    return first.astimezone(UTC), (first + timedelta(days=1)).astimezone(UTC)
