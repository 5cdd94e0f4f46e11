"""What this room hangs into the pages of rooms below."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.access import Actor, may
from evenkeel.ground.slots import fills
from evenkeel.ground.templatetags.marks import icon
from evenkeel.work import Programme

from . import scopes
from .queries.signals import headline, open_signals_of, waiting_for


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@fills("work:programme:tabs", order=20)
def quality_tab(request: HttpRequest, programme: Programme) -> str:
    """Beside the tabs of a programme: its quality."""
    if not may(_actor(request), scopes.FIGURE_VIEW, programme):
        return ""
    return format_html('<li><a href="{}">{}</a></li>', reverse("measure:programme", args=[programme.pk]), _("Quality"))


@fills("work:programme", order=20)
def headline_figures(request: HttpRequest, programme: Programme) -> str:
    """On a programme's page: what its quality page says first."""
    if not may(_actor(request), scopes.FIGURE_VIEW, programme):
        return ""
    from .pages.overview import headline_tiles

    tiles = headline_tiles(_actor(request), programme, today=request.now.date())  # type: ignore[attr-defined]
    return render_to_string("measure/_headline.html", {"programme": programme, "tiles": tiles[:4]}, request=request)


@fills("site:home", order=20)
def my_signals(request: HttpRequest, _thing: Any) -> str:
    """On the home page: open signals that are mine."""
    actor = _actor(request)
    if not actor.has(scopes.SIGNAL_VIEW):
        return ""
    now = request.now  # type: ignore[attr-defined]
    mine = [(signal, headline(signal)) for signal in open_signals_of(actor, now=now)]
    return render_to_string("measure/_mine.html", {"signals": mine}, request=request) if mine else ""


@fills("shell:topbar", order=30)
def waiting_signals(request: HttpRequest, actor: Any) -> str:
    """In the header: how many of one's own signals are open and awake; nothing while there are none."""
    if not actor.has(scopes.SIGNAL_VIEW) or not (n := waiting_for(actor, now=request.now)):  # type: ignore[attr-defined]
        return ""
    said = ngettext("%(n)d open signal of yours", "%(n)d open signals of yours", n) % {"n": n}
    url = f"{reverse('measure:signals')}?owner=me&state=awake"
    return format_html(
        '<a class="button quiet icon-only bell" href="{}" aria-label="{}">{}'
        '<span class="count" aria-hidden="true">{}</span></a>',
        url, said, icon("activity"), n if n < 100 else "99+",
    )  # fmt: skip
