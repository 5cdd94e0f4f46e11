"""Dashboards: the shipped ones by role, and one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load
from evenkeel.ground.changes import Change, changes_between
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.templatetags.layout import Tab
from evenkeel.measure import FIGURE_VIEW, SIGNAL_VIEW, RaisedSignal, day_metric, metrics, raised_signals

from .. import scopes
from ..board import Board, boards_for
from ..forms import NameForm, TileForm
from ..looks import note_looks
from ..models import Dashboard, Tile
from ..queries.saved import dashboards_of
from ..queries.tiles import Shown, is_of_her_own, shown_on
from ..words import PERIODS, Moved, Stands, fills, moved, stands

# What changed lately, beside the figures: the newest of the last four weeks.
_CHANGES_DAYS, _CHANGES = 28, 8
# Figures of what somebody found about the work, not of the work as such.
_JUDGED = ("audits", "golds")


@dataclass(frozen=True, kw_only=True)
class TileView:
    """A tile as its template wants it."""

    tile: Tile | None
    title: Any
    period: Any
    metric: Any
    glance: Any
    href: str
    moved: Moved | None
    guard: Any
    points: list[float]
    low: float | None
    high: float | None
    target: Stands | None
    fills: str
    is_outside: bool


@page(
    gettext_lazy("Dashboards"),
    name="reports:dashboards",
    nav=Nav(section="insight", icon="grid", order=5, scope=scopes.DASHBOARD_OWN),
)
def home(request: PageRequest) -> HttpResponse:
    """The dashboard that suits the reader: her own first, else the one made for her role; ?board= another shipped one."""
    slug = request.GET.get("board", "")
    offered = boards_for(request.actor)
    if slug:
        chosen = next((kind for kind in offered if kind.slug == slug), None)
        if chosen is None:
            raise NotFound(_("There is no such dashboard, or it is not made for what you may see."))
        return _page(request, chosen, offered)
    first = dashboards_of(request.actor).first()
    if first is not None:
        return _page(request, first, offered)
    if not offered:
        return render(request, "reports/no_dashboard.html")
    return _page(request, offered[0], offered)


@page(gettext_lazy("Dashboard"))
def own(request: PageRequest, dashboard_id: UUID) -> HttpResponse:
    """One of one's own. ?edit= arranges it."""
    found = load(request.actor, scopes.DASHBOARD_OWN, Dashboard.objects.all(), dashboard_id)
    return _page(request, found, boards_for(request.actor), is_edited="edit" in request.GET)


def _page(
    request: PageRequest, source: type[Board] | Dashboard, offered: list[type[Board]], *, is_edited: bool = False
) -> HttpResponse:
    today, is_own = request.now.date(), isinstance(source, Dashboard)
    shown = shown_on(source, actor=request.actor, today=today)
    note_looks(
        request.actor, shown, name=source.name if isinstance(source, Dashboard) else source.title, now=request.now
    )
    context = {
        "board": None if is_own else source,
        "dashboard": source if is_own else None,
        "tiles": [tile_view(request, each) for each in shown],
        "tabs": _tabs(request, source, offered),
        "changes": _changes(request),
        "raised": _raised(request),
        "is_edited": is_edited,
        "arrange_url": f"{source.get_absolute_url()}?edit=1" if isinstance(source, Dashboard) else "",
        "begin_form": NameForm(initial={"name": _own_name(source)}),
        "name_form": NameForm(initial={"name": source.name}) if isinstance(source, Dashboard) else None,
        "tile_form": TileForm(actor=request.actor) if is_edited else None,
    }
    return render(request, "reports/dashboard.html", context)


def tile_view(request: PageRequest, shown: Shown) -> TileView:
    """A tile with its words, its band and the place that a click leads to."""
    glance = shown.glance
    kind = day_metric(glance.ask.metric)
    limits = glance.limits
    points = (
        [point.estimate.value for point in glance.points] if any(p.estimate.is_known for p in glance.points) else []
    )
    return TileView(
        tile=shown.tile,
        title=kind.title,
        period=PERIODS[glance.ask.days],
        metric=kind,
        glance=glance,
        href=_leads_to(request, shown),
        moved=None if glance.is_withheld else moved(glance),
        guard=metrics[glance.guard] if glance.guard else None,
        points=points,
        low=limits.lower[-1] if limits else None,
        high=limits.upper[-1] if limits else None,
        target=stands(shown.target, shown.standing),
        fills="" if glance.is_withheld or glance.now.is_known or points else fills(kind, glance.now.n),
        is_outside=bool(limits and limits.is_news),
    )


def _own_name(source: type[Board] | Dashboard) -> str:
    """What a copy is called unless she calls it otherwise: beside the shipped one it must be told apart."""
    return "" if isinstance(source, Dashboard) else _("%(title)s, mine") % {"title": source.title}


def _leads_to(request: PageRequest, shown: Shown) -> str:
    if is_of_her_own(shown, request.actor):
        return _own_rows(request, shown)
    if shown.exploration_id is not None:
        return reverse("reports:exploration", args=[shown.exploration_id])
    if not request.actor.has(scopes.EXPLORE):
        return ""
    return f"{reverse('reports:explore')}?{shown.question.query()}"


def _own_rows(request: PageRequest, shown: Shown) -> str:
    """Her own work, cut to the tile's time: what audits found about it, each with its case, or else what she decided."""
    glance = shown.glance
    fact = day_metric(glance.ask.metric).facts[0].name
    if fact not in _JUDGED or not request.actor.has("quality:finding:own"):
        return reverse("work:mine")
    said = {"decided_from": glance.since, "decided_to": glance.until - timedelta(days=1)}
    return f"{reverse('quality:mine')}?{urlencode(said)}"


def _tabs(request: PageRequest, current: type[Board] | Dashboard, offered: list[type[Board]]) -> list[Tab]:
    own_ones = [Tab(each.name, each.get_absolute_url(), each == current) for each in dashboards_of(request.actor)]
    root = reverse("reports:dashboards")
    return [*own_ones, *(Tab(kind.title, f"{root}?board={kind.slug}", kind is current) for kind in offered)]


def _changes(request: PageRequest) -> list[Change]:
    if not request.actor.has(FIGURE_VIEW):
        return []
    until = request.now.date().toordinal() + 1
    day = request.now.date().fromordinal
    found = changes_between(request.actor, since=day(until - _CHANGES_DAYS), until=day(until))
    return list(reversed(found))[:_CHANGES]


def _raised(request: PageRequest) -> list[RaisedSignal]:
    """What the charts noticed meanwhile: a figure of everybody can stand still while one team's falls."""
    if not request.actor.has(SIGNAL_VIEW):
        return []
    since = request.now - timedelta(days=_CHANGES_DAYS)
    return raised_signals(request.actor, since=since, now=request.now, limit=_CHANGES)
