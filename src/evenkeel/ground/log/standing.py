"""How the log stands at this moment, by its manifest alone: no file is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Q, Sum

from ..models import LogBatch, LogErasure, LogRow
from .retention import horizons

# So many damaged days a page can show; how many rows they are is counted over all.
_MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """Rows of a fact and day that nobody reads, because their file was found damaged or missing."""

    fact: str
    day: date
    rows: int
    since: datetime


@dataclass(frozen=True, kw_only=True)
class LogStanding:
    """Rows that stand in files, changes that wait for theirs, what was set aside, and how far back each fact reaches."""

    rows: int
    waiting: int
    waiting_since: datetime | None
    erasures: int
    set_aside_rows: int
    set_aside: tuple[SetAside, ...]
    reaches: dict[str, date]


def log_standing() -> LogStanding:
    """How the log stands. Files are met when they are read: one that nobody has read since may be damaged all the same.

    `waiting_since` is when the oldest batch was begun that is not written: older than a minute, its disk or bucket refuses it.
    """
    standing = LogBatch.objects.aggregate(
        there=Sum("rows", filter=Q(written_at__isnull=False, set_aside_at=None)),
        aside=Sum("rows", filter=Q(set_aside_at__isnull=False)),
    )
    oldest_open = LogBatch.objects.filter(written_at=None).aggregate(since=Min("created_at"))["since"]
    damaged = (
        LogBatch.objects.exclude(set_aside_at=None)
        .values("fact", "day")
        .annotate(n=Sum("rows"), since=Min("set_aside_at"))
        .order_by("fact", "day")
    )
    return LogStanding(
        rows=standing["there"] or 0,
        waiting=LogRow.objects.count(),
        waiting_since=oldest_open,
        erasures=LogErasure.objects.filter(done_at=None).count(),
        set_aside_rows=standing["aside"] or 0,
        set_aside=tuple(
            SetAside(fact=row["fact"], day=row["day"], rows=row["n"], since=row["since"])
            for row in damaged[:_MOST_SHOWN]
        ),
        reaches=horizons(),
    )
