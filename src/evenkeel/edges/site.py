"""The site's own pages: the way in, and search."""

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from evenkeel.ground import search as ground_search
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.slots import parts_for

from . import site_health, site_standing


@page(_("Home"))
def home(request: PageRequest) -> HttpResponse:
    """Where a person lands: what waits for her, room by room."""
    # The rooms' fills are safe HTML by contract.
    waiting = [mark_safe(part) for part in parts_for("site:home", request, request.actor)]  # noqa: S308
    hour = timezone.localtime(request.now).hour
    greeting = _("Good morning") if 4 <= hour < 12 else _("Good afternoon") if 12 <= hour < 18 else _("Good evening")
    return render(request, "edges/home.html", {"waiting": waiting, "greeting": greeting})


@page(_("Search"))
def search(request: PageRequest) -> HttpResponse:
    """Whatever goes by a name or part of one, among what the person may see."""
    text = request.GET.get("q", "").strip()[:100]
    found = ground_search.search(request.actor, text)
    return render(
        request,
        "edges/search.html",
        {"text": text, "found": found, "is_short": 0 < len(text) < ground_search.SHORTEST},
    )


urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("standing/", site_standing.standing, name="standing"),
    path("healthz", site_health.health, name="health"),
    path("robots.txt", site_health.robots, name="robots"),
    path("favicon.ico", site_health.favicon, name="favicon"),
]
