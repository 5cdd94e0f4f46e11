"""Sampling plans."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.work import Programme, Queue

from .. import scopes
from ..acts.plans import end_plan, start_plan
from ..drawing import replay_plan
from ..models import SamplingPlan
from ..queries import Coverage, coverage_of_plans

router = Router()


class PlanIn(Schema):
    programme_id: UUID
    queue_id: UUID | None = None
    name: str
    rate: float = Field(description="share of decisions to audit, above 0 and at most 1")
    covers_imports: bool = False


class PlanOut(Schema):
    id: UUID
    programme_id: UUID
    queue_id: UUID | None
    name: str
    rate: float
    salt: int
    covers_imports: bool
    started_at: datetime
    ended_at: datetime | None
    drawn: int
    audited: int
    waiting: int

    @classmethod
    def of(cls, plan: SamplingPlan, coverage: Coverage) -> PlanOut:
        names = ("id", "programme_id", "queue_id", "name", "rate", "salt", "covers_imports", "started_at", "ended_at")
        said: dict[str, Any] = {name: getattr(plan, name) for name in names}
        return cls(**said, drawn=coverage.drawn, audited=coverage.audited, waiting=coverage.waiting)


class ReplayOut(Schema):
    decisions: int
    draws: int
    is_true: bool
    mismatches: list[dict[str, str]] = Field(description="decision_id and kind: missing, extra or odds; the first 100")


@router.get("/plans", response=list[PlanOut], operation_id="list_sampling_plans")
def list_plans(request: PageRequest, programme_id: UUID | None = None) -> list[PlanOut]:
    """Sampling plans, with counts of the draws that you may see."""
    plans = visible(request.actor, scopes.PLAN_VIEW, SamplingPlan.objects.all())
    found = list(plans.filter(programme=programme_id) if programme_id else plans)
    coverage = coverage_of_plans(request.actor, found, now=request.now)
    return [PlanOut.of(plan, coverage.get(plan.pk, Coverage())) for plan in found]


@router.post("/plans", response=PlanOut, operation_id="start_sampling_plan")
def post_plan(request: PageRequest, said: PlanIn) -> PlanOut:
    """Audit a share of the decisions made from now on."""
    programme = load(request.actor, scopes.PLAN_EDIT, Programme.objects.all(), said.programme_id)
    queue = load(request.actor, scopes.PLAN_EDIT, Queue.objects.all(), said.queue_id) if said.queue_id else None
    made = start_plan(
        request.actor,
        programme=programme,
        queue=queue,
        name=said.name,
        rate=said.rate,
        covers_imports=said.covers_imports,
        now=request.now,
    )
    return PlanOut.of(made, Coverage())


@router.post("/plans/{uuid:plan_id}/end", response=PlanOut, operation_id="end_sampling_plan")
def post_end(request: PageRequest, plan_id: UUID) -> PlanOut:
    """Draw no decision made from now on."""
    plan = load(request.actor, scopes.PLAN_EDIT, SamplingPlan.objects.all(), plan_id)
    ended = end_plan(request.actor, plan=plan, now=request.now)
    coverage = coverage_of_plans(request.actor, [ended], now=request.now)
    return PlanOut.of(ended, coverage.get(ended.pk, Coverage()))


@router.get("/plans/{uuid:plan_id}/replay", response=ReplayOut, operation_id="replay_sampling_plan")
def get_replay(request: PageRequest, plan_id: UUID) -> ReplayOut:
    """Draw everything again from the salt and the odds, and compare."""
    found = replay_plan(load(request.actor, scopes.PLAN_VIEW, SamplingPlan.objects.all(), plan_id))
    told = [{"decision_id": str(each.decision_id), "kind": each.kind} for each in found.mismatches[:100]]
    return ReplayOut(decisions=found.decisions, draws=found.draws, is_true=found.is_true, mismatches=told)
