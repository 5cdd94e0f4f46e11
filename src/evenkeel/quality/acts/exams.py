"""Exams: setting one up, sitting it at the desk, and what passing it opens."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.people import Worker, notify
from evenkeel.policy import Certification, certify
from evenkeel.work import Decision, Queue, Task, watch_people

from .. import scopes
from ..models import Exam, ExamSitting, Gate
from ..queries.gates import holds, last_sitting, limits_of, shut_for, sitting_answers
from ..queries.renewals import is_to_renew
from ..rules.gates import Limits, judge, limit_faults
from .letting import open_way_back
from .ours import insist_on_ours

# Who keeps an exam's books when nobody is at hand: answers come in by the minute.
EXAMINER = Actor.system("exams")


def open_exam(
    actor: Actor,
    *,
    queue: Queue,
    certification: Certification,
    good: float = 0.9,
    bad: float = 0.75,
    risk_good: float = 0.05,
    risk_bad: float = 0.05,
    most: int = 80,
    wait_days: int = 7,
    now: datetime,
) -> Exam:
    """Make an empty queue an exam: whoever takes work there gets golden items for exams alone, until the test has a verdict.

    Of people at accuracy `good` about `risk_good` fail it, of those at `bad` about `risk_bad` pass; at `most` answers the
    nearer one is taken. Whoever fails sits it again after `wait_days`, with other items. `Invalid` names the field.
    """
    insist_on_ours(actor)
    with act(scopes.GATE_EDIT, actor, on=queue, now=now) as deed:
        limits = Limits(good=good, bad=bad, risk_good=risk_good, risk_bad=risk_bad, most=most)
        faults = limit_faults(limits)
        if Task.objects.filter(queue=queue, closed_at=None).exists():
            faults["queue"] = [_("An exam's queue holds no work of its own: choose an empty one.")]
        elif Exam.objects.filter(queue=queue).exists():
            faults["queue"] = [_("It is an exam already.")]
        elif certification.name in queue.certifications:
            faults["queue"] = [_("It asks for the certification that the exam gives.")]
        if not 0 <= wait_days <= 365:
            faults["wait_days"] = [_("0 to 365 days.")]
        if faults:
            raise Invalid(_("The exam cannot be set up like this."), fields=faults)
        made = Exam.objects.create(
            queue=queue,
            certification=certification,
            good=good,
            bad=bad,
            risk_good=risk_good,
            risk_bad=risk_bad,
            most=most,
            wait_days=wait_days,
            salt=secrets.randbits(62),
            started_at=now,
        )
        watch_people(EXAMINER, queue=queue, now=now)
        deed.record("exam opened", on=made, after={"queue": queue.name, "certification": certification.name})
        return made


def end_exam(actor: Actor, *, exam: Exam, now: datetime) -> Exam:
    """Hand nothing out in it any more. Certificates that it gave stay."""
    with act(scopes.GATE_EDIT, actor, on=exam, now=now) as deed:
        deed.require(Exam.objects.filter(pk=exam.pk, ended_at=None).update(ended_at=now), _("It has ended already."))
        deed.record("exam ended", on=exam)
        exam.ended_at = now
        return exam


def sit(exam: Exam, worker: Worker, *, held: int, now: datetime) -> int:
    """Begin a sitting, or go on with the one under way; how many more items it may take. Under the hand-out's transaction.

    `NotNow` for whoever holds the certification and need not renew it, or failed too short a time ago.
    """
    last = last_sitting(exam, worker.pk)
    if last is not None and last.ended_at is None:
        return max(0, exam.most - len(sitting_answers(last)) - _undecided(last) - held)
    may_renew = is_to_renew(worker.pk, exam.certification, now=now)
    if holds(worker.pk, exam.certification, now) and not may_renew and not _leads_back(exam, worker):
        raise NotNow(_("You hold this certification: there is nothing to pass."), code="certified")
    again_at = last.ended_at + timedelta(days=exam.wait_days) if last is not None and last.ended_at else now
    if last is not None and last.outcome == "failed" and again_at > now:
        raise NotNow(
            _("You may sit this exam again from %(day)s.") % {"day": f"{again_at:%Y-%m-%d %H:%M} UTC"}, code="too-soon"
        )
    ExamSitting.objects.create(exam=exam, worker=worker, started_at=now)
    return exam.most


def judge_sitting(sitting: ExamSitting, *, now: datetime) -> ExamSitting:
    """End a sitting whose answers suffice for a verdict. Passed: the certification is given, and gates that it leads back
    from are open again.
    """
    exam = sitting.exam
    run = judge(sitting_answers(sitting), limits_of(exam))
    if run.is_passed is None:
        return sitting
    with act(scopes.GATE_EDIT, EXAMINER, on=exam, now=now) as deed:
        found = ExamSitting.objects.select_for_update(of=("self",)).select_related("worker__person").get(pk=sitting.pk)
        if found.ended_at is not None:  # two jobs at once
            deed.record("exam judged again", on=found)
            return found
        found.n, found.errors, found.ended_at = run.n, run.errors, now
        found.outcome = "passed" if run.is_passed else "failed"
        if run.is_passed:
            made = certify(EXAMINER, certification=exam.certification, worker=found.worker, now=now)
            found.certificate = made
            for verdict in shut_for(found.worker, Gate.objects.filter(exam=exam)):
                open_way_back(verdict, why=_("Exam passed."), by_id=None, sitting=found, now=now)
        elif found.worker.person is not None:
            notify(
                [found.worker.person], title=_("The exam %(name)s was not passed") % {"name": exam}, url="/", now=now
            )
        found.save(update_fields=["n", "errors", "ended_at", "outcome", "certificate"])
        deed.record("exam " + found.outcome, on=found, after={"n": run.n, "errors": run.errors})
        deed.tell("exam.ended", sitting_id=found.pk, worker_id=found.worker_id, outcome=found.outcome)
        return found


def _undecided(sitting: ExamSitting) -> int:
    """Answers that may still be taken back, and count later."""
    return Decision.objects.filter(
        queue=sitting.exam.queue_id,
        worker=sitting.worker_id,
        decided_at__gte=sitting.started_at,
        planted=True,
        taken_back=None,
        gold_answer=None,
    ).count()


def _leads_back(exam: Exam, worker: Worker) -> bool:
    return bool(shut_for(worker, Gate.objects.filter(exam=exam)))
