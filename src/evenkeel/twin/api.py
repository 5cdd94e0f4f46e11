"""/api/v1/twin: what-if studies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.kernel import Estimate
from evenkeel.work import PROGRAMME_VIEW, Programme

from . import acts, scopes
from .models import WhatIfStudy
from .studies.asking import Asked
from .studies.comparing import Cell, Figure, figures_of

router = Router(tags=["twin"])


class VariantIn(Schema):
    """A variant: what it has otherwise, as `evenkeel twin whatif --change` says it ("audits.rate=0.01")."""

    name: str = ""
    changes: list[str]


class VariantOut(Schema):
    name: str
    changes: list[str]


class StudyIn(Schema):
    """A question: a scenario that comes along, or a programme and the days since <= day < until to be like."""

    title: str
    scenario: str = ""
    programme_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    for_all: list[str] = []
    variants: list[VariantIn]
    seeds: int = 3
    work: float = 0.1


class StudyOut(Schema):
    """A what-if study. `state` is open, done, stopped or failed; `said` tells why it failed."""

    id: UUID
    title: str
    scenario: str
    programme_id: UUID | None
    since: date | None
    until: date | None
    for_all: list[str]
    variants: list[VariantOut]
    seeds: int
    work: float
    by_name: str
    created_at: datetime
    ended_at: datetime | None
    state: str
    said: str
    runs_asked: int

    @classmethod
    def of(cls, found: WhatIfStudy) -> StudyOut:
        names = ("id", "title", "scenario", "programme_id", "for_all", "seeds", "work", "by_name", "created_at", "ended_at",
                 "state", "said", "runs_asked")  # fmt: skip
        said: dict[str, Any] = {name: getattr(found, name) for name in names}
        variants = [VariantOut(**each) for each in found.variants]
        return cls(**said, variants=variants, since=found.since_on, until=found.until_on)


class FoundOut(Schema):
    """A figure of one variant. null = not known. `difference` is from the scenario as it is, over the same seeds."""

    variant: str
    changes: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    difference: float | None
    difference_low: float | None
    difference_high: float | None

    @classmethod
    def of(cls, cell: Cell) -> FoundOut:
        value, low, high = _parts(cell.estimate)
        apart, apart_low, apart_high = _parts(cell.difference)
        return cls(
            variant=cell.variant, changes=cell.changes, value=value, low=low, high=high,
            n=cell.estimate.n if cell.estimate else 0,
            difference=apart, difference_low=apart_low, difference_high=apart_high,
        )  # fmt: skip


class ComparedOut(Schema):
    """A row of the scores; the first of `found` is the scenario as it is."""

    score: str
    name: str
    unit: str
    is_share: bool
    found: list[FoundOut]

    @classmethod
    def of(cls, figure: Figure) -> ComparedOut:
        found = [FoundOut.of(cell) for cell in figure.cells]
        return cls(
            score=figure.score, name=figure.name, unit=figure.unit.strip(), is_share=figure.is_share, found=found
        )


class StudyDetail(StudyOut):
    """A study with its figures, over the seeds that every variant has lived through."""

    runs: int
    figures: list[ComparedOut]


@router.get("/what-if-studies", response=list[StudyOut], operation_id="list_what_if_studies")
def list_studies(request: PageRequest) -> list[StudyOut]:
    """Those that you may see, the latest first."""
    require(request.actor, scopes.STUDY_VIEW)
    return [StudyOut.of(each) for each in visible(request.actor, scopes.STUDY_VIEW, WhatIfStudy.objects.all())[:500]]


@router.post("/what-if-studies", response={201: StudyOut}, operation_id="begin_what_if_study")
def post_study(request: PageRequest, said: StudyIn) -> Status[StudyOut]:
    """Have one lived through, in the background."""
    require(request.actor, scopes.STUDY_RUN)
    programme = (
        load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), said.programme_id) if said.programme_id else None
    )
    asked = Asked(
        title=said.title, scenario=said.scenario, since=said.since, until=said.until, for_all=tuple(said.for_all),
        variants=tuple((each.name, tuple(each.changes)) for each in said.variants), seeds=said.seeds, work=said.work,
    )  # fmt: skip
    made = acts.begin_study(request.actor, asked=asked, programme=programme, now=request.now)
    return Status(201, StudyOut.of(made))


@router.get("/what-if-studies/{uuid:what_if_study_id}", response=StudyDetail, operation_id="get_what_if_study")
def get_study(request: PageRequest, what_if_study_id: UUID) -> StudyDetail:
    """One of them with its figures side by side."""
    found = _study(request, what_if_study_id)
    runs = list(found.runs.all())
    figures = [ComparedOut.of(figure) for figure in figures_of(found, runs)]
    return StudyDetail(**StudyOut.of(found).dict(), runs=len(runs), figures=figures)


@router.post("/what-if-studies/{uuid:what_if_study_id}/stopping", response=StudyOut, operation_id="stop_what_if_study")
def post_stopping(request: PageRequest, what_if_study_id: UUID) -> StudyOut:
    """End it where it is; what was lived through stays."""
    return StudyOut.of(acts.stop_study(request.actor, study=_study(request, what_if_study_id), now=request.now))


@router.delete("/what-if-studies/{uuid:what_if_study_id}", response={204: None}, operation_id="delete_what_if_study")
def delete_study(request: PageRequest, what_if_study_id: UUID) -> Status[None]:
    """Remove it with all its figures."""
    acts.delete_study(request.actor, study=_study(request, what_if_study_id), now=request.now)
    return Status(204, None)


def _study(request: PageRequest, what_if_study_id: UUID) -> WhatIfStudy:
    return load(request.actor, scopes.STUDY_VIEW, WhatIfStudy.objects.all(), what_if_study_id)


def _parts(found: Estimate | None) -> tuple[float | None, float | None, float | None]:
    if found is None or not found.is_known:
        return None, None, None
    return (found.value, found.low, found.high) if found.has_interval else (found.value, None, None)
