"""What waits in the queues at this moment, read along the indexes of what is open: flat however long the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, Min, Q, QuerySet
from django.db.models.functions import Cast

from evenkeel.ground.access import Actor, visible

from .. import scopes
from ..models import Lease, Queue, Task

# Of all queues, whoever asks: named one by one, the planner would walk them through what was closed long ago.
_OPEN = Task.objects.filter(closed_at=None)


@dataclass(frozen=True, kw_only=True)
class QueueNow:
    """A queue at a moment. `waiting` wants a decision and is in nobody's hands; `late` of what is open is past its target."""

    queue_id: UUID
    name: str
    programme_id: UUID
    programme: str
    target_s: int | None
    waiting: int
    in_hand: int
    late: int
    oldest_at: datetime | None
    next_due_at: datetime | None


def queues_now(actor: Actor, *, now: datetime) -> list[QueueNow]:
    """The open queues that the actor may see, by programme and name; five queries.

    The oldest is the one that came first of those that wait; the next to be late is the first target that is still ahead.
    """
    rows = visible(actor, scopes.QUEUE_VIEW, Queue.objects.filter(closed_at=None)).select_related("programme")
    queues = sorted(rows, key=lambda queue: (queue.programme.name.casefold(), queue.name.casefold()))
    ids = [queue.pk for queue in queues]
    waiting = _by_queue(
        _OPEN.filter(wanted__gt=F("decided") + F("leased")), n=Count("*"), first=Min(Cast("pk", CharField()))
    )
    due = _by_queue(
        _OPEN.filter(due_at__isnull=False),
        late=Count("pk", filter=Q(due_at__lte=now)),
        following=Min("due_at", filter=Q(due_at__gt=now)),
    )
    leases = Lease.objects.filter(ended_at=None).order_by().values("task__queue")
    in_hand = {row["task__queue"]: row["n"] for row in leases.annotate(n=Count("*"))}
    firsts = [waiting[pk]["first"] for pk in ids if pk in waiting]
    oldest = dict(Task.objects.filter(pk__in=firsts).values_list("queue", "created_at"))
    return [
        QueueNow(
            queue_id=queue.pk,
            name=queue.name,
            programme_id=queue.programme_id,
            programme=queue.programme.name,
            target_s=queue.target_s,
            waiting=waiting.get(queue.pk, {}).get("n", 0),
            in_hand=in_hand.get(queue.pk, 0),
            late=due.get(queue.pk, {}).get("late", 0),
            oldest_at=oldest.get(queue.pk),
            next_due_at=due.get(queue.pk, {}).get("following"),
        )
        for queue in queues
    ]


def _by_queue(rows: QuerySet[Task], **said: Any) -> dict[UUID, dict[str, Any]]:
    found: Any = rows.order_by().values("queue").annotate(**said)
    return {row["queue"]: row for row in found}
