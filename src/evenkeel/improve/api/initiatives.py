"""/api/v1/improve: initiatives and suggestions."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest
from evenkeel.people import Organisation
from evenkeel.work import Programme

from .. import acts, scopes
from ..models import Initiative, Suggestion, Tollgate
from ..queries_initiatives import SuggestionShown, gates_of, initiatives, suggestions, votes_of
from .common import person_said

router = Router(tags=["improve"])
_MOST = 500


class GateOut(Schema):
    id: UUID
    title: str
    criteria: list[str]
    planned_on: date | None
    passed_at: datetime | None


class InitiativeOut(Schema):
    """An initiative without its gates."""

    id: UUID
    title: str
    kind: str
    state: str
    programme_id: UUID
    organisation_id: UUID | None
    problem: str
    goal: str
    leader_id: UUID
    sponsor_id: UUID | None
    due_on: date
    opened_at: datetime


class InitiativeDetail(InitiativeOut):
    gates: list[GateOut]
    action_ids: list[UUID]


class InitiativeIn(Schema):
    title: str
    kind: str
    programme_id: UUID
    problem: str
    goal: str
    due_on: date
    bounds: str = ""
    organisation_id: UUID | None = None


class SuggestionOut(Schema):
    """A suggestion with its votes, those for what was merged into it among them."""

    id: UUID
    title: str
    body: str
    state: str
    reason: str
    votes: int
    is_mine: bool
    programme_id: UUID
    merged_into_id: UUID | None
    at: datetime

    @classmethod
    def of(cls, shown: SuggestionShown) -> SuggestionOut:
        row = shown.suggestion
        names = ("id", "title", "body", "state", "reason", "programme_id", "merged_into_id", "at")
        return cls(votes=shown.votes, is_mine=shown.is_mine, **{name: getattr(row, name) for name in names})


class SuggestionIn(Schema):
    programme_id: UUID
    title: str
    body: str


class VoteIn(Schema):
    is_for: bool = True


class TriageIn(Schema):
    state: str
    reason: str
    into_id: UUID | None = None


@router.get("/initiatives", response=list[InitiativeOut], operation_id="list_initiatives")
def list_initiatives(request: PageRequest) -> list[Initiative]:
    """The initiatives that you may see, the newest 500."""
    return list(initiatives(request.actor)[:_MOST])


@router.post("/initiatives", response=InitiativeDetail, operation_id="start_initiative")
def post_initiative(request: PageRequest, said: InitiativeIn) -> InitiativeDetail:
    """Start one; the gates of its kind come with it."""
    actor, edit = request.actor, scopes.INITIATIVE_EDIT
    asked = said.dict(exclude={"programme_id", "organisation_id"})
    made = acts.start_initiative(
        actor,
        programme=load(actor, edit, Programme.objects.all(), said.programme_id),
        organisation=load(actor, edit, Organisation.objects.all(), said.organisation_id)
        if said.organisation_id
        else None,
        now=request.now,
        **asked,
    )
    return _detail(made)


@router.get("/initiatives/{uuid:initiative_id}", response=InitiativeDetail, operation_id="get_initiative")
def get_initiative(request: PageRequest, initiative_id: UUID) -> InitiativeDetail:
    """One initiative with its gates."""
    return _detail(load(request.actor, scopes.INITIATIVE_VIEW, Initiative.objects.all(), initiative_id))


@router.get("/suggestions", response=list[SuggestionOut], operation_id="list_suggestions")
def list_suggestions(request: PageRequest) -> list[SuggestionOut]:
    """The suggestions that you may see, most wanted first, of the newest 500."""
    return [SuggestionOut.of(each) for each in votes_of(request.actor, suggestions(request.actor)[:_MOST])]


@router.post("/suggestions", response=SuggestionOut, operation_id="suggest")
def post_suggestion(request: PageRequest, said: SuggestionIn) -> SuggestionOut:
    """Suggest something."""
    programme = load(request.actor, scopes.SUGGEST, Programme.objects.all(), said.programme_id)
    made = acts.suggest(request.actor, programme=programme, title=said.title, body=said.body, now=request.now)
    return SuggestionOut.of(votes_of(request.actor, [made])[0])


@router.post("/suggestions/{uuid:suggestion_id}/vote", response=SuggestionOut, operation_id="vote_for_suggestion")
def post_vote(request: PageRequest, suggestion_id: UUID, said: VoteIn) -> SuggestionOut:
    """Vote for it, or take the vote back."""
    found = load(request.actor, scopes.SUGGEST, Suggestion.objects.all(), suggestion_id)
    acts.vote(request.actor, suggestion=found, is_for=said.is_for, now=request.now)
    return SuggestionOut.of(votes_of(request.actor, [found])[0])


@router.post("/suggestions/{uuid:suggestion_id}/triage", response=SuggestionOut, operation_id="triage_suggestion")
def post_triage(request: PageRequest, suggestion_id: UUID, said: TriageIn) -> SuggestionOut:
    """Decide about it."""
    actor = request.actor
    found = load(actor, scopes.SUGGEST, Suggestion.objects.all(), suggestion_id)
    into = load(actor, scopes.TRIAGE, Suggestion.objects.all(), said.into_id) if said.into_id else None
    done = acts.triage(actor, suggestion=found, state=said.state, reason=said.reason, into=into, now=request.now)
    return SuggestionOut.of(votes_of(actor, [done])[0])


def _detail(found: Initiative) -> InitiativeDetail:
    names = [name for name in InitiativeOut.model_fields if name != "gates"]
    return InitiativeDetail(
        gates=[
            GateOut(
                id=shown.gate.pk,
                title=shown.gate.title,
                criteria=shown.gate.criteria,
                planned_on=shown.gate.planned_on,
                passed_at=shown.passed_at,
            )
            for shown in gates_of(found)
        ],
        action_ids=list(found.links.values_list("action_id", flat=True)),
        **{name: getattr(found, name) for name in names},
    )


class TollgateIn(Schema):
    """What must be true at a gate, who passes it, and when that is planned."""

    criteria: list[str]
    keeper_id: UUID | None = None
    planned_on: date | None = None


@router.post("/tollgates/{uuid:tollgate_id}", response=InitiativeDetail, operation_id="plan_tollgate")
def post_tollgate(request: PageRequest, tollgate_id: UUID, said: TollgateIn) -> InitiativeDetail:
    """Put a gate in other words."""
    rows = Tollgate.objects.select_related("initiative")
    gate = load(request.actor, scopes.INITIATIVE_EDIT, rows, tollgate_id)
    keeper = person_said(said.keeper_id, field="keeper") if said.keeper_id else None
    acts.plan_tollgate(
        request.actor, tollgate=gate, criteria=said.criteria, keeper=keeper, planned_on=said.planned_on, now=request.now
    )
    return _detail(gate.initiative)
