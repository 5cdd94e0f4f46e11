"""What this room writes to the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from evenkeel.ground.log import Fact, fact, source
from evenkeel.ground.log.facts import Column
from evenkeel.work import cited_clause

from .facts_checks import AUDITOR_CHECKS as AUDITOR_CHECKS
from .facts_checks import scoring_columns
from .rules import is_critical, violates_by_audit

if TYPE_CHECKING:
    from .models import BatchVerdict, ExpertAnswer, OutsideReview, Scoring, Verdict

AUDITS = fact(
    Fact(
        name="audits",
        why="One row a verdict on a drawn decision, with its odds. A corrected verdict appends the old row with sign -1.",
        at="audited_at",
        columns={
            "id": Column(kind="id", why="the verdict"),
            "sign": Column(kind="whole", why="1; -1 when it was replaced or its decision taken back"),
            "audited_at": Column(kind="moment", why="when it was audited"),
            "decided_at": Column(kind="moment", why="when the decision was made: quality belongs to that day"),
            "draw_id": Column(kind="id", why="the draw"),
            "plan_id": Column(kind="id", why="the sampling plan", is_dimension=True),
            "pi": Column(kind="number", why="the odds with which the decision was drawn"),
            "plans": Column(
                kind="whole",
                why="how many plans might have drawn it, which share its weight; empty: 1; 0: a delivery's sample",
            ),
            "decision_id": Column(kind="id", why="the decision"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="queue", is_dimension=True),
            "item_id": Column(kind="id", why="item"),
            "worker_id": Column(kind="id", why="who decided", is_dimension=True, is_personal=True),
            "organisation_id": Column(kind="id", why="her organisation then", is_dimension=True),
            "site_id": Column(kind="id", why="her site then", is_dimension=True),
            "team_id": Column(kind="id", why="her team then", is_dimension=True),
            "policy_version_id": Column(kind="id", why="the policy's version then", is_dimension=True),
            "auditor_id": Column(kind="id", why="who audited", is_personal=True),
            "decided_label": Column(kind="text", why="the first answer", is_dimension=True),
            "audited_label": Column(kind="text", why="the auditor's answer", is_dimension=True),
            "is_right": Column(kind="yes_no", why="whether the decision was right"),
            "error_class": Column(kind="text", why="kind of error; empty when right", is_dimension=True),
            "decided_violates": Column(kind="yes_no", why="whether the first answer says that it breaks the policy"),
            "audited_violates": Column(kind="yes_no", why="whether the auditor's does; empty after a technical error"),
            "is_critical": Column(kind="yes_no", why="wrong in kind, on content of severity 3 or more"),
            "language": Column(kind="text", why="the item's language", is_dimension=True),
            "market": Column(kind="text", why="the item's market", is_dimension=True),
            "item_kind": Column(kind="text", why="text, image, video ...", is_dimension=True),
            "source": Column(kind="text", why="how it was found: proactive, reported ...", is_dimension=True),
            "severity": Column(kind="whole", why="the queue's severity then", is_dimension=True),
            "tenure_days": Column(kind="whole", why="days since the decider's first day, then"),
            # What the scorecard adds, once it is filled in; empty before, and where none is used.
            "scorecard_version_id": Column(kind="id", why="the scorecard's version", is_dimension=True),
            "score": Column(kind="number", why="what the scorecard came to, 0 to 1; empty when no point applied"),
            "score_parts": Column(kind="text", why="each section's score, as JSON"),
            "is_zeroed": Column(kind="yes_no", why="whether a critical point was missed, which makes the score 0"),
            "found_severity": Column(
                kind="whole", why="how grave the auditor found the error, 1 to 5", is_dimension=True
            ),
            "cause": Column(kind="text", why="why it came about, by the auditor", is_dimension=True),
            "clause": Column(
                kind="text", why="the clause that the first answer cites; empty without", is_dimension=True
            ),
            "audited_clause": Column(
                kind="text", why="the clause that the auditor cites; empty without", is_dimension=True
            ),
            "by_dispute": Column(
                kind="yes_no", why="whether an arbitrator gave it, who judged because somebody objected"
            ),
            "counts_for_policy": Column(
                kind="yes_no", why="whether experts did not agree on its clause then: no figure of a person holds it"
            ),
        },
    )
)

EXPERT_ANSWERS = fact(
    Fact(
        name="expert_answers",
        why="One row an expert's answer about an item. A replaced answer appends the old row with sign -1.",
        at="said_at",
        columns={
            "id": Column(kind="id", why="the answer"),
            "sign": Column(kind="whole", why="1; -1 when it was replaced"),
            "said_at": Column(kind="moment", why="when"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "item_id": Column(kind="id", why="item"),
            "label": Column(kind="text", why="the answer", is_dimension=True),
        },
    )
)

DELIVERIES = fact(
    Fact(
        name="deliveries",
        why="One row a verdict on a vendor's delivery.",
        at="given_at",
        columns={
            "id": Column(kind="id", why="the verdict"),
            "given_at": Column(kind="moment", why="when it was given"),
            "handed_in_at": Column(kind="moment", why="when the delivery was handed in"),
            "batch_id": Column(kind="id", why="the delivery"),
            "scheme_id": Column(kind="id", why="the agreement it was judged by", is_dimension=True),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="queue; empty for all of the programme", is_dimension=True),
            "organisation_id": Column(kind="id", why="the vendor", is_dimension=True),
            "aql": Column(kind="number", why="acceptable share of errors, in percent"),
            "inspection": Column(kind="text", why="normal, tightened or reduced", is_dimension=True),
            "lot": Column(kind="whole", why="decisions in the delivery"),
            "seen": Column(kind="whole", why="of them looked at"),
            "wrong": Column(kind="whole", why="of them found wrong"),
            "is_accepted": Column(kind="yes_no", why="whether it was accepted"),
            "is_resubmitted": Column(kind="yes_no", why="whether it had been rejected before"),
        },
    )
)


def delivery_row(verdict: BatchVerdict) -> dict[str, Any]:
    """A verdict on a delivery as the log has it; `verdict.batch.scheme` must be loaded."""
    batch, scheme = verdict.batch, verdict.batch.scheme
    return {
        "id": verdict.id,
        "given_at": verdict.given_at,
        "handed_in_at": batch.handed_in_at,
        "batch_id": batch.id,
        "scheme_id": scheme.id,
        "programme_id": scheme.programme_id,
        "queue_id": batch.queue_id,
        "organisation_id": scheme.organisation_id,
        "aql": scheme.aql,
        "inspection": batch.inspection,
        "lot": batch.lot,
        "seen": verdict.seen,
        "wrong": verdict.wrong,
        "is_accepted": verdict.is_accepted,
        "is_resubmitted": batch.resubmits_id is not None,
    }


REVIEWS = fact(
    Fact(
        name="reviews",
        why="One row a review made elsewhere of a decision that came to it nobody knows how. It tells of the reviewed "
        "decisions only and is no part of accuracy. A replaced one appends the old row with sign -1.",
        at="reviewed_at",
        columns={
            "id": Column(kind="id", why="the review"),
            "sign": Column(kind="whole", why="1; -1 when it was replaced"),
            "reviewed_at": Column(kind="moment", why="when it was reviewed"),
            "decided_at": Column(kind="moment", why="when the decision was made"),
            "decision_id": Column(kind="id", why="the decision"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="queue", is_dimension=True),
            "item_id": Column(kind="id", why="item"),
            "worker_id": Column(kind="id", why="who decided", is_dimension=True, is_personal=True),
            "organisation_id": Column(kind="id", why="her organisation then", is_dimension=True),
            "site_id": Column(kind="id", why="her site then", is_dimension=True),
            "team_id": Column(kind="id", why="her team then", is_dimension=True),
            "policy_version_id": Column(kind="id", why="the policy's version then", is_dimension=True),
            "reviewer_id": Column(kind="id", why="who reviewed", is_personal=True),
            "tool": Column(kind="text", why="the other tool", is_dimension=True),
            "decided_label": Column(kind="text", why="the first answer", is_dimension=True),
            "reviewed_label": Column(kind="text", why="the reviewer's answer; empty when not told", is_dimension=True),
            "is_right": Column(kind="yes_no", why="whether the decision was right"),
            "error_class": Column(kind="text", why="kind of error; empty when right", is_dimension=True),
        },
    )
)


def audit_row(verdict: Verdict, *, sign: int = 1, scoring: Scoring | None = None) -> dict[str, Any]:
    """A verdict as the log has it; `verdict.draw.decision` must be loaded. `scoring`: what its scorecard says by now.

    A row that is taken out (sign -1) looks its scoring up by itself: whoever replaces a verdict need not know of it.
    """
    draw, decision = verdict.draw, verdict.draw.decision
    if sign < 0 and scoring is None:
        scoring = verdict.scorings.filter(replaced_by=None).first()
    return {
        "id": verdict.id,
        "sign": sign,
        "audited_at": verdict.audited_at,
        "decided_at": decision.decided_at,
        "draw_id": draw.id,
        "plan_id": draw.plan_id,
        "pi": draw.pi,
        "plans": draw.plans,
        "decision_id": decision.id,
        "programme_id": decision.programme_id,
        "queue_id": decision.queue_id,
        "item_id": decision.item_id,
        "worker_id": decision.worker_id,
        "organisation_id": decision.organisation_id,
        "site_id": decision.site_id,
        "team_id": decision.team_id,
        "policy_version_id": decision.policy_version_id,
        "auditor_id": verdict.auditor_id,
        "decided_label": decision.label,
        "audited_label": verdict.label,
        "is_right": verdict.is_right,
        "error_class": verdict.error_class,
        "decided_violates": decision.violates,
        "audited_violates": violates_by_audit(decision.violates, verdict.error_class),
        "is_critical": is_critical(verdict.error_class, decision.severity),
        "language": decision.language,
        "market": decision.market,
        "item_kind": decision.item_kind,
        "source": decision.source,
        "severity": decision.severity,
        "tenure_days": decision.tenure_days,
        **scoring_columns(scoring),
        "clause": cited_clause(decision.answer),
        "audited_clause": cited_clause(verdict.answer),
        "by_dispute": verdict.is_by_dispute,
        "counts_for_policy": verdict.counts_for_policy,
    }


def expert_row(answer: ExpertAnswer, *, sign: int = 1, said_at: datetime | None = None) -> dict[str, Any]:
    """An expert's answer as the log has it."""
    return {
        "id": answer.id,
        "sign": sign,
        "said_at": said_at or answer.said_at,
        "programme_id": answer.programme_id,
        "item_id": answer.item_id,
        "label": answer.label,
    }


def review_row(review: OutsideReview, *, sign: int = 1) -> dict[str, Any]:
    """A review made elsewhere as the log has it; `review.decision` and `review.tool` must be loaded."""
    decision = review.decision
    return {
        "id": review.id,
        "sign": sign,
        "reviewed_at": review.reviewed_at,
        "decided_at": decision.decided_at,
        "decision_id": decision.id,
        "programme_id": decision.programme_id,
        "queue_id": decision.queue_id,
        "item_id": decision.item_id,
        "worker_id": decision.worker_id,
        "organisation_id": decision.organisation_id,
        "site_id": decision.site_id,
        "team_id": decision.team_id,
        "policy_version_id": decision.policy_version_id,
        "reviewer_id": review.reviewer_id,
        "tool": review.tool.name,
        "decided_label": decision.label,
        "reviewed_label": review.label or None,
        "is_right": review.is_right,
        "error_class": review.error_class,
    }


@source(AUDITS)
def verdicts_that_stand() -> Iterator[dict[str, Any]]:
    """Every verdict that none corrects."""
    from django.db.models import Prefetch

    from .models import Scoring, Verdict

    standing = Verdict.objects.filter(corrected_by=None).select_related("draw__decision").order_by("pk")
    present = Prefetch("scorings", Scoring.objects.filter(replaced_by=None), to_attr="present_scorings")
    for verdict in standing.prefetch_related(present).iterator(chunk_size=5_000):
        found: list[Scoring] = verdict.present_scorings
        yield audit_row(verdict, scoring=found[0] if found else None)


@source(EXPERT_ANSWERS)
def answers_that_stand() -> Iterator[dict[str, Any]]:
    """Every expert's answer that none replaces."""
    from .models import ExpertAnswer

    yield from map(expert_row, ExpertAnswer.objects.filter(replaced_by=None).order_by("pk").iterator(chunk_size=5_000))


@source(REVIEWS)
def reviews_that_stand() -> Iterator[dict[str, Any]]:
    """Every review made elsewhere that none replaces."""
    from .models import OutsideReview

    standing = OutsideReview.objects.filter(replaced_by=None).select_related("decision", "tool").order_by("pk")
    yield from map(review_row, standing.iterator(chunk_size=5_000))


@source(DELIVERIES)
def deliveries_that_were_judged() -> Iterator[dict[str, Any]]:
    """Every verdict on a delivery."""
    from .models import BatchVerdict

    yield from map(delivery_row, BatchVerdict.objects.select_related("batch__scheme").order_by("pk").iterator(2_000))
