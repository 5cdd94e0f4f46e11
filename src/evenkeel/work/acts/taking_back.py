"""Taking one's own decision back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import NotFound

from .. import leases, scopes
from ..facts import DECISIONS, decision_row
from ..models import Decision, RestrictedItem, TakenBack
from ..rules.leases import may_still_undo
from ..workers import insist_on_worker


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
