"""Arranging one's own dashboards: begun, named, tiles added, moved and taken away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page
from evenkeel.measure import day_metrics

from .. import acts, scopes
from ..board import Board, boards_for
from ..forms import NameForm, TileForm, sentences, tried
from ..models import Dashboard, Tile
from ..queries.saved import load_saved
from ..rules.questions import read


@require_POST
@page(gettext_lazy("New dashboard"))
def begin(request: PageRequest) -> HttpResponse:
    """A dashboard of one's own, `copy_of` a shipped one (its slug) or another of one's own (its id), or empty."""
    form = NameForm(request.POST)
    source = _source(request)
    made = tried(
        form, lambda said: acts.begin_dashboard(request.actor, name=said["name"], copy_of=source, now=request.now)
    )
    if made is None:
        messages.error(request, sentences(form))
        return redirect("reports:dashboards")
    messages.success(request, _("This dashboard is yours. Arrange it as you like."))
    return redirect(f"{made.get_absolute_url()}?edit=1")


def _source(request: PageRequest) -> type[Board] | Dashboard | None:
    said = request.POST.get("copy_of", "")
    board = next((kind for kind in boards_for(request.actor) if kind.slug == said), None)
    if board is not None or not said:
        return board
    return load(request.actor, scopes.DASHBOARD_OWN, Dashboard.objects.all(), said)


@require_POST
@page(gettext_lazy("Rename a dashboard"))
def rename(request: PageRequest, dashboard_id: UUID) -> HttpResponse:
    """Another name."""
    found, form = _load(request, dashboard_id), NameForm(request.POST)
    tried(form, lambda said: acts.rename_dashboard(request.actor, dashboard=found, name=said["name"], now=request.now))
    return _back(request, found, sentences(form))


@require_POST
@page(gettext_lazy("Delete a dashboard"))
def delete(request: PageRequest, dashboard_id: UUID) -> HttpResponse:
    """Away with it."""
    acts.delete_dashboard(request.actor, dashboard=_load(request, dashboard_id), now=request.now)
    messages.success(request, _("Deleted."))
    return redirect("reports:dashboards")


@require_POST
@page(gettext_lazy("Add a tile"))
def add(request: PageRequest, dashboard_id: UUID) -> HttpResponse:
    """A tile from the form, or (`query`) from a question asked on the explore page."""
    found = _load(request, dashboard_id)
    known = [kind.slug for kind in day_metrics()]
    if "asked" in request.POST:
        from django.http import QueryDict

        sent = QueryDict(request.POST["asked"])
        question = read(dict(sent.lists()), metrics=known).question
        source = request.POST.get("exploration", "")
        exploration = load_saved(request.actor, UUID(source)) if _is_uuid(source) else None
        by = question.by[0] if question.by and question.by[0] != "worker" else "queue"
        try:
            acts.add_tile(
                request.actor, dashboard=found, question=question, split_by=by, exploration=exploration, now=request.now
            )
        except Invalid as wrong:
            said = " ".join([wrong.sentence, *(text for texts in wrong.fields.values() for text in texts)])
            return _back(request, found, said)
        messages.success(request, _("It stands on the dashboard now."))
        return redirect(found)
    form = TileForm(request.POST, actor=request.actor)
    if form.is_valid():
        said = {name: str(form.cleaned_data[name]) for name in ("metric", "days")}
        own = {"worker": str(request.actor.worker_id)} if form.cleaned_data["whose"] == "own" else {}
        question = read(said | own, metrics=known).question
        split_by = form.cleaned_data["split_by"]
        tried(
            form,
            lambda _said: acts.add_tile(
                request.actor, dashboard=found, question=question, split_by=split_by, now=request.now
            ),
        )
    return _back(request, found, sentences(form))


@require_POST
@page(gettext_lazy("Order the tiles"))
def order(request: PageRequest, dashboard_id: UUID) -> HttpResponse:
    """All tiles at once: what dragging sends."""
    found = _load(request, dashboard_id)
    said = [UUID(text) for text in request.POST.getlist("tile") if _is_uuid(text)]
    acts.order_tiles(request.actor, dashboard=found, order=said, now=request.now)
    return HttpResponse(status=204)


@require_POST
@page(gettext_lazy("Move a tile"))
def move(request: PageRequest, tile_id: UUID) -> HttpResponse:
    """One place earlier or later: what the keyboard does."""
    tile = _tile(request, tile_id)
    steps = -1 if request.POST.get("to") == "earlier" else 1
    acts.move_tile(request.actor, tile=tile, steps=steps, now=request.now)
    return redirect(f"{tile.dashboard.get_absolute_url()}?edit=1#tile-{tile.pk}")


@require_POST
@page(gettext_lazy("Remove a tile"))
def remove(request: PageRequest, tile_id: UUID) -> HttpResponse:
    """Take it away."""
    tile = _tile(request, tile_id)
    acts.remove_tile(request.actor, tile=tile, now=request.now)
    return _back(request, tile.dashboard, "")


def _load(request: PageRequest, dashboard_id: UUID) -> Dashboard:
    return load(request.actor, scopes.DASHBOARD_OWN, Dashboard.objects.all(), dashboard_id)


def _tile(request: PageRequest, tile_id: UUID) -> Tile:
    return load(request.actor, scopes.DASHBOARD_OWN, Tile.objects.select_related("dashboard"), tile_id)


def _back(request: PageRequest, dashboard: Dashboard, wrong: str) -> HttpResponse:
    if wrong:
        messages.error(request, wrong)
    return redirect(f"{dashboard.get_absolute_url()}?edit=1")


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
