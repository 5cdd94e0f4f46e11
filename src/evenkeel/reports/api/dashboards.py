"""Dashboards: the shipped ones and one's own, with their figures as of now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from evenkeel.ground.access import load
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest

from .. import acts, scopes
from ..board import Board, boards_for
from ..looks import note_looks
from ..models import Dashboard, Tile
from ..queries.saved import dashboards_of
from ..queries.tiles import Shown, shown_on
from .common import FigureOut, QuestionIn

router = Router()


class BoardOut(Schema):
    """A dashboard without its figures. Shipped ones have a slug, one's own an id."""

    slug: str | None
    id: UUID | None
    title: str
    why: str
    based_on: str | None

    @classmethod
    def of(cls, found: type[Board] | Dashboard) -> BoardOut:
        if isinstance(found, Dashboard):
            return cls(slug=None, id=found.pk, title=found.name, why="", based_on=found.based_on or None)
        return cls(slug=found.slug, id=None, title=str(found.title), why=str(found.why), based_on=None)


class PointOut(Schema):
    day: date
    figure: FigureOut


class TargetOut(Schema):
    """The target that holds for a tile, in the metric's own unit; `where` names what it was set for.

    `state` is met, missed or cannot_tell, by the figure's whole interval; `band` the worst in which it surely lies.
    """

    id: UUID
    where: str
    value: float
    warning: float
    critical: float
    state: Literal["met", "missed", "cannot_tell"]
    band: Literal["", "warning", "critical"]

    @classmethod
    def of(cls, shown: Shown) -> TargetOut | None:
        target, stands = shown.target, shown.standing
        if target is None or stands is None:
            return None
        same = {name: getattr(target, name) for name in ("where", "value", "warning", "critical")}
        return cls(id=target.target_id, state=stands.state, band=stands.band, **same)


class TileOut(Schema):
    """A figure over since <= day < until beside the same length before. `mix` + `rate` is the change exactly.

    `lower` and `upper` are the limits of the newest point; `as_of` is when rows last came into the figure.
    """

    id: UUID | None
    metric: str
    days: int
    split_by: str
    since: date
    until: date
    figure: FigureOut
    before: FigureOut
    mix: float | None
    rate: float | None
    guard: str | None
    guard_figure: FigureOut | None
    points: list[PointOut]
    lower: float | None
    upper: float | None
    as_of: datetime | None
    target: TargetOut | None

    @classmethod
    def of(cls, shown: Shown) -> TileOut:
        glance = shown.glance
        limits = glance.limits
        return cls(
            id=shown.tile.pk if shown.tile else None,
            metric=glance.ask.metric,
            days=glance.ask.days,
            split_by=glance.ask.split_by,
            since=glance.since,
            until=glance.until,
            figure=FigureOut.of(glance.now),
            before=FigureOut.of(glance.before),
            mix=glance.mix,
            rate=glance.rate,
            guard=glance.guard or None,
            guard_figure=FigureOut.of(glance.guard_now) if glance.guard else None,
            points=[PointOut(day=point.day, figure=FigureOut.of(point.estimate)) for point in glance.points],
            lower=limits.lower[-1] if limits else None,
            upper=limits.upper[-1] if limits else None,
            as_of=glance.as_of,
            target=TargetOut.of(shown),
        )


class DashboardOut(BoardOut):
    """A dashboard with its tiles in their order."""

    tiles: list[TileOut]


class DashboardIn(Schema):
    """`copy_of`: the slug of a shipped dashboard, or the id of one of your own; empty: without tiles."""

    name: str
    copy_of: str = ""


class TileIn(QuestionIn):
    """A metric over the last 1, 7, 28, 91 or 364 days; `split_by` is whose mix and rate its change is split into.

    A place that the metric is kept by; "": the nearest one.
    """

    split_by: str = ""


class OrderIn(Schema):
    tiles: list[UUID]


@router.get("/dashboards", response=list[BoardOut], operation_id="list_dashboards")
def list_dashboards(request: PageRequest) -> list[BoardOut]:
    """Your own dashboards and the shipped ones that you may open, the one that suits you first."""
    found: list[type[Board] | Dashboard] = [*dashboards_of(request.actor), *boards_for(request.actor)]
    return [BoardOut.of(each) for each in found]


@router.post("/dashboards", response=DashboardOut, operation_id="begin_dashboard")
def post_dashboard(request: PageRequest, said: DashboardIn) -> DashboardOut:
    """A dashboard of your own: empty, or a copy."""
    source = _source(request, said.copy_of) if said.copy_of else None
    made = acts.begin_dashboard(request.actor, name=said.name, copy_of=source, now=request.now)
    return _told(request, made)


@router.get("/boards/{slug:slug}", response=DashboardOut, operation_id="get_board")
def get_board(request: PageRequest, slug: str) -> DashboardOut:
    """A shipped dashboard with its figures."""
    found = next((kind for kind in boards_for(request.actor) if kind.slug == slug), None)
    if found is None:
        raise NotFound(_("There is no such dashboard, or it is not made for what you may see."))
    return _told(request, found)


@router.get("/dashboards/{uuid:dashboard_id}", response=DashboardOut, operation_id="get_dashboard")
def get_dashboard(request: PageRequest, dashboard_id: UUID) -> DashboardOut:
    """One of your own with its figures."""
    return _told(request, _load(request, dashboard_id))


@router.delete("/dashboards/{uuid:dashboard_id}", response={204: None}, operation_id="delete_dashboard")
def delete_dashboard(request: PageRequest, dashboard_id: UUID) -> Status[None]:
    """Away with it."""
    acts.delete_dashboard(request.actor, dashboard=_load(request, dashboard_id), now=request.now)
    return Status(204, None)


@router.post("/dashboards/{uuid:dashboard_id}/tiles", response=DashboardOut, operation_id="add_tile")
def post_tile(request: PageRequest, dashboard_id: UUID, said: TileIn) -> DashboardOut:
    """Put a figure on it, behind the others."""
    found = _load(request, dashboard_id)
    question = said.question(request.actor)
    acts.add_tile(request.actor, dashboard=found, question=question, split_by=said.split_by, now=request.now)
    return _told(request, found)


@router.put("/dashboards/{uuid:dashboard_id}/order", response=DashboardOut, operation_id="order_tiles")
def put_order(request: PageRequest, dashboard_id: UUID, said: OrderIn) -> DashboardOut:
    """Put the tiles into this order; those not named go behind."""
    found = _load(request, dashboard_id)
    acts.order_tiles(request.actor, dashboard=found, order=said.tiles, now=request.now)
    return _told(request, found)


@router.delete("/tiles/{uuid:tile_id}", response={204: None}, operation_id="remove_tile")
def delete_tile(request: PageRequest, tile_id: UUID) -> Status[None]:
    """Take a tile away."""
    rows = Tile.objects.select_related("dashboard")
    acts.remove_tile(request.actor, tile=load(request.actor, scopes.DASHBOARD_OWN, rows, tile_id), now=request.now)
    return Status(204, None)


def _load(request: PageRequest, dashboard_id: UUID) -> Dashboard:
    return load(request.actor, scopes.DASHBOARD_OWN, Dashboard.objects.all(), dashboard_id)


def _source(request: PageRequest, said: str) -> type[Board] | Dashboard:
    board = next((kind for kind in boards_for(request.actor) if kind.slug == said), None)
    return board or load(request.actor, scopes.DASHBOARD_OWN, Dashboard.objects.all(), said.replace("\0", ""))


def _told(request: PageRequest, source: type[Board] | Dashboard) -> DashboardOut:
    shown = shown_on(source, actor=request.actor, today=request.now.date())
    title = source.name if isinstance(source, Dashboard) else source.title
    note_looks(request.actor, shown, name=title, now=request.now)
    return DashboardOut(**BoardOut.of(source).dict(), tiles=[TileOut.of(each) for each in shown])
