"""What the pages of a programme share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.ground.templatetags.layout import Tab
from evenkeel.work import Programme

from .. import scopes
from ..models import Signal

# What a page calls "lately". A whole number of weeks, so that weekends weigh alike.
WINDOW = timedelta(days=28)

Crumbs = list[tuple[Any, str | None]]


def programme_for(request: PageRequest, programme_id: UUID) -> Programme:
    """The programme, for whoever may see figures of it or of a part of it."""
    return load(request.actor, scopes.FIGURE_VIEW, Programme.objects.select_related("owner"), programme_id)


def window_ending(today: date) -> tuple[date, date, date]:
    """(start of the window before, start of the window, its end), half-open, today included."""
    until = today + timedelta(days=1)
    return until - 2 * WINDOW, until - WINDOW, until


def address(name: str, *args: object, **query: object) -> str:
    """An address with its query; "" when no room has such a page, so that a figure then stands without a link."""
    try:
        path = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    said = {key: value for key, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(said)}" if said else path


def tabs_of(programme: Programme, current: str) -> list[Tab]:
    """The sides of a programme's quality."""
    titles = {
        "programme": _("Overview"),
        "agreement": _("Agreement"),
        "raters": _("Raters"),
        "items": _("Items"),
    }
    return [
        Tab(title=title, url=reverse(f"measure:{name}", args=[programme.pk]), is_current=name == current)
        for name, title in titles.items()
    ]


def crumbs_of(programme: Programme, *, deeper: bool = False) -> Crumbs:
    """The way to a programme's quality."""
    crumbs: Crumbs = [(_("Quality"), reverse("measure:programmes"))]
    if deeper:
        crumbs.append((programme.name, reverse("measure:programme", args=[programme.pk])))
    return crumbs


def open_signals(actor: Actor, programme: Programme) -> list[Signal]:
    """The programme's open signals, newest first."""
    if not actor.has(scopes.SIGNAL_VIEW):
        return []
    rows = visible(actor, scopes.SIGNAL_VIEW, Signal.objects.filter(programme=programme, closed_at=None))
    return list(rows.select_related("owner").order_by("-raised_at")[:20])
