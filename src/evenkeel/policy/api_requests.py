"""/api/v1/policy: changes that were asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest

from . import scopes
from .acts.requests import answer_change, propose_change
from .models import ChangeRequest, Policy
from .requests import change_requests

router = Router()


class EvidencePage(Schema):
    title: str = ""
    url: str


class ChangeRequestIn(Schema):
    """`evidence` are pages on this site, or https."""

    what: str
    why: str
    clause: str = ""
    evidence: list[EvidencePage] = []


class ChangeAnswerIn(Schema):
    is_accepted: bool
    reason: str


class ChangeRequestOut(Schema):
    id: UUID
    policy_id: UUID
    clause: str
    what: str
    why: str
    evidence: list[EvidencePage]
    state: Literal["proposed", "accepted", "refused", "published"]
    asked_by_id: UUID
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None
    version: int | None

    @classmethod
    def of(cls, found: ChangeRequest) -> ChangeRequestOut:
        answer = found.answer if hasattr(found, "answer") else None
        return cls(
            id=found.pk,
            policy_id=found.policy_id,
            clause=found.clause,
            what=found.what,
            why=found.why,
            evidence=[EvidencePage(**page) for page in found.evidence],
            state=found.state,  # type: ignore[arg-type]
            asked_by_id=found.asked_by_id,
            asked_at=found.asked_at,
            answer=answer.reason if answer else None,
            answered_at=answer.at if answer else None,
            version=found.publication.version.number if hasattr(found, "publication") else None,
        )


@router.get("/change-requests", response=list[ChangeRequestOut], operation_id="list_change_requests")
def list_change_requests(request: PageRequest, policy_id: UUID | None = None) -> list[ChangeRequestOut]:
    """The changes asked for that you may see, newest first, at most 1,000."""
    rows = change_requests(request.actor)
    if policy_id is not None:
        rows = rows.filter(policy_id=policy_id)
    return [ChangeRequestOut.of(each) for each in rows[:1_000]]


@router.post(
    "/policies/{uuid:policy_id}/change-requests", response=ChangeRequestOut, operation_id="propose_policy_change"
)
def post_change_request(request: PageRequest, policy_id: UUID, said: ChangeRequestIn) -> ChangeRequestOut:
    """Ask for a change of a policy."""
    found = load(request.actor, scopes.POLICY_VIEW, Policy.objects.all(), policy_id)
    made = propose_change(
        request.actor,
        policy=found,
        what=said.what,
        why=said.why,
        clause=said.clause,
        evidence=[page.dict() for page in said.evidence],
        now=request.now,
    )
    return ChangeRequestOut.of(made)


@router.post(
    "/change-requests/{uuid:change_request_id}/answer", response=ChangeRequestOut, operation_id="answer_policy_change"
)
def post_change_answer(request: PageRequest, change_request_id: UUID, said: ChangeAnswerIn) -> ChangeRequestOut:
    """Accept or refuse it, with a reason."""
    found = load(request.actor, scopes.CHANGE_VIEW, ChangeRequest.objects.select_related("policy"), change_request_id)
    answer_change(request.actor, request=found, is_accepted=said.is_accepted, reason=said.reason, now=request.now)
    return ChangeRequestOut.of(change_requests(request.actor).get(pk=found.pk))
