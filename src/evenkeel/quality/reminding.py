"""Reminding people of calibration sessions they have not finished, and seeing to what a deadline changes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.people import notify

from . import scopes
from .clarity import judge_clauses
from .models import CalibrationSeat, CalibrationSession
from .rules.calibration import remind_from


def remind_due(now: datetime) -> int:
    """Remind whoever has not answered, once, a day before the deadline or at half time; returns how many were reminded."""
    open_ = CalibrationSession.objects.filter(ended_at=None, revealed_at=None, deadline_at__gt=now)
    told = 0
    for session in open_.order_by("id"):
        if now < remind_from(opened_at=session.opened_at, deadline_at=session.deadline_at):
            continue
        late = CalibrationSeat.objects.filter(session=session, done_at=None, reminded_at=None)
        seats = list(late.select_related("worker__person"))
        if not seats:
            continue
        with act(scopes.CALIBRATION_EDIT, Actor.system("calibration"), on=session, now=now) as deed:
            CalibrationSeat.objects.filter(pk__in=[seat.pk for seat in seats]).update(reminded_at=now)
            people = [seat.worker.person for seat in seats if seat.worker.person is not None]
            title = _("Cases of %(name)s wait for your answer.") % {"name": session.name}
            notify(people, title=title, url=session.get_absolute_url(), now=now)
            deed.record("people reminded", after={"people": len(seats)})
        told += len(seats)
    return told


def reveal_due(now: datetime) -> int:
    """Note that deadlines are over, and let the answers speak about the policy's clauses; returns how many sessions."""
    over = CalibrationSession.objects.filter(revealed_at=None, deadline_at__lte=now).select_related("policy_version")
    done = 0
    for session in over.order_by("id"):
        with act(scopes.CALIBRATION_EDIT, Actor.system("calibration"), on=session, now=now) as deed:
            # The moment is the deadline's, whenever the job comes round.
            if not CalibrationSession.objects.filter(pk=session.pk, revealed_at=None).update(
                revealed_at=session.deadline_at
            ):
                deed.record("were revealed already")
                continue
            deed.record("answers revealed")
            deed.tell("calibration.revealed", session_id=session.pk)
        if session.policy_version is not None:
            judge_clauses(session.policy_version, now=now)
        done += 1
    return done
