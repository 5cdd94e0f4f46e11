"""How the log stands at this moment, by its manifest alone: no file is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Sum

from ..models import LogBatch, LogErasure, LogRow
from .retention import horizons


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """Rows of a fact and day that nobody reads, because their file was found damaged or missing."""

    fact: str
    day: date
    rows: int
    since: datetime


@dataclass(frozen=True, kw_only=True)
class LogFaults:
    """What of the log is not in order: rows that were set aside, and since when the oldest batch waits for its file."""

    waiting_since: datetime | None
    set_aside: tuple[SetAside, ...]

    @property
    def set_aside_rows(self) -> int:
        """How many rows nobody reads."""
        return sum(each.rows for each in self.set_aside)


@dataclass(frozen=True, kw_only=True)
class LogStanding:
    """What is not in order, the changes that wait for their file, and how far back each fact reaches."""

    faults: LogFaults
    waiting: int
    erasures: int
    reaches: dict[str, date]


def log_faults() -> LogFaults:
    """What is not in order, from indexes that hold nothing else: as cheap after years as on the first day.

    Files are met when they are read: one that nobody has read since may be damaged all the same. `waiting_since` is when the
    oldest batch was begun that is not written: older than a minute, its disk or bucket refuses it.
    """
    damaged = LogBatch.objects.exclude(set_aside_at=None).values("fact", "day")
    found = damaged.annotate(n=Sum("rows"), since=Min("set_aside_at")).order_by("fact", "day")
    return LogFaults(
        waiting_since=LogBatch.objects.filter(written_at=None).aggregate(since=Min("created_at"))["since"],
        set_aside=tuple(SetAside(fact=row["fact"], day=row["day"], rows=row["n"], since=row["since"]) for row in found),
    )


def log_standing() -> LogStanding:
    """How the log stands."""
    return LogStanding(
        faults=log_faults(),
        waiting=LogRow.objects.count(),
        erasures=LogErasure.objects.filter(done_at=None).count(),
        reaches=horizons(),
    )
