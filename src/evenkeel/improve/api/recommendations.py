"""What is recommended after an investigation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema

from evenkeel.ground.pages import PageRequest
from evenkeel.policy import change_requests_of

from .. import acts
from ..models import Recommendation
from ..recommending import RECOMMENDATION
from .common import load_investigation

router = Router()


class RecommendationIn(Schema):
    kind: str
    body: str
    cause: str = ""


class RecommendationOut(Schema):
    """`change_request_id` is the change of the policy that it asked for."""

    id: UUID
    kind: str
    body: str
    cause: str
    change_request_id: UUID | None
    at: datetime


@router.get(
    "/investigations/{uuid:investigation_id}/recommendations",
    response=list[RecommendationOut],
    operation_id="list_recommendations",
)
def list_recommendations(request: PageRequest, investigation_id: UUID) -> list[RecommendationOut]:
    """What was recommended, oldest first."""
    rows = list(load_investigation(request, investigation_id).recommendations.order_by("at", "id"))
    return _recommended(request, rows)


@router.post(
    "/investigations/{uuid:investigation_id}/recommendations",
    response=list[RecommendationOut],
    operation_id="recommend",
)
def post_recommendation(
    request: PageRequest, investigation_id: UUID, said: RecommendationIn
) -> list[RecommendationOut]:
    """Recommend something; one about the policy asks for the change where its author may."""
    found = load_investigation(request, investigation_id)
    acts.recommend(request.actor, investigation=found, now=request.now, **said.dict())
    return list_recommendations(request, investigation_id)


def _recommended(request: PageRequest, rows: list[Recommendation]) -> list[RecommendationOut]:
    asked = change_requests_of(request.actor, source_kind=RECOMMENDATION, source_ids=[row.pk for row in rows])
    return [
        RecommendationOut(
            id=row.pk,
            kind=row.kind,
            body=row.body,
            cause=row.cause,
            change_request_id=asked[row.pk].pk if row.pk in asked else None,
            at=row.at,
        )
        for row in rows
    ]
