"""A round at a desk in one request: what was decided goes in, the next batch comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.acts import act
from evenkeel.ground.errors import NotFound, Problem
from evenkeel.ground.shapes import fresh, gather, together

from .. import leases, scopes, sops
from ..answering import Said
from ..models import Queue
from ..queries.counts import begin_counts
from ..queries.desk import in_hand_asked, own_leases
from ..workers import insist_on_worker
from . import deciding, handing_out
from .deciding import Deciding, Outcome
from .decisions import decide_each, with_faults
from .handing_out import HandOut, Taken
from .handout import take


@dataclass(frozen=True, kw_only=True)
class Round:
    """What became of each answer, in their order; and the next batch, or why there is none."""

    outcomes: list[Outcome]
    next: Taken | Problem


def decide_and_take(
    actor: Actor,
    *,
    said: Sequence[Said],
    queue_id: UUID,
    at_most: int | None = None,
    origin: str = "desk",
    now: datetime,
) -> Round:
    """Decide as `decide_each` does and take as `take` does, in one transaction.

    One and not two: whoever is told of a decision has the next items with it, the worker is locked once, and a hand-out
    needs no wait for the disk of its own. A hand-out that is refused keeps no decision back, and the other way round. Sent
    again, the answers give the decisions of the first time, and what is in hand by then is what is handed out: never more
    than `at_most`, nor than the queue's batch. What was in hand and is not decided keeps the time that it has.
    """
    worker_id = insist_on_worker(actor)
    if not may(actor, scopes.TASK_DECIDE, fresh(Queue, id=queue_id)):
        return _without_queue(actor, said, origin=origin, now=now)
    came: Taken | Problem | None = None

    def made(sound: Sequence[Said]) -> Sequence[Outcome]:
        nonlocal came
        try:
            outcomes, came = _round(actor, worker_id, sound, queue_id, at_most, origin=origin, now=now)
        except _NothingDone as nothing:
            outcomes, came = nothing.outcomes, nothing.refused
        except Problem as refused:
            outcomes, came = [refused] * len(sound), refused
        return outcomes

    try:
        outcomes = with_faults(said, made)
    except _NoQueue:
        return _without_queue(actor, said, origin=origin, now=now)
    sops.keep_stopped(actor, outcomes, now=now)
    # When the queue was found dry others' time may have run out meanwhile, and when no answer came in soundly nothing was
    # taken yet: a hand-out like any other, in a transaction of its own.
    if came is None or (
        isinstance(came, Taken) and came.missing and leases.give_back_lapsed(now=now, queue=came.queue)
    ):
        try:
            came = take(actor, queue_id=queue_id, at_most=at_most, now=now)
        except Problem as refused:
            came = refused
    return Round(outcomes=outcomes, next=came)


def _without_queue(actor: Actor, said: Sequence[Said], *, origin: str, now: datetime) -> Round:
    refused = NotFound(_("There is no such queue, or it is not yours to work in."))
    return Round(outcomes=decide_each(actor, said=said, origin=origin, now=now), next=refused)


def _round(
    actor: Actor,
    worker_id: UUID,
    said: Sequence[Said],
    queue_id: UUID,
    at_most: int | None,
    *,
    origin: str,
    now: datetime,
) -> tuple[Sequence[Outcome], Taken | Problem]:
    with act(scopes.TASK_DECIDE, actor, now=now) as deed:
        queue, *about_queue = handing_out.asked(queue_id, now=now)
        about_answers = deciding.asked(said, worker_id, queue=queue, now=now)
        *found, in_hand, modes, versions = gather(*about_answers, in_hand_asked(worker_id, queue_id), *about_queue)
        queues = found[deciding.QUEUES]
        if not queues:
            raise _NoQueue
        decided = Deciding.of(actor, said, found, origin=origin, now=now)
        settled = decided.settled
        held = [lease for lease in in_hand if lease.id not in settled]
        hand_out = HandOut.of(deed, decided.worker, (queues, modes, versions), held=held, at_most=at_most, keeps=False)
        goes_along = hand_out.asks_for_tasks_alone and not decided.adaptive
        refused = None
        with together():
            decided.write()
            if goes_along:
                refused = _refusal_of(hand_out.begin)
        if not goes_along:
            decided.settle_overlaps()
            hand_out.held = own_leases(worker_id, hand_out.queue)
            refused = _refusal_of(hand_out.begin)
        refused = refused or _refusal_of(hand_out.choose)
        if refused and not decided.made:
            raise _NothingDone(decided.outcomes, refused)
        with deed.last():
            if decided.made:
                decided.record(deed)
            if not refused:
                hand_out.write(begin_counts)
    return decided.outcomes, refused or hand_out.taken()


def _refusal_of(step: Callable[[], None]) -> Problem | None:
    """Do a step of the hand-out, whose refusal keeps no decision back."""
    try:
        step()
    except Problem as refused:
        return refused
    return None


class _NothingDone(Exception):
    """Nothing was decided and nothing taken, so nothing is recorded: the transaction ends as if it had not been."""

    def __init__(self, outcomes: Sequence[Outcome], refused: Problem):
        self.outcomes, self.refused = outcomes, refused


class _NoQueue(Exception):
    """There is no such queue to take from; nothing was changed yet."""
