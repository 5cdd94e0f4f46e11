"""What comes first while an event mode holds. Nothing is rewritten for it, so nothing has to be put back at its end."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from evenkeel.people import Worker

from .handout import look_for_tasks, next_tasks, still_apart, waiting_for
from .models import EventMode, Queue, Task

# How far into a queue the event's items are looked for: a queue of a million others must not hold up the desk.
LOOK = 5_000


def look_in_event_order(
    queue: Queue, worker: Worker, *, limit: int, modes: list[EventMode]
) -> Callable[[], list[Task]]:
    """Open tasks for this worker, locked: an event's items first, then the rest in the queue's own order.

    Asked along with what a `together` writes where no event changes the order; what this gives is called after that block.
    """
    wanted = _wanted(modes)
    if wanted is None:
        return look_for_tasks(queue, worker, limit=limit)
    return lambda: _lifted_first(queue, worker, wanted, limit=limit)


def _lifted_first(queue: Queue, worker: Worker, wanted: Q, *, limit: int) -> list[Task]:
    nearest = waiting_for(queue, worker).values("pk")[:LOOK]
    lifted = waiting_for(queue, worker).filter(wanted, pk__in=list(nearest.values_list("pk", flat=True)))
    locked = lifted.select_related("item").select_for_update(skip_locked=True, of=("self",))
    first = still_apart(list(locked[:limit]), queue, worker)
    if len(first) == limit:
        return first
    taken = {task.pk for task in first}
    rest = next_tasks(queue, worker, limit=limit)
    return [*first, *(task for task in rest if task.pk not in taken)][:limit]


def _wanted(modes: list[EventMode]) -> Q | None:
    """The items that come first; None when no order changes. A mode for everything leaves the queue's own order as it is."""
    found = None
    for mode in modes:
        if mode.moves_order and (mode.languages or mode.regions):
            one = Q()
            if mode.languages:
                one &= Q(language__in=mode.languages)
            if mode.regions:
                one &= Q(item__attributes__region__in=mode.regions)
            found = one if found is None else found | one
    return found
