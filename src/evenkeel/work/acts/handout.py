"""Handing work out and taking it back into the queue."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.wellness import may_take

from .. import leases, scopes
from ..event_order import tasks_in_event_order
from ..models import Lease, Queue
from ..queries.desk import newest_form_version, own_leases
from ..rules.leases import expires_at, why_not_handed
from ..workers import insist_on_worker, own_lease


def take_batch(actor: Actor, *, queue: Queue, now: datetime) -> list[Lease]:
    """What the actor has in hand in this queue, filled up to the queue's batch size, in order of hand-out.

    Taking again gives the same leases, renewed, plus new ones for those that have ended: a reloaded page loses nothing.
    Never an item that she has decided by the same form, skipped, or has in hand. `NotNow` says why nothing may be handed
    to her; an empty list says that nothing waits for her.
    """
    worker_id = insist_on_worker(actor)
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now) as deed:
        worker = leases.lock_worker(worker_id)
        # Read again under the transaction: the page's copy may be minutes old.
        queue = Queue.objects.get(pk=queue.pk)
        why_not = why_not_handed(
            queue_closed=not queue.is_open,
            asked_languages=queue.languages,
            spoken_languages=worker.languages,
            left_on=worker.left_on,
            today=now.date(),
        )
        deed.require(why_not is None, why_not, code="not-handed")
        leases.give_back_lapsed(now=now, queue=queue)
        held = Lease.objects.filter(leases.in_hand(worker_id, queue))
        held.update(expires_at=expires_at(now, queue.lease_s))
        taken = 0
        missing = queue.batch_size - held.count()
        if missing > 0:
            ruling = may_take(worker_id, severity=queue.severity, now=now)
            deed.require(ruling, ruling.reason, code="exposure-limit")
            tasks = tasks_in_event_order(queue, worker, limit=missing, now=now)
            version = newest_form_version(queue.form_id)
            leases.lease_out(tasks, worker_id=worker_id, form_version_id=version.pk, queue=queue, now=now)
            taken = len(tasks)
        deed.record("taken", on=queue, taken=taken)
        return own_leases(worker_id, queue)


def renew_leases(actor: Actor, *, queue: Queue, now: datetime) -> list[Lease]:
    """Keep what the actor has in hand in this queue for another full lease; what has lapsed meanwhile is left out."""
    worker_id = insist_on_worker(actor)
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now) as deed:
        held = Lease.objects.filter(leases.in_hand(worker_id, queue), expires_at__gt=now)
        renewed = held.update(expires_at=expires_at(now, queue.lease_s))
        deed.record("renewed", on=queue, renewed=renewed)
        return own_leases(worker_id, queue)


def return_lease(actor: Actor, *, lease_id: UUID, is_skip: bool = False, now: datetime) -> Lease:
    """Put an item back for somebody else. A skipped one never comes back to the same worker; a returned one may.

    Returning what has ended already changes nothing: a page that closes says so once too often rather than not at all.
    """
    worker_id = insist_on_worker(actor)
    lease = own_lease(worker_id, lease_id)
    if lease.ended_at is not None:
        return lease
    with act(scopes.TASK_DECIDE, actor, on=lease.task.queue, now=now) as deed:
        ending = Lease.SKIPPED if is_skip else Lease.RETURNED
        leases.give_back([lease], ending=ending, now=now)
        deed.record("skipped" if is_skip else "returned", on=lease.task, lease_id=lease.pk)
    lease.refresh_from_db()
    return lease


def return_leases(actor: Actor, *, queue: Queue, now: datetime) -> int:
    """Put everything back that the actor has in hand in this queue; returns how many."""
    worker_id = insist_on_worker(actor)
    held = own_leases(worker_id, queue)
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now) as deed:
        returned = leases.give_back(held, ending=Lease.RETURNED, now=now)
        deed.record("returned", on=queue, returned=returned)
        return returned
