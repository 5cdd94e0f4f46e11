"""Signals: the list, one of them with its chart, taking it on, saying what it was."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.work import Programme

from .. import scopes
from ..queries.inbox import WEEKS, budget_lines, data_problems, time_to_acknowledge, waited
from ..queries.signals import (
    awake,
    change_text,
    headline,
    signals,
    state_of,
)
from ..words import problem_words


@page(
    gettext_lazy("Signals"),
    name="measure:signals",
    nav=Nav(section="insight", icon="activity", order=20, scope=scopes.SIGNAL_VIEW),
)
def signal_list(request: PageRequest) -> HttpResponseBase:
    """Every signal within reach, newest first."""
    require(request.actor, scopes.SIGNAL_VIEW)
    rows = signals(request.actor, now=request.now).annotate(others=Count("members", distinct=True))
    if request.GET.get("owner") == "me":
        rows = rows.filter(owner=request.actor.person_id)
    table = Table(
        request,
        rows,
        title=_("Signals"),
        columns=[
            Column(
                "headline",
                _("What happened"),
                value=headline,
                link=lambda row: reverse("measure:signal", args=[row.pk]),
            ),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda row: state_of(row)[0],
                tone=lambda row: state_of(row)[1],
                sort="closed_at",
            ),
            Column("change", _("Change"), value=change_text, help=_("After less before.")),
            Column(
                "others",
                _("Also in"),
                kind="count",
                sort="others",
                help=_("Other places and metrics of the same change."),
            ),
            Column("programme.name", _("Programme"), sort="programme__name"),
            Column("first_on", _("Since"), kind="day", sort="first_on"),
            Column("owner", _("Owner"), kind="person", sort="owner__name"),
            Column("raised_at", _("Raised"), kind="moment", sort="raised_at"),
            Column(
                "waited",
                _("Waited"),
                kind="duration",
                value=lambda row: waited(row, now=request.now) / 1000,
                help=_("Until somebody took it on."),
                optional=True,
            ),
        ],
        filters=[
            TextFilter("q", _("Search signals"), fields=["where_name", "programme__name"]),
            _StateFilter(
                "state", _("State"), choices=[("awake", _("Awake")), ("open", _("Open")), ("closed", _("Closed"))]
            ),
            _OwnerFilter("owner", _("Owner"), choices=[("me", _("Mine"))]),
            ChoiceFilter("programme", _("Programme"), choices=lambda: _programmes(request)),
        ],
        default_sort="-raised_at",
        export_name="signals",
        empty=Empty(
            title=_("No signals"),
            body=_(
                "When a watched figure changes by more than it does by itself, the change is told here, once, with an owner."
            ),
            icon="activity",
        ),
    )
    if exported := table.export():
        return exported
    context = {
        "table": table,
        "budgets": budget_lines(request.actor, now=request.now),
        "weeks": WEEKS,
        "acknowledged": time_to_acknowledge(request.actor, now=request.now),
        "problems": [(row, problem_words(row)) for row in data_problems(request.actor)[:20]],
        "may_watch": request.actor.has(scopes.WATCH_EDIT),
    }
    return render(request, "measure/signals.html", context)


class _StateFilter(ChoiceFilter):
    """Open or closed: whether there is a moment of closing."""

    def narrow(self, rows, value):  # type: ignore[no-untyped-def]
        if value == ["awake"]:
            return awake(rows.filter(closed_at=None))
        return rows.filter(Q(closed_at=None) if value == ["open"] else Q(closed_at__isnull=False))


class _OwnerFilter(ChoiceFilter):
    """Mine: the page has narrowed the rows already, for it knows who asks."""

    def narrow(self, rows, value):  # type: ignore[no-untyped-def]
        return rows


def _programmes(request: PageRequest) -> list[tuple[str, str]]:
    rows = visible(request.actor, scopes.FIGURE_VIEW, Programme.objects.all())
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
