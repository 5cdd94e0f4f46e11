"""Writing people's time: every change of a stretch in the house is made here, in the transaction of an act.

The worker is locked first, so that two who say something about her time at once say it one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from evenkeel.ground import log
from evenkeel.ground.access import Actor

from .facts import TIME, time_rows
from .models import Presence, TimeMark, TimeSpan, Worker
from .rules.timeline import OFF, Stretch, paint


def lock(worker_id: UUID) -> Worker:
    """One at a time for one worker. `no_key`, because rows written meanwhile only point at her key."""
    workers = Worker.objects.select_for_update(no_key=True, of=("self",)).select_related("site")
    return workers.get(pk=worker_id)


def running(worker_id: UUID) -> TimeSpan | None:
    """The stretch that runs; None off duty."""
    return TimeSpan.objects.filter(worker=worker_id, ended_at=None).first()


def zone_of(worker: Worker) -> str:
    """The time zone by which a worker's days are counted: her site's."""
    return worker.site.time_zone if worker.site is not None else "UTC"


def say(actor: Actor, worker: Worker, said: Stretch, *, reason: str = "", now: datetime) -> TimeMark:
    """Note one sentence about a locked worker's time and bring her stretches and the log into line with it."""
    mark = TimeMark.objects.create(
        worker=worker,
        state=said.state,
        began_at=said.began_at,
        ended_at=said.ended_at,
        origin=said.origin,
        programme_id=said.programme_id,
        queue_id=said.queue_id,
        reason=reason,
        by_name=actor.name,
        noted_at=now,
    )
    touched = Q(ended_at=None) | Q(ended_at__gt=said.began_at)
    if said.ended_at is not None:
        touched &= Q(began_at__lt=said.ended_at)
    found = TimeSpan.objects.filter(touched, worker=worker).select_related("site")
    rows = {stretch_of(row): row for row in found}
    wanted = set(paint(list(rows), said))
    gone = [row for stretch, row in rows.items() if stretch not in wanted]
    fresh = [_span(worker, stretch, gone) for stretch in sorted(wanted - rows.keys(), key=lambda each: each.began_at)]
    # What ran has never been in the log; what was over stands there and is taken back.
    TimeSpan.objects.filter(pk__in=[row.pk for row in gone]).delete()
    TimeSpan.objects.bulk_create(fresh)
    log.append(TIME, [line for row in gone if row.ended_at for line in time_rows(row, sign=-1)])
    log.append(TIME, [line for row in fresh if row.ended_at for line in time_rows(row)])
    return mark


def stretch_of(row: TimeSpan) -> Stretch:
    """A row as a plain value."""
    return Stretch(
        state=row.state,
        began_at=row.began_at,
        ended_at=row.ended_at,
        origin=row.origin,
        programme_id=row.programme_id,
        queue_id=row.queue_id,
    )


def _span(worker: Worker, stretch: Stretch, cut: Iterable[TimeSpan]) -> TimeSpan:
    """A new row. A piece of an older one keeps the organisation, site and team of that time; anything else has those of now."""
    begins = stretch.began_at
    older = (row for row in cut if row.state == stretch.state and row.began_at <= begins)
    of: TimeSpan | Worker = next((row for row in older if row.ended_at is None or row.ended_at > begins), worker)
    return TimeSpan(
        worker=worker,
        organisation_id=of.organisation_id,
        # With the site itself: the log asks it for the zone.
        site=of.site,
        team_id=of.team_id,
        state=stretch.state,
        began_at=stretch.began_at,
        ended_at=stretch.ended_at,
        origin=stretch.origin,
        programme_id=stretch.programme_id,
        queue_id=stretch.queue_id,
    )


def see(worker_id: UUID, *, at: datetime) -> None:
    """Note a sign of life; an earlier one than is known changes nothing."""
    seen = Presence.objects.filter(worker=worker_id)
    if seen.filter(seen_at__lt=at).update(seen_at=at) or seen.exists():
        return
    Presence.objects.bulk_create([Presence(worker_id=worker_id, seen_at=at)], ignore_conflicts=True)


def since_when(span: TimeSpan, *, seen_at: datetime | None, now: datetime) -> datetime:
    """Where idleness or the end of a shift is dated: the last sign of life, never before the stretch itself began."""
    at = max(span.began_at, seen_at) if seen_at is not None else span.began_at
    return min(at, now)


def off(at: datetime, *, origin: str) -> Stretch:
    """Off duty from a moment on."""
    return Stretch(state=OFF, began_at=at, origin=origin)


# A sign of life is noted at most this often; a process forgets which it noted, and then notes one more.
SIGN_EVERY = timedelta(seconds=30)
