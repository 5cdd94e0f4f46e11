"""Disputes: somebody objects to a finding, a third person judges blind, figures follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.people import Person, Worker, notify
from evenkeel.work import Decision, Programme, clean_answer, drawn_fields, item_parts

from .. import scopes
from ..facts import AUDITS, audit_row
from ..facts_disputes import DISPUTES, dispute_row
from ..forms import audit_spec, main_choices
from ..models import Dispute, DisputeReason, DisputeSettlement, FollowUp, Verdict
from ..models.audits import BY_DISPUTE
from ..models.disputes import OVERTURNED, UPHELD
from ..policy_side import counts_for_policy
from ..queries import verdict_in_force
from ..queries.disputes import eligible_disputes, kind_for, reasons_for, rule_of, why_not_raise, why_not_settle
from ..rules import error_class as class_of_error
from ..rules.disputes import HOLD_MINUTES, clause_of, outcome_of
from ..within_limits import first_within_limits, note_judged

TEXT_LENGTH = 4_000
_LOADED = ("verdict__draw__decision__form_version", "verdict__draw__decision__item", "verdict__draw__decision__queue")


def raise_dispute(actor: Actor, *, verdict: Verdict, reason: str, text: str, now: datetime) -> Dispute:
    """Object to a finding: as whoever decided, or in the name of her organisation; once a finding, within the window.

    `reason` is the slug of a reason for disputing. `NotNow` when the window is over, when it was disputed already, or when too
    many are open; `Invalid` when reason or text do not fit.
    """
    verdict = Verdict.objects.select_related("draw__decision", "draw__task").get(pk=verdict.pk)
    kind = kind_for(actor, verdict)
    with act(
        scopes.DISPUTE_OWN if kind == Dispute.PERSON else scopes.DISPUTE_RAISE, actor, on=verdict, now=now
    ) as deed:
        # Whoever raises two at once waits here, so that the caps hold.
        Worker.objects.select_for_update().get(pk=verdict.draw.decision.worker_id)
        why_not = why_not_raise(actor, verdict, now=now)
        deed.require(why_not is None, why_not, code="not-disputable")
        said = _reason(DisputeReason.RAISING, reason)
        decision, rule = verdict.draw.decision, rule_of(verdict.draw.decision.programme_id)
        made = Dispute.objects.create(
            verdict=verdict,
            kind=kind,
            programme_id=decision.programme_id,
            queue_id=decision.queue_id,
            worker_id=decision.worker_id,
            organisation_id=decision.organisation_id,
            site_id=decision.site_id,
            team_id=decision.team_id,
            auditor_id=verdict.auditor_id,
            clause=clause_of(verdict.answer, decision.answer),
            raised_by_id=actor.person_id,
            raised_organisation_id=actor.organisation_id,
            reason=said,
            text=_text(text),
            raised_at=now,
            due_at=now + timedelta(hours=rule.arbitrate_hours),
            at_deadline=rule.at_deadline,
        )
        log.append(DISPUTES, [dispute_row(made)])
        deed.record("dispute raised", on=made, after={"kind": kind, "reason": said.slug})
        deed.tell("dispute.raised", dispute_id=made.id)
        return made


def take_dispute(actor: Actor, *, now: datetime, programme: Programme | None = None) -> Dispute | None:
    """The next dispute that the actor may arbitrate, in her hands for half an hour; None when none waits for her.

    Taking again gives the one that she has. Never one in which she had a part.
    """
    worker = _worker(actor)
    with act(scopes.DISPUTE_ARBITRATE, actor, on=programme, now=now) as deed:
        waiting = eligible_disputes(actor, worker, now=now)
        if programme is not None:
            waiting = waiting.filter(programme=programme)
        rows = waiting.select_for_update(skip_locked=True, of=("self",))
        found = rows.filter(holder=worker.pk, held_until__gt=now).first() or first_within_limits(
            rows, QuerySet.first, worker_id=worker.pk, at="verdict__draw__decision", decision_of=_decision, now=now
        )
        if found is not None:
            found.holder_id, found.held_until = worker.pk, now + timedelta(minutes=HOLD_MINUTES)
            found.save(update_fields=["holder", "held_until"])
        deed.record("dispute taken" if found else "found no dispute", on=found or programme)
        return found


def _decision(dispute: Dispute) -> Decision:
    return dispute.verdict.draw.decision


def return_dispute(actor: Actor, *, dispute: Dispute, now: datetime) -> Dispute:
    """Give a dispute back unsettled; it waits for somebody again."""
    worker = _worker(actor)
    with act(scopes.DISPUTE_ARBITRATE, actor, on=dispute, now=now) as deed:
        given_back = Dispute.objects.filter(pk=dispute.pk, holder=worker.pk, closed_at=None)
        deed.require(given_back.update(holder=None, held_until=None), _("This dispute is not in your hands."))
        deed.record("dispute given back", on=dispute)
        dispute.refresh_from_db()
        return dispute


def arbitrate(
    actor: Actor, *, dispute: Dispute, answer: Mapping[str, Any], reason: str, text: str = "", now: datetime
) -> DisputeSettlement:
    """Settle a dispute by one's own answer: the first one's overturns the finding, the auditor's upholds it, a third amends it.

    An overturned or amended finding is corrected by a new verdict, so every figure follows; the reason says what is left to
    be done. `NotNow` when it is settled, not in her hands, or she had a part in it; `Invalid` when answer or reason do not fit.
    """
    worker = _worker(actor)
    with act(scopes.DISPUTE_ARBITRATE, actor, on=dispute, now=now) as deed:
        found = _open(dispute)
        deed.require(
            found.holder_id == worker.pk, _("This dispute is not in your hands; take it first."), code="not-held"
        )
        why_not = why_not_settle(found, worker)
        deed.require(why_not is None, why_not, code="not-yours")
        said, draw = _reason(DisputeReason.SETTLING, reason), found.verdict.draw
        since = found.held_until - timedelta(minutes=HOLD_MINUTES) if found.held_until else None
        note_judged(worker.pk, draw.decision, active_ms=None, since=since, now=now)
        spec = audit_spec(draw.decision)
        parts = item_parts(draw.decision.item) if drawn_fields(spec) else None
        cleaned, label = clean_answer(spec, dict(answer), parts=parts)
        outcome = outcome_of(decided=draw.decision.label, found=found.verdict.label, settled=label)
        corrected = None
        if outcome != UPHELD:
            kind = class_of_error(main_choices(spec), decided=draw.decision.label, audited=label)
            corrected = _correct(
                found, worker, label=label, answer=cleaned, error=kind, comment=_text(text, True), now=now
            )
        return _settle(
            deed, found, outcome, said, text=_text(text, True), worker=worker, label=label, verdict=corrected
        )


def end_dispute_by_time(actor: Actor, *, dispute: Dispute, now: datetime) -> Dispute:
    """What a programme's rule says happens when nobody arbitrated in time: the finding stands, or the matter goes up."""
    with act(scopes.DISPUTE_ARBITRATE, actor, on=dispute, now=now) as deed:
        found = _open(dispute)
        deed.require(found.due_at <= now and found.escalated_at is None, _("Its time is not over."))
        if found.at_deadline == UPHELD:
            reason = DisputeReason.objects.get(side=DisputeReason.SETTLING, slug="deadline")
            _settle(deed, found, UPHELD, reason, text="", worker=None, label=found.verdict.label, verdict=None)
            return found
        found.escalated_at = now
        found.save(update_fields=["escalated_at"])
        owner: Person | None = found.programme.owner
        if owner is not None:
            title = _("A dispute waits longer than agreed: %(programme)s") % {"programme": found.programme.name}
            notify([owner], title=title, url=found.get_absolute_url(), now=now)
        deed.record("dispute went up", on=found)
        deed.tell("dispute.escalated", dispute_id=found.id)
        return found


def _open(dispute: Dispute) -> Dispute:
    rows = Dispute.objects.select_for_update(of=("self",)).select_related(*_LOADED, "programme__owner", "reason")
    found = rows.get(pk=dispute.pk)
    if found.closed_at is not None:
        raise NotNow(_("It is settled already."), code="closed")
    return found


def _settle(
    deed: Deed,
    found: Dispute,
    outcome: str,
    reason: DisputeReason,
    *,
    text: str,
    worker: Worker | None,
    label: str,
    verdict: Verdict | None,
) -> DisputeSettlement:
    made = DisputeSettlement.objects.create(
        dispute=found, outcome=outcome, reason=reason, text=text, arbitrator=worker, label=label, verdict=verdict,
        settled_at=deed.now,
    )  # fmt: skip
    found.closed_at, found.held_until = deed.now, None
    found.save(update_fields=["closed_at", "held_until"])
    log.append(DISPUTES, [dispute_row(found, settlement=made)])
    _follow_up(deed, found, made)
    deed.record("dispute settled", on=found, after={"outcome": outcome, "reason": reason.slug})
    deed.tell("dispute.settled", dispute_id=found.id, outcome=outcome)
    if outcome == OVERTURNED:
        deed.tell("dispute.overturned", dispute_id=found.id, verdict_id=found.verdict_id, auditor_id=found.auditor_id)
    _tell_those_concerned(found, made, deed.now)
    return made


def _follow_up(deed: Deed, found: Dispute, made: DisputeSettlement) -> None:
    kind = made.reason.follow_up
    # What was overturned always leaves something: the case itself is worth agreeing on, whatever the reason.
    if made.outcome == OVERTURNED and not kind:
        kind = "gold"
    if not kind or made.arbitrator_id is None:
        return
    decision = found.verdict.draw.decision
    left = FollowUp.objects.create(
        settlement=made, kind=kind, programme_id=found.programme_id, item_id=decision.item_id, label=made.label,
        clause=found.clause, policy_version_id=decision.policy_version_id, opened_at=deed.now,
    )  # fmt: skip
    deed.tell("follow_up.opened", follow_up_id=left.id, kind=kind)


def _tell_those_concerned(found: Dispute, made: DisputeSettlement, now: datetime) -> None:
    """Whoever raised it hears the outcome; the auditor hears when her finding did not stand as it was."""
    outcome = str(made.get_outcome_display())
    if found.raised_by is not None:
        url = reverse("quality:mine") if found.kind == Dispute.PERSON else found.get_absolute_url()
        notify([found.raised_by], title=_("Your dispute: %(outcome)s") % {"outcome": outcome}, url=url, now=now)
    auditor: Person | None = found.auditor.person
    if made.outcome != UPHELD and auditor is not None:
        title = _("A finding of yours was disputed: %(outcome)s") % {"outcome": outcome}
        notify([auditor], title=title, url=reverse("quality:audits"), now=now)


def _correct(
    found: Dispute, worker: Worker, *, label: str, answer: Mapping[str, Any], error: str, comment: str, now: datetime
) -> Verdict | None:
    """The verdict that stands from now on, by the arbitrator; None when the auditor put hers right meanwhile."""
    draw = found.verdict.draw
    present = verdict_in_force(draw)
    assert present is not None
    if present.label == label and present.error_class == error:
        return None
    made = Verdict.objects.create(
        draw=draw, auditor=worker, label=label, answer=dict(answer), is_right=not error, error_class=error,
        comment=comment, client_key=f"{BY_DISPUTE}{found.pk.hex}", audited_at=now, corrects=present,
        counts_for_policy=counts_for_policy(draw.decision, label=label, answer=answer),
    )  # fmt: skip
    present.draw = draw
    log.append(AUDITS, [audit_row(present, sign=-1), audit_row(made)])
    return made


def _reason(side: str, slug: str) -> DisputeReason:
    found = reasons_for(side).filter(slug=slug).first()
    if found is None:
        raise Invalid(_("This reason is not offered."), fields={"reason": [_("Choose one of those offered.")]})
    return found


def _text(text: str, may_be_empty: bool = False) -> str:
    text = text.strip()
    if not text and not may_be_empty:
        raise Invalid(_("Something is missing."), fields={"text": [_("Say why.")]})
    if len(text) > TEXT_LENGTH or "\x00" in text:
        raise Invalid(
            _("The text cannot be used."), fields={"text": [_("At most %(n)d characters.") % {"n": TEXT_LENGTH}]}
        )
    return text


def _worker(actor: Actor) -> Worker:
    require(actor, scopes.DISPUTE_ARBITRATE)
    if actor.worker_id is None:
        raise NotNow(
            _("Arbitrating is signed by a worker; ask for a worker's record for your account."), code="no-worker"
        )
    return Worker.objects.get(pk=actor.worker_id)
