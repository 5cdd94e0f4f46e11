"""Studies of labels: agreement, raters, items."""

from __future__ import annotations

from datetime import datetime
from math import isfinite
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from evenkeel.ground.access import require
from evenkeel.ground.pages import PageRequest
from evenkeel.people import note_look

from .. import scopes
from ..models import ItemFigures, RaterFigures
from ..queries.study import item_rows, programme_study, rater_rows
from .common import EstimateOut, Page, programme_for

router = Router()


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


@router.get("/programmes/{uuid:programme_id}/study", response=list[StudyFigureOut], operation_id="get_study")
def get_study(request: PageRequest, programme_id: UUID) -> list[StudyFigureOut]:
    """Agreement and accuracy against experts over all labels, or over your organisation's own."""
    programme = programme_for(request, programme_id)
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
    programme = programme_for(request, programme_id)
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
    programme = programme_for(request, programme_id)
    return [ItemOut.of(row) for row in item_rows(request.actor, programme=programme, differs=differs)[page.cut()]]
