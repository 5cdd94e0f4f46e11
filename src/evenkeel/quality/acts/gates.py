"""Gates: setting one up, judging people at it, letting them back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Worker, notify
from evenkeel.policy import Certification, certify
from evenkeel.work import Queue, let_back, route_away, watch_people

from .. import scopes
from ..models import Exam, Gate, GateReturn, GateVerdict
from ..queries.gates import Standing, holds, returned, shut_for, standing_at
from ..rules.gates import Limits, limit_faults
from .letting import KEEPER, open_way_back
from .ours import insist_on_ours

_CONSEQUENCES = {slug for slug, _title in Gate.CONSEQUENCES}


def start_gate(
    actor: Actor,
    *,
    queue: Queue,
    name: str,
    consequence: str,
    good: float = 0.95,
    bad: float = 0.85,
    risk_good: float = 0.05,
    risk_bad: float = 0.1,
    most: int = 200,
    certification: Certification | None = None,
    exam: Exam | None = None,
    now: datetime,
) -> Gate:
    """Judge the queue's people from now on by their answers to golden items, after every answer.

    Of people at accuracy `good` at most `risk_good` are stopped within a year, however often it is looked; of those at
    `bad` about `risk_bad` pass a run. `consequence`: warn, route_away or retrain. The way back from the last two is `exam`,
    where one is named, and always `let_back_through`. `certification` is given to whoever passes. `Invalid` names the field.
    """
    insist_on_ours(actor)
    with act(scopes.GATE_EDIT, actor, on=queue, now=now) as deed:
        limits = Limits(good=good, bad=bad, risk_good=risk_good, risk_bad=risk_bad, most=most)
        faults, name = limit_faults(limits), name.strip()
        if not name or len(name) > 120 or "\x00" in name:
            faults["name"] = [_("1 to 120 characters.")]
        elif Gate.objects.filter(queue=queue, name=name).exists():
            faults["name"] = [_("There is one of this name at the queue; choose another.")]
        if consequence not in _CONSEQUENCES:
            faults["consequence"] = [_("Choose one of %(known)s.") % {"known": ", ".join(sorted(_CONSEQUENCES))}]
        if exam is not None and exam.queue.programme_id != queue.programme_id:
            faults["exam"] = [_("Choose an exam of the same programme.")]
        if faults:
            raise Invalid(_("The gate cannot be set up like this."), fields=faults)
        made = Gate.objects.create(
            queue=queue,
            name=name,
            consequence=consequence,
            good=good,
            bad=bad,
            risk_good=risk_good,
            risk_bad=risk_bad,
            most=most,
            certification=certification,
            exam=exam,
            started_at=now,
        )
        watch_people(KEEPER, queue=queue, now=now)
        deed.record("gate started", on=made, after={"queue": queue.name, "consequence": consequence})
        return made


def end_gate(actor: Actor, *, gate: Gate, now: datetime) -> Gate:
    """Judge nobody by it any more; whoever only this gate kept away gets work again."""
    with act(scopes.GATE_EDIT, actor, on=gate, now=now) as deed:
        away = shut_for_gate(gate)
        deed.require(Gate.objects.filter(pk=gate.pk, ended_at=None).update(ended_at=now), _("It has ended already."))
        gate.ended_at = now
        for worker in away:
            if not shut_for(worker, Gate.objects.filter(queue=gate.queue)):
                let_back(KEEPER, queue=gate.queue, worker=worker, why=_("The gate has ended."), now=now)
        deed.record("gate ended", on=gate)
        return gate


def let_back_through(actor: Actor, *, verdict: GateVerdict, why: str, now: datetime) -> GateReturn:
    """Let somebody back whom a gate keeps away: she was retrained, or the verdict was a mistake. `why` is kept."""
    with act(scopes.GATE_LET_BACK, actor, on=verdict, now=now) as deed:
        why = why.strip()
        if not why or len(why) > 300 or "\x00" in why:
            raise Invalid(_("A reason is missing."), fields={"why": [_("1 to 300 characters.")]})
        found = GateVerdict.objects.select_for_update(of=("self",)).select_related("gate__queue", "worker__person")
        verdict = found.get(pk=verdict.pk)
        deed.require(actor.worker_id != verdict.worker_id, _("Somebody else says whether you are let back."))
        deed.require(not verdict.is_passed and returned(verdict) is None, _("This gate keeps nobody now."), code="open")
        made = open_way_back(verdict, why=why, by_id=actor.person_id, now=now)
        deed.record("let back through the gate", on=verdict, why=why)
        return made


def judge_at_gates(queue: Queue, worker: Worker, *, now: datetime) -> list[GateVerdict]:
    """Look at somebody's answers at each gate of a queue; the verdicts that fell, with what they entail done."""
    made = []
    for gate in Gate.objects.filter(queue=queue, ended_at=None).select_related("queue", "exam__queue", "certification"):
        while (standing := standing_at(gate, worker.pk, now)) is not None and standing.run.is_passed is not None:
            made.append(_verdict(gate, worker, standing, now=now))
    return made


def shut_for_gate(gate: Gate) -> list[Worker]:
    """The workers whom this gate keeps away now."""
    failed = GateVerdict.objects.filter(gate=gate, is_passed=False, way_back=None).select_related("worker")
    return [] if gate.consequence == Gate.WARN else [each.worker for each in failed]


def _verdict(gate: Gate, worker: Worker, standing: Standing, *, now: datetime) -> GateVerdict:
    run = standing.run
    with act(scopes.GATE_EDIT, KEEPER, on=gate, now=now) as deed:
        made = GateVerdict.objects.create(
            gate=gate,
            worker=worker,
            number=1 + GateVerdict.objects.filter(gate=gate, worker=worker).count(),
            is_passed=bool(run.is_passed),
            n=run.n,
            errors=run.errors,
            risk=run.risk,
            last=standing.answers[run.n - 1],
            at=now,
        )
        deed.record(
            "gate passed" if run.is_passed else "gate failed", on=made, after={"n": run.n, "errors": run.errors}
        )
        deed.tell("gate.judged", verdict_id=made.pk, worker_id=worker.pk, is_passed=made.is_passed)
        if run.is_passed:
            if gate.certification is not None and not holds(worker.pk, gate.certification, now):
                certify(KEEPER, certification=gate.certification, worker=worker, now=now)
            return made
        said = {"gate": gate.name, "n": run.n, "errors": run.errors}
        if gate.consequence != Gate.WARN:
            why = _("The gate %(gate)s closed at %(at)s: %(errors)d wrong among %(n)d answers whose truth is known.")
            route_away(
                KEEPER,
                queue=gate.queue,
                worker=worker,
                why=why % {**said, "at": f"{now:%Y-%m-%d %H:%M} UTC"},
                way_back=way_back_words(gate),
                now=now,
            )
        if worker.person is not None:
            words = ngettext(
                "%(gate)s: %(errors)d wrong among %(n)d answer whose truth is known",
                "%(gate)s: %(errors)d wrong among %(n)d answers whose truth is known",
                run.n,
            )
            notify([worker.person], title=words % said, url="/", now=now)
        return made


def way_back_words(gate: Gate) -> str:
    """How whoever this gate keeps away comes back."""
    if gate.exam is not None and gate.exam.ended_at is None:
        return _("Pass the exam %(exam)s, or ask your lead, who may let you back.") % {"exam": gate.exam.queue.name}
    if gate.consequence == Gate.RETRAIN:
        return _("Your lead lets you back once you have been retrained.")
    return _("Ask your lead, who may let you back.")
