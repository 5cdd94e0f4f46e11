"""What disputes write to the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evenkeel.ground.log import Fact, fact, source
from evenkeel.ground.log.facts import Column

if TYPE_CHECKING:
    from .models import Dispute, DisputeSettlement

DISPUTES = fact(
    Fact(
        name="disputes",
        why="One row a verdict that was disputed, and one more when the dispute was settled.",
        at="at",
        columns={
            "id": Column(kind="id", why="the dispute"),
            "sign": Column(kind="whole", why="1"),
            "at": Column(kind="moment", why="when it was raised, or settled"),
            "raised_at": Column(kind="moment", why="when it was raised"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="queue; empty for imports", is_dimension=True),
            "organisation_id": Column(kind="id", why="the decider's organisation then", is_dimension=True),
            "site_id": Column(kind="id", why="her site then", is_dimension=True),
            "team_id": Column(kind="id", why="her team then", is_dimension=True),
            "worker_id": Column(kind="id", why="whose decision it is about", is_dimension=True, is_personal=True),
            "auditor_id": Column(kind="id", why="whose finding it is", is_personal=True),
            "verdict_id": Column(kind="id", why="the verdict that was disputed"),
            "item_id": Column(kind="id", why="item"),
            "kind": Column(kind="text", why="person or site: who objects", is_dimension=True),
            "reason": Column(kind="text", why="why it was disputed", is_dimension=True),
            "clause": Column(kind="text", why="the clause that was cited; empty without one", is_dimension=True),
            "error_class": Column(kind="text", why="the kind of error that the verdict had found", is_dimension=True),
            "is_settled": Column(kind="yes_no", why="whether this row is the settlement"),
            "is_overturned": Column(kind="yes_no", why="whether the verdict fell; empty until settled"),
            "outcome": Column(kind="text", why="upheld, amended or overturned; empty until settled", is_dimension=True),
            "settled_reason": Column(kind="text", why="why it was settled so", is_dimension=True),
            "by_time": Column(kind="yes_no", why="whether nobody arbitrated in time; empty until settled"),
            "settled_s": Column(kind="number", why="seconds from raising to settling"),
        },
    )
)


def dispute_row(dispute: Dispute, *, settlement: DisputeSettlement | None = None) -> dict[str, Any]:
    """A dispute as the log has it: as it was raised, or as it was settled. `verdict.draw.decision` and reasons are loaded."""
    verdict = dispute.verdict
    return {
        "id": dispute.id,
        "sign": 1,
        "at": settlement.settled_at if settlement else dispute.raised_at,
        "raised_at": dispute.raised_at,
        "programme_id": dispute.programme_id,
        "queue_id": dispute.queue_id,
        "organisation_id": dispute.organisation_id,
        "site_id": dispute.site_id,
        "team_id": dispute.team_id,
        "worker_id": dispute.worker_id,
        "auditor_id": dispute.auditor_id,
        "verdict_id": verdict.id,
        "item_id": verdict.draw.decision.item_id,
        "kind": dispute.kind,
        "reason": dispute.reason.slug,
        "clause": dispute.clause,
        "error_class": verdict.error_class,
        "is_settled": settlement is not None,
        "is_overturned": settlement.outcome == "overturned" if settlement else None,
        "outcome": settlement.outcome if settlement else None,
        "settled_reason": settlement.reason.slug if settlement else None,
        "by_time": settlement.arbitrator_id is None if settlement else None,
        "settled_s": (settlement.settled_at - dispute.raised_at).total_seconds() if settlement else None,
    }


@source(DISPUTES)
def disputes_that_were_raised() -> Iterator[dict[str, Any]]:
    """Every dispute as it was raised, and once more as it was settled."""
    from .models import Dispute, DisputeSettlement

    found = Dispute.objects.select_related("verdict__draw__decision", "reason").order_by("pk")
    yield from map(dispute_row, found.iterator(chunk_size=2_000))
    settled = DisputeSettlement.objects.select_related("dispute__verdict__draw__decision", "dispute__reason", "reason")
    for each in settled.order_by("pk").iterator(chunk_size=2_000):
        yield dispute_row(each.dispute, settlement=each)
