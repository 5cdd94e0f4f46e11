"""When a message may leave: hours of quiet, and the hour of a digest. Plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def leaves_at(
    now: datetime, *, rhythm: str, digest_hour: int, quiet_from: int, quiet_until: int, zone: str
) -> datetime:
    """The moment (UTC) at which what is written now leaves: at once, or with the next digest; never within quiet hours.

    Hours are those of `zone`; quiet is from <= hour < until, over midnight where from > until, never where both are the
    same. Across a change of the clocks the hour shown by the clock counts.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    >>> settings = {"digest_hour": 8, "quiet_from": 20, "quiet_until": 7, "zone": "UTC"}
    >>> leaves_at(at, rhythm="at_once", **settings).isoformat()
    '2026-03-03T07:00:00+00:00'
    >>> leaves_at(at, rhythm="daily", **settings).isoformat()
    '2026-03-03T08:00:00+00:00'
    """
    here = now.astimezone(ZoneInfo(zone))
    if rhythm == "daily":
        digest = here.replace(hour=digest_hour, minute=0, second=0, microsecond=0)
        here = digest if digest > here else digest + timedelta(days=1)
    if is_quiet(here.hour, quiet_from=quiet_from, quiet_until=quiet_until):
        end = here.replace(hour=quiet_until, minute=0, second=0, microsecond=0)
        here = end if end > here else end + timedelta(days=1)
    return here.astimezone(UTC)


def is_quiet(hour: int, *, quiet_from: int, quiet_until: int) -> bool:
    """Whether an hour of the day is one of quiet.

    >>> [hour for hour in range(24) if is_quiet(hour, quiet_from=22, quiet_until=3)]
    [0, 1, 2, 22, 23]
    """
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until
