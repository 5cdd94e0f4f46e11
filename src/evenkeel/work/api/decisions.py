"""Decisions, to read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.corrections import correct
from ..models import Decision, Programme
from ..queries.decisions import standing
from .schemas import DecisionOut, DecisionsPage

router = Router()


class DecisionFilters(Schema):
    queue_id: UUID | None = None
    item_id: UUID | None = None
    worker_id: UUID | None = None
    label: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    with_taken_back: bool = Field(default=False, description="those that no longer stand, too: taken back or corrected")


@router.get("/programmes/{uuid:programme_id}/decisions", response=DecisionsPage, operation_id="list_decisions")
def list_decisions(
    request: PageRequest,
    programme_id: UUID,
    filters: Query[DecisionFilters],
    after: str | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> DecisionsPage:
    """A programme's decisions that you may see, oldest first; since <= decided_at < until."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    rows = visible(request.actor, scopes.DECISION_VIEW, Decision.objects.filter(programme=programme))
    # One about a planted item says nothing of it, and whoever acts on decisions must not take it for one. Its maker sees
    # it among hers, as any other.
    rows = rows.filter(Q(planted=None) | Q(worker=request.actor.worker_id))
    for name in ("queue_id", "item_id", "worker_id", "label"):
        if (value := getattr(filters, name)) is not None:
            # No text in a database holds a NUL, and PostgreSQL will not even be asked for one.
            rows = rows.filter(**{name: value}) if "\x00" not in str(value) else rows.none()
    if filters.since is not None:
        rows = rows.filter(decided_at__gte=_as_utc(filters.since, "since"))
    if filters.until is not None:
        rows = rows.filter(decided_at__lt=_as_utc(filters.until, "until"))
    if not filters.with_taken_back:
        rows = standing(rows)
    if after is not None:
        rows = rows.filter(_behind(after))
    found = list(rows.select_related("queue", "taken_back").order_by("decided_at", "id")[:limit])
    last = found[-1] if len(found) == limit else None
    return DecisionsPage(
        rows=[DecisionOut.of(decision) for decision in found],
        after=f"{last.decided_at.isoformat()}~{last.pk}" if last else None,
    )


class CorrectionIn(Schema):
    answer: dict[str, Any]
    reason: str = Field(description="the maker of the first decision is told it")


@router.post("/decisions/{uuid:decision_id}/correct", response=DecisionOut, operation_id="correct_decision")
def post_correction(request: PageRequest, decision_id: UUID, said: CorrectionIn) -> DecisionOut:
    """Put somebody else's decision right, once its maker can no longer take it back; answers with the one that stands now."""
    found = load(request.actor, scopes.DECISION_VIEW, Decision.objects.all(), decision_id)
    made = correct(request.actor, decision=found, answer=said.answer, reason=said.reason, now=request.now)
    return DecisionOut.of(made.second)


def _behind(after: str) -> Q:
    """Rows behind a place in the order: a keyset, so the thousandth page costs what the first does."""
    moment, _sign, pk = after.partition("~")
    try:
        at, last = datetime.fromisoformat(moment), UUID(pk)
    except ValueError:
        raise Invalid(
            _("This is no place in the list."), fields={"after": [_("Send what the answer before gave.")]}
        ) from None
    at = _as_utc(at, "after")
    return Q(decided_at__gt=at) | Q(decided_at=at, id__gt=last)


def _as_utc(moment: datetime, field: str) -> datetime:
    """A moment in UTC; without a zone it is taken as UTC. `Invalid` at the ends of the calendar."""
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise Invalid(_("There is no such moment in UTC."), fields={field: [_("Choose another.")]}) from None
