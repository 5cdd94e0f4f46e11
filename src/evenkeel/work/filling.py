"""Tasks as they come into a queue: how many they want, what they are worth, when they are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q

from evenkeel.ground.ids import uuid7

from .driver import ids_as_one_value, insert_rows
from .models import Item, Queue, RoutingRule, Task
from .rules.overlap import drawn_for_more
from .rules.priority import TIME_LEFT, due_at, due_before, priority_of, urgency_at

_CHUNK = 2_000


class Arrival(NamedTuple):
    """An item on its way into a queue, with what its place there depends on."""

    item_id: UUID
    language: str
    attributes: Mapping[str, Any]


def put_in(
    queue: Queue, item_ids: Sequence[UUID], *, given: float = 0, routed_by: RoutingRule | None = None, now: datetime
) -> None:
    """Put items into a queue; those that are in it stay as they are. Must run in the act's transaction."""
    attributes = attributes_of(item_ids) if queue.priority_rule == Queue.RISK else {}
    languages = _languages_of(item_ids)
    arrivals = (Arrival(pk, languages.get(pk, ""), attributes.get(pk, {})) for pk in item_ids)
    rows = _rows(queue, arrivals, given=given, routed_by=routed_by, now=now)
    # The unique pair of queue and item makes a second filling, also one at the same moment, harmless.
    insert_rows(Task, _COLUMNS, rows, skips_taken=True)


def put_new(queue: Queue, arrivals: Iterable[Arrival], *, routed_by: RoutingRule | None = None, now: datetime) -> int:
    """Put items that this very transaction made into a queue; returns how many.

    Nobody else sees them yet, so none can be in a queue already: they go to the driver as plain rows.
    """
    return insert_rows(Task, _COLUMNS, _rows(queue, arrivals, given=0, routed_by=routed_by, now=now))


_COLUMNS = (
    "id", "queue_id", "item_id", "language", "given", "priority", "due_at", "wanted", "routed_by_id", "created_at",
)  # fmt: skip


def _rows(
    queue: Queue, arrivals: Iterable[Arrival], *, given: float, routed_by: RoutingRule | None, now: datetime
) -> Iterator[tuple[Any, ...]]:
    by_risk, due = queue.priority_rule == Queue.RISK, due_at(now, queue.target_s)
    rule_id = None if routed_by is None else routed_by.pk
    for pk, language, attributes in arrivals:
        priority = priority_of(given, attributes, by_risk=by_risk)
        yield uuid7(), queue.pk, pk, language, given, priority, due, wanted_of(queue, pk), rule_id, now


def attributes_of(item_ids: Sequence[UUID]) -> dict[UUID, Mapping[str, Any]]:
    """What people may filter these items by."""
    return dict(Item.objects.filter(pk__in=ids_as_one_value(item_ids)).values_list("pk", "attributes"))


def _languages_of(item_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The languages of those items that have one."""
    found = Item.objects.filter(pk__in=ids_as_one_value(item_ids)).exclude(language="")
    return dict(found.values_list("pk", "language"))


def wanted_of(queue: Queue, item_id: UUID) -> int:
    """How many people an item wants at first: adaptive queues add to it as answers come in."""
    drawn = queue.overlap_rule == Queue.SHARE and drawn_for_more(item_id, queue.pk, queue.overlap_share)
    return queue.overlap_most if drawn else queue.overlap


def take_up(queue: Queue, *, now: datetime, limit: int = 20_000) -> int:
    """Take open tasks whose time grows short to their next step; returns how many. Walks the index `work_task_due`.

    A step doubles the priority, which no rounding touches, so steps may be taken one at a time or several at once.
    """
    if queue.priority_rule != Queue.RISK or not queue.target_s:
        return 0
    taken = 0
    for step in range(len(TIME_LEFT), 0, -1):
        border = due_before(step, queue.target_s, now)
        for urgency in range(step):
            short = Task.objects.filter(queue=queue, closed_at=None, urgency=urgency, due_at__lte=border)
            ids = list(short.order_by("due_at").values_list("pk", flat=True)[: limit - taken])
            for start in range(0, len(ids), 500):
                # The condition again: another process may have been faster.
                part = Task.objects.filter(pk__in=ids[start : start + 500], urgency=urgency)
                taken += part.update(urgency=step, priority=F("priority") * 2.0 ** (step - urgency))
            if taken >= limit:
                return taken
    return taken


def set_price(task: Task, queue: Queue, *, now: datetime) -> None:
    """Set a task's due moment, urgency and priority to what the queue's rules say now; its item must be at hand."""
    by_risk = queue.priority_rule == Queue.RISK
    task.due_at = due_at(task.created_at, queue.target_s)
    task.urgency = urgency_at(task.due_at, queue.target_s, now) if by_risk else 0
    task.priority = priority_of(task.given, task.item.attributes, by_risk=by_risk, urgency=task.urgency)


def price(queue: Queue, *, now: datetime) -> int:
    """Give every open task of a queue the priority and the due moment that the queue's rules say now; returns how many."""
    priced, last = 0, UUID(int=0)
    while True:
        rows = list(
            Task.objects.filter(Q(closed_at=None), queue=queue, pk__gt=last)
            .select_related("item")
            .order_by("pk")[:_CHUNK]
        )
        if not rows:
            return priced
        for task in rows:
            set_price(task, queue, now=now)
        Task.objects.bulk_update(rows, ["due_at", "urgency", "priority"], batch_size=200)
        priced, last = priced + len(rows), rows[-1].pk
