"""The one place where the time of day is read. Edges read it once and hand it in; everything inside gets `now`."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
