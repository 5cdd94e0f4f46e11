"""Queues: their rules, and what goes into them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.policy import POLICY_VIEW, Policy

from .. import scopes
from ..acts.queues import add_queue, change_queue, close_queue, fill_queue, reopen_queue
from ..models import AnswerForm, Programme, Queue
from ..queries.programmes import queues_with_counts
from .schemas import AddedOut, FillIn, QueueChange, QueueIn, QueueOut, QueueRules

router = Router()


@router.get("/queues", response=list[QueueOut], operation_id="list_queues")
def list_queues(request: PageRequest, programme_id: UUID | None = None) -> list[QueueOut]:
    """The queues that you may see, with how much waits in each."""
    found = visible(request.actor, scopes.QUEUE_VIEW, Queue.objects.all())
    if programme_id is not None:
        found = found.filter(programme=programme_id)
    return [QueueOut.of(queue) for queue in queues_with_counts(found)]


@router.post("/programmes/{uuid:programme_id}/queues", response=QueueOut, operation_id="add_queue")
def post_queue(request: PageRequest, programme_id: UUID, said: QueueIn) -> QueueOut:
    """Add a queue to a programme."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    return QueueOut.of(add_queue(request.actor, programme=programme, now=request.now, **_rules(request, said)))


@router.put("/queues/{uuid:queue_id}", response=QueueOut, operation_id="change_queue")
def put_queue(request: PageRequest, queue_id: UUID, said: QueueChange) -> QueueOut:
    """Change a queue's rules; what is left out stays as it is. A new overlap holds for items put in from now on."""
    queue = load(request.actor, scopes.QUEUE_VIEW, Queue.objects.all(), queue_id)
    return _out(change_queue(request.actor, queue=queue, now=request.now, **_rules(request, said)))


@router.post("/queues/{uuid:queue_id}/close", response=QueueOut, operation_id="close_queue")
def post_close(request: PageRequest, queue_id: UUID) -> QueueOut:
    """Hand nothing out any more. What people have in hand they may still decide."""
    queue = load(request.actor, scopes.QUEUE_VIEW, Queue.objects.all(), queue_id)
    return _out(close_queue(request.actor, queue=queue, now=request.now))


@router.post("/queues/{uuid:queue_id}/reopen", response=QueueOut, operation_id="reopen_queue")
def post_reopen(request: PageRequest, queue_id: UUID) -> QueueOut:
    """Hand out again what is left in the queue."""
    queue = load(request.actor, scopes.QUEUE_VIEW, Queue.objects.all(), queue_id)
    return _out(reopen_queue(request.actor, queue=queue, now=request.now))


@router.post("/queues/{uuid:queue_id}/fill", response=AddedOut, operation_id="fill_queue")
def post_fill(request: PageRequest, queue_id: UUID, said: FillIn) -> AddedOut:
    """Put items into a queue; what is in it already stays as it is."""
    queue = load(request.actor, scopes.QUEUE_VIEW, Queue.objects.all(), queue_id)
    added = fill_queue(request.actor, queue=queue, item_ids=said.item_ids, priority=said.priority, now=request.now)
    return AddedOut(added=added)


def _rules(request: PageRequest, said: QueueRules) -> dict[str, Any]:
    """What was said, as the acts take it."""
    rules = said.dict(exclude_unset=True)
    rules |= rules.pop("handout", {})
    if (form_id := rules.pop("form_id", None)) is not None:
        rules["form"] = load(request.actor, scopes.PROGRAMME_VIEW, AnswerForm.objects.all(), form_id)
    if "policy_id" in rules:
        policy_id = rules.pop("policy_id")
        rules["policy"] = load(request.actor, POLICY_VIEW, Policy.objects.all(), policy_id) if policy_id else None
    return rules


def _out(queue: Queue) -> QueueOut:
    """With how much waits in it."""
    return QueueOut.of(queues_with_counts(Queue.objects.filter(pk=queue.pk)).get())
