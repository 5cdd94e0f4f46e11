"""One signal: its chart, what the change is made of, taking it on, saying what it was, and its document."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.changes import Change, changes_between
from evenkeel.ground.documents import as_file
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.slots import parts_for
from evenkeel.kernel import Estimate

from .. import scopes
from ..acts.signals import acknowledge, dispose
from ..forms import DispositionForm
from ..forms_signals import HandOverForm, SnoozeForm
from ..metric import day_metric, metrics
from ..models import Signal, SignalMember
from ..queries.explaining import around, began_on, candidates_of, splits_of
from ..queries.inbox import people_for, waited
from ..queries.signals import (
    acknowledgement_of,
    change_of,
    disposition_of,
    headline,
    history_of,
    signals,
    state_of,
)
from ..queries.watching import watched
from ..rules.watching import Reading, Watched, difference
from ..signal_report import signal_document
from ..watching import together
from ..words import rule_words
from . import charts
from .common import address


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
    context = told_of(request, found) | {
        "tone": state_of(found)[1],
        "may_act": may_act,
        "form": form or DispositionForm(),
        "snoozing": snoozing or SnoozeForm(initial={"days": 7}),
        "handing": handing or HandOverForm(people=people),
        "people": people,
        "is_faulty": faulty is not None and bool(faulty.errors),
        "exports": [("PDF", f"{reverse('measure:signal-paper', args=[found.pk])}"),
                    (_("Slides"), f"{reverse('measure:signal-paper', args=[found.pk])}?format=pptx")],
        "parts": parts_for("measure:signal:actions", request, found),
        "below": [mark_safe(part) for part in parts_for("measure:signal", request, found)],  # noqa: S308
    }  # fmt: skip
    crumbs = [
        (_("Signals"), reverse("measure:signals")),
        (found.programme.name, address("measure:programme", found.programme_id)),
    ]
    return render(request, "measure/signal.html", context, crumbs=crumbs, status=422 if context["is_faulty"] else 200)


@page(gettext_lazy("Signal as a document"))
def signal_paper(request: PageRequest, signal_id: UUID) -> HttpResponse:
    """The signal with the reader's eyes: a PDF, or with ?format=pptx slides."""
    found = load_signal(request, signal_id)
    said = told_of(request, found) | {"url": reverse("measure:signal", args=[found.pk])}
    site = request.build_absolute_uri("/")
    document = signal_document(found, said, author=request.actor.name, site=site, now=request.now)
    return as_file(document, name=f"signal-{found.pk}", file_format=request.GET.get("format"))


def told_of(request: PageRequest, found: Signal) -> dict[str, Any]:
    """What is said of a signal, on its page and in its document."""
    is_live = found.series.clock == "live"
    said = None if is_live else watched(found.series, today=_last_of(request, found), rate=found.rate)
    told = _told(request, found, said)
    return {
        "signal": found,
        "headline": headline(found),
        "metric": metrics[found.metric],
        "state": state_of(found)[0],
        "rule": rule_words(found.rule),
        "began": began_on(found),
        "history": history_of(found),
        "acknowledgement": acknowledgement_of(found),
        "disposition": disposition_of(found),
        "waited": waited(found, now=request.now),
        "members": _members(request, found),
        "candidates": candidates_of(found, actor=request.actor, told=told),
        "rows_url": "",
        **(_live(found) if said is None else _charted(request, found, said, told)),
    }


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
    if kind == "label":
        return {kind: found.label}
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
