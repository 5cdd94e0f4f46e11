"""Deciding, and taking a decision back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotFound
from evenkeel.policy import version_in_force
from evenkeel.wellness import record_exposure

from .. import leases, scopes
from ..facts import DECISIONS, decision_row
from ..models import Decision, Lease, RestrictedItem, TakenBack
from ..rules.forms import clean_answer
from ..rules.leases import may_still_undo, plausible_active_ms
from ..workers import insist_on_worker, own_lease

KEY_LENGTH = 64


class _AlreadyDecided(Exception):
    def __init__(self, decision: Decision):
        self.decision = decision


def decide(
    actor: Actor,
    *,
    lease_id: UUID,
    answer: Mapping[str, Any],
    client_key: str,
    active_ms: int | None = None,
    origin: str = "desk",
    now: datetime,
) -> Decision:
    """Decide on an item in hand. The same `client_key` again gives the same decision, so a client may always send again.

    `client_key` is made by the client before it sends (64 characters at most, unique in the house). `active_ms` is how long
    the person worked on the item. A lease that lapsed or was given back serves while its task has room; `NotNow` otherwise.
    `Invalid` when the answer does not fit the form that was shown.
    """
    worker_id = insist_on_worker(actor)
    if not 8 <= len(client_key) <= KEY_LENGTH or "\x00" in client_key:
        raise Invalid(_("A client key has 8 to 64 characters."), fields={"client_key": [_("A random UUID does well.")]})
    known = _known(client_key, worker_id)
    if known is not None:
        return known
    lease = own_lease(worker_id, lease_id)
    queue = lease.task.queue
    try:
        with act(scopes.TASK_DECIDE, actor, on=queue, now=now) as deed:
            # One at a time for one worker: the same key sent twice, a decision beside a hand-out of the same item.
            worker = leases.lock_worker(worker_id)
            lease = _locked(lease)
            known = _known(client_key, worker_id)
            if known is not None:
                raise _AlreadyDecided(known)
            deed.require(lease.ending != Lease.DECIDED, _("You have decided this item already."), code="decided")
            deed.require(lease.ending != Lease.SKIPPED, _("You have skipped this item."), code="skipped")
            cleaned, label = clean_answer(lease.form_version.spec, answer)
            deed.require(
                leases.settle_by_decision(lease, now=now),
                _("You no longer held this item, and somebody else has it now. Your answer was not recorded."),
                code="lapsed",
            )
            active_ms = plausible_active_ms(active_ms, lease.taken_at, now)
            policy_version = version_in_force(queue.policy_id, now) if queue.policy_id else None
            made = Decision.objects.create(
                programme_id=queue.programme_id,
                queue=queue,
                task_id=lease.task_id,
                item_id=lease.task.item_id,
                worker=worker,
                organisation_id=worker.organisation_id,
                site_id=worker.site_id,
                team_id=worker.team_id,
                form_version=lease.form_version,
                policy_version=policy_version,
                label=label,
                answer=cleaned,
                origin=origin,
                client_key=client_key,
                decided_at=now,
                active_ms=active_ms,
            )
            log.append(DECISIONS, [decision_row(made)])
            record_exposure(worker_id, seconds=(active_ms or 0) / 1000, severity=queue.severity, now=now)
            deed.record("decided", on=made, label=label)
            deed.tell("decision.made", decision_id=made.id)
            return made
    except _AlreadyDecided as already:
        return already.decision
    except IntegrityError:
        # The same key from another worker at the same moment: hers was first, and `_known` says so.
        known = _known(client_key, worker_id)
        if known is None:
            raise
        return known


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
            now=now,
        )
        log.append(DECISIONS, [decision_row(decision, sign=-1)])
        deed.record("taken back", on=decision, label=decision.label)
        deed.tell("decision.taken_back", decision_id=decision.id)
        return made


def _known(client_key: str, worker_id: UUID) -> Decision | None:
    found = Decision.objects.filter(client_key=client_key).first()
    if found is not None and found.worker_id != worker_id:
        raise Invalid(_("This client key has been used."), fields={"client_key": [_("Make a new one.")]})
    return found


def _locked(lease: Lease) -> Lease:
    """The lease, locked; when it ended and the worker has the same task in hand again, the newer lease.

    A desk that was cut off for long, or stood open twice, sends with the lease it knew.
    """
    found = Lease.objects.select_for_update(of=("self",)).select_related("task", "form_version")
    locked = found.get(pk=lease.pk)
    if locked.ending in (Lease.LAPSED, Lease.RETURNED):
        again = found.filter(task=locked.task_id, worker=locked.worker_id, ended_at=None).first()
        return again or locked
    return locked
