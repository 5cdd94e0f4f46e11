"""The live floor: one page, and the part of it that asks for itself anew every few seconds."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.work import QUEUE_VIEW, Queue

from . import scopes
from .acts import set_backlog_target
from .floor import floor
from .showing import EVERY_S, filters_of, narrowed_by, part_of, version_of


@page(
    gettext_lazy("Live floor"),
    name="planning:floor",
    nav=Nav(section="work", icon="activity", order=12, scope=scopes.FLOOR_VIEW),
)
def live_floor(request: PageRequest) -> HttpResponse:
    """Who is on which queue in which state, what waits against its target, and what will be late next."""
    require(request.actor, scopes.FLOOR_VIEW)
    found = floor(request.actor, narrowed=narrowed_by(request), now=request.now)
    context = {
        "part": part_of(request, found),
        "filters": filters_of(found, narrowed_by(request)),
        "every_s": EVERY_S,
        "may_edit": request.actor.has(scopes.FLOOR_EDIT),
        "lines": found.queues,
    }
    return render(request, "planning/floor.html", context)


@page(gettext_lazy("Live floor"))
def live_part(request: PageRequest) -> HttpResponse:
    """The part that lives. Nothing (204) when it still looks as the page says it has `seen` it."""
    require(request.actor, scopes.FLOOR_VIEW)
    found = floor(request.actor, narrowed=narrowed_by(request), now=request.now)
    part, version = part_of(request, found), version_of(found)
    if request.GET.get("seen") == version:
        return HttpResponse(status=204)
    return HttpResponse(part)


@require_POST
@page(gettext_lazy("How much may wait"))
def target(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """Set or lift a queue's backlog target."""
    queue = load(request.actor, QUEUE_VIEW, Queue.objects.all(), queue_id)
    said = request.POST.get("most", "").strip()
    if said and not (said.isascii() and said.isdigit()):
        messages.error(request, _("A number of items, or nothing."))
        return redirect("planning:floor")
    try:
        most = int(said[:12]) if said else None
        set_backlog_target(request.actor, queue=queue, most=most, now=request.now)
    except Invalid as wrong:
        messages.error(request, " ".join([wrong.sentence, *wrong.fields["most"]]))
    else:
        messages.success(request, _("Saved."))
    return redirect("planning:floor")


urlpatterns = [
    path("planning/floor/", live_floor, name="floor"),
    path("planning/floor/live/", live_part, name="floor-live"),
    path("planning/queues/<uuid:queue_id>/backlog-target/", target, name="backlog-target"),
]
