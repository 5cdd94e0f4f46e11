"""The editor of definitions: a form with a preview of the last days and each mistake at its place."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import require
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.definitions import define, redefine
from ..definitions.checking import drafted
from ..definitions.facts import facts_offered
from ..definitions.faults import WrongDefinition
from ..definitions.kinds import OwnMetric, RatioMetric
from ..definitions.said import Said
from ..forms_definitions import EXPRESSIONS, OF_SORT, DefinitionForm, draft_of
from ..forms_places import place_at
from ..language import AGGREGATES, FUNCTIONS, columns_of
from ..metric import DayMetric, metrics
from ..models import Definition
from ..queries.definitions import populations_for
from ..queries.figures import figure
from ..queries.preview import CUTS, preview
from .charts import trend_of
from .common import window_ending
from .definitions import SORTS, WAY, editable, url_of

CUT_TITLES = {
    "programme": gettext_lazy("Programme"), "queue": gettext_lazy("Queue"), "organisation": gettext_lazy("Organisation"),
    "team": gettext_lazy("Team"),
}  # fmt: skip


@page(gettext_lazy("Define"))
def defining(request: PageRequest, sort: Literal["metric", "ratio", "population"]) -> HttpResponse:
    """Define a metric, a ratio or a population, with a preview of the last days."""
    require(request.actor, scopes.METRIC_EDIT)
    if sort not in SORTS:
        raise NotFound(_("There is no such page."))
    form = DefinitionForm(request.POST or None, actor=request.actor, sort=sort)
    if request.method == "POST":
        made = tried(form, lambda said: _defined(request, form, said))
        if made is not None:
            messages.success(request, _("%(name)s is published. Its history is taken in now.") % {"name": made.slug})
            return redirect(url_of(made))
    return _editor(request, form, title=_("Define: %(sort)s") % {"sort": SORTS[sort]})


def _defined(request: PageRequest, form: DefinitionForm, said: dict[str, Any]) -> Definition:
    place = place_at(request.actor, scopes.METRIC_EDIT, said["place"])
    kind = said["place"].partition(":")[0]
    where = {kind: place} if place is not None else {}
    return define(request.actor, slug=said["slug"], said=form.said(), now=request.now, **where)


@page(gettext_lazy("New version"))
def redefining(request: PageRequest, definition_id: UUID) -> HttpResponse:
    """Say a definition anew: the next version, with what changed and what that does to figures."""
    found = editable(request, definition_id)
    version = found.versions.order_by("-number")[0]
    form = DefinitionForm(request.POST or None, actor=request.actor, sort=found.sort, version=version)
    if request.method == "POST":
        made = tried(form, lambda said: redefine(request.actor, definition=found, said=form.said(), now=request.now))
        if made is not None:
            messages.success(request, _("Version %(n)d is published.") % {"n": made.number})
            return redirect(url_of(found))
    return _editor(request, form, title=_("%(name)s, said anew") % {"name": version.title}, found=found)


def _editor(request: PageRequest, form: DefinitionForm, *, title: str, found: Definition | None = None) -> HttpResponse:
    crumbs = list(WAY)
    # The figure comes by a request of its own: it reads the log, and the page need not wait for that.
    wrong = dict(_places(draft_of(request.POST, form.sort))[0]) if request.method == "POST" else {}
    context = {
        "form": form,
        "fields": [(bound, bound.name in EXPRESSIONS, wrong.get(bound.name)) for bound in form],
        "title": title,
        "sort": form.sort,
        "words": _words(found),
        "back": url_of(found) if found is not None else reverse("measure:definitions"),
    }
    status = 422 if form.errors else 200
    return render(request, "measure/defining.html", context, crumbs=crumbs, status=status)


@require_POST
@page(gettext_lazy("Preview"))
def definition_preview(request: PageRequest, sort: str) -> HttpResponse:
    """What the expressions give over the last days, and what does not fit in them; a part of the editor."""
    require(request.actor, scopes.METRIC_EDIT)
    if sort not in SORTS:
        raise NotFound(_("There is no such page."))
    context = _previewed(request, request.POST, sort) | {"is_part": True}
    return TemplateResponse(request, "measure/parts/preview.html", context)


def _previewed(request: PageRequest, sent: Any, sort: str) -> dict[str, Any]:
    said = draft_of(sent, sort)
    by = sent.get("by") if sent.get("by") in CUTS else "organisation"
    if sort == "ratio":
        return _previewed_ratio(request, said.above, said.below)
    places, kind = _places(said)
    context: dict[str, Any] = {"places": places, "sort": sort}
    if kind is None:
        return context | {"is_wrong": any(wrong for _name, wrong in places)}
    found = preview(request.actor, kind, by=by, now=request.now)
    cuts = [(name, CUT_TITLES[name], name == by) for name in CUTS]
    chart = trend_of(found.points, kind, where=_("Last 28 days"), actor=request.actor)
    return context | {"preview": found, "chart": chart, "cuts": cuts}


def _places(said: Said) -> tuple[list[tuple[str, Any]], type[OwnMetric] | None]:
    """The mistake in each expression, None where there is none; and the metric that they make when all is well."""
    asked = [name for name in EXPRESSIONS if name in OF_SORT[said.sort]]
    right = [(name, None) for name in asked]
    if said.sort == "ratio" or not (said.population if said.sort == "population" else said.figure).strip():
        return right, None
    try:
        # What a programme or an organisation may name besides is known once it is chosen, when it is published.
        return right, drafted(said, populations=populations_for())
    except WrongDefinition as wrong:
        told = {
            name: {"sentence": place.sentence, "parts": place.excerpt(getattr(said, name))}
            for name, place in wrong.places.items()
        }
        return [(name, told.get(name)) for name in asked], None


def _previewed_ratio(request: PageRequest, above: str, below: str) -> dict[str, Any]:
    known = [name in metrics for name in (above, below)]
    sides = [metrics[name] for name in (above, below)] if all(known) else []
    if not sides or not all(issubclass(side, DayMetric) for side in sides):
        return {}
    _before, since, until = window_ending(request.now.date())
    first, second = (figure(name, since=since, until=until, actor=request.actor) for name in (above, below))
    return {"ratio": RatioMetric.of(first, second), "sides": [(sides[0], first), (sides[1], second)]}


def _words(found: Definition | None) -> dict[str, Any]:
    """What the editor offers while somebody types: columns by fact, functions, populations."""
    functions = [(each.name, each.example, each.title) for each in AGGREGATES]
    functions += [(each.name, each.example, each.title) for each in FUNCTIONS]
    own = populations_for(
        organisation=found.organisation if found else None, programme=found.programme if found else None
    )
    return {
        "facts": {
            name: [
                {"name": column, "hint": f"{kind}: {fact.columns[column].why}"}
                for column, kind in columns_of(fact).items()
            ]
            for name, fact in facts_offered().items()
        },
        "functions": [{"name": name, "hint": f"{example}: {title}"} for name, example, title in functions],
        "populations": [{"name": name, "fact": fact, "hint": text} for name, (fact, text) in own.items()],
    }
