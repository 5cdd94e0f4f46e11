"""Appeals: they come in from outside, somebody else than the first decider rules, and the sender is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor, unveiled
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.people import Worker
from evenkeel.wellness import may_take

from .. import leases, scopes
from ..facts import APPEALS, appeal_row
from ..models import Appeal, AppealRule, AppealRuling, Decision, FormVersion, Item, Programme, Queue
from ..queries.appeals import eligible_appeals, why_not
from ..rules.appeals import HOLD_MINUTES, USUAL_MINUTES
from ..rules.escalations import check_minutes, due_at
from ..rules.texts import checked_text
from ..rulings import make_ruling
from ..webhooks import post_to_endpoints
from ..workers import insist_on_worker

KEY_LENGTH = 200


def set_appeal_rule(actor: Actor, *, queue: Queue, is_other_team: bool, minutes: int, now: datetime) -> AppealRule:
    """Say how a queue's appeals are ruled on. It holds for appeals that come in from now on; the team for all that wait."""
    with act(scopes.QUEUE_EDIT, actor, on=queue, now=now) as deed:
        check_minutes(minutes)
        after = {"is_other_team": is_other_team, "minutes": minutes}
        made, _is_new = AppealRule.objects.update_or_create(queue=queue, defaults=after)
        deed.record("appeal rule set", on=queue, after=after)
        return made


def receive_appeal(
    actor: Actor,
    *,
    programme: Programme,
    key: str,
    decision: Decision | None = None,
    item_key: str = "",
    statement: str = "",
    now: datetime,
) -> Appeal:
    """Take in an appeal against a decision, or against the last one about an item that stands.

    `key` is the sender's own: sent again, the same appeal is returned. `Invalid` when the same key named another decision,
    or when there is no decision to appeal.
    """
    with act(scopes.APPEAL_ADD, actor, on=programme, now=now) as deed:
        if not key.strip() or len(key) > KEY_LENGTH or "\x00" in key:
            raise Invalid(
                _("A key is missing."), fields={"key": [_("1 to %(n)d characters of your own.") % {"n": KEY_LENGTH}]}
            )
        statement = checked_text(statement, field="statement", limit=20_000, is_obligatory=False)
        known = Appeal.objects.filter(programme=programme, key=key).select_related("item").first()
        about = _about(programme, decision, item_key, known)
        queue = about.queue
        rule = AppealRule.objects.filter(queue=queue).first()
        made, is_new = Appeal.objects.get_or_create(
            programme=programme,
            key=key,
            defaults={
                "item_id": about.item_id,
                "decision": about,
                "queue": queue,
                "worker_id": about.worker_id,
                "organisation_id": about.organisation_id,
                "site_id": about.site_id,
                "team_id": about.team_id,
                "statement": statement,
                "received_at": now,
                "due_at": due_at(now, rule.minutes if rule else USUAL_MINUTES),
            },
        )
        if made.decision_id != about.pk:
            raise Invalid(_("This key named another decision."), fields={"key": [_("Make a new one.")]})
        if is_new:
            log.append(APPEALS, [appeal_row(made, at=now)])
            deed.tell("appeal.received", appeal_id=made.id)
        deed.record("received" if is_new else "received again", on=made)
        return made


def take_appeal(actor: Actor, *, now: datetime, programme: Programme | None = None) -> Appeal | None:
    """The next appeal that the actor may rule on, nearest to its end first, in her hands for half an hour; None if none.

    Taking again gives the one that she has. Never one about an item that she decided herself.
    """
    worker_id = insist_on_worker(actor)
    with act(scopes.APPEAL_RULE, actor, on=programme, now=now) as deed:
        worker = leases.lock_worker(worker_id)
        waiting = eligible_appeals(actor, worker, now=now)
        if programme is not None:
            waiting = waiting.filter(programme=programme)
        rows = waiting.select_for_update(skip_locked=True, of=("self",))
        found = rows.filter(holder=worker_id).first() or rows.first()
        if found is not None:
            severity = found.queue.severity if found.queue else 0
            ruling = may_take(worker_id, severity=severity, now=now)
            deed.require(ruling, ruling.reason, code="exposure-limit")
            if found.holder_id != worker_id or found.held_at is None:
                found.holder_id, found.held_at = worker_id, now
            found.held_until = now + timedelta(minutes=HOLD_MINUTES)
            found.save(update_fields=["holder", "held_at", "held_until"])
        deed.record("taken" if found else "found nothing", on=found or programme)
        return found


def uphold(actor: Actor, *, appeal: Appeal, reason: str, now: datetime) -> AppealRuling:
    """Rule that the decision was right."""
    insist_on_worker(actor)
    with act(scopes.APPEAL_RULE, actor, on=appeal, now=now) as deed:
        worker, found = _to_rule(actor, appeal, now)
        reason = checked_text(reason, field="reason")
        made = _rule(found, worker, AppealRuling.UPHELD, reason, None, now)
        deed.record("upheld", on=found)
        deed.tell("appeal.ruled", appeal_id=found.id)
        return made


def overturn(actor: Actor, *, appeal: Appeal, answer: Mapping[str, Any], reason: str, now: datetime) -> AppealRuling:
    """Rule that the decision was wrong: a decision that corrects it is written beside it. `Invalid` for the same answer."""
    insist_on_worker(actor)
    with act(scopes.APPEAL_RULE, actor, on=appeal, now=now) as deed:
        worker, found = _to_rule(actor, appeal, now)
        reason = checked_text(reason, field="reason")
        first = found.decision
        correction = make_ruling(
            worker,
            item=found.item,
            queue=found.queue,
            # The task has all its answers; a correction takes no place at it.
            task_id=None,
            form_version=form_of(first),
            answer=answer,
            origin="appeal",
            severity=found.queue.severity if found.queue else 0,
            since=found.held_at if found.holder_id == worker.pk else None,
            corrects=first,
            now=now,
        )
        if correction.label == first.label and first.answer in ({}, correction.answer):
            raise Invalid(_("This is the decision that was appealed."), fields={"answer": [_("Uphold it instead.")]})
        made = _rule(found, worker, AppealRuling.OVERTURNED, reason, correction, now)
        deed.record("overturned", on=found, before={"label": first.label}, after={"label": correction.label})
        deed.tell("decision.made", decision_id=correction.id)
        deed.tell("appeal.ruled", appeal_id=found.id)
        return made


def form_of(decision: Decision) -> FormVersion:
    """The form by which a ruling answers: the decision's own; the queue's newest for one that came without."""
    if decision.form_version is not None:
        return decision.form_version
    newest = FormVersion.objects.order_by("-published_at")
    in_queue = newest.filter(form__queues=decision.queue_id) if decision.queue_id else newest.none()
    found = in_queue.first() or newest.filter(form__programme=decision.programme_id).first()
    if found is None:
        raise NotNow(_("The programme has no form to answer by."), code="no-form")
    return found


def _about(programme: Programme, decision: Decision | None, item_key: str, known: Appeal | None) -> Decision:
    """The decision that is appealed."""
    if known is not None and (decision.pk == known.decision_id if decision else known.item.key == item_key):
        return known.decision
    found = unveiled(Decision.objects.filter(programme=programme, taken_back=None, planted=None)).select_related(
        "queue"
    )
    if decision is not None:
        about = found.filter(pk=decision.pk).first()
        field = "decision_id"
    else:
        # By its key, and the last that somebody made: a correction can be appealed as well.
        items = (
            Item.objects.filter(programme=programme, key=item_key) if "\x00" not in item_key else Item.objects.none()
        )
        about = found.filter(item__in=items).order_by("-decided_at", "-id").first()
        field = "item_key"
    if about is None:
        raise Invalid(_("There is no decision to appeal."), fields={field: [_("None stands in this programme.")]})
    return about


def _to_rule(actor: Actor, appeal: Appeal, now: datetime) -> tuple[Worker, Appeal]:
    """The appeal, locked, open, and this worker's to rule on; with the worker, locked before it."""
    worker = leases.lock_worker(insist_on_worker(actor))
    rows = Appeal.objects.select_for_update(of=("self",))
    found = rows.select_related("item", "queue", "decision__form_version", "programme").get(pk=appeal.pk)
    if found.closed_at is not None:
        raise NotNow(_("It has been ruled on already."), code="closed")
    reason = why_not(found, worker, now=now)
    if reason is not None:
        raise NotNow(reason, code="not-yours")
    return worker, found


def _rule(
    found: Appeal, worker: Worker, outcome: str, reason: str, correction: Decision | None, now: datetime
) -> AppealRuling:
    made = AppealRuling.objects.create(
        appeal=found, outcome=outcome, reason=reason, worker=worker, correction=correction, ruled_at=now
    )
    found.closed_at, found.held_until = now, None
    found.save(update_fields=["closed_at", "held_until"])
    log.append(APPEALS, [appeal_row(found, at=now, ruling=made)])
    said = {
        "appeal": found.key,
        "item": found.item.key,
        "decision_id": found.decision_id,
        "outcome": outcome,
        "reason": reason,
        "label": found.decision.label,
        "corrected_label": correction.label if correction else None,
        "ruled_at": now,
    }
    post_to_endpoints(found.programme_id, event="appeal.ruled", object_id=found.pk, said=said, now=now)
    return made
