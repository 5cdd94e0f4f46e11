"""The coverage map: who and what has not been looked at, and how a plan closes the gaps."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.templatetags.parts import Tab
from evenkeel.work import PROGRAMME_VIEW, Programme

from .. import scopes
from ..acts.plans import close_gaps
from ..models import SamplingPlan
from ..queries.coverage import OF, Cell, coverage_map

_TITLES = {
    "worker": gettext_lazy("People"),
    "queue": gettext_lazy("Queues"),
    "language": gettext_lazy("Languages"),
    "organisation": gettext_lazy("Vendors"),
}
_DAYS = (7, 14, 28, 90)


class GapsForm(forms.Form):
    """Which plan closes the gaps, and within how many days."""

    plan = forms.ChoiceField(label=gettext_lazy("Plan"))
    days = forms.IntegerField(label=gettext_lazy("Once in so many days"), min_value=1, max_value=365)

    def __init__(self, data: QueryDict | None, *, plans: list[SamplingPlan], initial: dict[str, object]):
        super().__init__(data, initial=initial)
        self.fields["plan"].choices = [(str(plan.pk), plan.name) for plan in plans]  # type: ignore[attr-defined]


@page(gettext_lazy("Coverage"))
def coverage(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """Everybody who decided lately in a programme, with the last audit; those without one first."""
    found = load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    plans = _plans(request, found)
    of, days = _asked(request)
    cells = coverage_map(request.actor, programme=found, of=of, days=days, now=request.now)
    table = _table(request, cells, of)
    if (exported := table.export()) is not None:
        return exported
    unseen = sum(not cell.is_seen for cell in cells)
    context = {
        "programme": found,
        "of": of,
        "days": days,
        "tabs": [_tab(found, of, days, each) for each in OF],
        "spans": [Tab(_("%(n)s days") % {"n": each}, _url(found, of, each), is_current=each == days) for each in _DAYS],
        "table": table,
        "cells": len(cells),
        "unseen": unseen,
        "waiting": sum(cell.waiting > 0 and not cell.is_seen for cell in cells),
        "form": GapsForm(None, plans=plans, initial={"days": days}) if plans and unseen else None,
    }
    crumbs = [(_("Sampling"), reverse("quality:home")), (found.name, reverse("quality:programme", args=[found.pk]))]
    return render(request, "quality/coverage.html", context, crumbs=crumbs)


@require_POST
@page(gettext_lazy("Close the gaps"))
def close(request: PageRequest, programme_id: UUID, of: str) -> HttpResponse:
    """Have a plan look at each of them once in so many days."""
    found = load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    form = GapsForm(request.POST, plans=_plans(request, found), initial={})
    if of not in OF or not form.is_valid():
        messages.error(request, _("Choose a plan that runs and a number of days from 1 to 365."))
        return redirect(_url(found, of if of in OF else "worker", _DAYS[1]))
    plan = load(request.actor, scopes.PLAN_EDIT, SamplingPlan.objects.all(), form.cleaned_data["plan"])
    made = close_gaps(request.actor, plan=plan, of=of, days=form.cleaned_data["days"], now=request.now)
    messages.success(
        request,
        _("%(plan)s looks at each of them once in %(days)s days, by its version %(n)s.")
        % {"plan": plan.name, "days": form.cleaned_data["days"], "n": made.number},
    )
    return redirect(plan)


def _plans(request: PageRequest, programme: Programme) -> list[SamplingPlan]:
    """The running plans that the person may change."""
    if request.actor.is_outside or not may(request.actor, scopes.PLAN_EDIT, programme):
        return []
    running = SamplingPlan.objects.filter(programme=programme, ended_at=None, design=SamplingPlan.POISSON)
    return list(visible(request.actor, scopes.PLAN_EDIT, running))


def _asked(request: PageRequest) -> tuple[str, int]:
    of, days = request.GET.get("of", "worker"), request.GET.get("days", "")
    return of if of in OF else "worker", int(days) if days.isdecimal() and 1 <= int(days) <= 365 else 14


def _url(programme: Programme, of: str, days: int) -> str:
    return f"{reverse('quality:coverage', args=[programme.pk])}?of={of}&days={days}"


def _tab(programme: Programme, of: str, days: int, each: str) -> Tab:
    return Tab(_TITLES[each], _url(programme, each, days), is_current=each == of)


def _table(request: PageRequest, cells: list[Cell], of: str) -> Table:
    return Table(
        request,
        cells,
        title=_TITLES[of],
        columns=[
            Column("name", _("Name"), sort=True, is_heading=True),
            Column(
                "state",
                _("Looked at"),
                kind="badge",
                value=lambda cell: _word(cell),
                tone=lambda cell: "good" if cell.is_seen else "info" if cell.waiting else "bad",
                sort=lambda cell: (cell.is_seen, cell.waiting > 0),
            ),
            Column("decisions", _("Decisions"), kind="count", sort=True),
            Column("last_decided_at", _("Last decision"), kind="moment", sort=True),
            Column("last_looked_at", _("Last audit"), kind="moment"),
            Column("waiting", _("Drawn, waiting"), kind="count", sort=True),
        ],
        export_name=f"coverage-{of}",
        empty=Empty(
            title=_("Nothing was decided in these days"),
            body=_("Whoever decides stands here, with the last audit of a decision of theirs."),
            icon="shuffle",
        ),
    )


def _word(cell: Cell) -> str:
    return _("yes") if cell.is_seen else _("drawn, waits") if cell.waiting else _("not yet")
