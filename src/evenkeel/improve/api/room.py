"""The room of an investigation: coding blind, why, who answers for it, recommendations, running again, validation."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Router, Schema

from evenkeel.ground.access import load, may
from evenkeel.ground.pages import PageRequest
from evenkeel.measure import PERSON_VIEW
from evenkeel.policy import change_requests_of

from .. import accountable, acts, coding, room, scopes, validating, words_room
from ..models import EvidenceCase, Investigation, Recommendation, Validation, Why
from ..recommending import RECOMMENDATION
from ..rules_recipes import Difference
from ..wordings import causes_now

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


class RecommendationIn(Schema):
    kind: str
    body: str
    cause: str = ""


class RecommendationOut(Schema):
    """`change_request_id` is the change of the policy that it asked for."""

    id: UUID
    kind: str
    body: str
    cause: str
    change_request_id: UUID | None
    at: datetime


class RunOut(Schema):
    """A run of the recipe: sentences say what came out otherwise, and what is different in the data."""

    id: UUID
    digest: str
    is_same: bool
    result: list[str]
    data: list[str]


class ValidationOut(Schema):
    id: UUID
    state: str
    sample: list[UUID]
    to_code: list[UUID]
    blocking: list[str]
    begun_at: datetime
    ended_at: datetime | None


@router.post("/cases/{uuid:case_id}/blind-codings", response=BlindOut, operation_id="code_case_blind")
def post_blind(request: PageRequest, case_id: UUID, said: BlindIn) -> BlindOut:
    """Code a case of the second share, or of one's validation, without seeing what others said."""
    case = load(request.actor, scopes.VIEW, EvidenceCase.objects.select_related("investigation", "verdict"), case_id)
    words = said.dict(exclude={"validation_id"})
    if said.validation_id is None:
        made = acts.code_blind(request.actor, case=case, now=request.now, **words)
    else:
        validation = _validation(request, said.validation_id)
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
        for shown in room.whys_of(_load(request, investigation_id))
    ]


@router.post("/investigations/{uuid:investigation_id}/whys", response=list[WhyOut], operation_id="add_why")
def post_why(request: PageRequest, investigation_id: UUID, said: WhyIn) -> list[WhyOut]:
    """Answer why; all answers come back."""
    found = _load(request, investigation_id)
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
    found = _load(request, investigation_id)
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
    found = _load(request, investigation_id)
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
    found = _load(request, investigation_id)
    acts.rule_accountability(request.actor, investigation=found, now=request.now, **said.dict())
    return get_accountability(request, investigation_id)


@router.get(
    "/investigations/{uuid:investigation_id}/recommendations",
    response=list[RecommendationOut],
    operation_id="list_recommendations",
)
def list_recommendations(request: PageRequest, investigation_id: UUID) -> list[RecommendationOut]:
    """What was recommended, oldest first."""
    rows = list(_load(request, investigation_id).recommendations.order_by("at", "id"))
    return _recommended(request, rows)


@router.post(
    "/investigations/{uuid:investigation_id}/recommendations",
    response=list[RecommendationOut],
    operation_id="recommend",
)
def post_recommendation(
    request: PageRequest, investigation_id: UUID, said: RecommendationIn
) -> list[RecommendationOut]:
    """Recommend something; one about the policy asks for the change where its author may."""
    found = _load(request, investigation_id)
    acts.recommend(request.actor, investigation=found, now=request.now, **said.dict())
    return list_recommendations(request, investigation_id)


@router.post("/investigations/{uuid:investigation_id}/runs", response=RunOut, operation_id="run_again")
def post_run(request: PageRequest, investigation_id: UUID) -> RunOut:
    """Run the recipe on the data as they are now."""
    found = _load(request, investigation_id)
    made, result, data = acts.run_again(request.actor, investigation=found, now=request.now)
    shows_people = bool(may(request.actor, PERSON_VIEW, found))

    def said(differences: list[Difference]) -> list[str]:
        return [words_room.difference_text(each.kind, each.said, shows_people=shows_people) for each in differences]

    return RunOut(id=made.pk, digest=made.digest, is_same=not result, result=said(result), data=said(data))


@router.get(
    "/investigations/{uuid:investigation_id}/validations", response=list[ValidationOut], operation_id="list_validations"
)
def list_validations(request: PageRequest, investigation_id: UUID) -> list[ValidationOut]:
    """The validations, newest first."""
    rows = _load(request, investigation_id).validations.select_related("investigation").order_by("-begun_at", "-id")
    return [_validated(request, each) for each in rows]


@router.post(
    "/investigations/{uuid:investigation_id}/validations", response=ValidationOut, operation_id="begin_validation"
)
def post_validation(request: PageRequest, investigation_id: UUID) -> ValidationOut:
    """Begin to validate: the recipe is run once more, and a blind sample of the coded cases is drawn."""
    found = _load(request, investigation_id)
    return _validated(request, acts.begin_validation(request.actor, investigation=found, now=request.now))


@router.post("/validations/{uuid:validation_id}/end", response=ValidationOut, operation_id="end_validation")
def post_validation_end(request: PageRequest, validation_id: UUID) -> ValidationOut:
    """Compare both results and both codings."""
    found = _validation(request, validation_id)
    return _validated(request, acts.end_validation(request.actor, validation=found, now=request.now))


def _load(request: PageRequest, investigation_id: UUID) -> Investigation:
    rows = Investigation.objects.select_related("programme", "closing", "signal", "queue__policy")
    return load(request.actor, scopes.VIEW, rows, investigation_id)


def _validation(request: PageRequest, validation_id: UUID) -> Validation:
    return load(request.actor, scopes.VIEW, Validation.objects.select_related("investigation"), validation_id)


def _validated(request: PageRequest, found: Validation) -> ValidationOut:
    is_hers = found.state == Validation.OPEN and found.by_id == request.actor.person_id
    shows_people = bool(may(request.actor, PERSON_VIEW, found.investigation))
    return ValidationOut(
        id=found.pk,
        state=found.state,
        sample=[UUID(case) for case in found.sample],
        to_code=[case.pk for case in validating.to_code(request.actor, found)] if is_hers else [],
        blocking=[
            words_room.difference_text(each["kind"], each["said"], shows_people=shows_people)
            for each in (found.findings or {}).get("blocking", [])
        ],
        begun_at=found.begun_at,
        ended_at=found.ended_at,
    )


def _recommended(request: PageRequest, rows: list[Recommendation]) -> list[RecommendationOut]:
    asked = change_requests_of(request.actor, source_kind=RECOMMENDATION, source_ids=[row.pk for row in rows])
    return [
        RecommendationOut(
            id=row.pk,
            kind=row.kind,
            body=row.body,
            cause=row.cause,
            change_request_id=asked[row.pk].pk if row.pk in asked else None,
            at=row.at,
        )
        for row in rows
    ]
