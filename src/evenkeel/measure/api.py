"""/api/v1/measure: figures, series, studies, the metric catalogue, signals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.errors import Invalid, NotFound
from evenkeel.ground.pages import PageRequest
from evenkeel.kernel import Estimate
from evenkeel.people import Worker, note_look
from evenkeel.work import Programme

from . import acts, scopes
from .metric import DayMetric, Metric, metrics
from .models import ItemFigures, RaterFigures, Signal
from .queries import figures as figure_queries
from .queries.evaluating import Cell, evaluate
from .queries.signals import acknowledgement_of, disposition_of
from .queries.signals import signals as signal_rows
from .queries.study import item_rows, programme_study, rater_rows

router = Router(tags=["measure"])


class EstimateOut(Schema):
    """A figure: never without its interval, its sample size and its method. null = not known."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    n_effective: float
    method: str
    level: float
    is_thin: bool

    @classmethod
    def of(cls, found: Estimate) -> EstimateOut:
        return cls(**found.to_dict(), is_thin=found.is_thin())


# ---------------------------------------------------------------- the catalogue


class MetricOut(Schema):
    slug: str
    title: str
    why: str
    formula: str
    source: str
    unit: str
    better: str
    guard: str
    facts: list[str]
    is_by_day: bool

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
            facts=[fact.name for fact in kind.facts],
            is_by_day=issubclass(kind, DayMetric),
        )


@router.get("/metrics", response=list[MetricOut], operation_id="list_metrics")
def list_metrics(request: PageRequest) -> list[MetricOut]:
    """Every metric with its definition. Those with `is_by_day` can be asked as figures and series."""
    require(request.actor, scopes.FIGURE_VIEW)
    return [MetricOut.of(kind) for kind in metrics]


# ---------------------------------------------------------------- figures


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
    value: UUID | None
    estimate: EstimateOut


class PointOut(Schema):
    day: date
    estimate: EstimateOut


@router.get("/programmes/{uuid:programme_id}/figures/{metric}", response=FigureOut, operation_id="get_figure")
def get_figure(request: PageRequest, programme_id: UUID, metric: str, filters: Query[FigureFilters]) -> FigureOut:
    """One figure of a programme or a part of it, over the rows that you may see."""
    programme = _programme(request, programme_id)
    kind = _day_metric(metric)
    _note(request, kind, programme, filters.worker_id)
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
    programme = _programme(request, programme_id)
    kind = _day_metric(metric)
    if dimension == "worker":
        require(request.actor, scopes.PERSON_VIEW)
    found = figure_queries.figure(kind.slug, by=dimension, actor=request.actor, **filters.narrowed(programme))
    _note(request, kind, programme, filters.worker_id, *(found if dimension == "worker" else ()))
    return [
        CutOut(value=value, estimate=EstimateOut.of(estimate))
        for value, estimate in sorted(found.items(), key=lambda pair: str(pair[0]))
    ]


@router.get("/programmes/{uuid:programme_id}/series/{metric}", response=list[PointOut], operation_id="get_series")
def get_series(request: PageRequest, programme_id: UUID, metric: str, filters: Query[FigureFilters]) -> list[PointOut]:
    """One figure day by day; days without data are left out."""
    programme = _programme(request, programme_id)
    kind = _day_metric(metric)
    _note(request, kind, programme, filters.worker_id)
    points = figure_queries.series(kind.slug, actor=request.actor, **filters.narrowed(programme))
    return [PointOut(day=point.day, estimate=EstimateOut.of(point.estimate)) for point in points]


def _note(request: PageRequest, kind: type[Metric], programme: Programme | None, *worker_ids: UUID | None) -> None:
    """Leave a line for everybody whose own figure is read; keys of people that the reader may not see leave none."""
    asked = {worker_id for worker_id in worker_ids if worker_id is not None}
    if asked:
        seen = visible(request.actor, scopes.PERSON_VIEW, Worker.objects.filter(pk__in=asked)).values_list(
            "pk", flat=True
        )
        what = str(kind.title)
        if programme is not None:
            what = _("%(metric)s in %(programme)s") % {"metric": kind.title, "programme": programme.name}
        note_look(request.actor, workers=seen, what=what, now=request.now)


def _programme(request: PageRequest, programme_id: UUID) -> Programme:
    return load(request.actor, scopes.FIGURE_VIEW, Programme.objects.all(), programme_id)


def _day_metric(slug: str) -> type[DayMetric]:
    if slug not in metrics:
        raise NotFound(_("There is no such metric."))
    kind = metrics[slug]
    if not issubclass(kind, DayMetric):
        raise Invalid(
            _("This metric needs all labels of a programme at once."),
            fields={"metric": [_("Ask for the programme's study.")]},
        )
    return kind


# ---------------------------------------------------------------- any cut


class EvaluationFilters(Schema):
    """Which rows, over since <= day < until in UTC, and cut by what; the same words as `evenkeel measure`."""

    since: date
    until: date
    by: list[Literal["programme", "queue", "organisation", "site", "team", "worker"]] = []
    compare: Literal["previous"] | None = None
    programme_id: UUID | None = None
    queue_id: UUID | None = None
    organisation_id: UUID | None = None
    site_id: UUID | None = None
    team_id: UUID | None = None
    worker_id: UUID | None = None


class CellOut(Schema):
    values: dict[str, UUID | None]
    names: dict[str, str]
    estimate: EstimateOut
    before: EstimateOut | None
    mix: float | None
    rate: float | None


class EvaluationOut(Schema):
    """`total.mix` + `total.rate` is the whole's change exactly; `hidden` cells tell of too few people to be shown."""

    metric: str
    by: list[str]
    total: CellOut
    cells: list[CellOut]
    hidden: int


@router.get("/metrics/{metric}/evaluation", response=EvaluationOut, operation_id="evaluate_metric")
def evaluate_metric(request: PageRequest, metric: str, filters: Query[EvaluationFilters]) -> EvaluationOut:
    """A metric cut by any dimensions, over a period or against the one before, over the rows that you may see."""
    require(request.actor, scopes.FIGURE_VIEW)
    kind = _day_metric(metric)
    span = filters.until - filters.since
    if not 0 < span.days <= 1_100:
        raise Invalid(
            _("The period does not fit."), fields={"until": [_("It ends after it begins, at most three years.")]}
        )
    by = list(dict.fromkeys(filters.by))
    if "worker" in by or filters.worker_id is not None:
        require(request.actor, scopes.PERSON_VIEW)
    names = ("programme", "queue", "organisation", "site", "team", "worker")
    found = evaluate(
        kind.slug,
        since=filters.since,
        until=filters.until,
        by=by,
        compare=(filters.since - span, filters.since) if filters.compare else None,
        actor=request.actor,
        **{name: getattr(filters, f"{name}_id") for name in names},
    )
    people = [cell.values[by.index("worker")] for cell in found.cells] if "worker" in by else []
    _note(request, kind, None, filters.worker_id, *people)
    return EvaluationOut(
        metric=kind.slug,
        by=list(by),
        total=_cell_out(found.total, ()),
        cells=[_cell_out(cell, by) for cell in found.cells],
        hidden=found.hidden,
    )


def _cell_out(cell: Cell, by: Sequence[str]) -> CellOut:
    return CellOut(
        values=dict(zip(by, cell.values, strict=True)),
        names=dict(zip(by, cell.names, strict=True)),
        estimate=EstimateOut.of(cell.estimate),
        before=EstimateOut.of(cell.before) if cell.before else None,
        mix=cell.mix,
        rate=cell.rate,
    )


# ---------------------------------------------------------------- studies


class StudyFigureOut(Schema):
    metric: str
    title: str
    estimate: EstimateOut
    detail: dict[str, Any]
    as_of: datetime


class RaterOut(Schema):
    worker_id: UUID
    code: str
    name: str
    organisation_id: UUID
    labels: int
    accuracy: EstimateOut
    shrunk: float | None
    shrunk_low: float | None
    shrunk_high: float | None
    kappa: float | None
    rank: int | None

    @classmethod
    def of(cls, row: RaterFigures) -> RaterOut:
        return cls(
            worker_id=row.worker_id,
            code=row.worker.code,
            name=row.worker.name,
            organisation_id=row.organisation_id,
            labels=row.labels,
            accuracy=EstimateOut(
                value=row.value,
                low=row.low,
                high=row.high,
                n=row.n,
                n_effective=row.n,
                method="wilson",
                level=0.95,
                is_thin=row.is_thin,
            ),
            shrunk=row.shrunk,
            shrunk_low=row.shrunk_low,
            shrunk_high=row.shrunk_high,
            kappa=row.kappa if row.kappa is not None and isfinite(row.kappa) else None,
            rank=row.rank,
        )


class ItemOut(Schema):
    item_id: UUID
    key: str
    n: int
    counts: dict[str, int]
    disagreement: float
    majority_label: str
    majority_share: float | None
    expert_label: str
    differs: bool

    @classmethod
    def of(cls, row: ItemFigures) -> ItemOut:
        names = (
            "item_id",
            "n",
            "counts",
            "disagreement",
            "majority_label",
            "majority_share",
            "expert_label",
            "differs",
        )
        return cls(key=row.item.key, **{name: getattr(row, name) for name in names})


class Page(Schema):
    """Which part of a list."""

    offset: int = 0
    limit: int = 100

    def cut(self) -> slice:
        """Within bounds, whatever was asked."""
        start = min(max(self.offset, 0), 1_000_000)
        return slice(start, start + min(max(self.limit, 1), 1_000))


@router.get("/programmes/{uuid:programme_id}/study", response=list[StudyFigureOut], operation_id="get_study")
def get_study(request: PageRequest, programme_id: UUID) -> list[StudyFigureOut]:
    """Agreement and accuracy against experts over all labels, or over your organisation's own."""
    programme = _programme(request, programme_id)
    return [
        StudyFigureOut(
            metric=found.metric,
            title=str(found.title),
            estimate=EstimateOut.of(found.estimate),
            detail={name: value for name, value in found.detail.items() if name != "guards"},
            as_of=found.as_of,
        )
        for found in programme_study(request.actor, programme=programme)
    ]


@router.get("/programmes/{uuid:programme_id}/raters", response=list[RaterOut], operation_id="list_raters")
def list_raters(request: PageRequest, programme_id: UUID, page: Query[Page]) -> list[RaterOut]:
    """Each rater's accuracy against the experts, by name. Only for whoever may see single people's figures."""
    programme = _programme(request, programme_id)
    require(request.actor, scopes.PERSON_VIEW)
    rows = list(rater_rows(request.actor, programme=programme)[page.cut()])
    seen = _("Raters of %s") % programme.name
    note_look(request.actor, workers=[row.worker_id for row in rows], what=seen, now=request.now)
    return [RaterOut.of(row) for row in rows]


@router.get("/programmes/{uuid:programme_id}/items", response=list[ItemOut], operation_id="list_item_figures")
def list_item_figures(
    request: PageRequest, programme_id: UUID, page: Query[Page], differs: bool = False
) -> list[ItemOut]:
    """How the answers to each item fall, the most disputed first."""
    programme = _programme(request, programme_id)
    return [ItemOut.of(row) for row in item_rows(request.actor, programme=programme, differs=differs)[page.cut()]]


# ---------------------------------------------------------------- signals


class SignalOut(Schema):
    id: UUID
    programme_id: UUID
    metric: str
    where_kind: str
    where_name: str
    side: int
    rule: str
    first_on: date
    last_on: date
    before: EstimateOut
    after: EstimateOut
    change: EstimateOut
    owner_id: UUID | None
    raised_at: datetime
    acknowledged_at: datetime | None
    closed_at: datetime | None
    disposition: str | None
    reason: str | None

    @classmethod
    def of(cls, row: Signal) -> SignalOut:
        acknowledgement, disposition = acknowledgement_of(row), disposition_of(row)
        same = (
            "id", "programme_id", "metric", "where_name", "side", "rule", "first_on", "last_on", "owner_id", "raised_at",
            "closed_at",
        )  # fmt: skip
        return cls(
            **{name: getattr(row, name) for name in same},
            where_kind=row.series.kind,
            before=EstimateOut.of(Estimate.from_dict(row.before)),
            after=EstimateOut.of(Estimate.from_dict(row.after)),
            change=EstimateOut.of(Estimate.from_dict(row.change)),
            acknowledged_at=acknowledgement.at if acknowledgement else None,
            disposition=disposition.kind if disposition else None,
            reason=disposition.reason if disposition else None,
        )


class DispositionIn(Schema):
    kind: str
    reason: str


@router.get("/signals", response=list[SignalOut], operation_id="list_signals")
def list_signals(
    request: PageRequest, page: Query[Page], is_open: bool | None = None, programme_id: UUID | None = None
) -> list[SignalOut]:
    """Signals that you may see, newest first."""
    require(request.actor, scopes.SIGNAL_VIEW)
    rows = signal_rows(request.actor).select_related("series")
    if is_open is not None:
        rows = rows.filter(closed_at__isnull=is_open)
    if programme_id is not None:
        rows = rows.filter(programme=programme_id)
    return [SignalOut.of(row) for row in rows[page.cut()]]


@router.get("/signals/{uuid:signal_id}", response=SignalOut, operation_id="get_signal")
def get_signal(request: PageRequest, signal_id: UUID) -> SignalOut:
    """One signal."""
    return SignalOut.of(_signal(request, signal_id))


@router.post("/signals/{uuid:signal_id}/acknowledgement", response=SignalOut, operation_id="acknowledge_signal")
def acknowledge_signal(request: PageRequest, signal_id: UUID) -> SignalOut:
    """Take a signal on."""
    acts.acknowledge(request.actor, signal=_signal(request, signal_id), now=request.now)
    return SignalOut.of(_signal(request, signal_id))


@router.post("/signals/{uuid:signal_id}/disposition", response=SignalOut, operation_id="dispose_signal")
def dispose_signal(request: PageRequest, signal_id: UUID, said: DispositionIn) -> SignalOut:
    """Say what a signal was: real, noise, known_change or data_problem, with a reason. It is closed then."""
    acts.dispose(request.actor, signal=_signal(request, signal_id), kind=said.kind, reason=said.reason, now=request.now)
    return SignalOut.of(_signal(request, signal_id))


def _signal(request: PageRequest, signal_id: UUID) -> Signal:
    return load(request.actor, scopes.SIGNAL_VIEW, signal_rows(request.actor).select_related("series"), signal_id)
