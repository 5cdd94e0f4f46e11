"""The room of an investigation: coding blind, why, who answers for it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest

from .. import accountable, acts, coding, room, scopes, words_room
from ..models import EvidenceCase, Why
from ..wordings import causes_now
from .common import load_investigation, load_validation

router = Router()


class BlindIn(Schema):
    """A second word on a case. With `validation_id` it is the validator's."""

    cause: str
    severity: int
    error_class: str = ""
    comment: str = ""
    validation_id: UUID | None = None


class BlindOut(Schema):
    id: UUID
    case_id: UUID
    cause: str
    severity: int


class WhyIn(Schema):
    """An answer to why: under the problem, or under another answer, whose branch it then shares."""

    body: str
    branch: str = ""
    under_id: UUID | None = None
    case_id: UUID | None = None


class WhyOut(Schema):
    id: UUID
    body: str
    branch: str
    under_id: UUID | None
    case_id: UUID | None
    depth: int
    is_struck: bool
    at: datetime


class BranchOut(Schema):
    """A branch of the fishbone: causes with how many cases were put down to each, and the first answers to why."""

    branch: str
    causes: dict[str, int]
    answers: list[str]


class RulingIn(Schema):
    party: Literal["vendor", "client", "nobody"]
    reason: str


class AccountabilityOut(Schema):
    """What the figures say, and what somebody ruled."""

    derived: str
    why: str
    party: str
    reason: str


@router.post("/cases/{uuid:case_id}/blind-codings", response=BlindOut, operation_id="code_case_blind")
def post_blind(request: PageRequest, case_id: UUID, said: BlindIn) -> BlindOut:
    """Code a case of the second share, or of one's validation, without seeing what others said."""
    case = load(request.actor, scopes.VIEW, EvidenceCase.objects.select_related("investigation", "verdict"), case_id)
    words = said.dict(exclude={"validation_id"})
    if said.validation_id is None:
        made = acts.code_blind(request.actor, case=case, now=request.now, **words)
    else:
        validation = load_validation(request, said.validation_id)
        made = acts.code_for_validation(request.actor, validation=validation, case=case, now=request.now, **words)
    return BlindOut(id=made.pk, case_id=case.pk, cause=made.cause, severity=made.severity)


@router.get("/investigations/{uuid:investigation_id}/whys", response=list[WhyOut], operation_id="list_whys")
def list_whys(request: PageRequest, investigation_id: UUID) -> list[WhyOut]:
    """The answers to why, each followed by those under it; struck ones among them."""
    return [
        WhyOut(
            id=shown.why.pk,
            body=shown.why.body,
            branch=shown.why.branch,
            under_id=shown.why.under_id,
            case_id=shown.why.case_id,
            depth=shown.depth,
            is_struck=shown.is_struck,
            at=shown.why.at,
        )
        for shown in room.whys_of(load_investigation(request, investigation_id))
    ]


@router.post("/investigations/{uuid:investigation_id}/whys", response=list[WhyOut], operation_id="add_why")
def post_why(request: PageRequest, investigation_id: UUID, said: WhyIn) -> list[WhyOut]:
    """Answer why; all answers come back."""
    found = load_investigation(request, investigation_id)
    acts.add_why(
        request.actor,
        investigation=found,
        body=said.body,
        branch=said.branch,
        under=load(request.actor, scopes.VIEW, found.whys.all(), said.under_id) if said.under_id else None,
        case=load(request.actor, scopes.VIEW, found.cases.all(), said.case_id) if said.case_id else None,
        now=request.now,
    )
    return list_whys(request, investigation_id)


@router.post("/whys/{uuid:why_id}/striking", response=list[WhyOut], operation_id="strike_why")
def post_striking(request: PageRequest, why_id: UUID) -> list[WhyOut]:
    """Strike an answer out; it stays on record."""
    found = load(request.actor, scopes.VIEW, Why.objects.select_related("investigation"), why_id)
    acts.strike_why(request.actor, why=found, now=request.now)
    return list_whys(request, found.investigation_id)


@router.get("/investigations/{uuid:investigation_id}/fishbone", response=list[BranchOut], operation_id="get_fishbone")
def get_fishbone(request: PageRequest, investigation_id: UUID) -> list[BranchOut]:
    """The seven branches, those without a cause too."""
    found = load_investigation(request, investigation_id)
    return [
        BranchOut(branch=branch, causes=causes, answers=answers)
        for branch, causes, answers in room.branches_of(
            whys=room.whys_of(found), codings=coding.codings_for(request.actor, found), causes=causes_now()
        )
    ]


@router.get(
    "/investigations/{uuid:investigation_id}/accountability",
    response=AccountabilityOut,
    operation_id="get_accountability",
)
def get_accountability(request: PageRequest, investigation_id: UUID) -> AccountabilityOut:
    """Who answers for it, by the figures and by what was ruled."""
    found = load_investigation(request, investigation_id)
    derived, ruled = accountable.derived(found), accountable.last_ruling(found)
    return AccountabilityOut(
        derived=derived.party,
        why=str(words_room.WHY_ACCOUNTABLE[derived.why]),
        party=ruled.party if ruled else derived.party,
        reason=ruled.reason if ruled else "",
    )


@router.post(
    "/investigations/{uuid:investigation_id}/accountability",
    response=AccountabilityOut,
    operation_id="rule_accountability",
)
def post_ruling(request: PageRequest, investigation_id: UUID, said: RulingIn) -> AccountabilityOut:
    """Say who answers for it, with a reason."""
    found = load_investigation(request, investigation_id)
    acts.rule_accountability(request.actor, investigation=found, now=request.now, **said.dict())
    return get_accountability(request, investigation_id)
