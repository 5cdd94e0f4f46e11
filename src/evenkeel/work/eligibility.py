"""What a queue asks and what a worker brings, fetched for the rules: only what the queue's own rules need."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from evenkeel.people import Worker
from evenkeel.policy import holdings, in_force

from .leases import in_hand
from .models import Decision, Lease, Queue, RoutedAway
from .rules.eligibility import Asked, Brought


def asked_by(queue: Queue) -> Asked:
    """What a queue asks of people."""
    return Asked(
        is_open=queue.is_open,
        languages=queue.languages,
        skills=queue.skills,
        certifications=queue.certifications,
        day_cap=queue.day_cap,
    )


def brought_by(worker: Worker, queue: Queue, *, now: datetime) -> Brought:
    """What a worker brings to a queue; no query for a queue that asks for neither skill nor cap."""
    skills, dated = _in_force(worker, now) if queue.skills or queue.certifications else (set(), set())
    held, known = holdings(worker.pk, queue.certifications, now=now) if queue.certifications else ([], set())
    return Brought(
        languages=worker.languages,
        skills=skills,
        # What policy certifies, a skill of the same name does not.
        certifications=(dated - known) | in_force(held),
        lapsed={each.name: (each.lapse, each.at) for each in held if each.lapse},
        certified_by_policy=known,
        left_on=worker.left_on,
        routed_away=_routed_away(worker, queue) if queue.watches_people else None,
        had_today=_had_today(worker, queue, now) if queue.day_cap is not None else 0,
    )


def day_start(worker: Worker, now: datetime) -> datetime:
    """The midnight that began the worker's day, where she works."""
    zone = ZoneInfo(worker.site.time_zone if worker.site else "UTC")
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def _routed_away(worker: Worker, queue: Queue) -> tuple[str, str] | None:
    found = RoutedAway.objects.filter(worker=worker.pk, queue=queue, ended_at=None)
    return found.values_list("why", "way_back").first()


def _in_force(worker: Worker, now: datetime) -> tuple[set[str], set[str]]:
    """Her skills today, and those of them that lapse on a day: what was passed and must be passed again is certified."""
    today = day_start(worker, now).date()
    found = worker.skills.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
    rows = list(found.values_list("skill__name", "until"))
    return {name for name, _until in rows}, {name for name, until in rows if until is not None}


def _had_today(worker: Worker, queue: Queue, now: datetime) -> int:
    decided = Decision.objects.filter(
        worker=worker.pk, queue=queue, decided_at__gte=day_start(worker, now), taken_back=None
    )
    return decided.count() + Lease.objects.filter(in_hand(worker.pk, queue)).count()
