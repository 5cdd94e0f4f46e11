"""Deciding step by step, for a request of decisions alone and for one that takes the next batch as well.

`asked` is asked first, under the worker's lock; `Deciding.of` weighs each answer and writes nothing; `write` stores what can
be kept, in as many statements for a hundred as for one; `settle_overlaps` then closes what adaptive queues know enough of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed
from evenkeel.ground.errors import Invalid, NotFound, NotNow, Problem
from evenkeel.ground.shapes import Asked, insert
from evenkeel.people import Worker, shift_asked
from evenkeel.wellness import record_exposure

from .. import leases
from ..answering import Context, Said, answered, decided_already
from ..facts import DECISIONS, decision_row
from ..models import Decision, Lease, Queue, SopFinding
from ..queries.deciding import (
    decisions_by_key,
    leases_locked,
    queues_of,
    queues_of_leases,
    told_apart,
    used_key,
    with_running,
)
from ..rules.context import check_told

KEY_LENGTH = 64
# The place of the queues among the answers to what `asked` asks.
QUEUES = 3

Outcome = Decision | Problem


def fault_of(said: Said) -> Invalid | None:
    """What is wrong with how an answer was sent, before anything is looked up."""
    if not 8 <= len(said.client_key) <= KEY_LENGTH or "\x00" in said.client_key:
        return Invalid(
            _("A client key has 8 to 64 characters."), fields={"client_key": [_("A random UUID does well.")]}
        )
    try:
        check_told(said.told)
    except Invalid as invalid:
        return invalid
    return None


def asked(
    said: Sequence[Said], worker_id: UUID, *, queue: Asked[list[Queue]] | None = None, now: datetime
) -> list[Asked[Any]]:
    """The questions whose answers `Deciding.of` reads, for `gather`: the locks in the house's order, and what is known.

    `queue`: the one from which the leases are likely to come, where it is asked for anyway.
    """
    ids = [each.lease_id for each in said]
    return [
        leases.worker_lock(worker_id),
        leases_locked(ids, worker_id),
        decisions_by_key([each.client_key for each in said]),
        queue or queues_of_leases(ids, worker_id),
        shift_asked(worker_id, now=now),
        *([leases.task_locks(ids, worker_id)] if len(said) > 1 else []),
    ]


@dataclass(kw_only=True)
class Deciding:
    """Answers weighed: what becomes of each, in their order, and which decisions are to be stored."""

    worker: Worker
    outcomes: list[Outcome]
    contexts: Mapping[UUID, Context]
    made: Sequence[tuple[Lease, Decision]]
    running: dict[UUID, list[Lease]]
    late: dict[UUID, set[UUID]]
    now: datetime

    @classmethod
    def of(cls, actor: Actor, said: Sequence[Said], found: Sequence[Any], *, origin: str, now: datetime) -> Deciding:
        """Weigh the answers by what `asked` found, in their order. Late ones count here whether there is room for them."""
        workers, locked, by_key, queues, hours, *_locks = found
        worker: Worker = workers[0]
        held, known = with_running(locked), told_apart(by_key, worker.pk)
        contexts = {
            queue.pk: Context.of(actor, worker, queue, hours=hours, origin=origin, now=now)
            for queue in queues_of(locked, queues)
        }
        made: dict[UUID, tuple[Lease, Decision]] = {}  # by task: two leases of one task are decided once
        outcomes: list[Outcome] = []
        for each in said:
            outcome = _outcome(each, held.get(each.lease_id), known, made, contexts)
            if isinstance(outcome, Decision) and each.client_key not in known:
                # The second time in one batch is as good as the second time in two.
                known[each.client_key] = outcome
                made[held[each.lease_id].task_id] = (held[each.lease_id], outcome)
            outcomes.append(outcome)
        return cls._counted(worker, outcomes, contexts, list(made.values()), now)

    @classmethod
    def _counted(
        cls,
        worker: Worker,
        outcomes: list[Outcome],
        contexts: Mapping[UUID, Context],
        made: list[tuple[Lease, Decision]],
        now: datetime,
    ) -> Deciding:
        late: dict[UUID, set[UUID]] = {}
        running: dict[UUID, list[Lease]] = {}
        for queue_id, context in contexts.items():
            own = [lease for lease, _decision in made if lease.task.queue_id == queue_id]
            running[queue_id] = [lease for lease in own if lease.ended_at is None]
            ended = [lease for lease in own if lease.ended_at is not None]
            late[queue_id] = leases.settle_late(ended, queue=context.queue, now=now)
        lost = {
            decision.pk
            for lease, decision in made
            if lease.ended_at is not None and lease.pk not in late[lease.task.queue_id]
        }
        kept = made
        if lost:
            outcomes = [_lapsed() if isinstance(each, Decision) and each.pk in lost else each for each in outcomes]
            kept = [(lease, decision) for lease, decision in made if decision.pk not in lost]
        return cls(
            worker=worker,
            outcomes=outcomes,
            contexts=contexts,
            made=kept,
            running=running,
            late=late,
            now=now,
        )

    @property
    def kept(self) -> list[Decision]:
        """The decisions that are stored."""
        return [decision for _lease, decision in self.made]

    @property
    def adaptive(self) -> list[tuple[UUID, Queue]]:
        """The tasks that close by what their answers say."""
        return [
            (lease.task_id, queue)
            for lease, _decision in self.made
            if (queue := self.contexts[lease.task.queue_id].queue).overlap_rule == Queue.ADAPTIVE
            and lease.planted_id is None
        ]

    @property
    def settled(self) -> set[UUID]:
        """The leases that end by these decisions."""
        return {lease.id for lease, _decision in self.made}

    def write(self) -> None:
        """Count and store, inside `together`."""
        if not self.made:
            return
        for queue_id, context in self.contexts.items():
            if self.running[queue_id] or self.late[queue_id]:
                leases.settle(self.running[queue_id], self.late[queue_id], queue=context.queue, now=self.now)
        kept = self.kept
        insert(kept)
        if any(context.findings for context in self.contexts.values()):
            insert([finding for made in kept for finding in self._found(made)])
        log.append(DECISIONS, [decision_row(made) for made in kept])
        for queue_id, context in self.contexts.items():
            seconds = sum(made.active_ms or 0 for made in kept if made.queue_id == queue_id) / 1000
            record_exposure(self.worker.pk, seconds=seconds, severity=context.queue.severity, now=self.now)

    def _found(self, made: Decision) -> list[SopFinding]:
        """What SOP checks found in an answer that went ahead."""
        assert made.queue_id is not None
        findings = self.contexts[made.queue_id].findings.get(made.pk, [])
        for finding in findings:
            finding.decision_id = made.pk
        return findings

    def settle_overlaps(self) -> None:
        """Let adaptive queues see what the new answers say."""
        for task_id, queue in self.adaptive:
            leases.settle_overlap(task_id, queue=queue, now=self.now)

    def record(self, deed: Deed) -> None:
        """One row of the trail about all of them, and the news of each."""
        kept = self.kept
        deed.record_together("decided", [(made, {"label": made.label}) for made in kept])
        for made in kept:
            # Whoever acts on decisions outside must not act on one about a planted item.
            deed.tell("planted.answered" if made.planted else "decision.made", decision_id=made.id)


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


def _lapsed() -> NotNow:
    return NotNow(
        _("You no longer held this item, and somebody else has it now. Your answer was not recorded."), code="lapsed"
    )
