"""What is watched, by whom, and how many false alarms may come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table
from evenkeel.ground.trying import tried
from evenkeel.people import Organisation, Person, people_with

from .. import scopes
from ..acts.budgets import set_alarm_budget
from ..acts.watching import leave_alone, stop_watch, watch_metric
from ..forms_places import place_at
from ..forms_signals import BudgetForm, WatchForm
from ..metric import metrics
from ..models import AlarmBudget, Watch
from ..queries.inbox import WEEKS, budget_lines
from ..queries.watchlist import watch_lines


@page(gettext_lazy("What is watched"))
def watch_list(request: PageRequest) -> HttpResponseBase:
    """The lines that somebody set; POST sets one."""
    require(request.actor, scopes.WATCH_EDIT)
    people = _able(request)
    form = WatchForm(request.POST or None, actor=request.actor, people=people)
    if request.method == "POST":
        made = tried(form, lambda said: _set(request, said, people))
        if made is not None:
            messages.success(request, _("It is watched like this from the next look on."))
            return redirect("measure:watches")
    return _page(request, form, None)


@require_POST
@page(gettext_lazy("Set a budget of false alarms"))
def budget(request: PageRequest) -> HttpResponseBase:
    """How many false alarms may come."""
    require(request.actor, scopes.WATCH_EDIT)
    form = BudgetForm(request.POST, owners=_owners(request))
    made = tried(form, lambda said: _spend(request, said))
    if made is None:
        return _page(request, WatchForm(actor=request.actor, people=_able(request)), form)
    messages.success(request, _("Limits follow from it at the next look."))
    return redirect("measure:watches")


@require_POST
@page(gettext_lazy("End a line of the watch list"))
def ending(request: PageRequest, watch_id: UUID) -> HttpResponse:
    """End a line."""
    found = load(request.actor, scopes.WATCH_EDIT, Watch.objects.all(), watch_id)
    stop_watch(request.actor, watch=found, now=request.now)
    messages.success(request, _("It has ended."))
    return redirect("measure:watches")


def _page(request: PageRequest, form: WatchForm, budget_form: BudgetForm | None) -> HttpResponseBase:
    rows = watch_lines(request.actor).filter(ended_at=None)
    table = Table(
        request,
        rows,
        title=_("Watch list"),
        columns=[
            Column("metric", _("Metric"), sort="metric", value=lambda row: _title(row.metric)),
            Column(
                "sort",
                _("What"),
                kind="badge",
                value=lambda row: row.get_sort_display(),
                tone=lambda row: "good" if row.sort == "on" else "quiet",
                sort="sort",
            ),
            Column("where", _("Where"), value=str),
            Column("kind", _("Kind of place"), value=lambda row: row.get_kind_display(), optional=True),
            Column("owner", _("Who answers for it"), kind="person"),
            Column("why", _("Why")),
            Column("set_by", _("Set by"), kind="person", optional=True),
            Column("set_at", _("Set"), kind="moment", sort="set_at"),
        ],
        filters=[ChoiceFilter("sort", _("What"), choices=list(Watch.SORTS))],
        default_sort="metric",
        export_name="watch-list",
        empty=Empty(
            title=_("Nobody has set a line"),
            body=_("Accuracy is watched in every programme, and every metric wherever a target holds."),
            icon="eye",
        ),
    )
    if exported := table.export():
        return exported
    own = visible(request.actor, scopes.WATCH_EDIT, Watch.objects.filter(ended_at=None))
    context = {
        "table": table,
        "form": form,
        "budget_form": budget_form or BudgetForm(owners=_owners(request)),
        "budgets": budget_lines(request.actor, now=request.now),
        "weeks": WEEKS,
        "ending": [(row, _title(row.metric)) for row in own.select_related("team", "site", "queue")[:50]],
    }
    faults = form.errors or (budget_form is not None and budget_form.errors)
    crumbs = [(_("Signals"), reverse("measure:signals"))]
    return render(request, "measure/watches.html", context, crumbs=crumbs, status=422 if faults else 200)


def _set(request: PageRequest, said: dict[str, Any], people: list[Person]) -> Watch:
    place = place_at(request.actor, scopes.WATCH_EDIT, said["place"])
    if said["sort"] == "off":
        return leave_alone(request.actor, metric=said["metric"], on=place, why=said["why"], now=request.now)
    owner = next((person for person in people if str(person.pk) == said["owner"]), None)
    return watch_metric(request.actor, metric=said["metric"], on=place, owner=owner, why=said["why"], now=request.now)


def _spend(request: PageRequest, said: dict[str, Any]) -> AlarmBudget:
    kind, _colon, pk = said["of"].partition(":")
    if kind == "organisation":
        own: Organisation | Person = load(request.actor, scopes.WATCH_EDIT, Organisation.objects.all(), pk)
    else:
        own = next(person for person in _able(request) if str(person.pk) == pk)
    return set_alarm_budget(request.actor, of=own, per_week=said["per_week"], now=request.now)


def _able(request: PageRequest) -> list[Person]:
    """Who may answer for signals: people of the actor's own organisation where she is of another than the house."""
    able = people_with(scopes.SIGNAL_ACT, now=request.now)
    if request.actor.is_outside:
        able = [person for person in able if person.organisation_id == request.actor.organisation_id]
    return sorted(able, key=lambda person: person.name.casefold())


def _owners(request: PageRequest) -> list[tuple[str, str]]:
    rows = visible(request.actor, scopes.WATCH_EDIT, Organisation.objects.all()).order_by("name")
    found = [(f"organisation:{row.pk}", row.name) for row in rows]
    return found + [(f"person:{person.pk}", person.name) for person in _able(request)]


def _title(slug: str) -> str:
    return str(metrics[slug].title) if slug in metrics else slug
