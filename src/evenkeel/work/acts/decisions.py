"""Deciding on what is in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid, NotFound, NotNow, Problem
from evenkeel.ground.shapes import gather, insert, together
from evenkeel.people import shift_asked
from evenkeel.wellness import record_exposure

from .. import leases, scopes, sops
from ..answering import Context, Said, answered, decided_already
from ..facts import DECISIONS, decision_row
from ..models import Decision, Lease, Queue, SopFinding
from ..queries.deciding import decisions_by_key, leases_locked, queues_of_leases, told_apart, used_key, with_running
from ..rules.context import NOTHING_TOLD, Told, check_told
from ..workers import insist_on_worker

KEY_LENGTH = 64


def decide(
    actor: Actor,
    *,
    lease_id: UUID,
    answer: Mapping[str, Any],
    client_key: str,
    active_ms: int | None = None,
    told: Told = NOTHING_TOLD,
    origin: str = "desk",
    now: datetime,
) -> Decision:
    """Decide on an item in hand. The same `client_key` again gives the same decision, so a client may always send again.

    `client_key` is made by the client before it sends (64 characters at most, unique in the house). `active_ms` is how long
    the person worked on the item; `told` may say more. A lease that lapsed or was given back serves while its task has
    room; `NotNow` otherwise. `Invalid` when the answer does not fit the form that was shown.
    """
    if active_ms is not None:
        told = replace(told, active_ms=active_ms)
    said = Said(lease_id=lease_id, answer=answer, client_key=client_key, told=told)
    outcome = decide_each(actor, said=[said], origin=origin, now=now)[0]
    if isinstance(outcome, Problem):
        raise outcome
    return outcome


Outcome = Decision | Problem


def decide_each(actor: Actor, *, said: Sequence[Said], origin: str = "desk", now: datetime) -> list[Decision | Problem]:
    """Decide on several items in hand; what became of each, in their order. What cannot be kept keeps nothing else back.

    Each is as idempotent as `decide`. All are written in one transaction, with as many statements as one.
    """
    worker_id = insist_on_worker(actor)
    outcomes: dict[int, Outcome] = {place: fault for place, each in enumerate(said) if (fault := _fault(each))}
    places = [place for place in range(len(said)) if place not in outcomes]
    sound = [said[place] for place in places]
    made: Sequence[Outcome] = []
    if sound:
        try:
            made = _decide(actor, worker_id, sound, origin=origin, now=now)
        except IntegrityError:
            # The same key from another worker at the same moment: hers was first, and a second look says so.
            made = _decide(actor, worker_id, sound, origin=origin, now=now)
        except Problem as refused:
            made = [refused] * len(sound)
    outcomes |= dict(zip(places, made, strict=True))
    sops.keep_stopped(actor, made, now=now)
    return [outcomes[place] for place in range(len(said))]


def _fault(said: Said) -> Invalid | None:
    if not 8 <= len(said.client_key) <= KEY_LENGTH or "\x00" in said.client_key:
        return Invalid(
            _("A client key has 8 to 64 characters."), fields={"client_key": [_("A random UUID does well.")]}
        )
    try:
        check_told(said.told)
    except Invalid as invalid:
        return invalid
    return None


def _decide(actor: Actor, worker_id: UUID, said: Sequence[Said], *, origin: str, now: datetime) -> Sequence[Outcome]:
    """Decide on items in hand, in one transaction."""
    outcomes: list[Outcome] = []
    try:
        with act(scopes.TASK_DECIDE, actor, now=now) as deed:
            # One at a time for one worker: the same key sent twice, a decision beside a hand-out of the same item.
            ids = [each.lease_id for each in said]
            workers, locked, found, queues, hours, *_locks = gather(
                leases.worker_lock(worker_id),
                leases_locked(ids, worker_id),
                decisions_by_key([each.client_key for each in said]),
                queues_of_leases(ids, worker_id),
                shift_asked(worker_id, now=now),
                *([leases.task_locks(ids, worker_id)] if len(said) > 1 else []),
            )
            held, known = with_running(locked), told_apart(found, worker_id)
            contexts = {
                queue.pk: Context.of(actor, workers[0], queue, hours=hours, origin=origin, now=now) for queue in queues
            }
            made: dict[UUID, tuple[Lease, Decision]] = {}  # by task: two leases of one task are decided once
            for each in said:
                outcome = _outcome(each, held.get(each.lease_id), known, made, contexts)
                if isinstance(outcome, Decision) and each.client_key not in known:
                    # The second time in one batch is as good as the second time in two.
                    known[each.client_key] = outcome
                    made[held[each.lease_id].task_id] = (held[each.lease_id], outcome)
                outcomes.append(outcome)
            lost = _settled(deed, list(made.values()), contexts)
            outcomes = [_lapsed() if isinstance(each, Decision) and each.pk in lost else each for each in outcomes]
    except _NothingMade as nothing:
        outcomes = [_lapsed() if isinstance(each, Decision) and each.pk in nothing.lost else each for each in outcomes]
    return outcomes


def _outcome(
    said: Said,
    lease: Lease | None,
    known: Mapping[str, Outcome],
    made: Mapping[UUID, Any],
    contexts: Mapping[UUID, Context],
) -> Outcome:
    before = known.get(said.client_key)
    if lease is None:
        return before or NotFound(_("There is no such lease, or it is not yours."))
    context = contexts[lease.task.queue_id]
    if context.refusal is not None:
        return context.refusal
    if isinstance(before, Decision) and before.task_id != lease.task_id:
        # Else a client that uses a key twice would be told that the second item is decided, and it is not.
        return used_key()
    if before is not None:
        return before
    return decided_already() if lease.task_id in made else answered(lease, said, context)


def _settled(deed: Deed, made: Sequence[tuple[Lease, Decision]], contexts: Mapping[UUID, Context]) -> set[UUID]:
    """Count and store what can be; returns those decisions that cannot, because their leases gave the place away."""
    late: dict[UUID, set[UUID]] = {}
    running: dict[UUID, list[Lease]] = {}
    for queue_id, context in contexts.items():
        own = [lease for lease, _decision in made if lease.task.queue_id == queue_id]
        running[queue_id] = [lease for lease in own if lease.ended_at is None]
        ended = [lease for lease in own if lease.ended_at is not None]
        late[queue_id] = leases.settle_late(ended, queue=context.queue, now=deed.now)
    counted = {lease.pk for each in running.values() for lease in each}.union(*late.values())
    kept = [decision for lease, decision in made if lease.pk in counted]
    lost = {decision.pk for lease, decision in made if lease.pk not in counted}
    if not kept:
        raise _NothingMade(lost)
    adaptive = [
        (lease.task_id, contexts[lease.task.queue_id].queue)
        for lease, _decision in made
        if lease.pk in counted
        and lease.planted_id is None
        and contexts[lease.task.queue_id].queue.overlap_rule == Queue.ADAPTIVE
    ]
    with together() if adaptive else deed.last():
        for queue_id, context in contexts.items():
            if running[queue_id] or late[queue_id]:
                leases.settle(running[queue_id], late[queue_id], queue=context.queue, now=deed.now)
        _write(deed, kept, contexts)
    for task_id, queue in adaptive:
        leases.settle_overlap(task_id, queue=queue, now=deed.now)
    return lost


class _NothingMade(Exception):
    """Nothing was changed, so nothing is recorded: the transaction ends as if it had not been."""

    def __init__(self, lost: set[UUID]):
        self.lost = lost


def _write(deed: Deed, kept: list[Decision], contexts: Mapping[UUID, Context]) -> None:
    """Store decisions whose leases are settled, with all that goes with them."""
    insert(kept)
    insert([finding for made in kept for finding in _found(made, contexts)])
    log.append(DECISIONS, [decision_row(made) for made in kept])
    for queue_id, context in contexts.items():
        seconds = sum(made.active_ms or 0 for made in kept if made.queue_id == queue_id) / 1000
        record_exposure(context.worker.pk, seconds=seconds, severity=context.queue.severity, now=context.now)
    deed.record_together("decided", [(made, {"label": made.label}) for made in kept])
    for made in kept:
        # Whoever acts on decisions outside must not act on one about a planted item.
        deed.tell("planted.answered" if made.planted else "decision.made", decision_id=made.id)


def _found(made: Decision, contexts: Mapping[UUID, Context]) -> list[SopFinding]:
    """What SOP checks found in an answer that went ahead."""
    assert made.queue_id is not None
    findings = contexts[made.queue_id].findings.get(made.pk, [])
    for finding in findings:
        finding.decision_id = made.pk
    return findings


def _lapsed() -> NotNow:
    return NotNow(
        _("You no longer held this item, and somebody else has it now. Your answer was not recorded."), code="lapsed"
    )
