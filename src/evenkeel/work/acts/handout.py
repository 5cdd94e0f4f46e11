"""Handing work out and taking it back into the queue."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.acts import act
from evenkeel.ground.errors import NotFound
from evenkeel.ground.shapes import fresh, gather

from .. import leases, scopes
from ..models import Lease, Queue
from ..queries.counts import begin_counts
from ..queries.desk import own_leases, own_leases_asked, with_forms
from ..rules.leases import expires_at
from ..workers import insist_on_worker, own_lease
from .handing_out import Begin, HandOut, Taken, asked


def take_batch(actor: Actor, *, queue: Queue, now: datetime) -> list[Lease]:
    """What the actor has in hand in this queue, filled up to the queue's batch size, in order of hand-out.

    Taking again gives the same leases, renewed, plus new ones for those that have ended: a reloaded page loses nothing.
    Never an item that she has decided by the same form, skipped, or has in hand. `NotNow` says why nothing may be handed
    to her; an empty list says that nothing waits for her.
    """
    return _taken(actor, queue, now=now).leases


def take(actor: Actor, *, queue_id: UUID, at_most: int | None = None, now: datetime) -> Taken:
    """The same by the queue's key, with the numbers that a desk shows. `NotFound` for a queue in which she may not work.

    `at_most` fills up to fewer than a batch.
    """
    # Not read but named: hand-out reads it under its own lock, and only its key is asked about here.
    queue = fresh(Queue, id=queue_id)
    if not may(actor, scopes.TASK_DECIDE, queue):
        raise NotFound(_("There is no such queue, or it is not yours to work in."))
    return _taken(actor, queue, at_most=at_most, counts=begin_counts, now=now)


def _taken(
    actor: Actor, queue: Queue, *, at_most: int | None = None, counts: Begin | None = None, now: datetime
) -> Taken:
    worker_id = insist_on_worker(actor)
    taken = _take(actor, worker_id, queue=queue, at_most=at_most, counts=counts, now=now)
    # Lapsed leases are swept by a job. Only whoever finds the queue dry looks for herself, before she goes empty-handed:
    # in a transaction of its own, because leases are locked before tasks.
    if taken.missing and leases.give_back_lapsed(now=now, queue=queue):
        return _take(actor, worker_id, queue=queue, at_most=at_most, counts=counts, now=now)
    return taken


def _take(
    actor: Actor, worker_id: UUID, *, queue: Queue, at_most: int | None, counts: Begin | None, now: datetime
) -> Taken:
    """One round of hand-out: what she has in hand then, and how many more she could have had."""
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now, waits_for_disk=False) as deed:
        workers, held, *about_queue = gather(
            leases.worker_lock(worker_id), own_leases_asked(worker_id, queue.pk), *asked(queue.pk, now=now)
        )
        hand_out = HandOut.of(deed, workers[0], about_queue, held=with_forms(held), at_most=at_most)
        hand_out.begin()
        hand_out.choose()
        with deed.last():
            hand_out.write(counts)
    return hand_out.taken()


def renew_leases(actor: Actor, *, queue: Queue, now: datetime) -> list[Lease]:
    """Keep what the actor has in hand in this queue for another full lease; what has lapsed meanwhile is left out."""
    worker_id = insist_on_worker(actor)
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now, waits_for_disk=False) as deed:
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
    queue = lease.task.queue
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now, waits_for_disk=False) as deed:
        if is_skip:
            deed.require(queue.may_skip, _("Nothing may be skipped in this queue."), code="no-skipping")
        else:
            deed.require(
                queue.may_return, _("In this queue items are given back only on leaving."), code="no-returning"
            )
        ending = Lease.SKIPPED if is_skip else Lease.RETURNED
        leases.give_back([lease], ending=ending, now=now)
        deed.record("skipped" if is_skip else "returned", on=lease.task, lease_id=lease.pk)
    lease.refresh_from_db()
    return lease


def return_leases(actor: Actor, *, queue: Queue, now: datetime) -> int:
    """Put everything back that the actor has in hand in this queue; returns how many."""
    worker_id = insist_on_worker(actor)
    held = own_leases(worker_id, queue)
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now, waits_for_disk=False) as deed:
        returned = leases.give_back(held, ending=Lease.RETURNED, now=now)
        deed.record("returned", on=queue, returned=returned)
        return returned


def put_down(actor: Actor, *, now: datetime) -> int:
    """Put everything back that the actor has in hand anywhere: she takes a break, or logs out. Returns how many."""
    worker_id = insist_on_worker(actor)
    with act(scopes.TASK_DECIDE, actor, now=now, waits_for_disk=False) as deed:
        # Wherever it came from: a queue that is no longer hers gets its items back as well.
        held = list(Lease.objects.filter(worker=worker_id, ended_at=None))
        returned = leases.give_back(held, ending=Lease.RETURNED, now=now)
        deed.record("put down", returned=returned)
        return returned
