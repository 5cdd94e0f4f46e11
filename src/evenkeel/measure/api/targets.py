"""Targets: read, set, ended; and how a figure stands against the one that holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from evenkeel.ground.access import require
from evenkeel.ground.errors import Invalid, NotFound
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.targets import end_target, set_target
from ..forms_places import place_at
from ..models import Target
from ..queries.figures import figure
from ..queries.targets import Place, seen_by, target_for, where_of
from .common import EstimateOut, day_metric_for

router = Router()
_LINES = ("line__organisation", "line__site", "line__team", "line__programme", "line__queue")


class TargetIn(Schema):
    """In the metric's own unit: a share between 0 and 1, a time in milliseconds. Without a place: everywhere."""

    metric: str
    kind: str | None = None
    place_id: UUID | None = None
    value: float
    warning: float
    critical: float
    guard: str = ""
    why: str
    since_on: date
    until_on: date | None = None


class TargetOut(Schema):
    id: UUID
    metric: str
    kind: str
    place_id: UUID | None
    where: str
    value: float
    warning: float
    critical: float
    guard: str
    why: str
    since_on: date
    until_on: date | None

    @classmethod
    def of(cls, row: Target) -> TargetOut:
        same = ("id", "value", "warning", "critical", "guard", "why", "since_on", "until_on")
        line = row.line
        return cls(
            **{name: getattr(row, name) for name in same},
            metric=line.metric,
            kind=line.kind,
            place_id=line.place_id if line.place is not None else None,
            where=where_of(line),
        )


class EndIn(Schema):
    until_on: date


class StandingOut(Schema):
    """`state` is met, missed or cannot_tell, by the figure's whole interval; `band` the worst in which it surely lies."""

    target: TargetOut | None
    estimate: EstimateOut
    state: str | None
    band: str | None
    guard: EstimateOut | None


class StandingFilters(Schema):
    """Whose figure over since <= day < until; the target is the one that holds on the last day."""

    since: date
    until: date
    programme_id: UUID | None = None
    queue_id: UUID | None = None
    organisation_id: UUID | None = None
    site_id: UUID | None = None
    team_id: UUID | None = None


@router.get("/targets", response=list[TargetOut], operation_id="list_targets")
def list_targets(request: PageRequest, metric: str | None = None, on: date | None = None) -> list[TargetOut]:
    """Targets that you may see; of one metric, or those that hold on a day."""
    require(request.actor, scopes.FIGURE_VIEW)
    rows = seen_by(request.actor, Target.objects.all()).select_related(*_LINES)
    if metric is not None:
        rows = rows.filter(line__metric=metric)
    if on is not None:
        rows = rows.filter(since_on__lte=on).exclude(until_on__lte=on)
    return [TargetOut.of(row) for row in rows[:1_000]]


@router.post("/targets", response=TargetOut, operation_id="set_target")
def post_target(request: PageRequest, said: TargetIn) -> TargetOut:
    """Set a target."""
    place = _place(request, said)
    given: dict[str, Any] = said.dict(exclude={"kind", "place_id"})
    return TargetOut.of(set_target(request.actor, on=place, now=request.now, **given))


@router.post("/targets/{uuid:target_id}/end", response=TargetOut, operation_id="end_target")
def post_target_end(request: PageRequest, target_id: UUID, said: EndIn) -> TargetOut:
    """End a target with a day that it no longer covers."""
    require(request.actor, scopes.FIGURE_VIEW)
    found = seen_by(request.actor, Target.objects.filter(pk=target_id)).select_related(*_LINES).first()
    if found is None:
        raise NotFound(_("There is no such page, or it is not yours to see."))
    return TargetOut.of(end_target(request.actor, target=found, until_on=said.until_on, now=request.now))


@router.get("/metrics/{metric}/standing", response=StandingOut, operation_id="get_standing")
def get_standing(request: PageRequest, metric: str, filters: Query[StandingFilters]) -> StandingOut:
    """A figure beside its target and its guard, and how it stands: never a naked comparison."""
    require(request.actor, scopes.FIGURE_VIEW)
    kind = day_metric_for(request.actor, metric)
    if not 0 < (filters.until - filters.since).days <= 1_100:
        raise Invalid(
            _("The period does not fit."), fields={"until": [_("It ends after it begins, at most three years.")]}
        )
    where = {name: getattr(filters, f"{name}_id") for name in ("programme", "queue", "organisation", "site", "team")}
    found = figure(kind.slug, since=filters.since, until=filters.until, actor=request.actor, **where)
    held = target_for(kind.slug, place=Place(**where), on=_last(filters), actor=request.actor)
    if held is None:
        return StandingOut(target=None, estimate=EstimateOut.of(found), state=None, band=None, guard=None)
    stands = held.standing(found)
    row = Target.objects.select_related(*_LINES).get(pk=held.target_id)
    return StandingOut(
        target=TargetOut.of(row),
        estimate=EstimateOut.of(found),
        state=stands.state,
        band=stands.band,
        guard=_guard(request, held.guard, filters, where),
    )


def _last(filters: StandingFilters) -> date:
    return filters.until - timedelta(days=1)


def _guard(request: PageRequest, slug: str, filters: StandingFilters, where: dict[str, Any]) -> EstimateOut | None:
    """The guard's figure over the same rows; None for one that needs a whole study."""
    try:
        found = figure(slug, since=filters.since, until=filters.until, actor=request.actor, **where)
    except (ValueError, KeyError):
        return None
    return EstimateOut.of(found)


def _place(request: PageRequest, said: TargetIn) -> Any:
    if said.kind is None and said.place_id is None:
        return None
    if said.kind not in ("organisation", "site", "team", "programme", "queue") or said.place_id is None:
        raise Invalid(
            _("The place does not fit."),
            fields={"kind": [_("One of organisation, site, team, programme, queue, with its place_id.")]},
        )
    return place_at(request.actor, scopes.TARGET_EDIT, f"{said.kind}:{said.place_id}")
