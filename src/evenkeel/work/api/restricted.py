"""Restricted lanes. An item's content is told by one call alone, and that call is written in the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.errors import NotFound, NotNow
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.restricted import open_restricted, release_item, restrict_item, set_lane, settle_restricted
from ..models import Item, Programme, RestrictedItem, RestrictedLane
from ..queries.restricted import lanes_with_counts, restricted_items, way_to_settle
from .escalations import named_people
from .schemas import DecisionOut, ItemOut

router = Router()


class LaneIn(Schema):
    kind: str = Field(description="child_safety, legal, imminent_harm or other")
    name: str
    minutes: int = 60
    person_ids: list[UUID] = Field(default=[], max_length=500, description="empty: everybody with the scope here")


class LaneOut(Schema):
    id: UUID
    programme_id: UUID
    kind: str
    name: str
    minutes: int
    open_count: int

    @classmethod
    def of(cls, lane: RestrictedLane) -> LaneOut:
        return cls(
            id=lane.pk,
            programme_id=lane.programme_id,
            kind=lane.kind,
            name=lane.name,
            minutes=lane.minutes,
            open_count=getattr(lane, "open_count", 0),
        )


class RestrictIn(Schema):
    lane_id: UUID
    reason: str


class RestrictedOut(Schema):
    id: UUID
    lane_id: UUID
    since: datetime
    due_at: datetime
    settled_at: datetime | None

    @classmethod
    def of(cls, each: RestrictedItem) -> RestrictedOut:
        return cls(id=each.pk, lane_id=each.lane_id, since=each.since, due_at=each.due_at, settled_at=each.settled_at)


class RestrictedPage(Schema):
    rows: list[RestrictedOut]
    after: UUID | None = Field(description="send as `after` for the rows that follow; empty at the end")


class SettleIn(Schema):
    answer: dict[str, Any]


class ReleaseIn(Schema):
    reason: str


@router.get("/restricted_lanes", response=list[LaneOut], operation_id="list_lanes")
def list_lanes(request: PageRequest) -> list[LaneOut]:
    """The lanes that are yours to know of."""
    return [LaneOut.of(lane) for lane in lanes_with_counts(request.actor)]


@router.post("/programmes/{uuid:programme_id}/restricted_lanes", response=LaneOut, operation_id="set_lane")
def post_lane(request: PageRequest, programme_id: UUID, said: LaneIn) -> LaneOut:
    """Add the lane of a kind, or change it."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    people = named_people(said.person_ids, scopes.RESTRICTED_VIEW, programme, request)
    made = set_lane(
        request.actor,
        programme=programme,
        kind=said.kind,
        name=said.name,
        minutes=said.minutes,
        people=people,
        now=request.now,
    )
    return LaneOut.of(made)


@router.post("/items/{uuid:item_id}/restrict", response=RestrictedOut, operation_id="restrict_item")
def post_restrict(request: PageRequest, item_id: UUID, said: RestrictIn) -> RestrictedOut:
    """Move an item into a lane."""
    item = load(request.actor, scopes.RESTRICTED_ADD, Item.objects.all(), item_id)
    lane = RestrictedLane.objects.filter(pk=said.lane_id, programme=item.programme_id).first()
    if lane is None:
        raise NotFound(_("There is no such lane here."))
    return RestrictedOut.of(restrict_item(request.actor, item=item, lane=lane, reason=said.reason, now=request.now))


@router.get("/restricted", response=RestrictedPage, operation_id="list_restricted")
def list_restricted(
    request: PageRequest, after: UUID | None = None, limit: Annotated[int, Field(ge=1, le=1_000)] = 100
) -> RestrictedPage:
    """What lies in your lanes, without its content."""
    found = restricted_items(request.actor)
    if after is not None:
        found = found.filter(id__gt=after)
    rows = list(found.order_by("id")[:limit])
    last = rows[-1].pk if len(rows) == limit else None
    return RestrictedPage(rows=[RestrictedOut.of(each) for each in rows], after=last)


@router.post("/restricted/{uuid:restricted_item_id}/open", response=ItemOut, operation_id="open_restricted")
def post_open(request: PageRequest, restricted_item_id: UUID) -> ItemOut:
    """Look at a restricted item. The look is written in the trail."""
    found = _restricted(request, restricted_item_id)
    return ItemOut.of(open_restricted(request.actor, restricted=found, now=request.now))


@router.post("/restricted/{uuid:restricted_item_id}/settle", response=DecisionOut, operation_id="settle_restricted")
def post_settle(request: PageRequest, restricted_item_id: UUID, said: SettleIn) -> DecisionOut:
    """Decide about a restricted item."""
    found = _restricted(request, restricted_item_id)
    form_version, queue = way_to_settle(found.item)
    if form_version is None:
        raise NotNow(_("The programme has no form to answer by."), code="no-form")
    made = settle_restricted(
        request.actor,
        restricted=found,
        answer=said.answer,
        form_version=form_version,
        queue=queue,
        now=request.now,
    )
    return DecisionOut.of(made)


@router.post("/restricted/{uuid:restricted_item_id}/release", response=ItemOut, operation_id="release_item")
def post_release(request: PageRequest, restricted_item_id: UUID, said: ReleaseIn) -> ItemOut:
    """Let an item out of its lane."""
    found = _restricted(request, restricted_item_id)
    return ItemOut.of(release_item(request.actor, restricted=found, reason=said.reason, now=request.now))


def _restricted(request: PageRequest, pk: UUID) -> RestrictedItem:
    found = restricted_items(request.actor).filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such item, or it is not yours to know of."))
    return found
