"""Items in bulk."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.items import add_items
from ..acts.predictions import NewPrediction, add_predictions
from ..acts.queues import fill_queue
from ..models import Programme, Queue
from ..queries.programmes import items_of
from .schemas import AddedOut, ItemOut, ItemsIn, ItemsPage

router = Router()


@router.get("/programmes/{uuid:programme_id}/items", response=ItemsPage, operation_id="list_items")
def list_items(
    request: PageRequest,
    programme_id: UUID,
    key: str | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> ItemsPage:
    """A programme's items in the order in which they came; `key` asks for the one with this key."""
    programme = load(request.actor, scopes.ITEM_VIEW, Programme.objects.all(), programme_id)
    found = items_of(request.actor, programme)
    if key is not None:
        found = found.filter(key=key.replace("\x00", ""))
    if after is not None:
        found = found.filter(id__gt=after)
    rows = list(found.order_by("id")[:limit])
    return ItemsPage(rows=[ItemOut.of(item) for item in rows], after=rows[-1].pk if len(rows) == limit else None)


@router.post("/programmes/{uuid:programme_id}/items", response=AddedOut, operation_id="add_items")
def post_items(request: PageRequest, programme_id: UUID, said: ItemsIn) -> AddedOut:
    """Add up to 5,000 items, all or none, and put them into a queue if one is named."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    with transaction.atomic():
        made = add_items(
            request.actor,
            programme=programme,
            items=[item.as_new() for item in said.items],
            # Whoever names a queue has routed already.
            routes=said.queue_id is None,
            now=request.now,
        )
        ids = [item.pk for item in made]
        if said.queue_id is not None:
            queue = load(request.actor, scopes.QUEUE_VIEW, Queue.objects.filter(programme=programme), said.queue_id)
            fill_queue(request.actor, queue=queue, item_ids=ids, now=request.now)
    return AddedOut(added=len(ids), ids=ids)


class PredictionIn(Schema):
    item: str = Field(max_length=200, description="the item's key")
    answer: dict[str, Any] = Field(description="values of the form's fields, some or all")
    model: str = ""
    score: float | None = Field(default=None, description="how sure the model is, 0 to 1")


class PredictionsIn(Schema):
    predictions: list[PredictionIn] = Field(max_length=5_000)


class PredictedOut(Schema):
    items: int = Field(description="items that the predictions are about")


@router.post("/programmes/{uuid:programme_id}/predictions", response=PredictedOut, operation_id="add_predictions")
def post_predictions(request: PageRequest, programme_id: UUID, said: PredictionsIn) -> PredictedOut:
    """Keep what models said beside up to 5,000 items, all or none. A queue's rule says who sees it as a suggestion."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    predictions = [
        NewPrediction(item_key=each.item, answer=each.answer, model=each.model, score=each.score)
        for each in said.predictions
    ]
    return PredictedOut(
        items=len(add_predictions(request.actor, programme=programme, predictions=predictions, now=request.now))
    )
