"""Escalations: handing up from the desk, and what a tier does."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest
from evenkeel.people import Person

from .. import scopes
from ..acts.escalations import decide_escalation, escalate, hand_back, hand_up, set_tier, take_escalation
from ..models import Escalation, Programme, Tier
from ..queries.escalations import escalations_of, tiers_of
from ..rules.escalations import REASONS
from ..telling import people_of
from .schemas import DecisionOut

router = Router()


class EscalateIn(Schema):
    reason: str = Field(description="one of the reasons that `list_escalation_reasons` names")
    note: str = ""


class EscalatedOut(Schema):
    id: UUID | None = Field(description="empty when the item went into a restricted lane")
    due_at: datetime | None


class ReasonOut(Schema):
    slug: str
    title: str
    why: str


class EscalationOut(Schema):
    id: UUID
    programme_id: UUID
    queue_id: UUID
    item_id: UUID
    worker_id: UUID
    reason: str
    state: str
    tier_id: UUID
    raised_at: datetime
    due_at: datetime
    holder_id: UUID | None
    closed_at: datetime | None
    decision_id: UUID | None

    @classmethod
    def of(cls, each: Escalation) -> EscalationOut:
        return cls(**{name: getattr(each, name) for name in cls.model_fields if name != "id"}, id=each.pk)


class EscalationsPage(Schema):
    rows: list[EscalationOut]
    after: UUID | None = Field(description="send as `after` for the rows that follow; empty at the end")


class TierDecisionIn(Schema):
    answer: dict[str, Any]
    note: str = ""


class NoteIn(Schema):
    note: str


class TierIn(Schema):
    level: int = Field(description="1 comes first")
    name: str
    minutes: int = 240
    person_ids: list[UUID] = Field(default=[], max_length=500, description="empty: everybody with the scope here")


class TierOut(Schema):
    id: UUID
    level: int
    name: str
    minutes: int
    person_ids: list[UUID]

    @classmethod
    def of(cls, tier: Tier) -> TierOut:
        people = sorted(person.pk for person in tier.people.all())
        return cls(id=tier.pk, level=tier.level, name=tier.name, minutes=tier.minutes, person_ids=people)


@router.get("/escalation_reasons", response=list[ReasonOut], operation_id="list_escalation_reasons")
def list_reasons(request: PageRequest) -> list[ReasonOut]:
    """Why an item may be handed up."""
    return [ReasonOut(slug=each.slug, title=str(each.title), why=str(each.why)) for each in REASONS]


@router.post(
    "/leases/{uuid:lease_id}/escalate", response=EscalatedOut, operation_id="escalate", url_name="work_escalate"
)
def post_escalate(request: PageRequest, lease_id: UUID, said: EscalateIn) -> EscalatedOut:
    """Hand an item in hand up instead of deciding."""
    made = escalate(request.actor, lease_id=lease_id, reason=said.reason, note=said.note, now=request.now)
    return EscalatedOut(id=made.pk if made else None, due_at=made.due_at if made else None)


@router.get("/escalations", response=EscalationsPage, operation_id="list_escalations")
def list_escalations(
    request: PageRequest,
    state: str | None = None,
    queue_id: UUID | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> EscalationsPage:
    """The escalations that you may see, in the order in which they were handed up."""
    found = escalations_of(request.actor)
    if state is not None:
        found = found.filter(state=state)
    if queue_id is not None:
        found = found.filter(queue=queue_id)
    if after is not None:
        found = found.filter(id__gt=after)
    rows = list(found.order_by("id")[:limit])
    last = rows[-1].pk if len(rows) == limit else None
    return EscalationsPage(rows=[EscalationOut.of(each) for each in rows], after=last)


@router.post("/escalations/{uuid:escalation_id}/take", response=EscalationOut, operation_id="take_escalation")
def post_take(request: PageRequest, escalation_id: UUID) -> EscalationOut:
    """Take it on."""
    found = _escalation(request, escalation_id)
    return EscalationOut.of(take_escalation(request.actor, escalation=found, now=request.now))


@router.post("/escalations/{uuid:escalation_id}/decide", response=DecisionOut, operation_id="decide_escalation")
def post_decide(request: PageRequest, escalation_id: UUID, said: TierDecisionIn) -> DecisionOut:
    """Decide in the moderator's place."""
    made = decide_escalation(
        request.actor,
        escalation=_escalation(request, escalation_id),
        answer=said.answer,
        note=said.note,
        now=request.now,
    )
    return DecisionOut.of(made)


@router.post("/escalations/{uuid:escalation_id}/hand_up", response=EscalationOut, operation_id="hand_up")
def post_hand_up(request: PageRequest, escalation_id: UUID, said: NoteIn) -> EscalationOut:
    """Hand it to the tier above."""
    found = _escalation(request, escalation_id)
    return EscalationOut.of(hand_up(request.actor, escalation=found, note=said.note, now=request.now))


@router.post("/escalations/{uuid:escalation_id}/hand_back", response=EscalationOut, operation_id="hand_back")
def post_hand_back(request: PageRequest, escalation_id: UUID, said: NoteIn) -> EscalationOut:
    """Hand it back with advice."""
    found = _escalation(request, escalation_id)
    hand_back(request.actor, escalation=found, advice=said.note, now=request.now)
    return EscalationOut.of(Escalation.objects.get(pk=found.pk))


@router.get("/programmes/{uuid:programme_id}/tiers", response=list[TierOut], operation_id="list_tiers")
def list_tiers(request: PageRequest, programme_id: UUID) -> list[TierOut]:
    """A programme's tiers, from the first up."""
    programme = load(request.actor, scopes.ESCALATION_VIEW, Programme.objects.all(), programme_id)
    return [TierOut.of(tier) for tier in tiers_of(programme)]


@router.post("/programmes/{uuid:programme_id}/tiers", response=TierOut, operation_id="set_tier")
def post_tier(request: PageRequest, programme_id: UUID, said: TierIn) -> TierOut:
    """Add the tier of a level, or change it."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    people = named_people(said.person_ids, scopes.ESCALATION_WORK, programme, request)
    made = set_tier(
        request.actor,
        programme=programme,
        level=said.level,
        name=said.name,
        minutes=said.minutes,
        people=people,
        now=request.now,
    )
    return TierOut.of(made)


def named_people(ids: list[UUID], scope: str, programme: Programme, request: PageRequest) -> list[Person]:
    """People of ours by id; `Invalid` for one that does not have the scope in the programme."""
    able = {person.pk: person for person in people_of(scope, programme=programme, now=request.now)} if ids else {}
    unknown = [pk for pk in ids if pk not in able]
    if unknown:
        raise Invalid(
            _("Some people cannot be named here."),
            fields={"person_ids": [_("%(n)d of them may not do this work here.") % {"n": len(unknown)}]},
        )
    return [able[pk] for pk in ids]


def _escalation(request: PageRequest, escalation_id: UUID) -> Escalation:
    return load(request.actor, scopes.ESCALATION_VIEW, Escalation.objects.all(), escalation_id)
