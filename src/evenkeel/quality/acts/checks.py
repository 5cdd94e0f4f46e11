"""Audits of audits: saying which share, taking one, judging it blind, settling what differs."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor, load, require
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.work import Decision, Programme

from .. import scopes
from ..facts_checks import AUDITOR_CHECKS, check_row
from ..judging import judged_answer
from ..models import AuditCheck, CheckAnswer, CheckRule, SamplingPlan, Verdict
from ..queries.checks import check_rule, checks_waiting_for, odds_of
from ..rules import AUDIT_LEASE_S
from ..rules.checks import check_u, goes_to_expert, settle_odds
from ..within_limits import first_within_limits, note_judged
from .ours import insist_on_ours


def set_check_rule(
    actor: Actor,
    *,
    plan: SamplingPlan,
    share_right: float,
    share_wrong: float,
    settle_agreed: float = 0.25,
    salt: int | None = None,
    now: datetime,
) -> CheckRule:
    """Audit a share of a plan's verdicts a second time from now on; shares of 0 end it. All shares lie in 0 to 1.

    `settle_agreed` is the share of agreeing pairs that go to an expert all the same; without any, two auditors who are
    wrong alike would never be found, and every estimate of their errors would be too kind.
    """
    insist_on_ours(actor)
    with act(scopes.PLAN_EDIT, actor, on=plan, now=now) as deed:
        deed.require(plan.is_drawn_here, _("Its audits are made elsewhere."))
        faults = {
            name: [_("A share lies between 0 and 100 %.")]
            for name, share in (("share_right", share_right), ("share_wrong", share_wrong))
            if not 0 <= share <= 1
        }
        if not 0 < settle_agreed <= 1:
            faults["settle_agreed"] = [_("Some of the pairs that agree must be settled too: above 0, up to 100 %.")]
        if faults:
            raise Invalid(_("The rule cannot be used like this."), fields=faults)
        made = CheckRule.objects.create(
            plan=plan,
            share_right=share_right,
            share_wrong=share_wrong,
            settle_agreed=settle_agreed,
            salt=secrets.randbelow(2**32) if salt is None else salt,
            from_at=now,
            set_by_id=actor.person_id,
        )
        said = {"right": share_right, "wrong": share_wrong, "settle_agreed": settle_agreed, "salt": made.salt}
        deed.record("second audits set", on=plan, after=said)
        return made


def draw_check(verdict: Verdict, *, now: datetime) -> AuditCheck | None:
    """Draw a first verdict for a second audit, or not; inside the act that gives it. Replayable from the rule's salt."""
    draw = verdict.draw
    rule = check_rule(draw.plan_id, at=now)
    if rule is None:
        return None
    pi, u = odds_of(rule).of(is_right=verdict.is_right), check_u(verdict.pk, rule.salt)
    if u >= pi:
        return None
    decision = draw.decision
    return AuditCheck.objects.create(
        draw=draw,
        rule=rule,
        verdict=verdict,
        programme_id=decision.programme_id,
        queue_id=decision.queue_id,
        worker_id=decision.worker_id,
        organisation_id=decision.organisation_id,
        first_id=verdict.auditor_id,
        pi=pi,
        u=u,
        drawn_at=now,
    )


def take_check(actor: Actor, *, programme: Programme | None = None, now: datetime) -> AuditCheck | None:
    """Take the second audit, or the case to settle, that has waited longest, or the one in hand; None when none waits."""
    if actor.worker_id is None:
        raise NotNow(_("An audit is signed by a worker; ask for a worker's record for your account."), code="no-worker")
    require(actor, scopes.AUDIT_DO)
    waiting = checks_waiting_for(actor, now=now, programme=programme)
    if not waiting.exists():
        return None
    with act(scopes.AUDIT_DO, actor, now=now) as deed:
        held = waiting.filter(holder=actor.worker_id).first()
        check = held or first_within_limits(
            waiting, _first_free, worker_id=actor.worker_id, at="draw__decision", decision_of=_decision, now=now
        )
        if check is None:
            deed.record("found nothing to audit")
            return None
        check.holder_id, check.taken_at = actor.worker_id, check.taken_at if held else now
        check.expires_at = now + timedelta(seconds=AUDIT_LEASE_S)
        check.save(update_fields=["holder", "taken_at", "expires_at"])
        deed.record("second audit taken up again" if held else "second audit taken", on=check)
        return check


def return_check(actor: Actor, *, check_id: UUID | str, now: datetime) -> AuditCheck:
    """Give a second audit or a case back unjudged; it waits for somebody again."""
    check = load(actor, scopes.AUDIT_DO, AuditCheck.objects.all(), check_id)
    with act(scopes.AUDIT_DO, actor, on=check, now=now) as deed:
        open_ = AuditCheck.objects.filter(pk=check.pk, holder_id=actor.worker_id, closed_at=None)
        given_back = actor.worker_id is not None and open_.update(holder=None, taken_at=None, expires_at=None)
        deed.require(given_back, _("This audit is not in your hands."))
        deed.record("second audit given back")
        check.refresh_from_db()
        return check


def answer_check(
    actor: Actor,
    *,
    check_id: UUID | str,
    answer: Mapping[str, Any],
    comment: str = "",
    error_class: str | None = None,
    client_key: str,
    active_ms: int | None = None,
    now: datetime,
) -> CheckAnswer:
    """Give one's own answer to a second audit, or settle a case as its expert; the same `client_key` gives the same answer.

    After the second answer an expert is asked where the two differ, and by keyed chance where they agree. The expert's
    answer closes the case: the first verdict stays what it was, and how often auditors err is known better.
    """
    known = CheckAnswer.objects.filter(client_key=client_key).first()
    if known is not None:
        return _same(known, check_id, actor)
    check = load(actor, scopes.AUDIT_DO, AuditCheck.objects.all(), check_id)
    scope = scopes.AUDIT_SETTLE if check.stage == AuditCheck.EXPERT else scopes.AUDIT_DO
    with act(scope, actor, on=check, now=now) as deed:
        check = _locked(check)
        again = CheckAnswer.objects.filter(client_key=client_key).first()
        if again is not None:  # the other request committed while this one waited for the lock
            deed.record("answer sent again", on=check)
            return _same(again, check_id, actor)
        deed.require(check.closed_at is None, _("This audit is done already."), code="done")
        deed.require(
            actor.worker_id is not None and check.holder_id == actor.worker_id,
            _("This audit is not in your hands; take it first."),
            code="not-held",
        )
        assert actor.worker_id is not None
        if not 8 <= len(client_key) <= 64 or "\x00" in client_key:
            raise Invalid(_("The answer does not fit."), fields={"client_key": [_("A key has 8 to 64 characters.")]})
        said = judged_answer(check.draw, answer, said_class=error_class, is_blind=True)
        made = CheckAnswer.objects.create(
            audit_check=check,
            stage=check.stage,
            by_id=actor.worker_id,
            label=said.label,
            answer=said.answer,
            is_right=said.is_right,
            error_class=said.error_class,
            comment=comment.strip(),
            client_key=client_key,
            given_at=now,
            active_ms=active_ms,
        )
        note_judged(actor.worker_id, check.draw.decision, active_ms=active_ms, since=check.taken_at, now=now)
        if check.stage == AuditCheck.SECOND:
            _after_second(deed, check, made)
        else:
            _after_expert(deed, check, made)
        return made


def _after_second(deed: Deed, check: AuditCheck, second: CheckAnswer) -> None:
    # Her last word about it. What an arbitrator settled since is in force, and no answer of hers.
    first = Verdict.objects.filter(draw=check.draw_id, auditor=check.first_id).order_by("-id").first() or check.verdict
    agreed = (first.label, first.is_right) == (second.label, second.is_right)
    odds = odds_of(check.rule)
    check.verdict, check.second_id, check.settle_pi = first, second.by_id, settle_odds(odds, agreed=agreed)
    goes_on = goes_to_expert(check.pk, odds, agreed=agreed)
    check.stage = AuditCheck.EXPERT if goes_on else AuditCheck.DONE
    check.closed_at = None if goes_on else deed.now
    check.holder = check.taken_at = check.expires_at = None
    check.save()
    deed.record("audited again", on=check, after={"label": second.label, "agreed": agreed, "stage": check.stage})


def _after_expert(deed: Deed, check: AuditCheck, expert: CheckAnswer) -> None:
    second = CheckAnswer.objects.get(audit_check=check, stage=AuditCheck.SECOND)
    check.stage, check.closed_at = AuditCheck.DONE, deed.now
    check.save(update_fields=["stage", "closed_at"])
    row = check_row(check, second, expert)
    log.append(AUDITOR_CHECKS, [row])
    deed.record("settled", on=check, after={"label": expert.label, "confirmed": row["is_right"]})
    deed.tell("audit.settled", check_id=check.pk, draw_id=check.draw_id, confirmed=row["is_right"])


def _locked(check: AuditCheck) -> AuditCheck:
    rows = AuditCheck.objects.select_for_update(of=("self",))
    return rows.select_related("draw__decision__form_version", "verdict", "first", "rule").get(pk=check.pk)


def _decision(check: AuditCheck) -> Decision:
    return check.draw.decision


def _first_free(waiting: QuerySet[AuditCheck]) -> AuditCheck | None:
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    # SQLite's transactions are IMMEDIATE: whoever is in here is alone.
    return waiting.first()


def _same(known: CheckAnswer, check_id: UUID | str, actor: Actor) -> CheckAnswer:
    if str(known.audit_check_id) != str(check_id) or known.by_id != actor.worker_id:
        raise Invalid(_("This key was used for another audit."), fields={"client_key": [_("Make a new one.")]})
    return known
