"""Reviews made elsewhere: audits where their odds are known, else kept apart from what stands for all decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.ids import uuid7
from evenkeel.work import Decision, FormVersion, Programme

from ..facts import AUDITS, REVIEWS, audit_row, review_row
from ..forms import main_choices
from ..models import AuditTask, Draw, OutsideReview, OutsideRow, SamplingPlan, Tool, UnclearClause, Verdict
from ..policy_side import counts_for_policy, flags_of
from ..rules import error_class
from .drafts import Reviewed
from .fields import ALL, COLUMN, SHARE, UNKNOWN
from .known import Known

_BATCH, _PORTION = 500, 500
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
    """Write reviews that are new or changed; their ids by key. A later audit of a decision takes an earlier one's place."""
    if not reviews:
        return {}
    known.look_up(review.reviewer for review in reviews)
    decisions = reviewed_decisions(tool, [review.decision for review in reviews])
    writing = _Writing(tool, known, decisions, spec["options"], now)
    found: dict[str, UUID] = {}
    for part in apart(reviews):
        if spec["options"]["design"] == UNKNOWN:
            found |= writing.keep_apart(part, before)
        else:
            found |= writing.audit(part)
    return found


def apart(reviews: Sequence[Reviewed]) -> Iterator[list[Reviewed]]:
    """The reviews in their order, in parts in which no decision is reviewed twice."""
    part: list[Reviewed] = []
    seen: set[str] = set()
    for review in reviews:
        if review.decision in seen or len(part) == _PORTION:
            yield part
            part, seen = [], set()
        part.append(review)
        seen.add(review.decision)
    yield part


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


class _Writing:
    """Writes portions of reviews; within one, each is of another decision."""

    def __init__(
        self, tool: Tool, known: Known, decisions: Mapping[str, Decision], options: Mapping[str, Any], now: datetime
    ):
        self.tool, self.known, self.decisions, self.options, self.now = tool, known, decisions, options, now
        self._judge = _Judge(tool.programme)

    def audit(self, reviews: Sequence[Reviewed]) -> dict[str, UUID]:
        """Reviews whose odds are known: draws, closed audits, and verdicts that replace what stood."""
        plan = plan_of(self.tool, self.options, now=self.now)
        decided = [self.decisions[review.decision] for review in reviews]
        draws = {
            draw.decision_id: draw
            for draw in Draw.objects.filter(plan=plan, decision__in=[each.pk for each in decided])
        }
        fresh = [
            Draw(plan=plan, decision=each, pi=self._odds(plan, review), u=0.0, drawn_at=self._at(review))
            for review, each in zip(reviews, decided, strict=True)
            if each.pk not in draws
        ]
        Draw.objects.bulk_create(fresh)
        draws |= {draw.decision_id: draw for draw in fresh}
        present = {
            each.draw_id: each for each in Verdict.objects.filter(draw__in=list(draws.values()), corrected_by=None)
        }
        made, flags = [], flags_of(decided)
        for review, decision in zip(reviews, decided, strict=True):
            draw = draws[decision.pk]
            draw.decision = decision
            made.append(self._verdict(review, decision, draw, present.get(draw.pk), flags))
        is_fresh = {draw.pk for draw in fresh}
        AuditTask.objects.bulk_create(_closed(verdict) for verdict in made if verdict.draw_id in is_fresh)
        Verdict.objects.bulk_create(made)
        by_id = {draw.pk: draw for draw in draws.values()}
        for old in present.values():
            old.draw = by_id[old.draw_id]
        log.append(AUDITS, [audit_row(old, sign=-1) for old in present.values()] + [audit_row(each) for each in made])
        return {review.key: each.pk for review, each in zip(reviews, made, strict=True)}

    def _verdict(
        self,
        review: Reviewed,
        decision: Decision,
        draw: Draw,
        corrects: Verdict | None,
        flags: Sequence[UnclearClause],
    ) -> Verdict:
        is_right, label, kind = self._judge.judged(review, decision)
        return Verdict(
            draw=draw,
            auditor=self.known.workers[review.reviewer],
            label=label,
            is_right=is_right,
            error_class=kind,
            comment=review.comment,
            client_key=f"outside-{uuid7().hex}",
            audited_at=self._at(review),
            corrects=corrects,
            counts_for_policy=counts_for_policy(decision, label=label, answer={}, flags=flags),
        )

    def keep_apart(self, reviews: Sequence[Reviewed], before: Mapping[tuple[str, str], OutsideRow]) -> dict[str, UUID]:
        """Reviews of which nobody knows the odds; a changed one replaces its earlier self."""
        targets = {
            review.key: before["review", review.key].target_id for review in reviews if ("review", review.key) in before
        }
        rows = OutsideReview.objects.filter(pk__in=list(targets.values()), replaced_by=None)
        stood = {each.pk: each for each in rows.select_related("decision", "tool")}
        made = []
        for review in reviews:
            decision = self.decisions[review.decision]
            is_right, label, kind = self._judge.judged(review, decision)
            made.append(
                OutsideReview(
                    tool=self.tool,
                    decision=decision,
                    reviewer=self.known.workers[review.reviewer],
                    label=label,
                    is_right=is_right,
                    error_class=kind,
                    comment=review.comment,
                    reviewed_at=self._at(review),
                    replaces=stood.get(targets.get(review.key, self.tool.pk)),
                )
            )
        OutsideReview.objects.bulk_create(made)
        log.append(REVIEWS, [review_row(old, sign=-1) for old in stood.values()] + [review_row(each) for each in made])
        return {review.key: each.pk for review, each in zip(reviews, made, strict=True)}

    def _at(self, review: Reviewed) -> datetime:
        return review.reviewed_at or self.now

    def _odds(self, plan: SamplingPlan, review: Reviewed) -> float:
        return plan.rate if review.odds is None else review.odds


def _closed(verdict: Verdict) -> AuditTask:
    """The audit of a review that was done elsewhere."""
    decision = verdict.draw.decision
    return AuditTask(
        draw=verdict.draw,
        programme_id=decision.programme_id,
        queue_id=decision.queue_id,
        worker_id=decision.worker_id,
        organisation_id=decision.organisation_id,
        auditor_id=verdict.auditor_id,
        taken_at=verdict.audited_at,
        closed_at=verdict.audited_at,
    )
