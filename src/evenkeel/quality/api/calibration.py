"""Calibration sessions: holding one, answering, settling; unclear clauses."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from evenkeel.ground.access import load, visible
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest
from evenkeel.people import Worker
from evenkeel.work import Item, Queue

from .. import scopes
from ..acts.calibration import answer_case, end_session, open_session
from ..acts.settling import settle_case
from ..models import CalibrationCase, CalibrationSession, UnclearClause
from ..queries.calibration import seat_of, settlements_of
from ..rules.calibration import MOST_CASES, MOST_PEOPLE

router = Router()
_MOST = 500


class SessionIn(Schema):
    queue_id: UUID = Field(description="its form and guideline are used, as they are now")
    name: str
    item_ids: list[UUID] = Field(max_length=MOST_CASES)
    worker_ids: list[UUID] = Field(max_length=MOST_PEOPLE)
    expert_ids: list[UUID] = Field([], description="of the workers, those whose answers tell how clear clauses are")
    deadline_at: AwareDatetime
    is_ring: bool = Field(False, description="a ring test between sites")
    repeats: int = Field(0, description="how many cases come twice, in a ring test")


class CaseOut(Schema):
    id: UUID
    number: int
    item_id: UUID
    repeats_id: UUID | None
    settled_label: str | None = Field(description="once answers are seen and the case is settled")


class SessionOut(Schema):
    id: UUID
    programme_id: UUID
    queue_id: UUID
    name: str
    is_ring: bool
    cycle: int | None
    opened_at: datetime
    deadline_at: datetime
    revealed_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, session: CalibrationSession) -> SessionOut:
        return cls(**{name: getattr(session, name) for name in cls.model_fields})


class SessionWithCases(SessionOut):
    cases: list[CaseOut]


class AnswerIn(Schema):
    answer: dict[str, Any] = Field(description="one value a field of the form")
    comment: str = ""
    client_key: str = Field(description="made anew for each answer; sent twice, stored once")


class AnswerOut(Schema):
    id: UUID
    case_id: UUID
    round: int = Field(description="1 blind, 2 after the discussion")
    label: str
    clause: str
    answered_at: datetime


class SettleIn(Schema):
    answer: dict[str, Any]
    reason: str


class SettlementOut(Schema):
    id: UUID
    case_id: UUID
    label: str
    clause: str
    reason: str
    settled_at: datetime


class UnclearOut(Schema):
    policy_id: UUID
    version_id: UUID
    clause: str
    bound: float
    estimate: dict[str, Any]
    from_at: datetime
    until_at: datetime | None


@router.get("/calibration-sessions", response=list[SessionOut], operation_id="list_calibration_sessions")
def list_sessions(request: PageRequest, programme_id: UUID | None = None) -> list[SessionOut]:
    """Sessions that one may see or is invited to, newest first, at most 500."""
    rows = CalibrationSession.objects.all()
    if programme_id is not None:
        rows = rows.filter(programme=programme_id)
    seen = visible(request.actor, scopes.CALIBRATION_VIEW, rows).values("pk")
    mine = visible(request.actor, scopes.CALIBRATION_ANSWER, rows).values("pk")
    found = rows.filter(pk__in=seen) | rows.filter(pk__in=mine)
    return [SessionOut.of(each) for each in found.order_by("-opened_at")[:_MOST]]


@router.post("/calibration-sessions", response=SessionOut, operation_id="open_calibration_session")
def post_session(request: PageRequest, said: SessionIn) -> SessionOut:
    """Open a session: everybody who is invited is told."""
    actor = request.actor
    queue = load(actor, scopes.CALIBRATION_EDIT, Queue.objects.all(), said.queue_id)
    items = visible(actor, scopes.CALIBRATION_EDIT, Item.objects.filter(programme=queue.programme_id)).in_bulk(
        said.item_ids
    )
    workers = visible(actor, scopes.CALIBRATION_EDIT, Worker.objects.select_related("person")).in_bulk(said.worker_ids)
    if missing := [str(each) for each in said.item_ids if each not in items]:
        raise NotFound(f"item {missing[0]}")
    if missing := [str(each) for each in [*said.worker_ids, *said.expert_ids] if each not in workers]:
        raise NotFound(f"worker {missing[0]}")
    made = open_session(
        actor,
        queue=queue,
        name=said.name,
        items=[items[each] for each in said.item_ids],
        workers=[workers[each] for each in said.worker_ids],
        experts=[workers[each] for each in said.expert_ids],
        deadline_at=said.deadline_at,
        is_ring=said.is_ring,
        repeats=said.repeats,
        now=request.now,
    )
    return SessionOut.of(made)


@router.get(
    "/calibration-sessions/{uuid:calibration_session_id}",
    response=SessionWithCases,
    operation_id="get_calibration_session",
)
def get_session(request: PageRequest, calibration_session_id: UUID) -> SessionWithCases:
    """One session with its cases. What is settled is told once answers are seen."""
    found = _session(request, calibration_session_id)
    settled = settlements_of(found) if found.is_open_to_all(request.now) else {}
    cases = [
        CaseOut(
            id=case.pk,
            number=case.number,
            item_id=case.item_id,
            repeats_id=case.repeats_id,
            settled_label=settled[case.pk].label if case.pk in settled else None,
        )
        for case in found.cases.all()
    ]
    return SessionWithCases(**SessionOut.of(found).dict(), cases=cases)


@router.post(
    "/calibration-sessions/{uuid:calibration_session_id}/end",
    response=SessionOut,
    operation_id="end_calibration_session",
)
def post_end(request: PageRequest, calibration_session_id: UUID) -> SessionOut:
    """Take no more answers."""
    rows = CalibrationSession.objects.all()
    found = load(request.actor, scopes.CALIBRATION_EDIT, rows, calibration_session_id)
    return SessionOut.of(end_session(request.actor, session=found, now=request.now))


@router.post(
    "/calibration-cases/{uuid:calibration_case_id}/answer", response=AnswerOut, operation_id="answer_calibration_case"
)
def post_answer(request: PageRequest, calibration_case_id: UUID, said: AnswerIn) -> Any:
    """Answer a case: blind before answers are seen, once more afterwards."""
    rows = CalibrationCase.objects.select_related("session", "item")
    case = load(request.actor, scopes.CALIBRATION_ANSWER, rows, calibration_case_id)
    seat = seat_of(request.actor, case.session)
    if seat is None:
        raise NotFound("case")
    return answer_case(request.actor, case=case, seat=seat, now=request.now, **said.dict())


@router.post(
    "/calibration-cases/{uuid:calibration_case_id}/settlement",
    response=SettlementOut,
    operation_id="settle_calibration_case",
)
def post_settlement(request: PageRequest, calibration_case_id: UUID, said: SettleIn) -> Any:
    """Say what is right about a case, and why; settling anew replaces."""
    rows = CalibrationCase.objects.select_related("session", "item")
    case = load(request.actor, scopes.CALIBRATION_EDIT, rows, calibration_case_id)
    return settle_case(request.actor, case=case, now=request.now, **said.dict())


@router.get("/unclear-clauses", response=list[UnclearOut], operation_id="list_unclear_clauses")
def list_unclear(request: PageRequest, policy_id: UUID | None = None) -> Any:
    """Clauses that count for the policy and not against people, with their periods, newest first, at most 500."""
    rows = visible(request.actor, scopes.CALIBRATION_VIEW, UnclearClause.objects.all())
    if policy_id is not None:
        rows = rows.filter(policy=policy_id)
    return list(rows.order_by("-from_at")[:_MOST])


def _session(request: PageRequest, session_id: UUID) -> CalibrationSession:
    rows = CalibrationSession.objects.all()
    for scope in (scopes.CALIBRATION_VIEW, scopes.CALIBRATION_ANSWER):
        found = visible(request.actor, scope, rows).filter(pk=session_id).first()
        if found is not None:
            return found
    raise NotFound("session")
