"""Arranging one's own dashboards: begun, named, tiles added, moved and taken away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page
from evenkeel.ground.trying import tried
from evenkeel.measure import TABLES

from .. import acts, scopes
from ..board import Board, boards_for
from ..forms import NameForm, TileForm, sentences
from ..models import Dashboard, Tile
from ..queries.offered import metrics_offered
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
    """A tile from the form; or, with `asked`, from a question of the explore page."""
    found = _load(request, dashboard_id)
    if "asked" in request.POST:
        return _put(request, found)
    form = TileForm(request.POST, actor=request.actor)
    tried(form, lambda said: _add_from_form(request, found, said))
    return _back(request, found, sentences(form))


def _add_from_form(request: PageRequest, dashboard: Dashboard, said: dict[str, Any]) -> Tile:
    own = {"worker": str(request.actor.worker_id)} if said["whose"] == "own" else {}
    asked = read({"metric": said["metric"], "days": str(said["days"]), **own}, metrics=metrics_offered(request.actor))
    if asked.faults:
        # Whose work it is to be of must not be lost on the way.
        raise Invalid(_("This tile does not fit."), fields={"metric": list(asked.faults.values())})
    return acts.add_tile(
        request.actor, dashboard=dashboard, question=asked.question, split_by=said["split_by"], now=request.now
    )


def _put(request: PageRequest, dashboard: Dashboard) -> HttpResponse:
    """A question on a dashboard, with the exploration it was kept as, if it was."""
    sent = dict(QueryDict(request.POST["asked"]).lists())
    question = read(sent, metrics=metrics_offered(request.actor)).question
    source = request.POST.get("exploration", "")
    exploration = load_saved(request.actor, UUID(source)) if _is_uuid(source) else None
    split_by = next((name for name in question.by if name in TABLES and name != "worker"), "")
    try:
        acts.add_tile(
            request.actor, dashboard=dashboard, question=question, split_by=split_by, exploration=exploration,
            now=request.now,
        )  # fmt: skip
    except Invalid as wrong:
        said = [wrong.sentence, *(text for texts in wrong.fields.values() for text in texts)]
        return _back(request, dashboard, " ".join(said))
    messages.success(request, _("It stands on the dashboard now."))
    return redirect(dashboard)


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
