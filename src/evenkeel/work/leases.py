"""Leases and the counters that follow them. Every change of a counter in the house is made here.

Invariants: a task's `leased` is the number of its running leases and of the places kept for an open question or
escalation, `decided` the number of its decisions that stand; together they never exceed `wanted` (the table's own check
is the last guard). Locks are always taken in the order worker, leases, tasks, and several tasks in the order of their
ids, so that no two transactions wait for each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from evenkeel.people import Worker

from .models import Lease, Queue, Task
from .rules.leases import expires_at

LAPSE_LIMIT = 1_000


def lock_worker(worker_id: UUID) -> Worker:
    """One hand-out at a time for one worker: two windows of hers must not be handed the same item twice.

    `no_key`, because the rows she writes meanwhile only point at her key.
    """
    return Worker.objects.select_for_update(no_key=True).get(pk=worker_id)


def lease_out(
    tasks: Sequence[Task], *, worker_id: UUID, form_version_id: UUID, queue: Queue, now: datetime
) -> list[Lease]:
    """Lease locked tasks, which have room, to a worker."""
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(leased=F("leased") + 1)
    return Lease.objects.bulk_create(
        [
            Lease(
                task=task,
                worker_id=worker_id,
                form_version_id=form_version_id,
                taken_at=now,
                expires_at=expires_at(now, queue.lease_s),
            )
            for task in tasks
        ]
    )


def give_back(leases: Sequence[Lease], *, ending: str, now: datetime) -> int:
    """End leases other than by a decision: each task has its room again. Leases that have ended meanwhile are let be."""
    locked = list(
        Lease.objects.select_for_update()
        .filter(pk__in=[lease.pk for lease in leases], ended_at=None)
        .order_by("id")
        .values_list("id", "task_id")
    )
    _end(locked, ending=ending, now=now)
    return len(locked)


def give_back_lapsed(*, now: datetime, queue: Queue | None = None) -> int:
    """End up to a thousand running leases whose time is over, of one queue or of all; returns how many."""
    found = Lease.objects.filter(ended_at=None, expires_at__lte=now)
    if queue is not None:
        found = found.filter(task__queue=queue)
    with transaction.atomic():
        # Skipping what others hold: whoever decides on such a lease at this moment is about to end it herself.
        locked = list(
            found.select_for_update(skip_locked=True, of=("self",))
            .order_by("expires_at")
            .values_list("id", "task_id")[:LAPSE_LIMIT]
        )
        _end(locked, ending=Lease.LAPSED, now=now)
    return len(locked)


def _end(locked: Sequence[tuple[UUID, UUID]], *, ending: str, now: datetime) -> None:
    ids = [lease_id for lease_id, _ in locked]
    ended = Counter(task_id for _, task_id in locked)
    task_ids = sorted(ended)
    for part in _parts(task_ids):
        list(Task.objects.select_for_update().filter(pk__in=part).order_by("id").values_list("id"))
    for part in _parts(ids):
        Lease.objects.filter(pk__in=part).update(ended_at=now, ending=ending)
    for n in set(ended.values()):
        for part in _parts([task_id for task_id in task_ids if ended[task_id] == n]):
            Task.objects.filter(pk__in=part).update(leased=F("leased") - n)


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + 500] for start in range(0, len(ids), 500))


def settle_by_decision(lease: Lease, *, now: datetime) -> bool:
    """Turn a lease into a decision: the lease ends, the task counts it and closes when it has all it wants.

    A lease that lapsed has given its place away; then the task must still have room, otherwise this returns False.
    """
    if lease.ended_at is None:
        room = Task.objects.filter(pk=lease.task_id, leased__gte=1)
        counted = room.update(leased=F("leased") - 1, decided=F("decided") + 1)
    else:
        room = Task.objects.filter(pk=lease.task_id, closed_at=None, wanted__gt=F("decided") + F("leased"))
        counted = room.update(decided=F("decided") + 1)
    if not counted:
        return False
    Lease.objects.filter(pk=lease.pk).update(ended_at=now, ending=Lease.DECIDED)
    Task.objects.filter(pk=lease.task_id, closed_at=None, decided__gte=F("wanted")).update(closed_at=now)
    return True


def reopen_for(task_id: UUID, *, worker_id: UUID, form_version_id: UUID, queue: Queue, now: datetime) -> Lease:
    """Undo a counted decision: the task is open again and back in the same worker's hands."""
    Task.objects.filter(pk=task_id, decided__gte=1).update(
        decided=F("decided") - 1, leased=F("leased") + 1, closed_at=None
    )
    return Lease.objects.create(
        task_id=task_id,
        worker_id=worker_id,
        form_version_id=form_version_id,
        taken_at=now,
        expires_at=expires_at(now, queue.lease_s),
    )


def keep_place(lease: Lease, *, ending: str, now: datetime) -> bool:
    """End a running lease without freeing its place: it waits for an answer or a tier. False when it has ended already."""
    return bool(Lease.objects.filter(pk=lease.pk, ended_at=None).update(ended_at=now, ending=ending))


def free_place(task_id: UUID, *, worker_id: UUID) -> None:
    """Give a kept place back to the queue."""
    _end_waiting(task_id, worker_id)
    Task.objects.filter(pk=task_id, leased__gte=1).update(leased=F("leased") - 1)


def hand_again(task_id: UUID, *, worker_id: UUID, form_version_id: UUID, queue: Queue, now: datetime) -> Lease:
    """Turn a kept place into a lease of the worker whose it was."""
    _end_waiting(task_id, worker_id)
    return Lease.objects.create(
        task_id=task_id,
        worker_id=worker_id,
        form_version_id=form_version_id,
        taken_at=now,
        expires_at=expires_at(now, queue.lease_s),
    )


def settle_place(task_id: UUID, *, worker_id: UUID, now: datetime) -> None:
    """Turn a kept place into a decision; the task closes when it has all it wants."""
    _end_waiting(task_id, worker_id)
    Task.objects.filter(pk=task_id, leased__gte=1).update(leased=F("leased") - 1, decided=F("decided") + 1)
    Task.objects.filter(pk=task_id, closed_at=None, decided__gte=F("wanted")).update(closed_at=now)


def withdraw_item(item_id: UUID, *, now: datetime) -> None:
    """Take an item out of every hand and every queue: leases end, kept places are freed, tasks close."""
    held = list(Lease.objects.filter(task__item=item_id, ended_at=None))
    give_back(held, ending=Lease.RETURNED, now=now)
    tasks = Task.objects.select_for_update().filter(item=item_id).order_by("id")
    list(tasks.values_list("id"))
    Lease.objects.filter(task__item=item_id, ending__in=Lease.KEPT).update(ending=Lease.RETURNED)
    Task.objects.filter(item=item_id).update(leased=0)
    Task.objects.filter(item=item_id, closed_at=None).update(closed_at=now)


def restore_item(item_id: UUID) -> None:
    """Open an item's tasks again that want more decisions."""
    Task.objects.filter(item=item_id, decided__lt=F("wanted")).update(closed_at=None)


def _end_waiting(task_id: UUID, worker_id: UUID) -> None:
    # From here on the item may come to her again like any that she gave back.
    kept = Lease.objects.filter(task=task_id, worker=worker_id, ending__in=Lease.KEPT)
    kept.update(ending=Lease.RETURNED)


def in_hand(worker_id: UUID, queue: Queue) -> Q:
    """The filter for the running leases of a worker in a queue."""
    return Q(worker_id=worker_id, task__queue=queue, ended_at=None)
