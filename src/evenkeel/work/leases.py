"""Leases and the counters that follow them. Every change of a counter in the house is made here.

Invariants: a task's `leased` is the number of its running leases and of the places kept for an open question or
escalation, `decided` the number of its decisions that stand; together they never exceed `wanted` (the table's own check
is the last guard). Locks are always taken in the order worker, leases, tasks, and several tasks in the order of their
ids, so that no two transactions wait for each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from evenkeel.ground.shapes import Asked, Shape, UpdateShape, checked, fresh, insert, link
from evenkeel.people import Worker

from .models import Decision, FormVersion, Lease, Queue, Task
from .rules.leases import expires_at

LAPSE_LIMIT = 1_000


def lock_worker(worker_id: UUID) -> Worker:
    """One hand-out at a time for one worker: two windows of hers must not be handed the same item twice.

    `no_key`, because the rows she writes meanwhile only point at her key.
    """
    return worker_lock(worker_id).now()[0]


def worker_lock(worker_id: UUID) -> Asked[list[Worker]]:
    """The same, for `gather`: whatever is asked with it, after it, is seen with the lock held."""
    return _WORKER.asked(worker=worker_id)


def lease_out(
    tasks: Sequence[Task], *, worker_id: UUID, form_version: FormVersion, queue: Queue, now: datetime
) -> list[Lease]:
    """Lease locked tasks, which have room, to a worker."""
    _LEASED.send(tasks=[task.id for task in tasks])
    for task in tasks:
        task.leased += 1
    until = expires_at(now, queue.lease_s)
    made = [
        fresh(
            Lease,
            task_id=task.id,
            worker_id=worker_id,
            form_version_id=form_version.id,
            taken_at=now,
            expires_at=until,
        )
        for task in tasks
    ]
    insert(made)
    for lease, task in zip(made, tasks, strict=True):
        link(lease, task=task, form_version=form_version)
    return made


def plant_out(
    tasks: Sequence[Task],
    places: Sequence[Task],
    *,
    worker_id: UUID,
    form_version: FormVersion,
    queue: Queue,
    now: datetime,
) -> list[Lease]:
    """Lease locked tasks out of their turn, each in the place of another: each grows by the room that this takes.

    So whatever else the task wants, nobody has less of it.
    """
    _PLANTED.send(tasks=[task.pk for task in tasks])
    until = expires_at(now, queue.lease_s)
    made = []
    for task, place in zip(tasks, places, strict=True):
        task.leased, task.wanted = task.leased + 1, task.wanted + 1
        lease = fresh(
            Lease,
            task_id=task.pk,
            worker_id=worker_id,
            form_version_id=form_version.pk,
            planted_id=place.pk,
            taken_at=now,
            expires_at=until,
        )
        made.append(lease)
    insert(made)
    for lease, task in zip(made, tasks, strict=True):
        link(lease, task=task, form_version=form_version)
    return made


def give_back(leases: Sequence[Lease], *, ending: str, now: datetime) -> int:
    """End leases other than by a decision: each task has its room again. Leases that have ended meanwhile are let be."""
    locked = list(
        Lease.objects.select_for_update()
        .filter(pk__in=[lease.pk for lease in leases], ended_at=None)
        .order_by("id")
        .values_list("id", "task_id", "planted_id")
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
            .values_list("id", "task_id", "planted_id")[:LAPSE_LIMIT]
        )
        _end(locked, ending=Lease.LAPSED, now=now)
    return len(locked)


def _end(locked: Sequence[tuple[UUID, UUID, UUID | None]], *, ending: str, now: datetime) -> None:
    ids = [lease_id for lease_id, _task, _planted in locked]
    ended = Counter(task_id for _lease, task_id, _planted in locked)
    # The room that a planted lease brought goes with it.
    brought = Counter(task_id for _lease, task_id, planted in locked if planted is not None)
    task_ids = sorted(ended)
    _lock_tasks(task_ids)
    for part in _parts(ids):
        Lease.objects.filter(pk__in=part).update(ended_at=now, ending=ending)
    for n in set(ended.values()):
        for part in _parts([task_id for task_id in task_ids if ended[task_id] == n]):
            Task.objects.filter(pk__in=part).update(leased=F("leased") - n)
    for task_id, n in sorted(brought.items()):
        Task.objects.filter(pk=task_id).update(wanted=F("wanted") - n)


def _lock_tasks(task_ids: Sequence[UUID]) -> None:
    for part in _parts(task_ids):
        list(Task.objects.select_for_update().filter(pk__in=part).order_by("id").values_list("id"))


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + 500] for start in range(0, len(ids), 500))


def task_locks(leases: Sequence[UUID], worker: UUID) -> Asked[list[Task]]:
    """The locks on the tasks of a worker's leases that are locked themselves, in the house's order; for `gather`."""
    return _TASKS.asked(leases=list(leases), worker=worker)


def settle_late(ended: Sequence[Lease], *, queue: Queue, now: datetime) -> set[UUID]:
    """Count decisions by locked leases that lapsed or were given back; returns those that could be.

    Such a lease has given its place away, so its task must still have room; what was planted brings its own again.
    """
    closes = {"closes": queue.overlap_rule != Queue.ADAPTIVE}
    counted = set()
    for lease in ended:
        late = _PLANTED_LATE.run(tasks=[lease.task_id]) if lease.planted_id is not None else 0
        if late or _DECIDED_LATE.run(form=closes, tasks=[lease.task_id], now=now):
            counted.add(lease.pk)
    return counted


def settle(running: Sequence[Lease], late: Collection[UUID], *, queue: Queue, now: datetime) -> None:
    """Turn locked leases into decisions: each ends, its task counts it and closes when it has all it wants.

    A running lease whose task does not count it would be a bug, and the table's own check, that `leased` is never below
    zero, undoes all of it. In an adaptive queue the answers themselves say whether a task closes: `settle_overlap`, once
    the decisions are written.
    """
    closes = {"closes": queue.overlap_rule != Queue.ADAPTIVE}
    # What was planted tells nothing of its item, so it closes no task.
    planted = sorted(lease.task_id for lease in running if lease.planted_id is not None)
    if planted:
        _DECIDED.send(form={"closes": False}, tasks=planted, now=now)
    if len(planted) < len(running):
        in_turn = sorted(lease.task_id for lease in running if lease.planted_id is None)
        _DECIDED.send(form=closes, tasks=in_turn, now=now)
    _ENDED.send(leases=[*[lease.id for lease in running], *late], now=now)


def _counted(
    tasks: QuerySet[Task], now: datetime, *, closes: bool, **change: Any
) -> tuple[QuerySet[Task], dict[str, Any]]:
    change["decided"] = F("decided") + 1
    if closes:
        change["closed_at"] = Case(When(wanted__lte=F("decided") + 1, then=Value(now)), default=F("closed_at"))
    else:
        # Whoever writes the decision closes it; the moment stands here so that the statement takes the same values.
        change["closed_at"] = Case(When(wanted__lt=0, then=Value(now)), default=F("closed_at"))
    return tasks, change


def _decided(*, tasks: list[UUID], now: datetime, closes: bool) -> tuple[QuerySet[Task], dict[str, Any]]:
    return _counted(Task.objects.filter(pk__in=tasks), now, closes=closes, leased=F("leased") - 1)


def _decided_late(*, tasks: list[UUID], now: datetime, closes: bool) -> tuple[QuerySet[Task], dict[str, Any]]:
    room = Task.objects.filter(pk__in=tasks, closed_at=None, wanted__gt=F("decided") + F("leased"))
    return _counted(room, now, closes=closes)


_DECIDED, _DECIDED_LATE = UpdateShape(_decided), UpdateShape(_decided_late)
_ENDED = UpdateShape(
    lambda *, leases, now: (Lease.objects.filter(pk__in=leases), {"ended_at": now, "ending": Lease.DECIDED})
)
_LEASED = UpdateShape(lambda *, tasks: (Task.objects.filter(pk__in=tasks), {"leased": F("leased") + 1}))
_PLANTED = UpdateShape(
    lambda *, tasks: (Task.objects.filter(pk__in=tasks), {"leased": F("leased") + 1, "wanted": F("wanted") + 1})
)
_PLANTED_LATE = UpdateShape(
    lambda *, tasks: (Task.objects.filter(pk__in=tasks), {"decided": F("decided") + 1, "wanted": F("wanted") + 1})
)
_TASKS = Shape(
    lambda *, leases, worker: (
        Task.objects.select_for_update(of=("self",))
        .filter(pk__in=Lease.objects.alias(by=checked("worker_id")).filter(pk__in=leases, by=worker).values("task"))
        .order_by("id")
        .only("pk")
    )
)
_WORKER = Shape(lambda *, worker: Worker.objects.select_for_update(no_key=True).filter(pk=worker))


def settle_overlap(task_id: UUID, *, queue: Queue, now: datetime) -> None:
    """In an adaptive queue: close a task whose answer is sure enough or that was asked often enough, or ask once more.

    The caller has just counted a decision, so the task is locked and its decisions stand still.
    """
    from evenkeel.kernel import vote_certainty

    task = Task.objects.get(pk=task_id)
    if task.decided < queue.overlap:
        return
    standing = Decision.objects.filter(item=task.item_id, queue=queue, planted=None, taken_back=None, correction=None)
    counts = list(standing.values_list("label").annotate(n=Count("*")).values_list("n", flat=True))
    is_sure = vote_certainty(counts) >= queue.overlap_target
    if not is_sure and task.decided == task.wanted < queue.overlap_most:
        Task.objects.filter(pk=task_id).update(wanted=F("wanted") + 1)
    elif task.decided >= task.wanted or (is_sure and not task.leased):
        Task.objects.filter(pk=task_id).update(wanted=task.decided, closed_at=now)


def reopen_for(
    task_id: UUID,
    *,
    worker_id: UUID,
    form_version_id: UUID,
    queue: Queue,
    is_planted: bool = False,
    now: datetime,
) -> Lease:
    """Undo a counted decision: the task is back in the same worker's hands, and open again unless it was planted there."""
    opens: dict[str, Any] = {} if is_planted else {"closed_at": None}
    Task.objects.filter(pk=task_id, decided__gte=1).update(decided=F("decided") - 1, leased=F("leased") + 1, **opens)
    return Lease.objects.create(
        task_id=task_id,
        worker_id=worker_id,
        form_version_id=form_version_id,
        planted_id=task_id if is_planted else None,
        taken_at=now,
        expires_at=expires_at(now, queue.lease_s),
    )


def keep_place(lease: Lease, *, ending: str, now: datetime) -> bool:
    """End a running lease without freeing its place: it waits for an answer or a tier. False when it has ended already."""
    return bool(Lease.objects.filter(pk=lease.pk, ended_at=None).update(ended_at=now, ending=ending))


def hand_again(task_id: UUID, *, worker_id: UUID, form_version_id: UUID, queue: Queue, now: datetime) -> Lease:
    """Turn a kept place into a lease of the worker whose it was."""
    kept = Lease.objects.filter(task=task_id, worker=worker_id, ending__in=Lease.KEPT, planted__isnull=False)
    is_planted = kept.exists()
    _end_waiting(task_id, worker_id)
    return Lease.objects.create(
        task_id=task_id,
        worker_id=worker_id,
        form_version_id=form_version_id,
        planted_id=task_id if is_planted else None,
        taken_at=now,
        expires_at=expires_at(now, queue.lease_s),
    )


def was_planted(task_id: UUID, *, worker_id: UUID) -> bool:
    """Whether the place that is kept for her was planted: what is ruled in her stead then tells nothing of the item."""
    kept = Lease.objects.filter(task=task_id, worker=worker_id, ending__in=Lease.KEPT)
    return kept.filter(planted__isnull=False).exists()


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
