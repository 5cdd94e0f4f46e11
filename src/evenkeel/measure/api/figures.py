"""The metric catalogue; figures and series of a programme."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from evenkeel.ground.access import require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest
from evenkeel.work import Programme

from .. import scopes
from ..metric import FigureMetric, Metric
from ..queries import figures as figure_queries
from ..queries.definitions import metric_for, metrics_for
from .common import EstimateOut, day_metric_for, note_figures, programme_for, refused_as_invalid

router = Router()


class MetricOut(Schema):
    slug: str
    title: str
    why: str
    formula: str
    source: str
    unit: str
    better: str
    guard: str
    owner: str
    version: int
    grain: str
    population: str
    excludes: str
    facts: list[str]
    is_by_day: bool
    # By what it can be cut: places in any combination, and beside them one of `kept`.
    places: list[str]
    kept: list[list[str]]

    @classmethod
    def of(cls, kind: type[Metric]) -> MetricOut:
        return cls(
            slug=kind.slug,
            title=str(kind.title),
            why=str(kind.why),
            formula=kind.formula,
            source=kind.source,
            unit=kind.unit,
            better=kind.better,
            guard=kind.guard,
            owner=kind.owner,
            version=getattr(kind, "number", 0) or kind.version,
            grain=str(kind.grain),
            population=str(kind.population),
            excludes=str(kind.excludes),
            facts=[fact.name for fact in kind.facts],
            is_by_day=issubclass(kind, FigureMetric),
            places=list(kind.places) if issubclass(kind, FigureMetric) else [],
            kept=[list(cut) for cut in kind.kept] if issubclass(kind, FigureMetric) else [],
        )


@router.get("/metrics", response=list[MetricOut], operation_id="list_metrics")
def list_metrics(request: PageRequest) -> list[MetricOut]:
    """Every metric with its definition. Those with `is_by_day` can be asked as figures and series."""
    require(request.actor, scopes.FIGURE_VIEW)
    return [MetricOut.of(kind) for kind in metrics_for(request.actor)]


@router.get("/metrics/{metric}", response=MetricOut, operation_id="get_metric")
def get_metric(request: PageRequest, metric: str) -> MetricOut:
    """One metric; `slug@version` is an own one as it was."""
    require(request.actor, scopes.FIGURE_VIEW)
    return MetricOut.of(metric_for(request.actor, metric))


class FigureFilters(Schema):
    """Whose figure over since <= day < until, in UTC."""

    since: date
    until: date
    queue_id: UUID | None = None
    organisation_id: UUID | None = None
    site_id: UUID | None = None
    team_id: UUID | None = None
    worker_id: UUID | None = None

    def narrowed(self, programme: Programme) -> dict[str, Any]:
        """As the queries take it."""
        if self.until <= self.since or (self.until - self.since).days > 1_100:
            raise Invalid(
                _("The period does not fit."), fields={"until": [_("It ends after it begins, at most three years.")]}
            )
        names = ("queue", "organisation", "site", "team", "worker")
        given = {name: value for name in names if (value := getattr(self, f"{name}_id")) is not None}
        return {"programme": programme.pk, "since": self.since, "until": self.until, **given}


class FigureOut(Schema):
    metric: str
    estimate: EstimateOut


class CutOut(Schema):
    value: UUID | str | None
    estimate: EstimateOut


class PointOut(Schema):
    day: date
    estimate: EstimateOut


@router.get("/programmes/{uuid:programme_id}/figures/{metric}", response=FigureOut, operation_id="get_figure")
def get_figure(request: PageRequest, programme_id: UUID, metric: str, filters: Query[FigureFilters]) -> FigureOut:
    """One figure of a programme or a part of it, over the rows that you may see."""
    programme = programme_for(request, programme_id)
    kind = day_metric_for(request.actor, metric)
    note_figures(request, kind, programme, filters.worker_id)
    with refused_as_invalid():
        found = figure_queries.figure(kind.slug, actor=request.actor, **filters.narrowed(programme))
    return FigureOut(metric=kind.slug, estimate=EstimateOut.of(found))


@router.get(
    "/programmes/{uuid:programme_id}/figures/{metric}/by/{dimension}",
    response=list[CutOut],
    operation_id="list_figures_by",
)
def list_figures_by(
    request: PageRequest,
    programme_id: UUID,
    metric: str,
    dimension: Literal["queue", "organisation", "site", "team", "worker"],
    filters: Query[FigureFilters],
) -> list[CutOut]:
    """One figure for each queue, organisation, site, team or worker."""
    programme = programme_for(request, programme_id)
    kind = day_metric_for(request.actor, metric)
    if dimension == "worker":
        require(request.actor, scopes.PERSON_VIEW)
    with refused_as_invalid():
        found = figure_queries.figure(kind.slug, by=dimension, actor=request.actor, **filters.narrowed(programme))
    people: list[Any] = list(found) if dimension == "worker" else []
    note_figures(request, kind, programme, filters.worker_id, *people)
    return [
        CutOut(value=value, estimate=EstimateOut.of(estimate))
        for value, estimate in sorted(found.items(), key=lambda pair: str(pair[0]))
    ]


@router.get("/programmes/{uuid:programme_id}/series/{metric}", response=list[PointOut], operation_id="get_series")
def get_series(request: PageRequest, programme_id: UUID, metric: str, filters: Query[FigureFilters]) -> list[PointOut]:
    """One figure day by day; days without data are left out."""
    programme = programme_for(request, programme_id)
    kind = day_metric_for(request.actor, metric)
    note_figures(request, kind, programme, filters.worker_id)
    with refused_as_invalid():
        points = figure_queries.series(kind.slug, actor=request.actor, **filters.narrowed(programme))
    return [PointOut(day=point.day, estimate=EstimateOut.of(point.estimate)) for point in points]
