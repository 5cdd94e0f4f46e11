"""Auditing: taking a drawn decision, judging it blind, putting a verdict right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor, load, require
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.ground.shapes import Shape, fresh, insert, link

from .. import scopes
from ..facts import AUDITS, audit_row
from ..judging import judged_answer
from ..models import AuditTask, Draw, Verdict
from ..policy_side import counts_for_policy
from ..queries import verdict_in_force, waiting_for
from ..rules import AUDIT_LEASE_S
from ..within_limits import first_within_limits, note_judged
from .checks import draw_check

if TYPE_CHECKING:
    from evenkeel.work import Decision, Programme


# An auditor asks these for every audit: made ready once.
_IN_HAND = Shape(
    lambda *, worker, now: AuditTask.objects.filter(auditor=worker, closed_at=None, expires_at__gt=now).only("id")[:1]
)
_BY_KEY = Shape(lambda *, key: Verdict.objects.filter(client_key=key).select_related("draw__task"))
# The form is an optional one: PostgreSQL locks no row that might not be there.
_LOCKED = Shape(
    lambda *, task: (
        AuditTask.objects.filter(pk=task).select_for_update(of=("self",)).select_related("draw__decision__form_version")
    )
)


def take_audit(actor: Actor, *, programme: Programme | None = None, now: datetime) -> AuditTask | None:
    """Take the audit that has waited longest, or the one in hand already; None when nothing waits for this auditor.

    Nobody is handed a decision of her own. Two who ask at once get two different audits.
    """
    worker_id = _auditor(actor)
    require(actor, scopes.AUDIT_DO)
    waiting = waiting_for(actor, now=now, programme=programme)
    if not waiting.exists():
        return None
    with act(scopes.AUDIT_DO, actor, now=now) as deed:
        # Few have one in hand: what the plans' rules leave of it is asked only then.
        held = waiting.filter(auditor_id=worker_id).first() if _IN_HAND.first(worker=worker_id, now=now) else None
        task = held or first_within_limits(
            waiting, _first_free, worker_id=worker_id, at="draw__decision", decision_of=_decision, now=now
        )
        if task is None:  # somebody else took the last one a moment ago
            deed.record("found nothing to audit")
            return None
        task.auditor_id, task.taken_at = worker_id, task.taken_at if held else now
        task.expires_at = now + timedelta(seconds=AUDIT_LEASE_S)
        task.save(update_fields=["auditor", "taken_at", "expires_at"])
        deed.record("audit taken up again" if held else "audit taken", on=task)
        return task


def return_audit(actor: Actor, *, task_id: UUID | str, now: datetime) -> AuditTask:
    """Give an audit back unjudged; it waits for somebody again."""
    worker_id = _auditor(actor)
    task = load(actor, scopes.AUDIT_DO, AuditTask.objects.all(), task_id)
    with act(scopes.AUDIT_DO, actor, on=task, now=now) as deed:
        given_back = AuditTask.objects.filter(pk=task.pk, auditor_id=worker_id, closed_at=None).update(
            auditor=None, taken_at=None, expires_at=None
        )
        deed.require(given_back, _("This audit is not in your hands."))
        deed.record("audit given back")
        task.refresh_from_db()
        return task


def give_verdict(
    actor: Actor,
    *,
    task_id: UUID | str,
    answer: Mapping[str, Any],
    comment: str = "",
    error_class: str | None = None,
    client_key: str,
    active_ms: int | None = None,
    now: datetime,
) -> Verdict:
    """Judge a drawn decision: give one's own answer; it decides whether the first one was right.

    The same `client_key` sent again returns the verdict that it made. `error_class` None derives it from the two labels;
    "technical_error" says that the item could not be judged or came out wrong through the system.
    """
    worker_id = _auditor(actor)
    known = _BY_KEY.first(key=client_key)
    if known is not None:
        return _same(known, task_id, worker_id)
    task = load(actor, scopes.AUDIT_DO, AuditTask.objects.all(), task_id)
    with act(scopes.AUDIT_DO, actor, on=task, now=now) as deed:
        task = _locked(task)
        again = _BY_KEY.first(key=client_key)
        if again is not None:  # the other request committed while this one waited for the lock
            deed.record("verdict sent again", on=task.draw)
            return _same(again, task_id, worker_id)
        deed.require(task.closed_at is None, _("This audit is done already."), code="done")
        deed.require(
            task.auditor_id == worker_id, _("This audit is not in your hands; take it first."), code="not-held"
        )
        made = _write(
            deed, draw=task.draw, worker_id=worker_id, answer=answer, comment=comment, said_class=error_class,
            client_key=client_key, active_ms=active_ms, corrects=None,
        )  # fmt: skip
        task.closed_at = now
        task.save(update_fields=["closed_at"])
        note_judged(worker_id, task.draw.decision, active_ms=active_ms, since=task.taken_at, now=now)
        deed.tell("verdict.given", verdict_id=made.id, is_right=made.is_right)
        return made


def correct_verdict(
    actor: Actor,
    *,
    verdict: Verdict,
    answer: Mapping[str, Any],
    comment: str = "",
    error_class: str | None = None,
    client_key: str,
    now: datetime,
) -> Verdict:
    """Replace a verdict by a new one, by whoever gave it; both stay on record and the log takes the old one out."""
    worker_id = _auditor(actor)
    draw = Draw.objects.select_related("decision__form_version").get(pk=verdict.draw_id)
    known = Verdict.objects.filter(client_key=client_key).select_related("draw__task").first()
    if known is not None:
        return _same(known, known.draw.task.id, worker_id)
    with act(scopes.AUDIT_DO, actor, on=draw, now=now) as deed:
        AuditTask.objects.select_for_update().get(draw=draw)  # two corrections of one verdict wait for each other
        present = verdict_in_force(draw)
        deed.require(present is not None and present.pk == verdict.pk, _("This verdict was corrected already."))
        deed.require(verdict.auditor_id == worker_id, _("Only whoever gave a verdict corrects it."))
        made = _write(
            deed, draw=draw, worker_id=worker_id, answer=answer, comment=comment, said_class=error_class,
            client_key=client_key, active_ms=None, corrects=verdict,
        )  # fmt: skip
        deed.tell("verdict.corrected", verdict_id=made.id, is_right=made.is_right)
        return made


def _locked(task: AuditTask) -> AuditTask:
    return _LOCKED.fetch(task=task.pk)[0]


def _auditor(actor: Actor) -> UUID:
    if actor.worker_id is None:
        raise NotNow(_("An audit is signed by a worker; ask for a worker's record for your account."), code="no-worker")
    return actor.worker_id


def _decision(task: AuditTask) -> Decision:
    return task.draw.decision


def _first_free(waiting: QuerySet[AuditTask]) -> AuditTask | None:
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    # SQLite's transactions are IMMEDIATE: whoever is in here is alone.
    return waiting.first()


def _same(known: Verdict, task_id: UUID | str, worker_id: UUID) -> Verdict:
    if str(known.draw.task.id) != str(task_id) or known.auditor_id != worker_id:
        raise Invalid(_("This key was used for another audit."), fields={"client_key": [_("Make a new one.")]})
    return known


def _write(
    deed: Deed,
    *,
    draw: Draw,
    worker_id: UUID,
    answer: Mapping[str, Any],
    comment: str,
    said_class: str | None,
    client_key: str,
    active_ms: int | None,
    corrects: Verdict | None,
) -> Verdict:
    said = judged_answer(draw, answer, said_class=said_class, is_blind=corrects is None)
    if not 8 <= len(client_key) <= 64:
        raise Invalid(_("The verdict does not fit."), fields={"client_key": [_("A key has 8 to 64 characters.")]})
    made = fresh(
        Verdict,
        draw_id=draw.pk,
        auditor_id=worker_id,
        label=said.label,
        answer=said.answer,
        is_right=said.is_right,
        error_class=said.error_class,
        comment=comment.strip(),
        client_key=client_key,
        audited_at=deed.now,
        active_ms=active_ms,
        corrects_id=corrects.pk if corrects is not None else None,
        counts_for_policy=counts_for_policy(draw.decision, label=said.label, answer=said.answer),
    )
    link(made, draw=draw, corrects=corrects)
    insert([made])
    rows = [audit_row(made)]
    if corrects is not None:
        corrects.draw = draw
        rows.insert(0, audit_row(corrects, sign=-1))
    log.append(AUDITS, rows)
    deed.record(
        "verdict corrected" if corrects else "verdict given",
        on=draw,
        before={"label": corrects.label, "error_class": corrects.error_class} if corrects else None,
        after={"label": said.label, "is_right": said.is_right, "error_class": said.error_class},
    )
    if corrects is None:
        draw_check(made, now=deed.now)
    return made
