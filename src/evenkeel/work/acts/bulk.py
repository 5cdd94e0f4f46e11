"""Changing many tasks at once: asked for, approved above a size, done in portions, reversed."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import isfinite
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid, Refused
from evenkeel.ground.ids import uuid7
from evenkeel.ground.jobs import enqueue
from evenkeel.people import notify, people_with

from .. import scopes
from ..bulk_running import run_bulk
from ..driver import insert_rows
from ..models import BulkAct, BulkRow, Programme, Queue
from ..queries.bulk import selected
from ..rules.bulk import Selection, check_selection

# More at once nobody can oversee; a narrower selection, or two acts.
MOST = 200_000
_HELD_FOR = timedelta(hours=24)
_REASON = 300


def order_bulk(
    actor: Actor,
    *,
    programme: Programme,
    verb: str,
    selection: Selection,
    reason: str,
    to_queue: Queue | None = None,
    priority: float | None = None,
    now: datetime,
) -> BulkAct:
    """Change all tasks that a selection means at this moment: close, reopen, reroute (to a queue), prioritise.

    The tasks are fixed here, so what was previewed is what is touched. Above the size of the setting BULK_ALONE_UP_TO a
    second person has to approve within a day. `Invalid` for a selection that means no task, or too many.
    """
    with act(scopes.BULK_DO, actor, on=programme, now=now) as deed:
        _insist_on_ours(actor)
        reason = _reason(reason)
        check_selection(selection)
        _check_verb(actor, programme, verb, to_queue, priority)
        tasks = selected(programme, selection)
        made = _made(
            BulkAct(
                programme=programme,
                verb=verb,
                selection=selection.to_dict(),
                to_queue=to_queue if verb == BulkAct.REROUTE else None,
                priority=priority if verb == BulkAct.PRIORITISE else None,
                reason=reason,
                total=tasks.count(),
            ),
            actor,
            now,
        )
        _fix_rows(made, tasks.order_by("id").values_list("id", flat=True).iterator(chunk_size=5_000))
        _begin_or_hold(deed, made, now)
        return made


def reverse_bulk(actor: Actor, *, done: BulkAct, reason: str, now: datetime) -> BulkAct:
    """Put back what each task was before an act. What was changed since is left and reported."""
    with act(scopes.BULK_DO, actor, on=done.programme, now=now) as deed:
        _insist_on_ours(actor)
        deed.require(
            done.state == "done" and done.verb != BulkAct.REVERSE, _("Only an act that is done can be reversed.")
        )
        rows = BulkRow.objects.filter(act=done, outcome="changed")
        made = BulkAct(
            programme=done.programme, verb=BulkAct.REVERSE, reverses=done, reason=_reason(reason), total=rows.count()
        )
        try:
            with transaction.atomic():
                _made(made, actor, now)
        except IntegrityError:
            deed.require(False, _("This act is being reversed already, or was."))
        _fix_rows(made, rows.order_by("task_id").values_list("task_id", flat=True).iterator(chunk_size=5_000))
        _begin_or_hold(deed, made, now)
        return made


def approve_bulk(actor: Actor, *, held: BulkAct, now: datetime) -> BulkAct:
    """Agree to what somebody else asked for; it begins."""
    with act(scopes.BULK_APPROVE, actor, on=held.programme, now=now) as deed:
        _insist_on_second(actor, held)
        deed.require(held.expires_at is None or now < held.expires_at, _("Nobody agreed in time; ask for it again."))
        agreed = BulkAct.objects.filter(pk=held.pk, state="held").update(
            state="queued", answered_by_id=actor.person_id, answered_at=now
        )
        deed.require(agreed, _("This does not wait for anybody any more."))
        enqueue(run_bulk, act_id=str(held.pk), at=now.isoformat())
        deed.record("approved", on=held)
        held.refresh_from_db()
        return held


def refuse_bulk(actor: Actor, *, held: BulkAct, now: datetime) -> BulkAct:
    """Turn down what somebody else asked for, or withdraw what one asked for oneself."""
    own = actor.person_id is not None and held.by_id == actor.person_id
    with act(scopes.BULK_DO if own else scopes.BULK_APPROVE, actor, on=held.programme, now=now) as deed:
        state = "withdrawn" if own else "refused"
        answered = BulkAct.objects.filter(pk=held.pk, state="held").update(
            state=state, answered_by_id=actor.person_id, answered_at=now, ended_at=now
        )
        deed.require(answered, _("This does not wait for anybody any more."))
        deed.record(state, on=held)
        held.refresh_from_db()
        return held


def _check_verb(actor: Actor, programme: Programme, verb: str, to_queue: Queue | None, priority: float | None) -> None:
    faults: dict[str, list[str]] = {}
    if verb not in (BulkAct.CLOSE, BulkAct.REOPEN, BulkAct.REROUTE, BulkAct.PRIORITISE):
        faults["verb"] = [_("Choose close, reopen, reroute or prioritise.")]
    if verb == BulkAct.REROUTE:
        if to_queue is None or to_queue.programme_id != programme.pk or not to_queue.is_open:
            faults["to_queue"] = [_("Choose an open queue of the programme.")]
        else:
            require(actor, scopes.QUEUE_EDIT, to_queue)
    if verb == BulkAct.PRIORITISE and (priority is None or not isfinite(priority) or abs(priority) > 1e9):
        faults["priority"] = [_("Choose a finite number.")]
    if faults:
        raise Invalid(_("This cannot be done."), fields=faults)


def _made(made: BulkAct, actor: Actor, now: datetime) -> BulkAct:
    if not made.total:
        raise Invalid(_("The selection means no task."), fields={"selection": [_("Widen it.")]})
    if made.total > MOST:
        sentence = _("At most %(n)s tasks at once.") % {"n": f"{MOST:,}"}
        raise Invalid(_("The selection means too many tasks."), fields={"selection": [sentence]})
    is_alone = made.total <= settings.EVENKEEL.bulk_alone_up_to
    made.by_id, made.by_name, made.created_at = actor.person_id, actor.name, now
    made.state = "queued" if is_alone else "held"
    made.expires_at = None if is_alone else now + _HELD_FOR
    made.save(force_insert=True)
    return made


def _fix_rows(made: BulkAct, task_ids: object) -> None:
    ids: list[UUID] = list(task_ids)  # type: ignore[call-overload]
    insert_rows(BulkRow, ("id", "act_id", "task_id"), ((uuid7(), made.pk, task_id) for task_id in ids))
    if len(ids) != made.total:
        # Something came or went between counting and fixing: what is fixed is what counts.
        made.total = len(ids)
        made.save(update_fields=["total"])


def _begin_or_hold(deed: Deed, made: BulkAct, now: datetime) -> None:
    after = {"verb": made.verb, "tasks": made.total, "state": made.state, "selection": made.selection}
    deed.record("bulk act asked", on=made, after=after, reason=made.reason)
    if made.state == "queued":
        enqueue(run_bulk, act_id=str(made.pk), at=now.isoformat())
        return
    seconds = people_with(scopes.BULK_APPROVE, now=now, kind="programme", target_id=made.programme_id)
    title = _("%(name)s asks for your agreement: %(n)s tasks") % {"name": made.by_name, "n": f"{made.total:,}"}
    told = [each for each in seconds if each.pk != made.by_id and each.organisation.is_house]
    notify(told[:50], title=title, url=made.get_absolute_url(), now=now)


def _insist_on_second(actor: Actor, held: BulkAct) -> None:
    if actor.person_id is None or actor.is_outside or held.by_id == actor.person_id:
        raise Refused(_("A second person of our own has to agree."), code="second-person")


def _insist_on_ours(actor: Actor) -> None:
    if actor.is_outside:
        raise Refused(_("Only people of our own organisation may do this."), code="ours-only")


def _reason(said: str) -> str:
    said = said.strip()
    if not said or len(said) > _REASON or "\x00" in said:
        raise Invalid(
            _("A reason is needed."), fields={"reason": [_("Say why, in 1 to %(n)d characters.") % {"n": _REASON}]}
        )
    return said
