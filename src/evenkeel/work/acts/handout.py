"""Handing work out and taking it back into the queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.acts import act
from evenkeel.ground.errors import NotFound
from evenkeel.ground.shapes import UpdateShape, gather
from evenkeel.wellness import may_take

from .. import leases, planting, scopes
from ..eligibility import asked_by, brought_by
from ..event_order import tasks_in_event_order
from ..models import Lease, Queue, Task
from ..queries.counts import Counts, begin_counts
from ..queries.desk import (
    form_version,
    newest_version_asked,
    own_leases,
    own_leases_asked,
    queue_asked,
    with_forms,
)
from ..queries.event_modes import asked_of_programme, of_queue
from ..rules.eligibility import left_of_cap, why_not_handed
from ..rules.leases import expires_at
from ..workers import insist_on_worker, own_lease

Begin = Callable[..., Counts]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a hand-out came to: the queue as it was then, what is in hand, and the two numbers of the desk if asked for."""

    queue: Queue
    leases: list[Lease]
    missing: int
    waiting: int
    decided_today: int


def take_batch(actor: Actor, *, queue: Queue, now: datetime) -> list[Lease]:
    """What the actor has in hand in this queue, filled up to the queue's batch size, in order of hand-out.

    Taking again gives the same leases, renewed, plus new ones for those that have ended: a reloaded page loses nothing.
    Never an item that she has decided by the same form, skipped, or has in hand. `NotNow` says why nothing may be handed
    to her; an empty list says that nothing waits for her.
    """
    return _taken(actor, queue, now).leases


def take(actor: Actor, *, queue_id: UUID, now: datetime) -> Taken:
    """The same by the queue's key, with the numbers that a desk shows. `NotFound` for a queue in which she may not work."""
    # Not read but named: hand-out reads it under its own lock, and only its key is asked about here.
    queue = Queue(pk=queue_id)
    if not may(actor, scopes.TASK_DECIDE, queue):
        raise NotFound(_("There is no such queue, or it is not yours to work in."))
    return _taken(actor, queue, now, counts=begin_counts)


def _taken(actor: Actor, queue: Queue, now: datetime, counts: Begin | None = None) -> Taken:
    worker_id = insist_on_worker(actor)
    taken = _take(actor, worker_id, queue=queue, counts=counts, now=now)
    # Lapsed leases are swept by a job. Only whoever finds the queue dry looks for herself, before she goes empty-handed:
    # in a transaction of its own, because leases are locked before tasks.
    if taken.missing and leases.give_back_lapsed(now=now, queue=queue):
        return _take(actor, worker_id, queue=queue, counts=counts, now=now)
    return taken


def _take(actor: Actor, worker_id: UUID, *, queue: Queue, counts: Begin | None, now: datetime) -> Taken:
    """One round of hand-out: what she has in hand then, and how many more she could have had."""
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now, waits_for_disk=False) as deed:
        # The queue is read again under the transaction: the page's copy may be minutes old.
        workers, queues, held, modes, versions = gather(
            leases.worker_lock(worker_id),
            queue_asked(queue.pk),
            own_leases_asked(worker_id, queue.pk),
            asked_of_programme(queue.pk, now),
            newest_version_asked(queue.pk),
        )
        if not queues:
            raise NotFound(_("There is no such queue, or it is not yours to work in."))
        worker, queue, held = workers[0], queues[0], with_forms(held)
        if lapsed := [lease for lease in held if lease.expires_at <= now]:
            leases.give_back(lapsed, ending=Lease.LAPSED, now=now)
            held = [lease for lease in held if lease.expires_at > now]
        asked, brought = asked_by(queue), brought_by(worker, queue, now=now)
        why_not = why_not_handed(asked, brought, today=now.date())
        # Whoever has had her day's share still finishes what she holds.
        deed.require(why_not is None or (why_not.slug == "cap" and held), why_not and why_not.found, code="not-handed")
        _renew(held, queue, now)
        missing = max(0, queue.batch_size - len(held))
        left = left_of_cap(asked, brought)
        missing = missing if left is None else min(missing, left)
        tasks, planted, places = list[Task](), list[Task](), list[Task]()
        if missing:
            ruling = may_take(worker_id, severity=queue.severity, now=now)
            deed.require(ruling, ruling.reason, code="exposure-limit")
            tasks = tasks_in_event_order(queue, worker, limit=missing, modes=of_queue(queue, modes))
            if queue.watches_people:
                asking = planting.Asking(worker=worker, queue=queue, room=missing, coming=tasks, held=held, now=now)
                planted, places = planting.planted(asking)
                displaced = {place.pk for place in places}
                tasks = [task for task in tasks if task.pk not in displaced]
        with deed.last():
            if tasks or planted:
                version = form_version(versions[0].pk)
                out: dict[str, Any] = {"worker_id": worker_id, "form_version": version, "queue": queue, "now": now}
                held += leases.lease_out(tasks, **out) if tasks else []
                held += leases.plant_out(planted, places, **out) if planted else []
            deed.record("taken", on=queue, taken=len(tasks) + len(planted))
            counting = counts(worker_id, queue, now=now) if counts is not None else None
    held = planting.in_turn(held)
    waiting, today = counting.told(held) if counting is not None else (0, 0)
    return Taken(
        queue=queue, leases=held, missing=missing - len(tasks) - len(planted), waiting=waiting, decided_today=today
    )


def _renew(held: Sequence[Lease], queue: Queue, now: datetime) -> None:
    """Keep leases for another full time; the list's own copies say so too."""
    until = expires_at(now, queue.lease_s)
    if held:
        _KEPT.run(leases=[lease.pk for lease in held], until=until)
    for lease in held:
        lease.expires_at = until


_KEPT = UpdateShape(lambda *, leases, until: (Lease.objects.filter(pk__in=leases), {"expires_at": until}))


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
