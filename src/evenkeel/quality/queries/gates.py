"""What is asked about gates and exams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from evenkeel.people import Worker
from evenkeel.policy import Certification, holdings, in_force

from ..models import Exam, ExamSitting, Gate, GateReturn, GateVerdict, Gold, GoldAnswer, WithLimits
from ..rules.gates import YEAR_DAYS, Limits, Run, judge


def limits_of(found: WithLimits) -> Limits:
    """The test of a gate or an exam, as the rules want it."""
    return Limits(good=found.good, bad=found.bad, risk_good=found.risk_good, risk_bad=found.risk_bad, most=found.most)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where somebody stands at a gate: the run under way, its number within the year, and its answers."""

    run: Run
    number: int
    answers: list[GoldAnswer]


def standing_at(gate: Gate, worker_id: UUID, now: datetime) -> Standing | None:
    """The run under way: the answers behind the last verdict, or behind the way back from it. None while the gate keeps her
    away. Answers about golden items that were retired since count no more, nor those that count for the policy.
    """
    verdicts = GateVerdict.objects.filter(gate=gate, worker=worker_id)
    last = verdicts.select_related("last", "way_back").order_by("-number").first()
    rows = GoldAnswer.objects.filter(queue=gate.queue_id, worker=worker_id, answered_at__gte=gate.started_at)
    if last is not None:
        way_back = getattr(last, "way_back", None)
        if not last.is_passed and way_back is None and gate.consequence != Gate.WARN:
            return None
        end = last.last.answered_at
        rows = rows.filter(Q(answered_at__gt=end) | Q(answered_at=end, pk__gt=last.last_id))
        rows = rows.filter(answered_at__gt=way_back.at) if way_back is not None else rows
    rows = rows.exclude(gold__state=Gold.RETIRED).exclude(counts_for_policy=True)
    answers = list(rows.order_by("answered_at", "id"))
    number = 1 + verdicts.filter(at__gt=now - timedelta(days=YEAR_DAYS)).count()
    run = judge([not each.is_right for each in answers], limits_of(gate), number=number)
    return Standing(run=run, number=number, answers=answers)


def shut_for(worker: Worker, gates: Iterable[Gate]) -> list[GateVerdict]:
    """The failed verdicts on a worker at these gates that no way back has ended, where failing keeps people away."""
    found = GateVerdict.objects.filter(
        worker=worker, gate__in=list(gates), is_passed=False, way_back=None, gate__ended_at=None
    )
    return list(found.exclude(gate__consequence=Gate.WARN).select_related("gate__queue", "gate__exam", "worker"))


def returned(verdict: GateVerdict) -> GateReturn | None:
    """The way back that was gone from a verdict."""
    return GateReturn.objects.filter(verdict=verdict).first()


def holds(worker_id: UUID, certification: Certification, now: datetime) -> bool:
    """Whether the worker's certificate is in force."""
    held, _known = holdings(worker_id, [certification.name], now=now)
    return certification.name in in_force(held)


def sitting_answers(sitting: ExamSitting) -> list[bool]:
    """What was answered in a sitting so far, in order: True for each wrong answer. What counts for the policy is left out."""
    rows = GoldAnswer.objects.filter(
        queue=sitting.exam.queue_id, worker=sitting.worker_id, answered_at__gte=sitting.started_at
    ).exclude(counts_for_policy=True)
    return [not is_right for is_right in rows.order_by("answered_at", "id").values_list("is_right", flat=True)]


def last_sitting(exam: Exam, worker_id: UUID) -> ExamSitting | None:
    """Somebody's latest sitting of an exam."""
    return (
        ExamSitting.objects.filter(exam=exam, worker=worker_id).select_related("exam").order_by("-started_at").first()
    )
