"""What deciding looks up: leases with their locks, keys that were sent before, the queues of both."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid
from evenkeel.ground.shapes import Asked, Shape, checked

from ..models import Decision, Lease, Queue


def leases_locked(lease_ids: list[UUID], worker_id: UUID) -> Asked[list[Lease]]:
    """The question for those of the leases that are the worker's, which locks them; for `gather`."""
    return _LOCKED.asked(leases=lease_ids, worker=worker_id)


def decisions_by_key(keys: list[str]) -> Asked[list[Decision]]:
    """The question for the decisions that were made under these client keys."""
    return _BY_KEY.asked(keys=keys)


def queues_of_leases(lease_ids: list[UUID], worker_id: UUID) -> Asked[list[Queue]]:
    """The question for the queues from which the leases come."""
    return _QUEUES.asked(leases=lease_ids, worker=worker_id)


def queues_of(locked: Sequence[Lease], known: Sequence[Queue]) -> list[Queue]:
    """The queues from which locked leases come: those of them that are known, the others as they are now."""
    wanted = {lease.task.queue_id for lease in locked}
    found = [queue for queue in known if queue.pk in wanted]
    if others := wanted - {queue.pk for queue in found}:
        found += Queue.objects.filter(pk__in=others)
    return found


def told_apart(found: Sequence[Decision], worker_id: UUID) -> dict[str, Decision | Invalid]:
    """What became of these keys before; a key that is somebody else's is a fault."""
    if not found:
        return {}
    return {str(each.client_key): each if each.worker_id == worker_id else used_key() for each in found}


def used_key() -> Invalid:
    """What a key is told that belongs to another person's decision, or to one about another item."""
    return Invalid(_("This client key has been used."), fields={"client_key": [_("Make a new one.")]})


def with_running(locked: Sequence[Lease]) -> dict[UUID, Lease]:
    """The locked leases; where one ended and the worker has the same task in hand again, the newer one in its place.

    A desk that was cut off for long, or stood open twice, sends with the lease it knew.
    """
    found = {lease.pk: lease for lease in locked}
    ended = [lease for lease in found.values() if lease.ending in (Lease.LAPSED, Lease.RETURNED)]
    if ended:
        tasks, worker_id = [lease.task_id for lease in ended], ended[0].worker_id
        rows = Lease.objects.select_for_update(of=("self",)).select_related("task__item").order_by("id")
        running = rows.filter(task__in=tasks, worker=worker_id, ended_at=None)
        # One lease is one object here, by whichever of its names it is called.
        again = {lease.task_id: found.get(lease.pk, lease) for lease in running}
        found |= {lease.pk: again.get(lease.task_id, lease) for lease in ended}
        decided = Decision.objects.filter(task__in=tasks, item__in=[lease.task.item_id for lease in ended])
        done = set(decided.filter(worker=worker_id, taken_back=None).values_list("task_id", flat=True))
        for lease in ended:
            # She held it more than once, and has decided by another of her leases.
            if lease.task_id in done and found[lease.pk] is lease:
                lease.ending = Lease.DECIDED
    return found


_BY_KEY = Shape(lambda *, keys: Decision.objects.filter(client_key__in=keys).select_related("queue", "taken_back"))
_LOCKED: Shape[Lease] = Shape(
    lambda *, leases, worker: (
        # The item goes along for what a decision keeps of it; its content may be long and is fetched by forms that mark.
        Lease.objects.select_for_update(of=("self",))
        .select_related("task__item")
        .defer("task__item__content")
        .alias(by=checked("worker_id"))
        .filter(pk__in=leases, by=worker)
        .order_by("id")
    )
)
_QUEUES = Shape(
    lambda *, leases, worker: Queue.objects.filter(
        pk__in=Lease.objects.alias(by=checked("worker_id")).filter(pk__in=leases, by=worker).values("task__queue")
    )
)
