"""Deliveries: agreements, handing in, verdicts."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.people import Organisation
from evenkeel.work import Programme, Queue

from .. import scopes
from ..acts.deliveries import end_scheme, hand_in, resume_inspection, start_scheme
from ..models import AcceptanceScheme, Batch
from ..queries.deliveries import Stage, inspection_of, stages_of

router = Router()
_MOST = 500


class SchemeIn(Schema):
    programme_id: UUID
    organisation_id: UUID
    name: str
    aql: float = Field(description="acceptable share of wrong decisions in percent, one of the standard's up to 10")
    level: str = "II"
    plan_type: str = Field("single", description="single, double or multiple")
    allows_reduced: bool = True


class SchemeOut(Schema):
    id: UUID
    programme_id: UUID
    organisation_id: UUID
    name: str
    aql: float
    level: str
    plan_type: str
    allows_reduced: bool
    inspection: str = Field(description="normal, tightened, reduced or stopped")
    score: int = Field(description="switching score; 30 leads to reduced inspection")
    started_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, scheme: AcceptanceScheme) -> SchemeOut:
        names = ("id", "programme_id", "organisation_id", "name", "aql", "level", "plan_type", "allows_reduced",
                 "started_at", "ended_at")  # fmt: skip
        state = inspection_of(scheme)
        return cls(**{name: getattr(scheme, name) for name in names}, inspection=state.stage, score=state.score)


class BatchIn(Schema):
    name: str
    from_at: datetime
    until_at: datetime = Field(description="decisions with from_at <= decided_at < until_at")
    queue_id: UUID | None = None
    resubmits_id: UUID | None = Field(None, description="a rejected delivery that was put right; its stretch is taken")


class BatchOut(Schema):
    id: UUID
    scheme_id: UUID
    number: int
    name: str
    queue_id: UUID | None
    from_at: datetime
    until_at: datetime
    lot: int
    digest: str = Field(description="SHA-256 of the decisions' ids, sorted, one a line")
    salt: int | None = Field(description="told with the verdict: with it anybody draws the sample again")
    inspection: str
    plan: dict[str, Any]
    resubmits_id: UUID | None
    handed_in_at: datetime
    audited: list[int] = Field(description="by sample")
    is_accepted: bool | None
    errors: list[int] = Field(description="by sample, once there is a verdict")
    given_at: datetime | None

    @classmethod
    def of(cls, batch: Batch, stages: list[Stage]) -> BatchOut:
        names = ("id", "scheme_id", "number", "name", "queue_id", "from_at", "until_at", "lot", "digest", "inspection",
                 "plan", "resubmits_id", "handed_in_at")  # fmt: skip
        verdict = getattr(batch, "verdict", None)
        return cls(
            **{name: getattr(batch, name) for name in names},
            salt=batch.salt if verdict else None,
            audited=[stage.audited for stage in stages],
            is_accepted=verdict.is_accepted if verdict else None,
            errors=verdict.errors if verdict else [],
            given_at=verdict.given_at if verdict else None,
        )


class ResumeIn(Schema):
    why: str


@router.get("/acceptance-schemes", response=list[SchemeOut], operation_id="list_acceptance_schemes")
def list_schemes(request: PageRequest) -> list[SchemeOut]:
    """How vendors' deliveries are judged, and how strictly now."""
    return [
        SchemeOut.of(each)
        for each in visible(request.actor, scopes.DELIVERY_VIEW, AcceptanceScheme.objects.all())[:_MOST]
    ]


@router.post("/acceptance-schemes", response=SchemeOut, operation_id="start_acceptance_scheme")
def post_scheme(request: PageRequest, said: SchemeIn) -> SchemeOut:
    """Agree how a vendor's deliveries are judged from now on."""
    programme = load(request.actor, scopes.SCHEME_EDIT, Programme.objects.all(), said.programme_id)
    organisation = load(request.actor, scopes.SCHEME_EDIT, Organisation.objects.all(), said.organisation_id)
    settings = said.dict(exclude={"programme_id", "organisation_id"})
    return SchemeOut.of(
        start_scheme(request.actor, programme=programme, organisation=organisation, now=request.now, **settings)
    )


@router.post("/acceptance-schemes/{uuid:scheme_id}/end", response=SchemeOut, operation_id="end_acceptance_scheme")
def post_scheme_end(request: PageRequest, scheme_id: UUID) -> SchemeOut:
    """Take no more deliveries by it."""
    return SchemeOut.of(
        end_scheme(request.actor, scheme=_scheme(request, scopes.SCHEME_EDIT, scheme_id), now=request.now)
    )


@router.post("/acceptance-schemes/{uuid:scheme_id}/resume", response=SchemeOut, operation_id="resume_inspection")
def post_resume(request: PageRequest, scheme_id: UUID, said: ResumeIn) -> SchemeOut:
    """Take deliveries again after a stop, by tightened inspection."""
    scheme = _scheme(request, scopes.SCHEME_EDIT, scheme_id)
    resume_inspection(request.actor, scheme=scheme, why=said.why, now=request.now)
    return SchemeOut.of(scheme)


@router.post("/acceptance-schemes/{uuid:scheme_id}/deliveries", response=BatchOut, operation_id="hand_in_delivery")
def post_batch(request: PageRequest, scheme_id: UUID, said: BatchIn) -> BatchOut:
    """Hand in a delivery: the vendor's standing decisions of a stretch of time. Its sample is drawn at once."""
    scheme = _scheme(request, scopes.DELIVERY_ADD, scheme_id)
    queue = Queue.objects.filter(pk=said.queue_id, programme=scheme.programme_id).first() if said.queue_id else None
    again = (
        load(request.actor, scopes.DELIVERY_ADD, Batch.objects.filter(scheme=scheme), said.resubmits_id)
        if said.resubmits_id
        else None
    )
    made = hand_in(
        request.actor,
        scheme=scheme,
        name=said.name,
        from_at=said.from_at,
        until_at=said.until_at,
        queue=queue,
        resubmits=again,
        now=request.now,
    )
    return BatchOut.of(made, stages_of([made]).get(made.pk, []))


@router.get("/deliveries", response=list[BatchOut], operation_id="list_acceptance_deliveries")
def list_batches(request: PageRequest, scheme_id: UUID | None = None) -> list[BatchOut]:
    """Deliveries, newest first, at most 500. What was found wrong is told with the verdict."""
    rows = visible(request.actor, scopes.DELIVERY_VIEW, Batch.objects.select_related("verdict"))
    found = list((rows.filter(scheme=scheme_id) if scheme_id else rows).order_by("-handed_in_at")[:_MOST])
    stages = stages_of(found)
    return [BatchOut.of(batch, stages.get(batch.pk, [])) for batch in found]


@router.get("/deliveries/{uuid:batch_id}", response=BatchOut, operation_id="get_acceptance_delivery")
def get_batch(request: PageRequest, batch_id: UUID) -> BatchOut:
    """One delivery."""
    found = load(request.actor, scopes.DELIVERY_VIEW, Batch.objects.select_related("verdict"), batch_id)
    return BatchOut.of(found, stages_of([found]).get(found.pk, []))


def _scheme(request: PageRequest, scope: str, scheme_id: UUID) -> AcceptanceScheme:
    return load(request.actor, scope, AcceptanceScheme.objects.all(), scheme_id)
