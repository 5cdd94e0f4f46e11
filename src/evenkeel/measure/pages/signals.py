"""Signals: the list, one of them with its chart, taking it on, saying what it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.changes import Change, changes_between
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.slots import parts_for
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.kernel import Estimate
from evenkeel.work import Programme

from .. import scopes
from ..acts.signals import acknowledge, dispose
from ..forms import DispositionForm
from ..forms_signals import HandOverForm, SnoozeForm
from ..metric import day_metric, metrics
from ..models import Signal, SignalMember
from ..queries.explaining import around, began_on, candidates_of, splits_of
from ..queries.inbox import WEEKS, budget_lines, data_problems, people_for, time_to_acknowledge, waited
from ..queries.signals import (
    acknowledgement_of,
    awake,
    change_of,
    change_text,
    disposition_of,
    headline,
    history_of,
    signals,
    state_of,
)
from ..queries.watching import watched
from ..rules.watching import Reading, Watched, difference
from ..watching import together
from ..words import problem_words, rule_words
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


@page(gettext_lazy("Signal"))
def signal(request: PageRequest, signal_id: UUID) -> HttpResponse:
    """What changed, where, when, by how much; the chart; what came of it."""
    return signal_page(request, load_signal(request, signal_id))


def load_signal(request: PageRequest, signal_id: UUID) -> Signal:
    """The signal, for whoever may see it."""
    rows = signals(request.actor, now=request.now).select_related("series")
    return load(request.actor, scopes.SIGNAL_VIEW, rows, signal_id)


def signal_page(
    request: PageRequest,
    found: Signal,
    *,
    form: DispositionForm | None = None,
    snoozing: SnoozeForm | None = None,
    handing: HandOverForm | None = None,
) -> HttpResponse:
    """The page of a signal; a form that did not fit stands on it with its reasons."""
    may_act = bool(may(request.actor, scopes.SIGNAL_ACT, found))
    people = people_for(found, now=request.now) if may_act and found.is_open else []
    faulty = form or snoozing or handing
    state, tone = state_of(found)
    is_live = found.series.clock == "live"
    said = None if is_live else watched(found.series, today=_last_of(request, found), rate=found.rate)
    told = _told(request, found, said)
    context = {
        "signal": found,
        "headline": headline(found),
        "metric": metrics[found.metric],
        "state": state,
        "tone": tone,
        "rule": rule_words(found.rule),
        "began": began_on(found),
        "history": history_of(found),
        "acknowledgement": acknowledgement_of(found),
        "disposition": disposition_of(found),
        "waited": waited(found, now=request.now),
        "members": _members(request, found),
        "candidates": candidates_of(found, actor=request.actor, told=told),
        "may_act": may_act,
        "form": form or DispositionForm(),
        "snoozing": snoozing or SnoozeForm(initial={"days": 7}),
        "handing": handing or HandOverForm(people=people),
        "people": people,
        "is_faulty": faulty is not None and bool(faulty.errors),
        "parts": parts_for("measure:signal:actions", request, found),
        "below": [mark_safe(part) for part in parts_for("measure:signal", request, found)],  # noqa: S308
        **(_live(found) if said is None else _charted(request, found, said, told)),
    }
    crumbs = [
        (_("Signals"), reverse("measure:signals")),
        (found.programme.name, address("measure:programme", found.programme_id)),
    ]
    return render(request, "measure/signal.html", context, crumbs=crumbs, status=422 if context["is_faulty"] else 200)


def _last_of(request: PageRequest, found: Signal) -> date:
    # A closed signal keeps the chart of its days: what came later belongs to another one.
    return (found.closed_at or request.now).date()


def _told(request: PageRequest, found: Signal, said: Watched | None) -> list[Change]:
    """What happened about the time it began and while its series ran, asked once."""
    since, until = around(found)
    if said is not None and said.readings:
        since, until = min(since, said.readings[0].day), max(until, said.readings[-1].until)
    return changes_between(request.actor, since=since, until=until, programmes=[found.programme_id])


def _charted(request: PageRequest, found: Signal, said: Watched, told: list[Change]) -> dict[str, Any]:
    """The chart of a figure by day, how much it changed, and what the change is made of."""
    end = _last_of(request, found)
    before = Estimate.from_dict(found.before)
    kind = day_metric(found.metric)
    since = together((reading for reading in said.readings if reading.day >= found.first_on), kind)
    is_audited = found.metric == "accuracy"
    return {
        "before": before,
        "since": since,
        "change": difference(before, since) if since.is_known else change_of(found),
        "first_change": change_of(found),
        "of": "points" if kind.unit == "percent" else kind.unit,
        "chart": charts.control_chart(
            said,
            title=headline(found),
            where=found.where_name,
            rows_url=(lambda reading: _rows_of(found, reading)) if is_audited else (lambda reading: ""),
            marks=charts.marks_of(request.actor, said, programme=found.programme_id, told=told),
            metric=kind,
        ),
        "grain": said.grain,
        "baseline": said.baseline,
        "splits": splits_of(found, actor=request.actor, until=end + timedelta(days=1)),
        "rows_url": address(
            "measure:audits",
            found.programme_id,
            since=found.first_on.isoformat(),
            until=(end + timedelta(days=1)).isoformat(),
            **_narrowed(found),
        )
        if is_audited
        else "",
    }


def _live(found: Signal) -> dict[str, Any]:
    """What the floor showed: counted at a moment, against the same hour of earlier days."""
    change = change_of(found)
    unit = metrics[found.metric].unit
    return {
        "before": Estimate.from_dict(found.before),
        "since": Estimate.from_dict(found.after),
        "change": change,
        "first_change": change,
        "of": "points" if unit == "percent" else unit,
        "is_live": True,
    }


def _members(request: PageRequest, found: Signal) -> list[tuple[SignalMember, Estimate, str]]:
    """The other series of the change that the reader may see: each with its change, and how that is told."""
    rows = visible(request.actor, scopes.SIGNAL_VIEW, SignalMember.objects.filter(signal=found))
    return [
        (row, Estimate.from_dict(row.change), "points" if metrics[row.metric].unit == "percent" else metrics[row.metric].unit)
        for row in rows.select_related("series")
    ]  # fmt: skip


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
    acknowledge(request.actor, signal=load_signal(request, signal_id), now=request.now)
    messages.success(request, _("The signal is yours now."))
    return redirect("measure:signal", signal_id)


@require_POST
@page(gettext_lazy("Close a signal"))
def disposition(request: PageRequest, signal_id: UUID) -> HttpResponse:
    """Say what a signal was."""
    found = load_signal(request, signal_id)
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
    return signal_page(request, found, form=form)
