"""Planting: a task that did not come in turn takes the place of one that did, and nobody at the desk can tell.

Work knows neither why nor what the right answer is. A room above says which items take whose places (`@plants`); it is asked
only for queues that watch people, so that all others pay nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from evenkeel.people import Worker

from .models import Item, Lease, Queue, Task


@dataclass(frozen=True, kw_only=True)
class Wish:
    """An item to be planted, in the place of a task; in nobody's place, where a queue holds nothing but planted items."""

    item_id: UUID
    in_place_of: Task | None = None


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A hand-out under way, under the worker's lock: who takes what, `room` for how many, `coming` in turn, `held` already."""

    worker: Worker
    queue: Queue
    room: int
    coming: Sequence[Task]
    held: Sequence[Lease]
    now: datetime


Planter = Callable[[Asking], Sequence[Wish]]
_planters: list[Planter] = []


def plants(function: Planter) -> Planter:
    """Register a function that says what is planted in a hand-out. It may refuse the hand-out with `NotNow`."""
    if function not in _planters:
        _planters.append(function)
    return function


def planted(asking: Asking) -> tuple[list[Task], list[Task]]:
    """What is planted in this hand-out: locked tasks, and beside each the task whose place it takes.

    A task that somebody holds locked at this moment is planted another time: waiting for it could wait for us.
    """
    wishes: dict[UUID, Wish] = {}
    for planter in _planters:
        for wish in planter(asking):
            wishes.setdefault(wish.item_id, wish)
    if not wishes:
        return [], []
    _have_tasks(asking, list(wishes))
    rows = Task.objects.filter(queue=asking.queue, item__in=wishes).select_related("item").order_by("id")
    made, places = list[Task](), list[Task]()
    for task in rows.select_for_update(skip_locked=True, of=("self",)):
        place = wishes[task.item_id].in_place_of or task
        # Its place comes in turn all by itself: then it is nothing planted.
        if place.pk == task.pk and task.closed_at is None and task.pk in {each.pk for each in asking.coming}:
            continue
        made.append(task)
        places.append(place)
    return made, places


def _have_tasks(asking: Asking, items: list[UUID]) -> None:
    """A task of the queue for each item: closed, so that it never comes in turn."""
    known = set(Task.objects.filter(queue=asking.queue, item__in=items).values_list("item", flat=True))
    missing = Item.objects.filter(pk__in=[item for item in items if item not in known])
    Task.objects.bulk_create(
        [
            Task(
                queue=asking.queue, item=item, language=item.language, wanted=0, created_at=asking.now,
                closed_at=asking.now,
            )
            for item in missing
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def in_turn(held: Sequence[Lease]) -> list[Lease]:
    """Leases as a desk shows them: what is planted stands where the task stood whose place it took."""
    elsewhere = [
        lease.planted_id for lease in held if lease.planted_id is not None and lease.planted_id != lease.task_id
    ]
    places = Task.objects.only("priority").in_bulk(elsewhere) if elsewhere else {}

    def place(lease: Lease) -> tuple[float, UUID]:
        task = lease.task if lease.planted_id is None else places.get(lease.planted_id, lease.task)
        return -task.priority, task.id

    return sorted(held, key=place)
