"""Watching people in a queue: whether it is asked for at all, keeping somebody away, and letting her back."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.people import Worker

from .. import leases, scopes
from ..models import Lease, Queue, RoutedAway


def watch_people(actor: Actor, *, queue: Queue, now: datetime) -> Queue:
    """From now on hand-out asks whether something is planted in the queue, and whether somebody is kept away from it."""
    with act(scopes.QUEUE_EDIT, actor, on=queue, now=now) as deed:
        Queue.objects.filter(pk=queue.pk).update(watches_people=True)
        queue.watches_people = True
        deed.record("people watched", on=queue)
        return queue


def route_away(
    actor: Actor, *, queue: Queue, worker: Worker, why: str, way_back: str, now: datetime
) -> RoutedAway | None:
    """Hand this worker nothing from the queue until `let_back`; what she holds of it goes back. None if she is away already.

    `why` and `way_back` (300 characters at most) are what she is told by the very next hand-out.
    """
    with act(scopes.QUEUE_EDIT, actor, on=queue, now=now) as deed:
        # The same order of locks as in a hand-out: she is handed nothing while this is decided.
        leases.lock_worker(worker.pk)
        if RoutedAway.objects.filter(queue=queue, worker=worker, ended_at=None).exists():
            deed.record("away already", on=queue, worker=worker.code)
            return None
        Queue.objects.filter(pk=queue.pk).exclude(watches_people=True).update(watches_people=True)
        made = RoutedAway.objects.create(queue=queue, worker=worker, why=why[:300], way_back=way_back[:300], at=now)
        held = list(Lease.objects.filter(leases.in_hand(worker.pk, queue)))
        leases.give_back(held, ending=Lease.RETURNED, now=now)
        deed.record("routed away", on=made, after={"worker": worker.code, "why": why})
        deed.tell("worker.routed_away", worker_id=worker.pk, queue_id=queue.pk)
        return made


def let_back(actor: Actor, *, queue: Queue, worker: Worker, why: str, now: datetime) -> bool:
    """Hand her work from the queue again; False when nothing kept her away."""
    with act(scopes.QUEUE_EDIT, actor, on=queue, now=now) as deed:
        away = RoutedAway.objects.filter(queue=queue, worker=worker, ended_at=None)
        ended = away.update(ended_at=now, ended_why=why[:300])
        deed.record("let back" if ended else "was not away", on=queue, worker=worker.code, why=why)
        if ended:
            deed.tell("worker.let_back", worker_id=worker.pk, queue_id=queue.pk)
        return bool(ended)
