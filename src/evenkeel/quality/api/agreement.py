"""Agreement as last read from the log, and doubtful labels."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest
from evenkeel.people import note_look
from evenkeel.work import PROGRAMME_VIEW, Programme

from .. import scopes
from ..acts.label_checks import check_drawn
from ..models import LabelDoubt
from ..queries.agreement import SIDES, agreement_cuts
from ..queries.label_checks import bands_of

router = Router()
_MOST = 2_000


class CutOut(Schema):
    by: str
    name: str
    other: str
    items: int
    labels: int
    people: int
    percent: dict[str, Any]
    alpha: dict[str, Any]
    ac1: dict[str, Any]
    is_withheld: bool = Field(description="too few people stand behind it to be shown")


class DoubtOut(Schema):
    item_id: UUID
    decision_id: UUID
    rank: int
    label: str
    believed: str
    chance_wrong: float
    by_people: bool
    by_models: bool
    answers: int


class BandOut(Schema):
    low: float
    high: float
    labels: int
    expected: float | None
    waiting: int
    found: dict[str, Any] = Field(description="share found wrong among those drawn, with its interval")


class ChecksIn(Schema):
    n: int = Field(description="how many labels to draw")


@router.get("/programmes/{uuid:programme_id}/agreement", response=list[CutOut], operation_id="list_agreement")
def get_agreement(request: PageRequest, programme_id: UUID, by: str = "class") -> list[CutOut]:
    """Agreement by one side: all, class, clause, language, site, vendor, queue or pair; from what the job kept."""
    require(request.actor, scopes.AGREEMENT_VIEW)
    load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    if by not in ("all", *SIDES):
        raise Invalid("Choose another side.", fields={"by": [", ".join(("all", *SIDES))]})
    found = agreement_cuts(request.actor, programme_id=programme_id, by=by)
    if by == "pair" and found:
        people = {worker for cut in found for worker in cut.workers}
        note_look(request.actor, workers=people, what="Agreement", now=request.now)
    names = ("by", "name", "other", "items", "labels", "people", "is_withheld")
    return [
        CutOut(
            **{name: getattr(cut, name) for name in names},
            percent=cut.percent.to_dict(),
            alpha=cut.alpha.to_dict(),
            ac1=cut.ac1.to_dict(),
        )
        for cut in found
    ]


@router.get(
    "/programmes/{uuid:programme_id}/doubtful-labels", response=list[DoubtOut], operation_id="list_doubtful_labels"
)
def get_doubts(request: PageRequest, programme_id: UUID) -> Any:
    """The labels that are most probably wrong, most doubtful first, at most 2,000."""
    found = load(request.actor, scopes.DOUBT_VIEW, Programme.objects.all(), programme_id)
    rows = visible(request.actor, scopes.DOUBT_VIEW, LabelDoubt.objects.filter(programme=found))
    return list(rows.order_by("rank")[:_MOST])


@router.get(
    "/programmes/{uuid:programme_id}/doubtful-labels/bands", response=list[BandOut], operation_id="list_doubt_bands"
)
def get_bands(request: PageRequest, programme_id: UUID) -> list[BandOut]:
    """How often doubtful labels turned out wrong, band by band."""
    found = load(request.actor, scopes.DOUBT_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.DOUBT_CHECK, found)
    names = ("low", "high", "labels", "expected", "waiting")
    return [
        BandOut(**{name: getattr(band, name) for name in names}, found=band.found.to_dict())
        for band in bands_of(found.pk)
    ]


@router.post(
    "/programmes/{uuid:programme_id}/doubtful-labels/checks",
    response=dict[str, int],
    operation_id="check_doubtful_labels",
)
def post_checks(request: PageRequest, programme_id: UUID, said: ChecksIn) -> dict[str, int]:
    """Draw doubtful labels of every band and send them to the audit desk, blind."""
    found = load(request.actor, scopes.DOUBT_CHECK, Programme.objects.all(), programme_id)
    return {"sent": len(check_drawn(request.actor, programme=found, n=said.n, now=request.now))}
