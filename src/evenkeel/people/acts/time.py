"""The time clock: coming, going, changing state, asking for a correction, correcting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, Refused

from .. import scopes
from ..models import TimeMark, TimeRequest, TimeSpan, Worker
from ..notices import notify
from ..queries import people_with
from ..rules.timeline import AT_THE_TOOL, IDLE, OFF, OWN_STATES, PRODUCTION, STATES, SYSTEM_DOWN, Stretch
from ..timekeeping import lock, off, running, say, see, since_when
from .checks import insist_on_text

LONGEST = timedelta(hours=24)
_REASON = 300


def switch_state(
    actor: Actor,
    *,
    worker: Worker,
    state: str,
    origin: str = "person",
    programme_id: UUID | None = None,
    queue_id: UUID | None = None,
    now: datetime,
) -> TimeSpan | None:
    """Be in another state from now on; the first one begins the shift. The same state again changes nothing.

    `programme_id` and `queue_id` say what for, in production and audit. `Invalid` for a state that nobody can say of herself.
    """
    with act(scopes.TIME_OWN, actor, on=worker, now=now) as deed:
        if state not in OWN_STATES:
            raise Invalid(_("This is no state to choose."), fields={"state": [_("Choose one of those offered.")]})
        held = lock(worker.pk)
        deed.require(held.left_on is None or held.left_on >= now.date(), _("Your time with us has ended."))
        see(held.pk, at=now)
        before = running(held.pk)
        if state not in AT_THE_TOOL:
            programme_id = queue_id = None
        if before is None or (before.state, before.queue_id) != (state, queue_id):
            # A clock that lags behind the last change must not wipe it out.
            at = max(now, before.began_at) if before is not None else now
            said = Stretch(state=state, began_at=at, origin=origin, programme_id=programme_id, queue_id=queue_id)
            say(actor, held, said, now=now)
            deed.tell("time.switched", worker_id=held.pk, state=state, at=now)
        deed.record("state changed", on=held, organisation_id=held.organisation_id, after={"state": state})
        return running(held.pk)


def end_shift(actor: Actor, *, worker: Worker, now: datetime) -> None:
    """Go off duty."""
    with act(scopes.TIME_OWN, actor, on=worker, now=now) as deed:
        held = lock(worker.pk)
        before = running(held.pk)
        deed.require(before is not None, _("You are off duty already."), code="off-duty")
        assert before is not None
        say(actor, held, off(max(now, before.began_at), origin="person"), now=now)
        deed.record("shift ended", on=held, organisation_id=held.organisation_id)
        deed.tell("time.switched", worker_id=held.pk, state=OFF, at=now)


def resume(actor: Actor, *, worker: Worker, now: datetime) -> TimeSpan | None:
    """Whoever was thought idle is there again: back in the state before, from now on."""
    with act(scopes.TIME_OWN, actor, on=worker, now=now) as deed:
        held = lock(worker.pk)
        span = running(held.pk)
        if span is not None and span.state == IDLE and span.origin == "inactivity":
            before = TimeSpan.objects.filter(worker=held, ended_at=span.began_at).first()
            said = Stretch(
                state=before.state if before is not None and before.state in OWN_STATES else PRODUCTION,
                began_at=max(now, span.began_at),
                origin="desk",
                programme_id=before.programme_id if before is not None else None,
                queue_id=before.queue_id if before is not None else None,
            )
            say(actor, held, said, now=now)
        deed.record("found back", on=held, organisation_id=held.organisation_id)
        return running(held.pk)


def rest(actor: Actor, *, worker: Worker, seen_at: datetime | None, is_over: bool, now: datetime) -> bool:
    """Nobody is there: idle, or off duty when `is_over`, dated back to the last sign of life. Whether anything changed.

    Looks again under the lock: a sign may have come meanwhile.
    """
    with act(scopes.TIME_OWN, actor, on=worker, now=now) as deed:
        held = lock(worker.pk)
        span = running(held.pk)
        presence = getattr(held, "presence", None)
        is_stale = span is None or (presence is not None and seen_at is not None and presence.seen_at > seen_at)
        if not is_stale and span is not None and (is_over or span.state in AT_THE_TOOL):
            at = span.began_at if is_over and span.state == IDLE else since_when(span, seen_at=seen_at, now=now)
            said = off(at, origin="inactivity") if is_over else Stretch(state=IDLE, began_at=at, origin="inactivity")
            say(actor, held, said, now=now)
            state = OFF if is_over else IDLE
            deed.record(
                "found away", on=held, organisation_id=held.organisation_id, after={"state": state, "since": at}
            )
            deed.tell("time.switched", worker_id=held.pk, state=state, at=now)
            return True
        deed.record("found present", on=held, organisation_id=held.organisation_id)
        return False


def note_downtime(actor: Actor, *, began_at: datetime, ended_at: datetime, reason: str, now: datetime) -> int:
    """The system was down: whoever worked then was in “system down”, not idle. Returns how many people it concerned."""
    with act(scopes.TIME_DOWN, actor, now=now) as deed:
        reason = insist_on_text("reason", reason, most=_REASON)
        _insist_on_stretch(began_at, ended_at, now)
        rows = TimeSpan.objects.filter(state__in=(*AT_THE_TOOL, IDLE), began_at__lt=ended_at)
        rows = rows.exclude(ended_at__lte=began_at)
        concerned = sorted(set(rows.values_list("worker_id", flat=True)))
        for worker_id in concerned:
            held = lock(worker_id)
            for span in list(rows.filter(worker=held).order_by("began_at")):
                said = Stretch(
                    state=SYSTEM_DOWN,
                    began_at=max(span.began_at, began_at),
                    ended_at=min(span.ended_at or ended_at, ended_at),
                    origin="system",
                )
                say(actor, held, said, reason=reason, now=now)
        deed.record("down", after={"from": began_at, "until": ended_at, "people": len(concerned)}, reason=reason)
        return len(concerned)


def correct_time(
    actor: Actor, *, worker: Worker, began_at: datetime, ended_at: datetime, state: str, reason: str, now: datetime
) -> TimeMark:
    """Put somebody's time right: between two moments of the past she was in this state ("" = off duty).

    What stood there before stays in the trail and, with sign -1, in the log. Nobody corrects her own time.
    """
    with act(scopes.TIME_CORRECT, actor, on=worker, now=now) as deed:
        if actor.worker_id == worker.pk:
            raise Refused(_("Nobody corrects her own time: ask your lead."), code="own-time")
        reason = insist_on_text("reason", reason, most=_REASON)
        if state not in (*STATES, OFF):
            raise Invalid(_("This is no state."), fields={"state": [_("Choose one of those offered.")]})
        _insist_on_stretch(began_at, ended_at, now)
        held = lock(worker.pk)
        said = Stretch(state=state, began_at=began_at, ended_at=ended_at, origin="lead")
        made = say(actor, held, said, reason=reason, now=now)
        deed.record(
            "time corrected",
            on=held,
            organisation_id=held.organisation_id,
            after={"from": began_at, "until": ended_at, "state": state},
            reason=reason,
        )
        return made


def ask_correction(
    actor: Actor, *, worker: Worker, began_at: datetime, ended_at: datetime, state: str, reason: str, now: datetime
) -> TimeRequest:
    """Ask for one's own time to be put right; those who may do it are told."""
    with act(scopes.TIME_OWN, actor, on=worker, now=now) as deed:
        reason = insist_on_text("reason", reason, most=_REASON)
        if state not in (*OWN_STATES, OFF):
            raise Invalid(_("This is no state to choose."), fields={"state": [_("Choose one of those offered.")]})
        _insist_on_stretch(began_at, ended_at, now)
        made = TimeRequest.objects.create(
            worker=worker, state=state, began_at=began_at, ended_at=ended_at, reason=reason, asked_at=now
        )
        leads = (
            people_with(scopes.TIME_CORRECT, now=now, kind="team", target_id=worker.team_id) if worker.team_id else []
        )
        told = [each for each in leads if each.pk != actor.person_id and each.organisation_id == worker.organisation_id]
        title = _("%(name)s asks for a correction of her time") % {"name": worker.name}
        notify(told[:20], title=title, url=f"/people/workers/{worker.pk}/time/?day={began_at.date()}", now=now)
        deed.record(
            "correction asked", on=made, organisation_id=worker.organisation_id, after={"state": state}, reason=reason
        )
        return made


def answer_request(
    actor: Actor, *, request: TimeRequest, is_granted: bool, remark: str = "", now: datetime
) -> TimeRequest:
    """Grant a request, which corrects the time, or turn it down with a remark."""
    with act(scopes.TIME_CORRECT, actor, on=request, now=now) as deed:
        if actor.worker_id == request.worker_id:
            raise Refused(_("Nobody corrects her own time: ask your lead."), code="own-time")
        remark = remark.strip() if is_granted else insist_on_text("remark", remark, most=_REASON)
        answered = TimeRequest.objects.filter(pk=request.pk, answered_at=None).update(
            answered_at=now, answered_by_id=actor.person_id, is_granted=is_granted, remark=remark[:_REASON]
        )
        deed.require(answered, _("This request has been answered."))
        if is_granted:
            correct_time(
                actor,
                worker=request.worker,
                began_at=request.began_at,
                ended_at=request.ended_at,
                state=request.state,
                reason=request.reason,
                now=now,
            )
        if request.worker.person is not None:
            title = _("Your time was corrected as you asked") if is_granted else _("Your time was not corrected")
            notify([request.worker.person], title=title, url=f"/people/time/?day={request.began_at.date()}", now=now)
        deed.record("granted" if is_granted else "turned down", on=request, remark=remark)
        request.refresh_from_db()
        return request


def import_time(
    actor: Actor,
    *,
    worker: Worker,
    stretches: Sequence[Stretch],
    gone: Sequence[UUID] = (),
    tool: str,
    now: datetime,
) -> list[TimeMark]:
    """Bring in stretches of somebody's time that another tool counted; `gone` are the marks of those that it changed since.

    What was said of her time before gives way where the two overlap, as with every later word; it stays in the trail and,
    with sign -1, in the log. `Invalid` for a state that there is none of, a stretch over a day, or one that is not over.
    """
    with act(scopes.TIME_IMPORT, actor, on=worker, now=now) as deed:
        held = lock(worker.pk)
        reason = _("From %(tool)s.") % {"tool": tool}
        for old in TimeMark.objects.filter(pk__in=gone, worker=held).order_by("pk"):
            off_again = Stretch(state=OFF, began_at=old.began_at, ended_at=old.ended_at, origin="import")
            say(actor, held, off_again, reason=reason, now=now)
        marks = []
        for said in stretches:
            if said.state not in STATES:
                raise Invalid(_("This is no state."), fields={"state": [_("Choose one of those offered.")]})
            _insist_on_stretch(said.began_at, said.ended_at or now, now)
            marks.append(say(actor, held, replace(said, origin="import"), reason=reason, now=now))
        deed.record(
            "time brought in",
            on=held,
            organisation_id=held.organisation_id,
            after={"stretches": len(marks), "gone": len(gone)},
            tool=tool,
        )
        return marks


def _insist_on_stretch(began_at: datetime, ended_at: datetime, now: datetime) -> None:
    faults: dict[str, list[str]] = {}
    if ended_at <= began_at:
        faults["ended_at"] = [_("It ends after it begins.")]
    elif ended_at - began_at > LONGEST:
        faults["ended_at"] = [_("At most a day at once.")]
    if ended_at > now:
        faults.setdefault("ended_at", []).append(_("Only what is past can be put right."))
    if faults:
        raise Invalid(_("The times do not fit."), fields=faults)
