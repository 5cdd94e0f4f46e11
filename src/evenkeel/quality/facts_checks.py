"""What audits of audits, and scorecards, write to the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evenkeel.ground.log import Fact, fact, source
from evenkeel.ground.log.facts import Column

from .rules.checks import stands_for

if TYPE_CHECKING:
    from .models import AuditCheck, CheckAnswer, Scoring

AUDITOR_CHECKS = fact(
    Fact(
        name="auditor_checks",
        why="One row an audit that an expert settled, after a second auditor had judged blind. The place is the first "
        "auditor's. Written once, when it is settled.",
        at="audited_at",
        columns={
            "id": Column(kind="id", why="the second audit"),
            "sign": Column(kind="whole", why="1; -1 when it was taken back"),
            "audited_at": Column(kind="moment", why="when the first audit was done"),
            "settled_at": Column(kind="moment", why="when the expert settled it"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="queue", is_dimension=True),
            "organisation_id": Column(kind="id", why="the auditor's organisation", is_dimension=True),
            "site_id": Column(kind="id", why="the auditor's site", is_dimension=True),
            "team_id": Column(kind="id", why="the auditor's team", is_dimension=True),
            "worker_id": Column(kind="id", why="the auditor", is_dimension=True, is_personal=True),
            "second_id": Column(kind="id", why="who audited second", is_personal=True),
            "expert_id": Column(kind="id", why="who settled it", is_personal=True),
            "decision_id": Column(kind="id", why="the decision"),
            "pi": Column(
                kind="number", why="the odds of becoming a settled case: of the draw, the second audit and the expert"
            ),
            "agreed": Column(kind="yes_no", why="whether the two auditors gave the same answer"),
            "is_right": Column(kind="yes_no", why="whether the expert gave the first auditor's answer"),
            "second_is_right": Column(kind="yes_no", why="whether the expert gave the second auditor's answer"),
            "said_right": Column(kind="yes_no", why="whether the audit had found the decision right"),
            "truly_right": Column(kind="yes_no", why="whether the expert found the decision right"),
        },
    )
)


def check_row(check: AuditCheck, second: CheckAnswer, expert: CheckAnswer) -> dict[str, Any]:
    """A settled case as the log has it; `check.draw.decision`, `check.verdict` and `check.first` must be loaded."""
    first, auditor, draw = check.verdict, check.first, check.draw
    return {
        "id": check.id,
        "sign": 1,
        "audited_at": first.audited_at,
        "settled_at": expert.given_at,
        "programme_id": check.programme_id,
        "queue_id": check.queue_id,
        "organisation_id": auditor.organisation_id,
        "site_id": auditor.site_id,
        "team_id": auditor.team_id,
        "worker_id": check.first_id,
        "second_id": second.by_id,
        "expert_id": expert.by_id,
        "decision_id": draw.decision_id,
        "pi": stands_for(draw_pi=draw.pi, plans=draw.plans, check_pi=check.pi, settle_pi=check.settle_pi or 1.0),
        "agreed": (first.label, first.is_right) == (second.label, second.is_right),
        "is_right": (first.label, first.is_right) == (expert.label, expert.is_right),
        "second_is_right": (second.label, second.is_right) == (expert.label, expert.is_right),
        "said_right": first.is_right,
        "truly_right": expert.is_right,
    }


def scoring_columns(scoring: Scoring | None) -> dict[str, Any]:
    """What a scorecard adds to its verdict's row; empty without one."""
    if scoring is None:
        names = ("scorecard_version_id", "score", "score_parts", "is_zeroed", "found_severity", "cause")
        return dict.fromkeys(names)
    return {
        "scorecard_version_id": scoring.version_id,
        "score": scoring.score,
        "score_parts": json.dumps(scoring.parts, sort_keys=True),
        "is_zeroed": scoring.is_zeroed,
        "found_severity": scoring.severity,
        "cause": scoring.cause or None,
    }


@source(AUDITOR_CHECKS)
def settled_cases() -> Iterator[dict[str, Any]]:
    """Every case that an expert settled."""
    from .models import AuditCheck

    settled = AuditCheck.objects.filter(answers__stage=AuditCheck.EXPERT).order_by("pk")
    with_rest = settled.select_related("draw", "verdict", "first").prefetch_related("answers")
    for check in with_rest.iterator(chunk_size=2_000):
        given = {answer.stage: answer for answer in check.answers.all()}
        yield check_row(check, given[AuditCheck.SECOND], given[AuditCheck.EXPERT])
