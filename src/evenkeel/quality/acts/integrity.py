"""Looks at how work came about: the detectors open them, people take them and say what they were."""

from __future__ import annotations

from datetime import UTC as UTC
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Worker

from .. import scopes
from ..models import IntegrityLook, IntegrityRun, LookOutcome
from ..models.integrity import DISPOSITIONS
from ..queries.integrity import TABLES
from ..rules.integrity import WEEKS, Judged, Suspicion, detectors, limit_of, suspicions

TEXT_LENGTH = 4_000


def run_detectors(actor: Actor, *, week_on: date, now: datetime) -> IntegrityRun:
    """Judge a week (its Monday) with the three before it, once, and open looks. The same week again gives the same run.

    A look that is open for the same person and detector is not doubled, nor is one opened that was closed on these weeks.
    """
    known = IntegrityRun.objects.filter(week_on=week_on).first()
    if known is not None:
        return known
    until = datetime.combine(week_on + timedelta(days=7), time(0), UTC)
    since = until - timedelta(weeks=WEEKS)
    # Reading takes its time, so it happens before the transaction; two runs at once would read the same.
    judged = _judged(since, until)
    limit = limit_of(len(detectors))
    with act(scopes.LOOK_TAKE, actor, now=now) as deed:
        run = IntegrityRun.objects.create(
            week_on=week_on,
            people=len({worker for each in judged.values() for worker in each.workers}),
            limit=limit,
            tested={slug: int((each.chances == each.chances).sum()) for slug, each in judged.items()},
            ran_at=now,
        )
        found = suspicions(judged, limit=limit)
        opened = [_opened(run, each, since, now) for each in found]
        deed.record("detectors ran", on=run, after={"opened": sum(opened), "limit": limit})
        return run


def _judged(since: datetime, until: datetime) -> dict[str, Judged]:
    with log.opened() as connection:
        return {kind.slug: kind.judge(TABLES[kind.table](connection, since, until)) for kind in detectors}


def _opened(run: IntegrityRun, found: Suspicion, since: datetime, now: datetime) -> bool:
    before = IntegrityLook.objects.filter(detector=found.detector, worker_id=UUID(found.worker))
    if before.filter(closed_at=None).exists() or before.filter(closed_at__gte=since).exists():
        return False
    # Somebody may have been erased since; the log follows later.
    if not Worker.objects.filter(pk=found.worker).exists():
        return False
    IntegrityLook.objects.create(
        run=run, detector=found.detector, worker_id=UUID(found.worker), chance=found.chance, evidence=dict(found.evidence),
        opened_at=now,
    )  # fmt: skip
    return True


def take_look(actor: Actor, *, look: IntegrityLook, now: datetime) -> IntegrityLook:
    """Take a look on oneself, so that two do not ask the same person."""
    with act(scopes.LOOK_TAKE, actor, on=look, now=now) as deed:
        own = Worker.objects.filter(pk=look.worker_id, person=actor.person_id).exists() if actor.person_id else False
        deed.require(not own, _("It is about your own work, so somebody else looks."), code="own-work")
        taken = IntegrityLook.objects.filter(pk=look.pk, closed_at=None)
        deed.require(taken.update(taken_by=actor.person_id, taken_at=now), _("It is closed already."))
        deed.record("look taken", on=look)
        look.refresh_from_db()
        return look


def close_look(actor: Actor, *, look: IntegrityLook, disposition: str, reason: str, now: datetime) -> LookOutcome:
    """Say what a look was, with the reason; by whoever took it."""
    with act(scopes.LOOK_TAKE, actor, on=look, now=now) as deed:
        found = IntegrityLook.objects.select_for_update().get(pk=look.pk)
        deed.require(found.closed_at is None, _("It is closed already."), code="closed")
        deed.require(
            found.taken_by_id is not None and found.taken_by_id == actor.person_id,
            _("Whoever took it closes it; take it first."),
            code="not-taken",
        )
        reason, faults = reason.strip(), {}
        if disposition not in dict(DISPOSITIONS):
            faults["disposition"] = [_("Choose one of those offered.")]
        if not reason or len(reason) > TEXT_LENGTH or "\x00" in reason:
            faults["reason"] = [_("1 to %(n)d characters.") % {"n": TEXT_LENGTH}]
        if faults:
            raise Invalid(_("This does not close a look."), fields=faults)
        made = LookOutcome.objects.create(
            look=found, disposition=disposition, reason=reason, by_id=actor.person_id, at=now
        )
        found.closed_at = now
        found.save(update_fields=["closed_at"])
        deed.record("look closed", on=found, after={"disposition": disposition})
        return made
