"""Settling a case of a calibration session, and offering what was settled: as a golden item, as an example."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.policy import POLICY_EDIT, add_example
from evenkeel.work import clean_answer, drawn_fields, item_parts, item_summary

from .. import scopes
from ..clarity import judge_clauses
from ..facts_calibration import CALIBRATIONS, rows_of
from ..models import CalibrationAnswer, CalibrationCase, ExampleRequest, GoldExport, Settlement
from ..queries.calibration import settlement_of, spec_of
from ..rules.calibration import BLIND, clause_of
from .ours import insist_on_ours


def settle_case(
    actor: Actor, *, case: CalibrationCase, answer: Mapping[str, Any], reason: str, now: datetime
) -> Settlement:
    """Say what is right about a case and why, once answers are seen; by the session's owner, or
    anybody who may hold sessions where a command opened it. Settling anew replaces.

    Writes the fact `calibrations`: each blind answer against the settled one, of a repeated case the first meeting alone.
    """
    insist_on_ours(actor)
    with act(scopes.CALIBRATION_EDIT, actor, on=case.session, now=now) as deed:
        locked = CalibrationCase.objects.select_for_update(of=("self",))
        case = locked.select_related("session__queue", "session__form_version", "item").get(pk=case.pk)
        session = case.session
        deed.require(case.repeats_id is None, _("Settle the case that this one repeats."), code="repeat")
        deed.require(session.is_open_to_all(now), _("Answers are still blind."), code="blind")
        deed.require(
            actor.is_system or session.owner_id in (None, actor.person_id),
            _("The session’s owner settles its cases."),
            code="owner",
        )
        if not reason.strip() or len(reason) > 4_000 or "\x00" in reason:
            raise Invalid(
                _("It cannot be settled like this."), fields={"reason": [_("Say why, in 1 to 4000 characters.")]}
            )
        spec = spec_of(session)
        parts = item_parts(case.item) if drawn_fields(spec) else None
        cleaned, label = clean_answer(spec, dict(answer), parts=parts)
        before = settlement_of(case)
        made = Settlement.objects.create(
            case=case,
            label=label,
            clause=clause_of(cleaned, main=spec["main"], label=label),
            answer=cleaned,
            reason=reason.strip(),
            settled_at=now,
            by_id=actor.person_id,
            replaces=before,
        )
        log.append(CALIBRATIONS, [*(rows_of(before, sign=-1) if before else []), *rows_of(made)])
        deed.record(
            "case settled",
            on=session,
            before={"label": before.label} if before else None,
            after={"case": case.number, "label": label, "reason": made.reason[:300]},
        )
        deed.tell("calibration.settled", settlement_id=made.pk)
        if session.policy_version is not None:
            judge_clauses(session.policy_version, now=now)
        return made


def offer_gold(actor: Actor, *, settlement: Settlement, now: datetime) -> GoldExport:
    """Offer a settled case as a golden item, with how many experts had found it blind. Doing it twice changes nothing."""
    insist_on_ours(actor)
    session = settlement.case.session
    with act(scopes.CALIBRATION_EDIT, actor, on=session, now=now) as deed:
        deed.require(settlement_of(settlement.case) == settlement, _("This case was settled anew."), code="replaced")
        answers = CalibrationAnswer.objects.filter(case=settlement.case_id, round=BLIND, seat__is_expert=True)
        labels = list(answers.values_list("label", flat=True))
        made, is_new = GoldExport.objects.get_or_create(
            settlement=settlement,
            defaults={
                "programme_id": session.programme_id,
                "item_id": settlement.case.item_id,
                "policy_version_id": session.policy_version_id,
                "label": settlement.label,
                "answer": settlement.answer,
                "why": settlement.reason,
                "agreeing": labels.count(settlement.label),
                "experts": len(labels),
                "at": now,
                "by_id": actor.person_id,
            },
        )
        deed.record("offered as golden" if is_new else "was offered already", on=session, after={"label": made.label})
        if is_new:
            deed.tell("gold.offered", gold_export_id=made.pk)
        return made


def request_example(
    actor: Actor, *, settlement: Settlement, text: str = "", heading: str = "", now: datetime
) -> ExampleRequest:
    """Ask the guideline's editors to take a settled case as an example; nothing changes until they do.

    `text` is the case as it shall be read; the item's own beginning unless said. Doing it twice changes nothing.
    """
    insist_on_ours(actor)
    case, session = settlement.case, settlement.case.session
    with act(scopes.CALIBRATION_EDIT, actor, on=session, now=now) as deed:
        version = session.policy_version
        deed.require(version, _("The queue of this session has no guideline."), code="no-policy")
        assert version is not None
        made, is_new = ExampleRequest.objects.get_or_create(
            settlement=settlement,
            defaults={
                "programme_id": session.programme_id,
                "policy_id": version.policy_id,
                "heading": (heading or settlement.clause)[:160],
                "language": case.item.language,
                "text": (text.strip() or str(item_summary(case.item)))[:4_000],
                "verdict": settlement.label,
                "why": settlement.reason,
                "at": now,
                "by_id": actor.person_id,
            },
        )
        deed.record(
            "example asked for" if is_new else "was asked for already", on=session, after={"label": made.verdict}
        )
        return made


def answer_example(actor: Actor, *, request: ExampleRequest, is_taken: bool, now: datetime) -> ExampleRequest:
    """Take an offered example into the guideline, or leave it: an act of whoever may edit the guideline."""
    with act(POLICY_EDIT, actor, on=request.policy, now=now) as deed:
        answered = ExampleRequest.objects.filter(pk=request.pk, answered_at=None).update(
            answered_at=now, answered_by=actor.person_id, is_taken=is_taken
        )
        deed.require(answered, _("This was answered already."), code="answered")
        if is_taken:
            add_example(
                actor, policy=request.policy, text=request.text, verdict=request.verdict, why=request.why,
                heading=request.heading, language=request.language, now=now,
            )  # fmt: skip
        deed.record("offered example taken" if is_taken else "offered example left", after={"verdict": request.verdict})
        request.refresh_from_db()
        return request
