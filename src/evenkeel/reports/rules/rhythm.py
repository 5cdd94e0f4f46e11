"""When a mail is due next, by the clock on a wall somewhere."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_moment(after: datetime, *, rhythm: str, hour: int, zone: str) -> datetime:
    """The first moment later than `after` at which it is `hour` o'clock in the zone, on a day of the rhythm; in UTC.

    An hour that a change of clocks leaves out comes an hour later, one that comes twice counts once, the first time.

    >>> at = datetime(2026, 3, 28, 12, tzinfo=UTC)
    >>> next_moment(at, rhythm="daily", hour=8, zone="Europe/Berlin").isoformat()
    '2026-03-29T06:00:00+00:00'
    >>> next_moment(at, rhythm="weekly", hour=8, zone="Asia/Singapore").isoformat()
    '2026-03-30T00:00:00+00:00'
    >>> next_moment(at, rhythm="monthly", hour=0, zone="UTC").isoformat()
    '2026-04-01T00:00:00+00:00'
    """
    local = ZoneInfo(zone)
    day = after.astimezone(local).date()
    while True:
        moment = datetime.combine(day, time(hour), tzinfo=local).astimezone(UTC)
        fits = {"daily": True, "weekly": day.weekday() == 0, "monthly": day.day == 1}[rhythm]
        if fits and moment > after:
            return moment
        day += timedelta(days=1)
