"""Event modes: one switch with an end of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.event_modes import begin_event_mode, end_event_mode
from ..models import EventMode, Programme, Queue

router = Router()


class EventModeIn(Schema):
    name: str
    begins_at: datetime | None = Field(default=None, description="now when left out; without a zone, UTC")
    until: datetime
    languages: list[str] = Field(default=[], max_length=50)
    regions: list[str] = Field(default=[], max_length=50, description="as the items' attribute `region` has them")
    queue_ids: list[UUID] = Field(default=[], max_length=200, description="empty: every queue of the programme")
    guidance: str = ""
    is_drill: bool = False
    moves_order: bool | None = Field(default=None, description="left out: a drill changes nothing, anything else does")


class EventModeOut(Schema):
    id: UUID
    programme_id: UUID
    name: str
    languages: list[str]
    regions: list[str]
    guidance: str
    is_drill: bool
    moves_order: bool
    begins_at: datetime
    until: datetime
    ended_at: datetime | None
    is_on: bool

    @classmethod
    def of(cls, mode: EventMode, now: datetime) -> EventModeOut:
        said = {name: getattr(mode, name) for name in cls.model_fields if name != "is_on"}
        return cls(**said, is_on=mode.holds_at(now))


class EventModesPage(Schema):
    rows: list[EventModeOut]
    after: UUID | None = Field(description="send as `after` for the rows that follow; empty at the end")


@router.get("/event_modes", response=EventModesPage, operation_id="list_event_modes")
def list_event_modes(
    request: PageRequest,
    programme_id: UUID | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> EventModesPage:
    """The event modes that you may see, those over among them, in the order in which they were made."""
    found = visible(request.actor, scopes.EVENT_VIEW, EventMode.objects.all())
    if programme_id is not None:
        found = found.filter(programme=programme_id)
    if after is not None:
        found = found.filter(id__gt=after)
    rows = list(found.order_by("id")[:limit])
    last = rows[-1].pk if len(rows) == limit else None
    return EventModesPage(rows=[EventModeOut.of(each, request.now) for each in rows], after=last)


@router.post("/programmes/{uuid:programme_id}/event_modes", response=EventModeOut, operation_id="begin_event_mode")
def post_event_mode(request: PageRequest, programme_id: UUID, said: EventModeIn) -> EventModeOut:
    """Switch an event mode on, now or at a moment to come."""
    programme = load(request.actor, scopes.EVENT_EDIT, Programme.objects.all(), programme_id)
    queues = list(Queue.objects.filter(programme=programme, pk__in=said.queue_ids))
    if len(queues) != len(set(said.queue_ids)):
        raise Invalid(_("Some queues are not in this programme."), fields={"queue_ids": [_("Name its own.")]})
    made = begin_event_mode(
        request.actor,
        programme=programme,
        name=said.name,
        begins_at=_as_utc(said.begins_at, "begins_at") if said.begins_at else request.now,
        until=_as_utc(said.until, "until"),
        languages=said.languages,
        regions=said.regions,
        queues=queues,
        guidance=said.guidance,
        is_drill=said.is_drill,
        moves_order=said.moves_order,
        now=request.now,
    )
    return EventModeOut.of(made, request.now)


@router.post("/event_modes/{uuid:event_mode_id}/end", response=EventModeOut, operation_id="end_event_mode")
def post_end(request: PageRequest, event_mode_id: UUID) -> EventModeOut:
    """End it before its time."""
    found = load(request.actor, scopes.EVENT_VIEW, EventMode.objects.all(), event_mode_id)
    return EventModeOut.of(end_event_mode(request.actor, event_mode=found, now=request.now), request.now)


def _as_utc(moment: datetime, field: str) -> datetime:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise Invalid(_("There is no such moment in UTC."), fields={field: [_("Choose another.")]}) from None
