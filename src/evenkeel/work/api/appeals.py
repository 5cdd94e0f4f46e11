"""Users' appeals: sent in, taken, ruled on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.appeals import overturn, receive_appeal, take_appeal, uphold
from ..models import Appeal, AppealRuling, Decision, Programme
from ..queries.appeals import appeals_of

router = Router()


class AppealIn(Schema):
    key: str = Field(description="your own; sent again, it is the same appeal")
    decision_id: UUID | None = Field(default=None, description="the decision that is appealed")
    item_key: str | None = Field(default=None, description="or the item's key: the last decision about it is appealed")
    statement: str = Field(default="", description="what the appellant says")


class AppealOut(Schema):
    id: UUID
    key: str
    programme_id: UUID
    queue_id: UUID | None
    item_id: UUID
    decision_id: UUID
    statement: str
    received_at: datetime
    due_at: datetime
    outcome: str | None = Field(description="upheld or overturned; empty while it waits")
    reason: str | None
    correction_id: UUID | None = Field(description="the decision that corrects the first one")
    ruled_at: datetime | None

    @classmethod
    def of(cls, appeal: Appeal) -> AppealOut:
        ruling: AppealRuling | None = getattr(appeal, "ruling", None)
        return cls(
            id=appeal.pk,
            key=appeal.key,
            programme_id=appeal.programme_id,
            queue_id=appeal.queue_id,
            item_id=appeal.item_id,
            decision_id=appeal.decision_id,
            statement=appeal.statement,
            received_at=appeal.received_at,
            due_at=appeal.due_at,
            outcome=ruling.outcome if ruling else None,
            reason=ruling.reason if ruling else None,
            correction_id=ruling.correction_id if ruling else None,
            ruled_at=ruling.ruled_at if ruling else None,
        )


class AppealsPage(Schema):
    rows: list[AppealOut]
    after: UUID | None = Field(description="send as `after` for the rows that follow; empty at the end")


class TakenOut(Schema):
    appeal: AppealOut | None = Field(description="empty when none waits for you")


class UpholdIn(Schema):
    reason: str


class OverturnIn(Schema):
    answer: dict[str, Any]
    reason: str


@router.post("/programmes/{uuid:programme_id}/appeals", response=AppealOut, operation_id="receive_appeal")
def post_appeal(request: PageRequest, programme_id: UUID, said: AppealIn) -> AppealOut:
    """Send an appeal in. The same `key` again gives the same appeal."""
    programme = load(request.actor, scopes.APPEAL_ADD, Programme.objects.all(), programme_id)
    decision = None
    if said.decision_id is not None:
        decision = Decision.objects.filter(pk=said.decision_id, programme=programme).first()
    if decision is None and (said.decision_id is not None or not said.item_key):
        raise Invalid(
            _("There is no decision to appeal."), fields={"decision_id": [_("Name a decision, or an item by its key.")]}
        )
    made = receive_appeal(
        request.actor,
        programme=programme,
        key=said.key,
        decision=decision,
        item_key=said.item_key or "",
        statement=said.statement,
        now=request.now,
    )
    return _out(made)


@router.get("/appeals", response=AppealsPage, operation_id="list_appeals")
def list_appeals(
    request: PageRequest,
    key: str | None = None,
    is_open: bool | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> AppealsPage:
    """The appeals that you may see, in the order in which they came in."""
    found = appeals_of(request.actor)
    if key is not None:
        found = found.filter(key=key)
    if is_open is not None:
        found = found.filter(closed_at__isnull=is_open)
    if after is not None:
        found = found.filter(id__gt=after)
    rows = list(found.order_by("id")[:limit])
    return AppealsPage(rows=[AppealOut.of(each) for each in rows], after=rows[-1].pk if len(rows) == limit else None)


@router.post("/appeals/take", response=TakenOut, operation_id="take_appeal")
def post_take(request: PageRequest) -> TakenOut:
    """The next appeal that you may rule on, in your hands for half an hour."""
    found = take_appeal(request.actor, now=request.now)
    return TakenOut(appeal=_out(found) if found else None)


@router.post("/appeals/{uuid:appeal_id}/uphold", response=AppealOut, operation_id="uphold")
def post_uphold(request: PageRequest, appeal_id: UUID, said: UpholdIn) -> AppealOut:
    """Rule that the decision was right."""
    found = _appeal(request, appeal_id)
    uphold(request.actor, appeal=found, reason=said.reason, now=request.now)
    return _out(found)


@router.post("/appeals/{uuid:appeal_id}/overturn", response=AppealOut, operation_id="overturn")
def post_overturn(request: PageRequest, appeal_id: UUID, said: OverturnIn) -> AppealOut:
    """Rule that the decision was wrong, and say what is right."""
    found = _appeal(request, appeal_id)
    overturn(request.actor, appeal=found, answer=said.answer, reason=said.reason, now=request.now)
    return _out(found)


def _appeal(request: PageRequest, appeal_id: UUID) -> Appeal:
    return load(request.actor, scopes.APPEAL_VIEW, Appeal.objects.all(), appeal_id)


def _out(appeal: Appeal) -> AppealOut:
    return AppealOut.of(Appeal.objects.select_related("ruling").get(pk=appeal.pk))
