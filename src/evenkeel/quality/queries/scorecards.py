"""Which scorecard a verdict is scored by, and what its scoring says now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ..models import SamplingPlan, ScorecardUse, ScorecardVersion, Scoring, Verdict


def scorecard_of(plan: SamplingPlan, *, at: datetime) -> ScorecardVersion | None:
    """The version that a plan's verdicts are scored by at a moment: the plan's own scorecard, else its programme's."""
    use = use_of(plan.programme_id, plan, at=at) or use_of(plan.programme_id, None, at=at)
    if use is None or use.scorecard_id is None:
        return None
    return version_at(use.scorecard_id, at=at)


def use_of(programme_id: UUID, plan: SamplingPlan | None, *, at: datetime) -> ScorecardUse | None:
    """What was said last, by a moment, about a plan, or (plan None) about all of a programme."""
    said = ScorecardUse.objects.filter(programme_id=programme_id, plan=plan, from_at__lte=at)
    return said.order_by("-id").first()


def version_at(scorecard_id: UUID, *, at: datetime) -> ScorecardVersion | None:
    """The newest version published by a moment; None before the first."""
    found = ScorecardVersion.objects.filter(scorecard_id=scorecard_id, published_at__lte=at)
    return found.select_related("scorecard").order_by("-number").first()


def scoring_in_force(verdict: Verdict) -> Scoring | None:
    """What a verdict's scorecard says now; None where it was not filled in."""
    return Scoring.objects.filter(verdict=verdict, replaced_by=None).select_related("version__scorecard").first()
