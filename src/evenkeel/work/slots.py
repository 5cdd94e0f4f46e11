"""What work hangs into pages of others: where somebody starts her day, and what the queues of her day are called."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape

from evenkeel.ground.access import visible
from evenkeel.ground.slots import fills

from . import scopes
from .models import Queue, Task
from .queries.event_modes import lifted_queues
from .queries.programmes import queues_with_counts

_SHOWN = 5


@fills("site:home", order=5)
def queues_waiting(request: HttpRequest, actor: Any) -> str:
    """The queues in which something waits for this person to decide."""
    if actor.worker_id is None or not actor.has(scopes.TASK_DECIDE):
        return ""
    has_open = Exists(Task.objects.filter(queue=OuterRef("pk"), closed_at=None))
    own = visible(actor, scopes.TASK_DECIDE, Queue.objects.filter(has_open, closed_at=None))
    counted = list(queues_with_counts(own.select_related("programme")))
    lifted = lifted_queues(counted, request.now)  # type: ignore[attr-defined]
    queues = sorted(counted, key=lambda queue: (queue.pk not in lifted, -getattr(queue, "open_count", 0)))[:_SHOWN]
    return render_to_string("work/parts/queues_waiting.html", {"queues": queues}, request) if queues else ""


@fills("people:time-queue")
def queue_name(request: HttpRequest, queue_id: UUID) -> str:
    """The name of a queue on which time was spent, for those who may see it or work in it."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    rows = Queue.objects.filter(pk=queue_id)
    for scope in (scopes.TASK_DECIDE, scopes.QUEUE_VIEW):
        if actor.has(scope) and (found := visible(actor, scope, rows).first()):
            return escape(found.name)
    return ""
