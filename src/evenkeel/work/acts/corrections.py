"""Putting somebody's decision right once her time to take it back is over: a new decision that points at the old one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, Refused
from evenkeel.people import Worker, notify

from .. import leases, scopes
from ..facts import DECISIONS, decision_row
from ..models import Correction, Decision
from ..rules.leases import may_still_undo
from ..rules.texts import checked_text
from ..rulings import make_ruling
from ..workers import insist_on_worker
from .appeals import form_of


def correct(actor: Actor, *, decision: Decision, answer: Mapping[str, Any], reason: str, now: datetime) -> Correction:
    """Put a decision right. Both stay on record; from now on the new one stands and the log counts it instead.

    Nobody corrects her own: within the undo window she takes it back, later she asks her lead. A tier's ruling or one on
    appeal has its own ways. `NotNow` while its maker may still take it back, and when it no longer stands; `Invalid` when
    the answer does not fit the form or is the same.
    """
    worker_id = insist_on_worker(actor)
    if decision.worker_id == worker_id:
        raise Refused(_("Nobody corrects her own decision: ask your lead."), code="own-decision")
    with act(scopes.DECISION_CORRECT, actor, on=decision, now=now) as deed:
        # Two who correct it wait for each other, and for its maker.
        leases.lock_worker(decision.worker_id)
        worker = Worker.objects.get(pk=worker_id)
        rows = Decision.objects.select_related("item", "queue", "form_version", "worker__person", "taken_back")
        first = rows.get(pk=decision.pk)
        queue = first.queue
        deed.require(first.origin not in Decision.JUDGED_APART, _("A ruling is not corrected."), code="ruling")
        deed.require(not hasattr(first, "taken_back"), _("It was taken back; it counts nowhere."), code="taken-back")
        deed.require(
            not Correction.objects.filter(first=first).exists(),
            _("It was corrected already. Correct the decision that stands."),
            code="corrected",
        )
        deed.require(
            queue is None
            or first.origin in Decision.RULINGS
            or not may_still_undo(first.decided_at, queue.undo_s, now),
            _("Its maker may still take it back. Tell her, or wait until that time is over."),
            code="undo-open",
        )
        reason = checked_text(reason, field="reason")
        second = make_ruling(
            worker,
            item=first.item,
            queue=queue,
            # The task has all its answers; a correction takes no place at it.
            task_id=None,
            form_version=form_of(first),
            answer=answer,
            origin="amended",
            severity=queue.severity if queue else 0,
            since=None,
            corrects=first,
            now=now,
        )
        if second.label == first.label and first.answer in ({}, second.answer):
            raise Invalid(_("This is the decision that stands."), fields={"answer": [_("Change something.")]})
        made = Correction.objects.create(first=first, second=second, reason=reason, at=now)
        log.append(DECISIONS, [decision_row(first, sign=-1)])
        deed.record("corrected", on=first, before={"label": first.label}, after={"label": second.label}, reason=reason)
        deed.tell("decision.made", decision_id=second.pk)
        deed.tell("decision.corrected", decision_id=first.pk, by_id=second.pk)
        if first.worker.person is not None:
            title = _("A decision of yours was corrected: %(item)s") % {"item": first.item.key}
            notify([first.worker.person], title=title, url=reverse("work:mine"), now=now)
        return made
