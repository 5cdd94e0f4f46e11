"""Changes to many tasks at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema, Status

from evenkeel.ground.access import load, require
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.bulk import approve_bulk, order_bulk, refuse_bulk, reverse_bulk
from ..models import BulkAct, Programme, Queue
from ..queries.bulk import preview_of
from ..rules.bulk import ANY, Selection, check_selection

router = Router()


class SelectionIn(Schema):
    queue_ids: list[UUID] = Field([], max_length=1_000)
    state: str = Field(ANY, description="open, closed or any")
    kind: str = ""
    language: str = ""
    key_starts: str = ""
    attribute: str = Field("", description="an attribute of the items, with `value`")
    value: str = ""
    task_ids: list[UUID] = Field([], max_length=10_000)
    item_keys: list[str] = Field([], max_length=10_000)

    def as_selection(self) -> Selection:
        return Selection(**self.dict())


class PreviewOut(Schema):
    total: int
    by_queue: list[dict[str, Any]]
    sample: list[UUID] = Field(description="the first tasks that are meant")


class BulkIn(Schema):
    verb: str = Field(description="close, reopen, reroute or prioritise")
    selection: SelectionIn
    reason: str
    to_queue_id: UUID | None = Field(None, description="where to re-route")
    priority: float | None = None


class ReasonIn(Schema):
    reason: str


class BulkOut(Schema):
    id: UUID
    verb: str
    state: str = Field(description="held, queued, running, done, refused, expired or withdrawn")
    total: int
    counts: dict[str, int] = Field(description="changed, and why the others were left")
    reason: str
    by_name: str
    created_at: datetime
    expires_at: datetime | None = Field(description="until when a second person may agree")
    reverses_id: UUID | None

    @classmethod
    def of(cls, found: BulkAct) -> BulkOut:
        return cls(**{name: getattr(found, name) for name in cls.model_fields})


@router.post("/programmes/{uuid:programme_id}/bulk/preview", response=PreviewOut, operation_id="preview_bulk")
def post_preview(request: PageRequest, programme_id: UUID, said: SelectionIn) -> PreviewOut:
    """Exactly what a change would touch; nothing is changed."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.BULK_DO, programme)
    selection = said.as_selection()
    check_selection(selection)
    found = preview_of(programme, selection)
    return PreviewOut(total=found.total, by_queue=found.by_queue, sample=[task.pk for task in found.sample])


@router.post("/programmes/{uuid:programme_id}/bulk", response={202: BulkOut}, operation_id="order_bulk")
def post_bulk(request: PageRequest, programme_id: UUID, said: BulkIn) -> Status[Any]:
    """Change all tasks that a selection means, in the background; above a size a second person has to agree."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    queue = None
    if said.to_queue_id is not None:
        queue = load(request.actor, scopes.QUEUE_VIEW, Queue.objects.filter(programme=programme), said.to_queue_id)
    made = order_bulk(
        request.actor,
        programme=programme,
        verb=said.verb,
        selection=said.selection.as_selection(),
        reason=said.reason,
        to_queue=queue,
        priority=said.priority,
        now=request.now,
    )
    return Status(202, BulkOut.of(made))


@router.get("/bulk/{uuid:act_id}", response=BulkOut, operation_id="get_bulk")
def get_bulk(request: PageRequest, act_id: UUID) -> BulkOut:
    """How far a change is, and what became of it."""
    return BulkOut.of(_act(request, act_id))


@router.post("/bulk/{uuid:act_id}/approve", response=BulkOut, operation_id="approve_bulk")
def post_approve(request: PageRequest, act_id: UUID) -> BulkOut:
    """Agree as a second person; it begins."""
    return BulkOut.of(approve_bulk(request.actor, held=_act(request, act_id), now=request.now))


@router.post("/bulk/{uuid:act_id}/refuse", response=BulkOut, operation_id="refuse_bulk")
def post_refuse(request: PageRequest, act_id: UUID) -> BulkOut:
    """Turn down what somebody else asked for, or withdraw your own."""
    return BulkOut.of(refuse_bulk(request.actor, held=_act(request, act_id), now=request.now))


@router.post("/bulk/{uuid:act_id}/reverse", response={202: BulkOut}, operation_id="reverse_bulk")
def post_reverse(request: PageRequest, act_id: UUID, said: ReasonIn) -> Status[Any]:
    """Put back what each task was; what was changed since is left and counted."""
    made = reverse_bulk(request.actor, done=_act(request, act_id), reason=said.reason, now=request.now)
    return Status(202, BulkOut.of(made))


def _act(request: PageRequest, act_id: UUID) -> BulkAct:
    scope = scopes.BULK_DO if request.actor.has(scopes.BULK_DO) else scopes.BULK_APPROVE
    return load(request.actor, scope, BulkAct.objects.select_related("programme"), act_id)
