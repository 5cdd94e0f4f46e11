"""Incidents: opened, run, resolved, reviewed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.incidents import (
    add_incident_action,
    finish_incident_action,
    give_incident_role,
    link_incident,
    matrix_of,
    move_incident,
    note_incident,
    open_incident,
    rate_incident,
    review_incident,
    set_matrix,
)
from ..models import Escalation, Incident, IncidentAction, Item, Programme, Queue
from .escalations import named_people

router = Router()


class IncidentIn(Schema):
    title: str
    impact: int = Field(description="1 (low) to 4 (very high)")
    urgency: int = Field(description="1 (low) to 4 (very high)")
    body: str = ""


class IncidentOut(Schema):
    id: UUID
    programme_id: UUID
    title: str
    impact: int
    urgency: int
    severity: int = Field(description="1 (gravest) to 4")
    state: str = Field(description="open, mitigated, resolved or reviewed")
    commander_id: UUID | None
    opened_at: datetime
    mitigated_at: datetime | None
    resolved_at: datetime | None
    reviewed_at: datetime | None

    @classmethod
    def of(cls, each: Incident) -> IncidentOut:
        return cls(**{name: getattr(each, name) for name in cls.model_fields})


class EntryOut(Schema):
    kind: str
    body: str
    by_name: str
    at: datetime


class ActionOut(Schema):
    id: UUID
    title: str
    owner_id: UUID | None
    due_on: date | None
    done_at: datetime | None

    @classmethod
    def of(cls, each: IncidentAction) -> ActionOut:
        return cls(**{name: getattr(each, name) for name in cls.model_fields})


class IncidentWhole(IncidentOut):
    timeline: list[EntryOut]
    actions: list[ActionOut]
    review: dict[str, str]


class IncidentsPage(Schema):
    rows: list[IncidentOut]
    after: UUID | None = Field(description="send as `after` for the rows that follow; empty at the end")


class EntryIn(Schema):
    body: str


class MoveIn(Schema):
    to: str = Field(description="open, mitigated or resolved")
    note: str


class LevelsIn(Schema):
    impact: int
    urgency: int


class RoleIn(Schema):
    role: str = Field(description="commander, communications, scribe or expert")
    person_id: UUID


class LinkIn(Schema):
    item_id: UUID | None = None
    queue_id: UUID | None = None
    escalation_id: UUID | None = None


class ActionIn(Schema):
    title: str
    owner_id: UUID | None = None
    due_on: date | None = None


class ReviewIn(Schema):
    happened: str
    causes: str
    helped: str = ""


class MatrixIn(Schema):
    cells: list[list[int]] = Field(description="rows by impact 1 to 4, columns by urgency 1 to 4", max_length=10)


class MatrixOut(Schema):
    cells: list[list[int]]


@router.get("/incidents", response=IncidentsPage, operation_id="list_incidents")
def list_incidents(
    request: PageRequest,
    state: str | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> IncidentsPage:
    """The incidents that you may see, in the order in which they were opened."""
    found = visible(request.actor, scopes.INCIDENT_VIEW, Incident.objects.all())
    if state is not None:
        found = found.filter(state=state)
    if after is not None:
        found = found.filter(id__gt=after)
    rows = list(found.order_by("id")[:limit])
    last = rows[-1].pk if len(rows) == limit else None
    return IncidentsPage(rows=[IncidentOut.of(each) for each in rows], after=last)


@router.post("/programmes/{uuid:programme_id}/incidents", response=IncidentOut, operation_id="open_incident")
def post_incident(request: PageRequest, programme_id: UUID, said: IncidentIn) -> IncidentOut:
    """Open an incident."""
    programme = load(request.actor, scopes.INCIDENT_EDIT, Programme.objects.all(), programme_id)
    return IncidentOut.of(open_incident(request.actor, programme=programme, now=request.now, **said.dict()))


@router.get("/incidents/{uuid:incident_id}", response=IncidentWhole, operation_id="get_incident")
def get_incident(request: PageRequest, incident_id: UUID) -> IncidentWhole:
    """One incident with its timeline, oldest first, its actions and its review."""
    found = _incident(request, incident_id)
    entries = found.entries.all()[:1_000]
    return IncidentWhole(
        **IncidentOut.of(found).dict(),
        timeline=[EntryOut(kind=each.kind, body=each.body, by_name=each.by_name, at=each.at) for each in entries],
        actions=[ActionOut.of(each) for each in found.actions.all()],
        review=found.review,
    )


@router.post("/incidents/{uuid:incident_id}/note", response=EntryOut, operation_id="note_incident")
def post_note(request: PageRequest, incident_id: UUID, said: EntryIn) -> EntryOut:
    """Write a line on the timeline."""
    made = note_incident(request.actor, incident=_incident(request, incident_id), body=said.body, now=request.now)
    return EntryOut(kind=made.kind, body=made.body, by_name=made.by_name, at=made.at)


@router.post("/incidents/{uuid:incident_id}/move", response=IncidentOut, operation_id="move_incident")
def post_move(request: PageRequest, incident_id: UUID, said: MoveIn) -> IncidentOut:
    """Move it on."""
    found = _incident(request, incident_id)
    return IncidentOut.of(move_incident(request.actor, incident=found, to=said.to, note=said.note, now=request.now))


@router.post("/incidents/{uuid:incident_id}/rate", response=IncidentOut, operation_id="rate_incident")
def post_rate(request: PageRequest, incident_id: UUID, said: LevelsIn) -> IncidentOut:
    """Rate it anew."""
    found = _incident(request, incident_id)
    made = rate_incident(request.actor, incident=found, impact=said.impact, urgency=said.urgency, now=request.now)
    return IncidentOut.of(made)


@router.post("/incidents/{uuid:incident_id}/role", response=IncidentOut, operation_id="give_incident_role")
def post_role(request: PageRequest, incident_id: UUID, said: RoleIn) -> IncidentOut:
    """Give somebody a part."""
    found = _incident(request, incident_id)
    person = named_people([said.person_id], scopes.INCIDENT_EDIT, found.programme, request)[0]
    give_incident_role(request.actor, incident=found, role=said.role, person=person, now=request.now)
    return IncidentOut.of(Incident.objects.get(pk=found.pk))


@router.post("/incidents/{uuid:incident_id}/link", response=IncidentOut, operation_id="link_incident")
def post_link(request: PageRequest, incident_id: UUID, said: LinkIn) -> IncidentOut:
    """Say what it is about: one item, queue or escalation of its programme."""
    found = _incident(request, incident_id)
    if sum(value is not None for value in said.dict().values()) != 1:
        raise Invalid(_("There is nothing to link."), fields={"item_id": [_("Name one thing.")]})
    actor = request.actor
    link_incident(
        actor,
        incident=found,
        item=load(actor, scopes.ITEM_VIEW, Item.objects.all(), said.item_id) if said.item_id else None,
        queue=load(actor, scopes.QUEUE_VIEW, Queue.objects.all(), said.queue_id) if said.queue_id else None,
        escalation=load(actor, scopes.ESCALATION_VIEW, Escalation.objects.all(), said.escalation_id)
        if said.escalation_id
        else None,
        now=request.now,
    )
    return IncidentOut.of(found)


@router.post("/incidents/{uuid:incident_id}/actions", response=ActionOut, operation_id="add_incident_action")
def post_action(request: PageRequest, incident_id: UUID, said: ActionIn) -> ActionOut:
    """Say what is to be done so that it does not happen again."""
    found = _incident(request, incident_id)
    owners = named_people([said.owner_id], scopes.INCIDENT_EDIT, found.programme, request) if said.owner_id else [None]
    made = add_incident_action(
        request.actor, incident=found, title=said.title, owner=owners[0], due_on=said.due_on, now=request.now
    )
    return ActionOut.of(made)


@router.post(
    "/incident_actions/{uuid:incident_action_id}/finish", response=ActionOut, operation_id="finish_incident_action"
)
def post_finish(request: PageRequest, incident_action_id: UUID) -> ActionOut:
    """Say that an action is done."""
    rows = IncidentAction.objects.select_related("incident")
    found = load(request.actor, scopes.INCIDENT_EDIT, rows, incident_action_id)
    return ActionOut.of(finish_incident_action(request.actor, action=found, now=request.now))


@router.post("/incidents/{uuid:incident_id}/review", response=IncidentOut, operation_id="review_incident")
def post_review(request: PageRequest, incident_id: UUID, said: ReviewIn) -> IncidentOut:
    """Close a resolved incident with its review."""
    found = _incident(request, incident_id)
    return IncidentOut.of(review_incident(request.actor, incident=found, now=request.now, **said.dict()))


@router.get("/programmes/{uuid:programme_id}/severity_matrix", response=MatrixOut, operation_id="get_severity_matrix")
def get_matrix(request: PageRequest, programme_id: UUID) -> MatrixOut:
    """The matrix by which a programme's incidents are rated."""
    programme = load(request.actor, scopes.INCIDENT_VIEW, Programme.objects.all(), programme_id)
    return MatrixOut(cells=[list(row) for row in matrix_of(programme)])


@router.post("/programmes/{uuid:programme_id}/severity_matrix", response=MatrixOut, operation_id="set_severity_matrix")
def post_matrix(request: PageRequest, programme_id: UUID, said: MatrixIn) -> MatrixOut:
    """Give a programme a matrix of its own."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    return MatrixOut(cells=set_matrix(request.actor, programme=programme, cells=said.cells, now=request.now).cells)


def _incident(request: PageRequest, incident_id: UUID) -> Incident:
    rows = Incident.objects.select_related("programme")
    return load(request.actor, scopes.INCIDENT_VIEW, rows, incident_id)
