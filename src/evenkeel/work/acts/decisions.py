"""Deciding, and taking a decision back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor, may
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid, NotFound, NotNow, Problem, Refused
from evenkeel.ground.shapes import Shape, fresh, gather, insert, together
from evenkeel.people import Worker, shift_asked
from evenkeel.policy import PolicyVersion, SopRules, sop_of, version_to_decide_by
from evenkeel.wellness import own_minutes_today, record_exposure

from .. import leases, scopes, sops
from ..facts import DECISIONS, decision_row
from ..models import Decision, Lease, Queue, RestrictedItem, SopFinding, TakenBack, Task
from ..queries.asked import asked_spec, lease_parts
from ..queries.desk import form_version
from ..queries.prelabels import has_seen_prelabel, prelabel_for
from ..rules.circumstances import days_since, said_by_item, violates
from ..rules.context import NOTHING_TOLD, Told, check_told, plausible
from ..rules.forms import clean_answer
from ..rules.leases import may_still_undo
from ..rules.prelabels import was_followed
from ..workers import insist_on_worker

KEY_LENGTH = 64


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer about an item in hand, as a client sends it."""

    lease_id: UUID
    answer: Mapping[str, Any]
    # Made by the client before it sends: sent twice, stored once.
    client_key: str
    told: Told = NOTHING_TOLD


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
            ids: dict[str, Any] = {"leases": [each.lease_id for each in said], "worker": worker_id}
            workers, locked, found, queues, hours, *_locks = gather(
                leases.worker_lock(worker_id),
                _LOCKED.asked(**ids),
                _BY_KEY.asked(keys=[each.client_key for each in said]),
                _QUEUES.asked(**ids),
                shift_asked(worker_id, now=now),
                *([leases.task_locks(**ids)] if len(said) > 1 else []),
            )
            held, known = _with_running(locked), _told_apart(found, worker_id)
            contexts = {
                queue.pk: _Context.of(actor, workers[0], queue, hours=hours, origin=origin, now=now) for queue in queues
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
    contexts: Mapping[UUID, _Context],
) -> Outcome:
    before = known.get(said.client_key)
    if lease is None:
        return before or NotFound(_("There is no such lease, or it is not yours."))
    context = contexts[lease.task.queue_id]
    if context.refusal is not None:
        return context.refusal
    if before is not None:
        return before
    return _decided_already() if lease.task_id in made else _answered(lease, said, context)


def _settled(deed: Deed, made: Sequence[tuple[Lease, Decision]], contexts: Mapping[UUID, _Context]) -> set[UUID]:
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


@dataclass(frozen=True, kw_only=True)
class _Context:
    """What is the same for all decisions of one request in one queue."""

    worker: Worker
    queue: Queue
    refusal: Refused | None
    policy_version: PolicyVersion | None
    sop: tuple[UUID, SopRules] | None
    exposure_s: int | None
    shift_s: int | None
    origin: str
    now: datetime
    # By decision: what SOP checks found in answers that went ahead.
    findings: dict[UUID, list[SopFinding]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, actor: Actor, worker: Worker, queue: Queue, *, hours: float | None, origin: str, now: datetime
    ) -> _Context:
        ruling = may(actor, scopes.TASK_DECIDE, queue)
        minutes = own_minutes_today(actor, now=now) if queue.severity else None
        policy_version = version_to_decide_by(queue.policy_id, now) if queue.policy_id else None
        return cls(
            worker=worker,
            queue=queue,
            refusal=None if ruling else Refused(ruling.reason, code="refused"),
            policy_version=policy_version,
            sop=sop_of(policy_version),
            exposure_s=None if minutes is None else round(minutes * 60),
            shift_s=None if hours is None else round(hours * 3600),
            origin=origin,
            now=now,
        )


def _answered(lease: Lease, said: Said, context: _Context) -> Decision | Problem:
    """The decision that an answer makes, not yet stored; or why it makes none."""
    if lease.ending == Lease.DECIDED:
        return _decided_already()
    if lease.ending == Lease.SKIPPED:
        return NotNow(_("You have skipped this item."), code="skipped")
    version = form_version(lease.form_version_id)
    try:
        lease.form_version = version
        spec = asked_spec(version, context.queue, context.now, lease.taken_at)
        cleaned, label = clean_answer(spec, said.answer, parts=lease_parts(lease))
    except Invalid as invalid:
        return invalid
    told = plausible(said.told, taken_at=lease.taken_at, now=context.now)
    queue, worker = context.queue, context.worker
    findings: list[SopFinding] = []
    if context.sop is not None:
        given = sops.Answer(
            item=lease.task.item, queue=queue, worker_id=worker.pk, organisation_id=worker.organisation_id, label=label,
            answer=cleaned, active_ms=told.active_ms, client_key=said.client_key,
        )  # fmt: skip
        stopped, findings = sops.asked(context.sop, given, main=spec["main"], now=context.now)
        if stopped is not None:
            return stopped
    prelabel = seen = None
    if queue.prelabel != "off" or told.prelabel_seen:
        prelabel = prelabel_for(lease.task.item, version, spec)
        if prelabel:
            item_id = lease.task.item_id
            seen = told.prelabel_seen or has_seen_prelabel(queue, worker_id=worker.pk, item_id=item_id)
    made = fresh(
        Decision,
        programme_id=queue.programme_id,
        queue_id=queue.pk,
        task_id=lease.task_id,
        item_id=lease.task.item_id,
        worker_id=worker.pk,
        organisation_id=worker.organisation_id,
        site_id=worker.site_id,
        team_id=worker.team_id,
        form_version_id=version.pk,
        policy_version_id=context.policy_version.pk if context.policy_version else None,
        label=label,
        answer=cleaned,
        origin=context.origin,
        client_key=said.client_key,
        decided_at=context.now,
        active_ms=told.active_ms,
        shown_at=told.shown_at,
        first_act_ms=told.first_act_ms,
        submit_ms=told.submit_ms,
        media_acts=dict(told.media_acts) if told.media_acts is not None else None,
        shift_s=context.shift_s,
        exposure_s=context.exposure_s,
        client_build=told.client_build or None,
        prelabel_seen=seen,
        prelabel_followed=was_followed(prelabel, cleaned) if prelabel else None,
        severity=queue.severity,
        tenure_days=days_since(worker.started_on, context.now),
        **_of_item(lease, spec, label),
    )
    # What is known of it spares whoever asks a look; so new that nobody has taken it back.
    made._state.fields_cache |= {"queue": queue, "worker": worker, "form_version": version, "taken_back": None}
    if findings:
        context.findings[made.pk] = findings
    return made


def _of_item(lease: Lease, spec: Mapping[str, Any], label: str) -> dict[str, Any]:
    """What a decision keeps of its item. One about a planted item tells of the person alone: no wait, no harm, no source."""
    item = lease.task.item
    if lease.planted_id is not None:
        return {"planted": True, "language": item.language, "item_kind": item.kind}
    return {
        "violates": violates(spec, label),
        "enqueued_at": lease.task.created_at,
        "due_at": lease.task.due_at,
        **said_by_item(language=item.language, kind=item.kind, attributes=item.attributes),
    }


def _write(deed: Deed, kept: list[Decision], contexts: Mapping[UUID, _Context]) -> None:
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


def _found(made: Decision, contexts: Mapping[UUID, _Context]) -> list[SopFinding]:
    """What SOP checks found in an answer that went ahead."""
    assert made.queue_id is not None
    findings = contexts[made.queue_id].findings.get(made.pk, [])
    for finding in findings:
        finding.decision_id = made.pk
    return findings


def _decided_already() -> NotNow:
    return NotNow(_("You have decided this item already."), code="decided")


def _lapsed() -> NotNow:
    return NotNow(
        _("You no longer held this item, and somebody else has it now. Your answer was not recorded."), code="lapsed"
    )


def take_back(actor: Actor, *, decision: Decision, now: datetime) -> TakenBack:
    """Take one's own decision back within the queue's undo window; the item is in the same hands again.

    Doing it twice gives the same record. Auditing waits for the undo window, so what may be taken back was never drawn.
    """
    worker_id = insist_on_worker(actor)
    queue = decision.queue
    if decision.worker_id != worker_id or queue is None:
        raise NotFound(_("There is no such decision, or it is not yours."))
    known = TakenBack.objects.filter(decision=decision).first()
    if known is not None:
        return known
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now) as deed:
        leases.lock_worker(worker_id)
        deed.require(
            decision.origin not in Decision.RULINGS
            and not RestrictedItem.objects.filter(item=decision.item_id).exists(),
            _("This decision stands."),
            code="ruling",
        )
        deed.require(not TakenBack.objects.filter(decision=decision).exists(), _("You have taken this back already."))
        deed.require(
            may_still_undo(decision.decided_at, queue.undo_s, now),
            _("The time to take this decision back is over. Tell your team lead if it is wrong."),
            code="undo-over",
        )
        assert decision.task_id is not None
        assert decision.form_version_id is not None
        made = TakenBack.objects.create(decision=decision, at=now)
        leases.reopen_for(
            decision.task_id,
            worker_id=worker_id,
            form_version_id=decision.form_version_id,
            queue=queue,
            is_planted=bool(decision.planted),
            now=now,
        )
        log.append(DECISIONS, [decision_row(decision, sign=-1)])
        deed.record("taken back", on=decision, label=decision.label)
        deed.tell("decision.taken_back", decision_id=decision.id)
        return made


def _told_apart(found: Sequence[Decision], worker_id: UUID) -> dict[str, Outcome]:
    """What became of these keys before; a key that is somebody else's is a fault."""
    if not found:
        return {}
    used = Invalid(_("This client key has been used."), fields={"client_key": [_("Make a new one.")]})
    return {str(each.client_key): each if each.worker_id == worker_id else used for each in found}


def _with_running(locked: Sequence[Lease]) -> dict[UUID, Lease]:
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
_LOCKED = Shape(
    lambda *, leases, worker: (
        # The item goes along for what a decision keeps of it; its content may be long and is fetched by forms that mark.
        Lease.objects.select_for_update(of=("self",))
        .select_related("task__item")
        .defer("task__item__content")
        .filter(pk__in=leases, worker=worker)
        .order_by("id")
    )
)
_QUEUES = Shape(
    lambda *, leases, worker: Queue.objects.filter(
        pk__in=Task.objects.filter(leases__in=leases, leases__worker=worker).values("queue")
    )
)
