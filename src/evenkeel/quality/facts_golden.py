"""What this room writes to the log about golden items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evenkeel.ground.log import Fact, fact, source
from evenkeel.ground.log.facts import Column

if TYPE_CHECKING:
    from .models import GoldAnswer

GOLDS = fact(
    Fact(
        name="golds",
        why="One row an answer to an item whose right answer was known beforehand, once it can no longer be taken back.",
        at="decided_at",
        columns={
            "id": Column(kind="id", why="the answer"),
            "sign": Column(kind="whole", why="1; -1 when it was taken back"),
            "decided_at": Column(kind="moment", why="when it was answered"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="queue", is_dimension=True),
            "organisation_id": Column(kind="id", why="her organisation then", is_dimension=True),
            "site_id": Column(kind="id", why="her site then", is_dimension=True),
            "team_id": Column(kind="id", why="her team then", is_dimension=True),
            "worker_id": Column(kind="id", why="whose it is", is_dimension=True, is_personal=True),
            "gold_id": Column(kind="id", why="the golden item"),
            "decision_id": Column(kind="id", why="the decision"),
            "policy_version_id": Column(kind="id", why="the version its right answer followed then", is_dimension=True),
            "label": Column(kind="text", why="the answer given", is_dimension=True),
            "truth": Column(kind="text", why="the right answer then", is_dimension=True),
            "language": Column(kind="text", why="language of the item", is_dimension=True),
            "difficulty": Column(kind="whole", why="1 easy, 2 medium, 3 hard", is_dimension=True),
            "is_exam": Column(kind="yes_no", why="whether it was answered in an exam", is_dimension=True),
            "is_right": Column(kind="yes_no", why="whether it is the known answer"),
            "counts_for_policy": Column(
                kind="yes_no", why="whether experts disagreed on its clause then, so that it counts against nobody"
            ),
            "error_class": Column(kind="text", why="kind of error; empty when right", is_dimension=True),
            "active_ms": Column(kind="whole", why="active time on the item"),
            "tenure_days": Column(kind="whole", why="days since her first day, then"),
        },
    )
)


def gold_row(answer: GoldAnswer, *, sign: int = 1) -> dict[str, Any]:
    """An answer to a golden item as the log has it; `answer.decision` and `answer.gold` must be loaded."""
    decision = answer.decision
    return {
        "id": answer.id,
        "sign": sign,
        "decided_at": decision.decided_at,
        "programme_id": decision.programme_id,
        "queue_id": decision.queue_id,
        "organisation_id": decision.organisation_id,
        "site_id": decision.site_id,
        "team_id": decision.team_id,
        "worker_id": decision.worker_id,
        "gold_id": answer.gold_id,
        "decision_id": decision.id,
        "policy_version_id": answer.policy_version_id,
        "label": decision.label,
        "truth": answer.truth,
        "language": decision.language,
        "difficulty": answer.difficulty,
        "is_exam": answer.gold.is_for_exams,
        "is_right": answer.is_right,
        "counts_for_policy": answer.counts_for_policy,
        "error_class": answer.error_class,
        "active_ms": decision.active_ms,
        "tenure_days": decision.tenure_days,
    }


@source(GOLDS)
def gold_answers() -> Iterator[dict[str, Any]]:
    """Every recorded answer to a golden item."""
    from .models import GoldAnswer

    rows = GoldAnswer.objects.select_related("decision", "gold").order_by("pk")
    yield from map(gold_row, rows.iterator(chunk_size=5_000))
