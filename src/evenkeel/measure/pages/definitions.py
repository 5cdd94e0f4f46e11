"""What people defined: the list, one definition with its versions, retiring and restoring."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground import trail
from evenkeel.ground.access import load, may, require
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.definitions import restore, retire
from ..definitions.cells import columns_of_rows
from ..definitions.facts import day_of, facts_offered
from ..forms import ReasonForm
from ..forms_definitions import EXPRESSIONS
from ..models import Definition, Retirement
from ..queries.definitions import filling, readable, users_of, versions_of, with_state

SORTS = dict(Definition.SORTS)
FIELDS = {
    "title": gettext_lazy("Title"), "why": gettext_lazy("What it tells"), "fact": gettext_lazy("Read from"),
    "figure": gettext_lazy("What is measured"), "population": gettext_lazy("Which rows count"),
    "weight": gettext_lazy("How much a row counts"), "above": gettext_lazy("Above the line"),
    "below": gettext_lazy("Below the line"), "unit": gettext_lazy("Shown as"), "better": gettext_lazy("Better"),
    "guard": gettext_lazy("Guarded by"),
}  # fmt: skip
_METRICS = gettext_lazy("Metrics")
# The way to a definition.
WAY = ((_METRICS, "/measure/metrics/"), (gettext_lazy("Definitions"), "/measure/definitions/"))


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
            Column("slug", _("Name"), kind="code", sort="slug", link=lambda row: url_of(row)),
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
        "users": users_of(found, readable(request.actor)),
        "retirement": retirement,
        "is_filling": written > held,
        "held": held,
        "written": written,
        "may_edit": _may_edit(request, found),
        "reason_form": ReasonForm(),
        "history": trail.history(found)[:20],
    }
    crumbs = list(WAY)
    return render(request, "measure/definition.html", context, crumbs=crumbs)


@require_POST
@page(gettext_lazy("Retire"))
def retirement(request: PageRequest, definition_id: UUID) -> HttpResponse:
    """Take a definition out of use."""
    found = editable(request, definition_id)
    form = ReasonForm(request.POST)
    done = tried(form, lambda said: retire(request.actor, definition=found, now=request.now, **said))
    if done is None:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(url_of(found))


@require_POST
@page(gettext_lazy("Restore"))
def restoration(request: PageRequest, definition_id: UUID) -> HttpResponse:
    """Put a definition back into use."""
    found = editable(request, definition_id)
    restore(request.actor, definition=found, now=request.now)
    messages.success(request, _("%(name)s is in use again.") % {"name": found.slug})
    return redirect(url_of(found))


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


def editable(request: PageRequest, definition_id: UUID) -> Definition:
    found = _readable(request, definition_id)
    if found.organisation_id is None and found.programme_id is None:
        require(request.actor, scopes.METRIC_EDIT)
        return found
    return load(request.actor, scopes.METRIC_EDIT, Definition.objects.all(), definition_id)


def url_of(found: Definition) -> str:
    return reverse("measure:definition", args=[found.pk])


def _place(found: Definition) -> str:
    places = [str(place) for place in (found.organisation, found.programme) if place is not None]
    return ", ".join(places) or _("everybody")
