"""Rows leave the log, by whole days, when they are as old as the settings say. The sums that were made of them stay.

The database keeps its own rows; from then on the log is compared with it, and made anew from it, only as far back as it
reaches (`LogHorizon`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..access import Actor, declare
from ..acts import act
from ..errors import NotNow
from ..models import LogBatch, LogFile, LogHorizon
from .facts import all_facts
from .files import damaged_name, name_of
from .readers import let_everybody_read
from .store import store

# So many ids fit into one statement of any database.
_AT_ONCE = 500
RETAIN = declare("ground:log:retain", _("Let old rows leave the log"))


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What leaves of one fact: days before `before`."""

    fact: str
    before: date
    days: int
    files: int
    rows: int


def horizons() -> dict[str, date]:
    """Facts whose older days have left, with the first day that is still there."""
    return dict(LogHorizon.objects.values_list("fact", "before_on"))


def insist_on_known_facts() -> None:
    """Raise `NotNow` when the settings speak of a fact that is none: a slip would keep for ever what should leave."""
    unknown = sorted(name for name, _days in settings.EVENKEEL.log.keep_days if name not in all_facts())
    if unknown:
        known = ", ".join(all_facts())
        raise NotNow(
            f"EVENKEEL_LOG_KEEP_DAYS names {unknown[0]!r}, which is no fact. Choose among {known}.",
            code="log-retention",
        )


def leaving(now: datetime) -> list[Leaving]:
    """What `retain` would take away now."""
    insist_on_known_facts()
    found = []
    for fact, keep_days in settings.EVENKEEL.log.keep_days:
        before = now.astimezone(UTC).date() - timedelta(days=keep_days)
        batches = list(_old(fact, before))
        found.append(
            Leaving(
                fact=fact,
                before=before,
                days=len({batch.day for batch in batches}),
                files=len({name_of(batch) for batch in batches}),
                rows=sum(batch.rows for batch in batches),
            )
        )
    return found


def retain(now: datetime, *, by: str = "clock") -> list[Leaving]:
    """Let old days leave, once all sums have been made of them; says so in the trail. Returns what left."""
    gone = []
    if any(each.rows for each in leaving(now)):
        let_everybody_read(now)
    for each in leaving(now):
        kept = LogHorizon.objects.filter(fact=each.fact, before_on__gte=each.before)
        if each.rows:
            _let_go(each, Actor.system(by), now)
            gone.append(each)
        elif not kept.exists():
            # Nothing of it is there, yet from now on nothing older will be made anew either.
            _move_horizon(each, now)
    return gone


def _let_go(each: Leaving, actor: Actor, now: datetime) -> None:
    batches = list(_old(each.fact, each.before))
    names = {name_of(batch) for batch in batches}
    with act(RETAIN, actor, now=now) as deed:
        # A day's file holds batches of that day alone, so a file leaves with all of its batches.
        files = {batch.file_id for batch in batches if batch.file_id is not None}
        for table, ids in ((LogBatch, [batch.pk for batch in batches]), (LogFile, list(files))):
            for start in range(0, len(ids), _AT_ONCE):
                table._default_manager.filter(pk__in=ids[start : start + _AT_ONCE]).delete()
        _move_horizon(each, now)
        deed.record(
            "rows left the log",
            fact=each.fact,
            older_than=each.before,
            days=each.days,
            files=each.files,
            rows=each.rows,
        )
    # Killed here, the nightly sweep takes away what no manifest knows.
    for name in names:
        store().remove(name)
        store().remove(damaged_name(name))


def _move_horizon(each: Leaving, now: datetime) -> None:
    with transaction.atomic():
        known = LogHorizon.objects.filter(fact=each.fact).first()
        # It never moves back: what has left does not return with a longer setting.
        before = max(each.before, known.before_on) if known else each.before
        LogHorizon.objects.update_or_create(fact=each.fact, defaults={"before_on": before, "moved_at": now})


def _old(fact: str, before: date) -> list[LogBatch]:
    found = LogBatch.objects.filter(fact=fact, day__lt=before, written_at__isnull=False, rows__gt=0)
    return list(found.select_related("file").order_by("day", "id"))
