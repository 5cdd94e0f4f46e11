"""Reviews made elsewhere: audits where their odds are known, else kept apart from every figure that stands for all decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.ids import uuid7
from evenkeel.work import Decision, FormVersion, Programme

from ..facts import AUDITS, REVIEWS, audit_row, review_row
from ..forms import main_choices
from ..models import AuditTask, Draw, OutsideReview, OutsideRow, SamplingPlan, Tool, Verdict
from ..rules import error_class
from .drafts import Reviewed
from .fields import ALL, COLUMN, SHARE, UNKNOWN
from .known import Known

_BATCH = 500
ELSEWHERE = "elsewhere"


def write_reviews(
    tool: Tool,
    spec: Mapping[str, Any],
    known: Known,
    reviews: Sequence[Reviewed],
    before: Mapping[tuple[str, str], OutsideRow],
    *,
    now: datetime,
) -> dict[str, UUID]:
    """Write reviews that are new or changed; their ids by key. A later review of a decision takes the place of an earlier one."""
    if not reviews:
        return {}
    known.look_up(review.reviewer for review in reviews)
    decisions = reviewed_decisions(tool, [review.decision for review in reviews])
    judge = _Judge(tool.programme)
    found: dict[str, UUID] = {}
    rows: list[dict[str, Any]] = []
    if spec["options"]["design"] == UNKNOWN:
        for review in reviews:
            row = before.get(("review", review.key))
            replaces = row.target_id if row is not None else None
            made = _outside(tool, known, judge, review, decisions[review.decision], rows, replaces=replaces, now=now)
            found[review.key] = made.pk
        log.append(REVIEWS, rows)
        return found
    plan = plan_of(tool, spec["options"], now=now)
    for review in reviews:
        verdict = _audited(plan, known, judge, review, decisions[review.decision], spec["options"], rows, now=now)
        found[review.key] = verdict.pk
    log.append(AUDITS, rows)
    return found


def reviewed_decisions(tool: Tool, keys: Sequence[str]) -> dict[str, Decision]:
    """The decisions that bear these keys, as they were brought in last."""
    asked = list(dict.fromkeys(keys))
    found: dict[str, Decision] = {}
    for start in range(0, len(asked), _BATCH):
        rows = OutsideRow.objects.filter(tool=tool, kind="decision", key__in=asked[start : start + _BATCH])
        targets = dict(rows.values_list("target_id", "key"))
        found.update({targets[each.pk]: each for each in Decision.objects.filter(pk__in=list(targets))})
    return found


class _Judge:
    """What kind of error two answers make, by what the programme's forms say of each."""

    def __init__(self, programme: Programme):
        newest = FormVersion.objects.filter(form__programme=programme).order_by("form", "number")
        self._choices = [
            choice for each in {v.form_id: v for v in newest}.values() for choice in main_choices(each.spec)
        ]

    def judged(self, review: Reviewed, decision: Decision) -> tuple[bool, str, str]:
        """Whether it was right, the reviewer's answer, the kind of error."""
        is_right = review.label == decision.label if review.is_right is None else review.is_right
        if is_right:
            return True, review.label or decision.label, ""
        derived = error_class(self._choices, decided=decision.label, audited=review.label) if review.label else ""
        return False, review.label, review.error_class or derived or "wrong_selection"


def plan_of(tool: Tool, options: Mapping[str, Any], *, now: datetime) -> SamplingPlan:
    """The plan that says by which odds the tool's decisions come to a review there."""
    rate = float(options["share"]) if options["design"] == SHARE else 1.0
    suffix = {ALL: _("all"), SHARE: f"{rate:.3%}".rstrip("0").rstrip(".%") + " %", COLUMN: _("odds by row")}[
        options["design"]
    ]
    plan, _is_new = SamplingPlan.objects.get_or_create(
        programme=tool.programme,
        name=_("Reviews in %(tool)s: %(design)s") % {"tool": tool.name, "design": suffix},
        defaults={
            "design": ELSEWHERE, "rate": rate, "salt": 0, "is_blind": False, "covers_imports": True, "started_at": now,
            "drawn_until": now,
        },
    )  # fmt: skip
    return plan


def _audited(
    plan: SamplingPlan,
    known: Known,
    judge: _Judge,
    review: Reviewed,
    decision: Decision,
    options: Mapping[str, Any],
    rows: list[dict[str, Any]],
    *,
    now: datetime,
) -> Verdict:
    at = review.reviewed_at or now
    reviewer = known.workers[review.reviewer]
    odds = review.odds if options["design"] == COLUMN else plan.rate
    assert odds is not None
    draw = Draw.objects.filter(plan=plan, decision=decision).first()
    if draw is None:
        draw = Draw.objects.create(plan=plan, decision=decision, pi=odds, u=0.0, drawn_at=at)
        AuditTask.objects.create(
            draw=draw,
            programme_id=decision.programme_id,
            queue_id=decision.queue_id,
            worker_id=decision.worker_id,
            organisation_id=decision.organisation_id,
            auditor=reviewer,
            taken_at=at,
            closed_at=at,
        )
    draw.decision = decision
    present = Verdict.objects.filter(draw=draw, corrected_by=None).first()
    is_right, label, kind = judge.judged(review, decision)
    made = Verdict.objects.create(
        draw=draw,
        auditor=reviewer,
        label=label,
        is_right=is_right,
        error_class=kind,
        comment=review.comment,
        client_key=f"outside-{uuid7().hex}",
        audited_at=at,
        corrects=present,
    )
    if present is not None:
        present.draw = draw
        rows.append(audit_row(present, sign=-1))
    rows.append(audit_row(made))
    return made


def _outside(
    tool: Tool,
    known: Known,
    judge: _Judge,
    review: Reviewed,
    decision: Decision,
    rows: list[dict[str, Any]],
    *,
    replaces: UUID | None,
    now: datetime,
) -> OutsideReview:
    is_right, label, kind = judge.judged(review, decision)
    old = OutsideReview.objects.filter(pk=replaces, replaced_by=None).select_related("decision", "tool").first()
    made = OutsideReview.objects.create(
        tool=tool,
        decision=decision,
        reviewer=known.workers[review.reviewer],
        label=label,
        is_right=is_right,
        error_class=kind,
        comment=review.comment,
        reviewed_at=review.reviewed_at or now,
        replaces=old,
    )
    if old is not None:
        rows.append(review_row(old, sign=-1))
    rows.append(review_row(made))
    return made
