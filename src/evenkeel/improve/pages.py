"""Screens of investigations."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import Actor, load, may, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table, TextFilter
from evenkeel.kernel import Estimate
from evenkeel.measure import Signal
from evenkeel.work import Programme

from . import acts, queries, rules, scopes
from .causes import CAUSES
from .models import EvidenceCase, Investigation


@page(
    gettext_lazy("Investigations"),
    name="improve:investigations",
    nav=Nav(section="insight", icon="search", order=40, scope=scopes.VIEW),
)
def investigation_list(request: PageRequest) -> HttpResponseBase:
    """All investigations, open ones first by date."""
    require(request.actor, scopes.VIEW)
    table = Table(
        request,
        queries.investigations(request.actor),
        title=_("Investigations"),
        columns=[
            Column(
                "title",
                _("Investigation"),
                sort="title",
                link=lambda row: reverse("improve:investigation", args=[row.id]),
            ),
            Column("where_name", _("Where"), sort="where_name"),
            Column(
                "state", _("State"), kind="badge", value=_state, tone=lambda row: "info" if _is_open(row) else "quiet"
            ),
            Column("owner", _("Owner"), kind="person"),
            Column("case_count", _("Cases"), kind="count", sort="case_count"),
            Column("opened_at", _("Opened"), kind="moment", sort="opened_at"),
        ],
        filters=[TextFilter("q", _("Search investigations"), fields=["title", "where_name"])],
        default_sort="-opened_at",
        export_name="investigations",
        empty=Empty(
            title=_("No investigations yet"),
            body=_("An investigation asks why a figure changed. Open one from a signal, or by hand."),
            icon="search",
        ),
    )
    return table.export() or render(
        request, "improve/list.html", {"table": table, "may_open": request.actor.has(scopes.EDIT)}
    )


def _is_open(row: Investigation) -> bool:
    return getattr(row, "closing", None) is None


def _state(row: Investigation) -> str:
    return _("Open") if _is_open(row) else _("Closed")


@page(gettext_lazy("Investigation"))
def investigation_page(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """One investigation: the problem, where it sits, what the cases say, what was concluded."""
    found = _load(request.actor, investigation_id)
    codings = queries.latest_codings(found)
    # A vendor's person sees the cases of her own people only, even in an investigation that is about them alone.
    cases = visible(request.actor, scopes.VIEW, queries.cases_of(found))
    return render(
        request,
        "improve/page.html",
        {
            "investigation": found,
            "closing": getattr(found, "closing", None),
            "baseline": Estimate.from_dict(found.baseline),
            "current": Estimate.from_dict(found.current),
            "drivers": found.drivers.all(),
            "cases": [(case, codings.get(case.id)) for case in cases],
            "counts": queries.cause_counts(codings),
            "coded": len(codings),
            "causes": list(CAUSES),
            "notes": found.notes.select_related("by__organisation"),
            "may_edit": bool(may(request.actor, scopes.EDIT, found)),
        },
        crumbs=[(_("Investigations"), reverse("improve:investigations"))],
    )


class OpenForm(forms.Form):
    """An investigation opened by hand."""

    title = forms.CharField(label=gettext_lazy("What is the problem?"), max_length=200)
    programme = forms.ModelChoiceField(label=gettext_lazy("Programme"), queryset=Programme.objects.none())
    baseline_since = forms.DateField(
        label=gettext_lazy("Compare with the time from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    since = forms.DateField(label=gettext_lazy("Changed from"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=gettext_lazy("Until (this day not included)"), widget=forms.DateInput(attrs={"type": "date"})
    )
    statement = forms.CharField(
        label=gettext_lazy("What is known so far"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: object, programmes: QuerySet[Programme], **kwargs: object):
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]


@page(gettext_lazy("Open an investigation"))
def open_by_hand(request: PageRequest) -> HttpResponse:
    """Open an investigation without a signal."""
    require(request.actor, scopes.EDIT)
    today = request.now.date()
    form = OpenForm(
        request.POST or None,
        programmes=visible(request.actor, scopes.EDIT, Programme.objects.all()),
        initial={
            "until": today + timedelta(days=1),
            "since": today - timedelta(days=6),
            "baseline_since": today - timedelta(days=34),
        },
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = acts.open_investigation(
                request.actor,
                title=said["title"],
                programme=said["programme"],
                windows=rules.Windows(baseline_since=said["baseline_since"], since=said["since"], until=said["until"]),
                statement=said["statement"],
                now=request.now,
            )
            return HttpResponseRedirect(reverse("improve:investigation", args=[made.id]))
        except Invalid as error:
            for name, texts in error.fields.items():
                form.add_error(name if name in form.fields else None, texts)
    return render(
        request, "improve/open.html", {"form": form}, crumbs=[(_("Investigations"), reverse("improve:investigations"))]
    )


@page(gettext_lazy("Open an investigation"))
@require_POST
def open_for_signal(request: PageRequest, signal_id: UUID) -> HttpResponse:
    """The button on a signal's page."""
    signal = load(request.actor, "measure:signal:view", Signal.objects.select_related("programme"), signal_id)
    made = acts.open_from_signal(request.actor, signal=signal, now=request.now)
    return HttpResponseRedirect(reverse("improve:investigation", args=[made.id]))


@page(gettext_lazy("Evidence"))
@require_POST
def evidence(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Look again: drivers and cases with the audits made since."""
    found = _load(request.actor, investigation_id)
    drawn = acts.draw_evidence(request.actor, investigation=found, now=request.now)
    messages.success(request, _("%(n)s new cases were drawn, and the drivers computed anew.") % {"n": drawn})
    return _back(found)


@page(gettext_lazy("Cause of a case"))
@require_POST
def coding(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Say what caused a case."""
    case = load(request.actor, scopes.VIEW, EvidenceCase.objects.select_related("investigation"), case_id)
    acts.code_case(
        request.actor,
        case=case,
        cause=request.POST.get("cause", ""),
        comment=request.POST.get("comment", ""),
        now=request.now,
    )
    return _back(case.investigation, anchor=f"case-{case.id}")


@page(gettext_lazy("Note"))
@require_POST
def note(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Add a remark."""
    found = _load(request.actor, investigation_id)
    try:
        acts.add_note(request.actor, investigation=found, body=request.POST.get("body", ""), now=request.now)
    except Invalid as error:
        messages.error(request, error.sentence)
    return _back(found, anchor="notes")


@page(gettext_lazy("Close"))
@require_POST
def closing(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Close with cause and summary."""
    found = _load(request.actor, investigation_id)
    try:
        acts.close_investigation(
            request.actor,
            investigation=found,
            cause=request.POST.get("cause", ""),
            summary=request.POST.get("summary", ""),
            now=request.now,
        )
        messages.success(request, _("The investigation is closed."))
    except Invalid as error:
        messages.error(request, " ".join([error.sentence, *(text for texts in error.fields.values() for text in texts)]))
    return _back(found)


@page(gettext_lazy("Open again"))
@require_POST
def reopening(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Open a closed investigation again."""
    found = _load(request.actor, investigation_id)
    acts.reopen_investigation(request.actor, investigation=found, now=request.now)
    return _back(found)


def _load(actor: Actor, investigation_id: UUID) -> Investigation:
    rows = Investigation.objects.select_related("programme", "owner__organisation", "signal", "closing")
    return load(actor, scopes.VIEW, rows, investigation_id)


def _back(investigation: Investigation, *, anchor: str = "") -> HttpResponseRedirect:
    address = reverse("improve:investigation", args=[investigation.id])
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)


urlpatterns = [
    path("improve/investigations/", investigation_list, name="investigations"),
    path("improve/investigations/new/", open_by_hand, name="open"),
    path("improve/investigations/<uuid:investigation_id>/", investigation_page, name="investigation"),
    path("improve/investigations/<uuid:investigation_id>/evidence/", evidence, name="evidence"),
    path("improve/investigations/<uuid:investigation_id>/notes/", note, name="note"),
    path("improve/investigations/<uuid:investigation_id>/closing/", closing, name="closing"),
    path("improve/investigations/<uuid:investigation_id>/reopening/", reopening, name="reopening"),
    path("improve/cases/<uuid:case_id>/coding/", coding, name="coding"),
    path("improve/signals/<uuid:signal_id>/investigation/", open_for_signal, name="open-for-signal"),
]
