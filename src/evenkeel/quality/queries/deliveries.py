"""What pages and acts ask about deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from evenkeel.kernel import Switching
from evenkeel.work import Decision

from ..models import AcceptanceScheme, Batch, BatchDraw, Inspection
from ..rules.deliveries import Terms


def terms_of(scheme: AcceptanceScheme) -> Terms:
    """What the agreement says."""
    return Terms(aql=scheme.aql, level=scheme.level, plan_type=scheme.plan_type)


def inspection_of(scheme: AcceptanceScheme) -> Inspection:
    """Where inspection stands now; before the first delivery, one that is not stored."""
    found = Inspection.objects.filter(scheme=scheme).order_by("-id").first()
    return found or Inspection(scheme=scheme, at=scheme.started_at)


def switching_of(state: Inspection) -> Switching:
    """The same, as the kernel has it."""
    return Switching(
        stage=state.stage,  # type: ignore[arg-type]
        since_rejection=state.since_rejection,
        streak=state.streak,
        rejected=state.rejected,
        score=state.score,
    )


def lot_of(batch: Batch) -> QuerySet[Decision]:
    """The decisions of a delivery as it stood when it was handed in: what was corrected later is among them still."""
    found = Decision.objects.filter(
        programme_id=batch.scheme.programme_id,
        organisation_id=batch.scheme.organisation_id,
        decided_at__gte=batch.from_at,
        decided_at__lt=batch.until_at,
        taken_back=None,
        planted=None,
    ).filter(Q(correction=None) | Q(correction__at__gt=batch.handed_in_at))
    return found if batch.queue_id is None else found.filter(queue_id=batch.queue_id)


@dataclass(frozen=True)
class Stage:
    """How far a sample has come: how many are in it, audited, wrong."""

    number: int
    size: int
    audited: int
    wrong: int

    @property
    def is_done(self) -> bool:
        """Whether every decision of it was audited."""
        return self.audited >= self.size


def stages_of(batches: Sequence[Batch]) -> dict[UUID, list[Stage]]:
    """The samples that were drawn of each delivery. A technical error is nobody's: it counts as audited, not as wrong."""
    present = Q(draw__verdicts__isnull=False, draw__verdicts__corrected_by=None)
    wrong = present & Q(draw__verdicts__is_right=False) & ~Q(draw__verdicts__error_class="technical_error")
    rows = (
        BatchDraw.objects.filter(batch__in=batches)
        .values("batch_id", "stage")
        .annotate(
            size=Count("pk", distinct=True),
            audited=Count("pk", filter=present, distinct=True),
            wrong=Count("pk", filter=wrong, distinct=True),
        )
        .order_by("batch_id", "stage")
    )
    found: dict[UUID, list[Stage]] = {}
    for row in rows:
        found.setdefault(row["batch_id"], []).append(Stage(row["stage"], row["size"], row["audited"], row["wrong"]))
    return found
