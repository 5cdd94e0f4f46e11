"""The watch list: what somebody has watched or left alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest
from evenkeel.people import Organisation, Person, people_with

from .. import scopes
from ..acts.budgets import set_alarm_budget
from ..acts.watching import leave_alone, stop_watch, watch_metric
from ..forms_places import TABLES
from ..models import Watch
from ..queries.inbox import budget_lines
from ..queries.watchlist import watch_lines
from .common import Page

router = Router()


class WatchOut(Schema):
    id: UUID
    sort: str
    metric: str
    kind: str
    place_id: UUID
    where: str
    owner_id: UUID | None
    why: str
    set_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Watch) -> WatchOut:
        same = ("id", "sort", "metric", "kind", "place_id", "owner_id", "why", "set_at", "ended_at")
        return cls(**{name: getattr(row, name) for name in same}, where=str(row))


class WatchIn(Schema):
    """`sort` off: the metric is left alone there, for the reason given."""

    sort: Literal["on", "off"] = "on"
    metric: str
    kind: Literal["organisation", "site", "team", "programme", "queue"]
    place_id: UUID
    owner_id: UUID | None = None
    why: str


class BudgetOut(Schema):
    """A budget, and what came of it over `weeks` weeks."""

    name: str
    organisation_id: UUID | None
    person_id: UUID | None
    per_week: float
    weeks: int
    allowed: float
    raised: int
    noise: int
    open: int
    is_kept: bool


class BudgetIn(Schema):
    organisation_id: UUID | None = None
    person_id: UUID | None = None
    per_week: float


class BudgetSet(Schema):
    per_week: float


@router.get("/watches", response=list[WatchOut], operation_id="list_watches")
def list_watches(request: PageRequest, page: Query[Page], is_open: bool = True) -> list[WatchOut]:
    """The lines of the watch list. Beside them accuracy is watched everywhere, and every metric where a target holds."""
    require(request.actor, scopes.SIGNAL_VIEW)
    return [WatchOut.of(row) for row in watch_lines(request.actor).filter(ended_at__isnull=is_open)[page.cut()]]


@router.post("/watches", response=WatchOut, operation_id="add_watch")
def add_watch(request: PageRequest, said: WatchIn) -> WatchOut:
    """Have a metric watched, or left alone, at a place and in everything within it."""
    place = load(request.actor, scopes.WATCH_EDIT, TABLES[said.kind]._default_manager.all(), said.place_id)
    common: dict[str, Any] = {"metric": said.metric, "on": place, "why": said.why, "now": request.now}
    if said.sort == "off":
        return WatchOut.of(leave_alone(request.actor, **common))
    owner = None if said.owner_id is None else _able(said.owner_id, request)
    return WatchOut.of(watch_metric(request.actor, owner=owner, **common))


@router.post("/watches/{uuid:watch_id}/end", response=WatchOut, operation_id="end_watch")
def end_watch(request: PageRequest, watch_id: UUID) -> WatchOut:
    """End a line; what holds without it holds again."""
    found = load(request.actor, scopes.WATCH_EDIT, Watch.objects.all(), watch_id)
    return WatchOut.of(stop_watch(request.actor, watch=found, now=request.now))


@router.get("/alarm-budgets", response=list[BudgetOut], operation_id="list_alarm_budgets")
def list_alarm_budgets(request: PageRequest) -> list[BudgetOut]:
    """How many false alarms may come and how many came: of organisations whose signals you may see, and your own."""
    require(request.actor, scopes.SIGNAL_VIEW)
    same = ("per_week", "weeks", "allowed", "raised", "noise", "open", "is_kept")
    return [
        BudgetOut(
            name=line.name,
            organisation_id=line.organisation_id,
            person_id=line.person_id,
            **{name: getattr(line.kept, name) for name in same},
        )
        for line in budget_lines(request.actor, now=request.now)
    ]


@router.put("/alarm-budgets", response=BudgetSet, operation_id="set_alarm_budget")
def set_budget(request: PageRequest, said: BudgetIn) -> BudgetSet:
    """Say how many false alarms a week the charts of an organisation, or of one person, may raise."""
    if (said.organisation_id is None) == (said.person_id is None):
        raise Invalid(_("Whose budget is it?"), fields={"organisation_id": [_("Name an organisation or a person.")]})
    own: Organisation | Person
    if said.organisation_id is not None:
        own = load(request.actor, scopes.WATCH_EDIT, Organisation.objects.all(), said.organisation_id)
    else:
        own = _able(said.person_id, request)
    return BudgetSet(per_week=set_alarm_budget(request.actor, of=own, per_week=said.per_week, now=request.now).per_week)


def _able(person_id: UUID | None, request: PageRequest) -> Person:
    for person in people_with(scopes.SIGNAL_ACT, now=request.now):
        is_near = not request.actor.is_outside or request.actor.organisation_id == person.organisation_id
        if person.pk == person_id and is_near:
            return person
    raise Invalid(_("There is nobody like that."), fields={"person_id": [_("Choose somebody who may act on signals.")]})
