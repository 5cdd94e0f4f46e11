"""Defining metrics, ratios and populations in the product: the editor with its preview, versions, retiring."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground import trail
from evenkeel.ground.access import load, may, require
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter

from .. import scopes
from ..acts.definitions import define, redefine, restore, retire
from ..definitions.cells import columns_of_rows
from ..definitions.checking import WrongDefinition, drafted
from ..definitions.facts import day_of, facts_offered
from ..definitions.kinds import OwnMetric
from ..definitions.said import Said
from ..forms import ReasonForm, tried
from ..forms_definitions import EXPRESSIONS, OF_SORT, DefinitionForm, draft_of
from ..forms_places import place_at
from ..language import AGGREGATES, FUNCTIONS, columns_of
from ..metric import metrics
from ..models import Definition, Retirement
from ..queries.definitions import filling, populations_for, readable, users_of, versions_of, with_state
from ..queries.figures import figure
from ..queries.preview import CUTS, preview
from .charts import trend_of
from .common import window_ending

SORTS = dict(Definition.SORTS)
FIELDS = {
    "title": gettext_lazy("Title"), "why": gettext_lazy("What it tells"), "fact": gettext_lazy("Read from"),
    "figure": gettext_lazy("What is measured"), "population": gettext_lazy("Which rows count"),
    "weight": gettext_lazy("How much a row counts"), "above": gettext_lazy("Above the line"),
    "below": gettext_lazy("Below the line"), "unit": gettext_lazy("Shown as"), "better": gettext_lazy("Better"),
    "guard": gettext_lazy("Guarded by"),
}  # fmt: skip
CUT_TITLES = {
    "programme": gettext_lazy("Programme"), "queue": gettext_lazy("Queue"), "organisation": gettext_lazy("Organisation"),
    "team": gettext_lazy("Team"),
}  # fmt: skip
_METRICS = gettext_lazy("Metrics")


@page(gettext_lazy("Definitions"))
def definition_list(request: PageRequest) -> HttpResponseBase:
    """Everything that people defined and that may be read: metrics, ratios, populations, the retired among them."""
    require(request.actor, scopes.FIGURE_VIEW)
    rows = with_state(readable(request.actor)).select_related("owner", "organisation", "programme")
    table = Table(
        request,
        rows,
        title=_("Definitions"),
        columns=[
            Column("slug", _("Name"), kind="code", sort="slug", link=lambda row: _url(row)),
            Column("sort", _("Sort"), value=lambda row: row.get_sort_display(), sort="sort"),
            Column("place", _("For"), value=lambda row: _place(row)),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda row: _("retired") if row.is_retired else _("in use"),
                tone=lambda row: "quiet" if row.is_retired else "good",
            ),
            Column("owner", _("Owner"), kind="person"),
            Column("created_at", _("Defined"), kind="moment", sort="created_at"),
        ],
        filters=[
            TextFilter("q", _("Search definitions"), fields=["slug"]),
            ChoiceFilter("sort", _("Sort"), choices=list(SORTS.items())),
        ],
        default_sort="slug",
        export_name="definitions",
        empty=Empty(
            title=_("Nothing defined yet"),
            body=_("What ships covers the usual. What only you measure, you say in a line, with rows that test it."),
            icon="calculator",
        ),
    )
    context = {"table": table, "may_define": request.actor.has(scopes.METRIC_EDIT)}
    crumbs = [(_METRICS, reverse("measure:metrics"))]
    return table.export() or render(request, "measure/definitions.html", context, crumbs=crumbs)


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
            return redirect(_url(made))
    return _editor(request, form, title=_("Define: %(sort)s") % {"sort": SORTS[sort]})


def _defined(request: PageRequest, form: DefinitionForm, said: dict[str, Any]) -> Definition:
    place = place_at(request.actor, scopes.METRIC_EDIT, said["place"])
    kind = said["place"].partition(":")[0]
    where = {kind: place} if place is not None else {}
    return define(request.actor, slug=said["slug"], said=form.said(), now=request.now, **where)


@page(gettext_lazy("New version"))
def redefining(request: PageRequest, definition_id: UUID) -> HttpResponse:
    """Say a definition anew: the next version, with what changed and what that does to figures."""
    found = _editable(request, definition_id)
    version = found.versions.order_by("-number")[0]
    form = DefinitionForm(request.POST or None, actor=request.actor, sort=found.sort, version=version)
    if request.method == "POST":
        made = tried(form, lambda said: redefine(request.actor, definition=found, said=form.said(), now=request.now))
        if made is not None:
            messages.success(request, _("Version %(n)d is published.") % {"n": made.number})
            return redirect(_url(found))
    return _editor(request, form, title=_("%(name)s, said anew") % {"name": version.title}, found=found)


def _editor(request: PageRequest, form: DefinitionForm, *, title: str, found: Definition | None = None) -> HttpResponse:
    crumbs = [(_METRICS, reverse("measure:metrics")), (_("Definitions"), reverse("measure:definitions"))]
    # The figure comes by a request of its own: it reads the log, and the page need not wait for that.
    wrong = dict(_places(draft_of(request.POST, form.sort))[0]) if request.method == "POST" else {}
    context = {
        "form": form,
        "fields": [(bound, bound.name in EXPRESSIONS, wrong.get(bound.name)) for bound in form],
        "title": title,
        "sort": form.sort,
        "words": _words(found),
        "back": _url(found) if found is not None else reverse("measure:definitions"),
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
    chart = trend_of(found.points, kind, where=_("Last 28 days"))
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
    from ..definitions.kinds import RatioMetric
    from ..metric import DayMetric

    known = [name in metrics for name in (above, below)]
    sides = [metrics[name] for name in (above, below)] if all(known) else []
    if not sides or not all(issubclass(side, DayMetric) for side in sides):
        return {}
    _before, since, until = window_ending(request.now.date())
    first, second = (figure(name, since=since, until=until, actor=request.actor) for name in (above, below))
    return {"ratio": RatioMetric.of(first, second), "sides": [(sides[0], first), (sides[1], second)]}


@page(gettext_lazy("Definition"))
def definition_page(request: PageRequest, definition_id: UUID) -> HttpResponse:
    """A definition: what it says now, its test rows, who uses it, and every version with what it changed."""
    found = _readable(request, definition_id)
    versions = versions_of(found)
    version = versions[0][0]
    retirement = Retirement.objects.filter(definition=found, ended_at=None).select_related("by").first()
    fact = facts_offered().get(version.fact)
    held, written = filling(found.slug) if found.sort == Definition.METRIC else (0, 0)
    context = {
        "definition": found,
        "version": version,
        "facts": [
            (_("Name for programs"), found.slug),
            (_("Sort"), found.get_sort_display()),
            (_("For"), _place(found)),
            *(
                [(_("Read from"), _("%(fact)s, by the day of %(at)s") % {"fact": fact.name, "at": day_of(fact)})]
                if fact
                else []
            ),
            (_("Owner"), found.owner.name if found.owner else _("the system")),
        ],
        "said": [(FIELDS[name], text) for name in (*EXPRESSIONS, "above", "below") if (text := getattr(version, name))],
        "populations": sorted(version.populations.items()),
        "row_columns": columns_of_rows(version.rows),
        "row_cells": [[row.get(name, "") for name in columns_of_rows(version.rows)] for row in version.rows],
        "versions": [
            (each, [(FIELDS[change.field], change.parts) for change in changes]) for each, changes in versions
        ],
        "users": users_of(found),
        "retirement": retirement,
        "is_filling": written > held,
        "held": held,
        "written": written,
        "may_edit": _may_edit(request, found),
        "reason_form": ReasonForm(),
        "history": trail.history(found)[:20],
    }
    crumbs = [(_METRICS, reverse("measure:metrics")), (_("Definitions"), reverse("measure:definitions"))]
    return render(request, "measure/definition.html", context, crumbs=crumbs)


@require_POST
@page(gettext_lazy("Retire"))
def retirement(request: PageRequest, definition_id: UUID) -> HttpResponse:
    """Take a definition out of use."""
    found = _editable(request, definition_id)
    form = ReasonForm(request.POST)
    done = tried(form, lambda said: retire(request.actor, definition=found, now=request.now, **said))
    if done is None:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(_url(found))


@require_POST
@page(gettext_lazy("Restore"))
def restoration(request: PageRequest, definition_id: UUID) -> HttpResponse:
    """Put a definition back into use."""
    found = _editable(request, definition_id)
    restore(request.actor, definition=found, now=request.now)
    messages.success(request, _("%(name)s is in use again.") % {"name": found.slug})
    return redirect(_url(found))


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


def _readable(request: PageRequest, definition_id: UUID) -> Definition:
    found = (
        readable(request.actor).filter(pk=definition_id).select_related("owner", "organisation", "programme").first()
    )
    if found is None:
        raise NotFound(_("There is no such page, or it is not yours to see."))
    return found


def _may_edit(request: PageRequest, found: Definition) -> bool:
    actor = request.actor
    if found.organisation_id is None and found.programme_id is None:
        return actor.is_system or (
            not actor.is_outside and any(grant.kind is None for grant in actor.grants_for(scopes.METRIC_EDIT))
        )
    return bool(may(actor, scopes.METRIC_EDIT, found))


def _editable(request: PageRequest, definition_id: UUID) -> Definition:
    found = _readable(request, definition_id)
    if found.organisation_id is None and found.programme_id is None:
        require(request.actor, scopes.METRIC_EDIT)
        return found
    return load(request.actor, scopes.METRIC_EDIT, Definition.objects.all(), definition_id)


def _url(found: Definition) -> str:
    return reverse("measure:definition", args=[found.pk])


def _place(found: Definition) -> str:
    places = [str(place) for place in (found.organisation, found.programme) if place is not None]
    return ", ".join(places) or _("everybody")
