"""Sampling plans: their versions, a preview before they start, a replay after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest
from evenkeel.work import Programme, Queue

from .. import scopes
from ..acts.ours import insist_on_ours
from ..acts.plans import change_plan, end_plan, present_version, start_plan
from ..drawing import book_of, replay_plan
from ..models import SamplingPlan
from ..queries import Coverage, coverage_of_plans, plan_outlook
from ..rules.layers import design_faults, layers
from ..rules.outlook import Part

router = Router()
_LAYERS = "what raises odds: objects with `kind` and its settings, as `list_sampling_layers` tells"


class DesignIn(Schema):
    rate: float = Field(description="share of decisions to audit, above 0 and at most 1; everybody's odds at least")
    layers: list[dict[str, Any]] = Field([], description=_LAYERS)
    audits_a_day: float | None = Field(None, description="layers are thinned so that about so many are drawn")


class PlanIn(DesignIn):
    programme_id: UUID
    queue_id: UUID | None = None
    name: str
    covers_imports: bool = False
    keeps_teams_apart: bool = False
    most_a_person: int | None = Field(None, description="audits of one person by one auditor in seven days")
    most_a_day: int | None = Field(None, description="audits an auditor a day")
    spreads_evenly: bool = Field(False, description="the last audits are left to whoever on duty audited less today")


class ChangeIn(DesignIn):
    keeps_teams_apart: bool = False
    most_a_person: int | None = None
    most_a_day: int | None = None
    spreads_evenly: bool = False
    why: str = ""


class PlanOut(Schema):
    id: UUID
    programme_id: UUID
    queue_id: UUID | None
    name: str
    rate: float
    layers: list[dict[str, Any]]
    audits_a_day: float | None
    version: int
    salt: int | None = Field(description="for our own people alone: with it anybody knows what will be drawn")
    covers_imports: bool
    keeps_teams_apart: bool
    most_a_person: int | None
    most_a_day: int | None
    spreads_evenly: bool
    started_at: datetime
    ended_at: datetime | None
    drawn: int
    audited: int
    waiting: int

    @classmethod
    def of(cls, plan: SamplingPlan, coverage: Coverage, *, is_outside: bool = False) -> PlanOut:
        names = ("id", "programme_id", "queue_id", "name", "rate", "salt", "covers_imports", "keeps_teams_apart",
                 "most_a_person", "most_a_day", "spreads_evenly", "started_at", "ended_at")  # fmt: skip
        said: dict[str, Any] = {name: getattr(plan, name) for name in names}
        present = _present(plan)
        said |= {"layers": present.design.get("layers", []), "audits_a_day": present.design.get("audits_a_day")}
        if is_outside:
            said |= {"salt": None, "layers": []}
        counts: dict[str, Any] = {"drawn": coverage.drawn, "audited": coverage.audited, "waiting": coverage.waiting}
        return cls(**said, **counts, version=present.number)


def _present(plan: SamplingPlan) -> Any:
    versions = getattr(plan, "_prefetched_objects_cache", {}).get("versions")
    return max(versions, key=lambda each: each.number) if versions else present_version(plan)


class PartOut(Schema):
    scope: str
    key: str
    name: str
    decisions: float
    audits: float
    accuracy: dict[str, Any] = Field(description="an estimate, as it would be known after 28 days")

    @classmethod
    def of(cls, part: Part, names: Mapping[str, str]) -> PartOut:
        return cls(
            scope=part.scope,
            key=part.key,
            name=names.get(part.key, part.key),
            decisions=part.decisions,
            audits=part.audits,
            accuracy=part.accuracy.to_dict(),
        )


class PreviewIn(DesignIn):
    programme_id: UUID
    queue_id: UUID | None = None
    covers_imports: bool = False
    cents_an_hour: float | None = Field(None, ge=0)


class PreviewOut(Schema):
    decisions_a_day: float
    audits_a_day: float
    hours_a_day: float
    cents_a_day: float | None
    seconds_an_audit: float
    share: float = Field(description="below 1: what layers give of what they would, to keep within the limit")
    over_limit: float
    people: int
    people_unseen: float = Field(description="of them to expect without an audit in 28 days")
    by_layer: dict[str, float] = Field(description="audits a day by the layer with the highest odds")
    parts: list[PartOut]


class LayerOut(Schema):
    kind: str
    title: str
    why: str
    settings: list[dict[str, Any]]


class ReplayOut(Schema):
    decisions: int
    draws: int
    is_true: bool
    mismatches: list[dict[str, str]] = Field(
        description="decision_id and kind: missing, extra, odds or design; the first 100"
    )


class StoredDesignOut(Schema):
    plan_id: UUID
    salt: int
    versions: list[dict[str, Any]]
    days: list[dict[str, Any]] = Field(description="of layered versions: the odds of each day, as they were worked out")


@router.get("/plans", response=list[PlanOut], operation_id="list_sampling_plans")
def list_plans(request: PageRequest, programme_id: UUID | None = None) -> list[PlanOut]:
    """Sampling plans, with counts of the draws that you may see."""
    plans = visible(request.actor, scopes.PLAN_VIEW, SamplingPlan.objects.filter(design=SamplingPlan.POISSON))
    plans = plans.prefetch_related("versions")
    found = list(plans.filter(programme=programme_id) if programme_id else plans)
    coverage = coverage_of_plans(request.actor, found, now=request.now)
    is_outside = request.actor.is_outside
    return [PlanOut.of(plan, coverage.get(plan.pk, Coverage()), is_outside=is_outside) for plan in found]


@router.get("/plans/layers", response=list[LayerOut], operation_id="list_sampling_layers")
def list_layers(request: PageRequest) -> list[LayerOut]:
    """What layers a plan may have, and their settings."""
    require(request.actor, scopes.PLAN_VIEW)
    return [
        LayerOut(
            kind=kind.slug,
            title=str(kind.title),
            why=str(kind.why),
            settings=[
                {"name": each.name, "kind": each.kind, "title": str(each.title), "default": each.default}
                | ({"choices": [key for key, _title in each.choices]} if each.choices else {})
                for each in kind.parameters
            ],
        )
        for kind in layers
    ]


@router.post("/plans", response=PlanOut, operation_id="start_sampling_plan")
def post_plan(request: PageRequest, said: PlanIn) -> PlanOut:
    """Audit a share of the decisions made from now on."""
    programme, queue = _place(request, said.programme_id, said.queue_id)
    settings = said.dict(exclude={"programme_id", "queue_id"})
    made = start_plan(request.actor, programme=programme, queue=queue, now=request.now, **settings)
    return PlanOut.of(made, Coverage())


@router.post("/plans/preview", response=PreviewOut, operation_id="preview_sampling_plan")
def post_preview(request: PageRequest, said: PreviewIn) -> PreviewOut:
    """What a plan would cost and tell if the last 28 days came again. Nothing is drawn or kept."""
    insist_on_ours(request.actor)
    programme, queue = _place(request, said.programme_id, said.queue_id)
    design: dict[str, Any] = {"rate": said.rate, "layers": said.layers}
    if said.audits_a_day is not None:
        design["audits_a_day"] = said.audits_a_day
    if faults := design_faults(design):
        raise Invalid(_("The plan cannot be like this."), fields=faults)
    found = plan_outlook(
        programme,
        queue=queue,
        design=design,
        covers_imports=said.covers_imports,
        cents_an_hour=said.cents_an_hour,
        now=request.now,
    )
    told = found.outlook
    names = ("decisions_a_day", "audits_a_day", "hours_a_day", "cents_a_day", "seconds_an_audit", "share", "over_limit",
             "people", "people_unseen")  # fmt: skip
    return PreviewOut(
        **{name: getattr(told, name) for name in names},
        by_layer={name or "everybody": audits for name, audits in told.by_layer},
        parts=[PartOut.of(part, found.names) for part in told.parts],
    )


def _place(request: PageRequest, programme_id: UUID, queue_id: UUID | None) -> tuple[Programme, Queue | None]:
    programme = load(request.actor, scopes.PLAN_EDIT, Programme.objects.all(), programme_id)
    return programme, load(request.actor, scopes.PLAN_EDIT, Queue.objects.all(), queue_id) if queue_id else None


@router.post("/plans/{uuid:plan_id}/change", response=PlanOut, operation_id="change_sampling_plan")
def post_change(request: PageRequest, plan_id: UUID, said: ChangeIn) -> PlanOut:
    """Other odds for the decisions made from now on: a new version; earlier decisions keep theirs."""
    plan = load(request.actor, scopes.PLAN_EDIT, SamplingPlan.objects.all(), plan_id)
    change_plan(request.actor, plan=plan, now=request.now, **said.dict())
    coverage = coverage_of_plans(request.actor, [plan], now=request.now)
    return PlanOut.of(plan, coverage.get(plan.pk, Coverage()))


@router.post("/plans/{uuid:plan_id}/end", response=PlanOut, operation_id="end_sampling_plan")
def post_end(request: PageRequest, plan_id: UUID) -> PlanOut:
    """Draw no decision made from now on."""
    plan = load(request.actor, scopes.PLAN_EDIT, SamplingPlan.objects.all(), plan_id)
    ended = end_plan(request.actor, plan=plan, now=request.now)
    coverage = coverage_of_plans(request.actor, [ended], now=request.now)
    return PlanOut.of(ended, coverage.get(ended.pk, Coverage()))


@router.get("/plans/{uuid:plan_id}/replay", response=ReplayOut, operation_id="replay_sampling_plan")
def get_replay(
    request: PageRequest, plan_id: UUID, since: AwareDatetime | None = None, until: AwareDatetime | None = None
) -> ReplayOut:
    """Draw everything again from the salt and the odds, and compare; with `since` or `until` what was decided then."""
    plan = load(request.actor, scopes.PLAN_VIEW, SamplingPlan.objects.all(), plan_id)
    found = replay_plan(plan, from_=since, until=until)
    told = [{"decision_id": str(each.decision_id), "kind": each.kind} for each in found.mismatches[:100]]
    return ReplayOut(decisions=found.decisions, draws=found.draws, is_true=found.is_true, mismatches=told)


@router.get("/plans/{uuid:plan_id}/design", response=StoredDesignOut, operation_id="get_sampling_design")
def get_design(request: PageRequest, plan_id: UUID) -> StoredDesignOut:
    """Everything that, with the decisions, says who is drawn: salt, versions, the odds of each day."""
    plan = load(request.actor, scopes.PLAN_VIEW, SamplingPlan.objects.all(), plan_id)
    insist_on_ours(request.actor)
    return StoredDesignOut(plan_id=plan.pk, salt=plan.salt, **book_of(plan).to_dict())
