"""Items in bulk."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.db import transaction
from ninja import Field, Router

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.items import add_items
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
