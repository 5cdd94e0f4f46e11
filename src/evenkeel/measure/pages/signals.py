"""Signals: the list, one of them with its chart, taking it on, saying what it was."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.slots import parts_for
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.kernel import Estimate
from evenkeel.work import Programme

from .. import scopes
from ..acts.signals import acknowledge, dispose
from ..forms import DispositionForm
from ..metric import metrics
from ..models import Signal
from ..queries.signals import acknowledgement_of, change_of, disposition_of, headline, history_of, signals, state_of
from ..queries.watching import watched
from ..rules.watching import Reading, difference
from ..watching import together
from ..words import rule_words
from . import charts
from .common import address


@page(
    gettext_lazy("Signals"),
    name="measure:signals",
    nav=Nav(section="insight", icon="activity", order=20, scope=scopes.SIGNAL_VIEW),
)
def signal_list(request: PageRequest) -> HttpResponseBase:
    """Every signal within reach, newest first."""
    require(request.actor, scopes.SIGNAL_VIEW)
    rows = signals(request.actor)
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
            Column("change", _("Change"), kind="estimate", value=change_of, of="points", help=_("After less before.")),
            Column("programme.name", _("Programme"), sort="programme__name"),
            Column("first_on", _("Since"), kind="day", sort="first_on"),
            Column("owner", _("Owner"), kind="person", sort="owner__name"),
            Column("raised_at", _("Raised"), kind="moment", sort="raised_at"),
        ],
        filters=[
            TextFilter("q", _("Search signals"), fields=["where_name", "programme__name"]),
            _StateFilter("state", _("State"), choices=[("open", _("Open")), ("closed", _("Closed"))]),
            _OwnerFilter("owner", _("Owner"), choices=[("me", _("Mine"))]),
            ChoiceFilter("programme", _("Programme"), choices=lambda: _programmes(request)),
        ],
        default_sort="-raised_at",
        export_name="signals",
        empty=Empty(
            title=_("No signals"),
            body=_(
                "When accuracy changes by more than it does by itself, the change is told here, once, with an owner."
            ),
            icon="activity",
        ),
    )
    return table.export() or render(request, "measure/signals.html", {"table": table})


class _StateFilter(ChoiceFilter):
    """Open or closed: whether there is a moment of closing."""

    def narrow(self, rows, value):  # type: ignore[no-untyped-def]
        return rows.filter(Q(closed_at=None) if value == ["open"] else Q(closed_at__isnull=False))


class _OwnerFilter(ChoiceFilter):
    """Mine: the page has narrowed the rows already, for it knows who asks."""

    def narrow(self, rows, value):  # type: ignore[no-untyped-def]
        return rows


def _programmes(request: PageRequest) -> list[tuple[str, str]]:
    rows = visible(request.actor, scopes.FIGURE_VIEW, Programme.objects.all())
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


@page(gettext_lazy("Signal"))
def signal(request: PageRequest, signal_id: UUID) -> HttpResponse:
    """What changed, where, when, by how much; the chart; what came of it."""
    return _signal_page(request, _load(request, signal_id), DispositionForm())


def _load(request: PageRequest, signal_id: UUID) -> Signal:
    return load(request.actor, scopes.SIGNAL_VIEW, signals(request.actor).select_related("series"), signal_id)


def _signal_page(request: PageRequest, found: Signal, form: DispositionForm) -> HttpResponse:
    # A closed signal keeps the chart of its days: what came later belongs to another one.
    end = (found.closed_at or request.now).date()
    said = watched(found.series, today=end)
    disposition, acknowledgement = disposition_of(found), acknowledgement_of(found)
    state, tone = state_of(found)
    before = Estimate.from_dict(found.before)
    since = together(reading for reading in said.readings if reading.day >= found.first_on)
    context = {
        "signal": found,
        "headline": headline(found),
        "metric": metrics[found.metric],
        "state": state,
        "tone": tone,
        "rule": rule_words(found.rule),
        "before": before,
        "since": since,
        "change": difference(before, since) if since.is_known else change_of(found),
        "first_change": change_of(found),
        "chart": charts.control_chart(
            said,
            title=headline(found),
            where=found.where_name,
            rows_url=lambda reading: _rows_of(found, reading),
            marks=charts.marks_of(request.actor, said, programme=found.programme_id),
        ),
        "grain": said.grain,
        "rows_url": address(
            "measure:audits",
            found.programme_id,
            since=found.first_on.isoformat(),
            until=(end + timedelta(days=1)).isoformat(),
            **_narrowed(found),
        ),
        "history": history_of(found),
        "acknowledgement": acknowledgement,
        "disposition": disposition,
        "may_act": bool(may(request.actor, scopes.SIGNAL_ACT, found)),
        "form": form,
        "parts": parts_for("measure:signal:actions", request, found),
    }
    crumbs = [
        (_("Signals"), reverse("measure:signals")),
        (found.programme.name, address("measure:programme", found.programme_id)),
    ]
    return render(request, "measure/signal.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _narrowed(found: Signal) -> dict[str, object]:
    kind = found.series.kind
    return {} if kind == "programme" else {kind: found.series.target_id}


def _rows_of(found: Signal, reading: Reading) -> str:
    return address(
        "measure:audits",
        found.programme_id,
        since=reading.day.isoformat(),
        until=reading.until.isoformat(),
        **_narrowed(found),
    )


@require_POST
@page(gettext_lazy("Take on a signal"))
def acknowledgement(request: PageRequest, signal_id: UUID) -> HttpResponse:
    """Take a signal on."""
    acknowledge(request.actor, signal=_load(request, signal_id), now=request.now)
    messages.success(request, _("The signal is yours now."))
    return redirect("measure:signal", signal_id)


@require_POST
@page(gettext_lazy("Close a signal"))
def disposition(request: PageRequest, signal_id: UUID) -> HttpResponse:
    """Say what a signal was."""
    found = _load(request, signal_id)
    form = DispositionForm(request.POST)
    if form.is_valid():
        try:
            dispose(request.actor, signal=found, now=request.now, **form.cleaned_data)
        except Invalid as wrong:
            for name, sentences in wrong.fields.items():
                for sentence in sentences:
                    form.add_error(name if name in form.fields else None, sentence)
        else:
            messages.success(request, _("The signal is closed."))
            return redirect("measure:signal", signal_id)
    return _signal_page(request, found, form)
