"""A metric cut by any dimensions, against the period before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from evenkeel.ground.access import require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..cuts import EXTRAS
from ..queries.covering import insist_on_covered
from ..queries.evaluating import Cell, evaluate
from ..queries.figures import Dimension
from .common import EstimateOut, day_metric_for, note_figures, refused_as_invalid

router = Router()


class EvaluationFilters(Schema):
    """Which rows, over since <= day < until in UTC, and cut by what; the same words as `evenkeel measure`."""

    since: date
    until: date
    by: list[Dimension] = []
    compare: Literal["previous"] | None = None
    adjust: Literal["mix", "shrunk"] | None = None
    mix_of: list[Dimension] = []
    # What intervals are for: how such work is done, or exactly the decisions of these days.
    aim: Literal["process", "these"] = "process"
    programme_id: UUID | None = None
    queue_id: UUID | None = None
    organisation_id: UUID | None = None
    site_id: UUID | None = None
    team_id: UUID | None = None
    worker_id: UUID | None = None
    hour: str | None = None
    item_kind: str | None = None
    label: str | None = None
    language: str | None = None
    market: str | None = None
    policy_version: str | None = None
    severity: str | None = None
    source: str | None = None
    state: str | None = None
    tenure: str | None = None


class AdjustedOut(Schema):
    """A figure made comparable with the other cells'; `covered` is the share of everybody's work that it speaks of."""

    estimate: EstimateOut
    covered: float


class CellOut(Schema):
    values: dict[str, UUID | str | None]
    names: dict[str, str]
    estimate: EstimateOut
    before: EstimateOut | None
    mix: float | None
    rate: float | None
    adjusted: AdjustedOut | None


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
    kind = day_metric_for(request.actor, metric)
    span = filters.until - filters.since
    if not 0 < span.days <= 1_100:
        raise Invalid(
            _("The period does not fit."), fields={"until": [_("It ends after it begins, at most three years.")]}
        )
    insist_on_covered(kind.slug, since=filters.since, until=filters.until)
    by = list(dict.fromkeys(filters.by))
    if "worker" in by or filters.worker_id is not None:
        require(request.actor, scopes.PERSON_VIEW)
    names = ("programme", "queue", "organisation", "site", "team", "worker")
    where = {name: getattr(filters, f"{name}_id") for name in names} | {name: getattr(filters, name) for name in EXTRAS}
    with refused_as_invalid():
        found = evaluate(
            kind.slug,
            since=filters.since,
            until=filters.until,
            by=by,
            compare=(filters.since - span, filters.since) if filters.compare else None,
            adjust=filters.adjust,
            mix_of=list(dict.fromkeys(filters.mix_of)),
            aim=filters.aim,
            actor=request.actor,
            **where,
        )
    people: list[Any] = [cell.values[by.index("worker")] for cell in found.cells] if "worker" in by else []
    note_figures(request, kind, None, filters.worker_id, *people)
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
        adjusted=AdjustedOut(estimate=EstimateOut.of(cell.adjusted.estimate), covered=cell.adjusted.covered)
        if cell.adjusted
        else None,
    )
