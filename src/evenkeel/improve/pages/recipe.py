"""The recipe: what was asked, of which data, and asking again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import may
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.measure import PERSON_VIEW

from .. import acts, recipes, words_room
from ..models import Investigation, RecipeRun
from ..rules_recipes import Difference
from .one import load_investigation
from .tabs import crumbs_of, exports_of, tabs_of


@page(gettext_lazy("Recipe"))
def recipe(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """What was asked, of which data."""
    return _show(request, load_investigation(request.actor, investigation_id))


@require_POST
@page(gettext_lazy("Run again"))
def running(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Run it again, and say what differs."""
    found = load_investigation(request.actor, investigation_id)
    _made, result, data = acts.run_again(request.actor, investigation=found, now=request.now)
    return _show(request, found, result=result, data=data)


def _show(
    request: PageRequest,
    found: Investigation,
    *,
    result: list[Difference] | None = None,
    data: list[Difference] | None = None,
) -> HttpResponse:
    run = recipes.last_look(found)
    shows_people = bool(may(request.actor, PERSON_VIEW, found))

    def said(differences: list[Difference] | None) -> list[str]:
        return [
            words_room.difference_text(each.kind, each.said, shows_people=shows_people) for each in differences or ()
        ]

    context = {
        "investigation": found,
        "tabs": tabs_of(found, current="recipe"),
        "exports": exports_of(found),
        "run": run,
        "asked": _asked(run) if run else [],
        "runs": found.runs.select_related("by").order_by("-at", "-id")[:20],
        "was_run": result is not None,
        "result": said(result),
        "data": said(data),
    }
    return render(request, "improve/recipe.html", context, crumbs=crumbs_of(found))


def _asked(run: RecipeRun) -> list[tuple[str, object]]:
    recipe, data = run.recipe, run.data
    facts = data["facts"].items()
    return [
        (_("Metric"), _("%(metric)s, version %(version)s") % {"metric": recipe["metric"], "version": data["metric_version"]}),
        (_("Before"), f"{recipe['baseline_since']} ≤ … < {recipe['since']}"),
        *_left_out(recipe.get("apart", ())),
        (_("Changed window"), f"{recipe['since']} ≤ … < {recipe['until']}"),
        (_("Cut by"), ", ".join(recipe["dimensions"])),
        (_("Audits read before"), f"{data['before']['n']:g}"),
        (_("Audits read in the changed window"), f"{data['now']['n']:g}"),
        *((_("Rows of the log, %(fact)s") % {"fact": fact}, f"{said['rows']} · {said['digest'][:12]}") for fact, said in facts),
        (_("Result"), run.digest[:12]),
    ]  # fmt: skip


def _left_out(apart: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What the first window does without, named as its signal is: causes may tell of single people."""
    said = dict.fromkeys(f"{part['what']}, {part['since']} ≤ … < {part['until']}" for part in apart)
    return [(_("Left out of what was before"), "; ".join(said))] if said else []
