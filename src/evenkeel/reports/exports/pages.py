"""Files for one's own tools: ask for one, see how far it is, fetch it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import Problem
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.measure import FIGURE_VIEW

from . import files
from .acts import fetch_export, order_export, own_file, withdraw_export
from .asked import FIGURES, Asked
from .format import export_formats
from .forms import FactsForm, FiguresForm
from .models import Export
from .queries import own_exports
from .running import make_export
from .scopes import EXPORT_MAKE, EXPORT_OWN, FACT_READ

_TONES = {"done": "good", "failed": "bad", "queued": "info", "writing": "info"}


@page(
    gettext_lazy("My exports"),
    name="reports:exports",
    nav=Nav(section="insight", icon="download", order=80, scope=EXPORT_MAKE),
)
def exports(
    request: PageRequest, *, figures_form: FiguresForm | None = None, facts_form: FactsForm | None = None
) -> HttpResponseBase:
    """What was made for me, and having more made."""
    require(request.actor, EXPORT_MAKE)
    actor, today = request.actor, request.now.date()
    table = Table(
        request,
        own_exports(actor),
        title=_("My exports"),
        columns=[
            Column("created_at", _("When"), kind="moment", sort="created_at", link=lambda row: row.get_absolute_url()),
            Column("file_name", _("File"), sort="file_name"),
            Column("format", _("Format"), value=lambda row: title_of_format(row.format)),
            Column("rows", _("Rows"), kind="count", sort="rows"),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda row: row.get_state_display(),
                tone=lambda row: _TONES.get(row.state, "quiet"),
            ),
            Column("expires_at", _("Kept until"), kind="moment", sort="expires_at"),
        ],
        default_sort="-created_at",
        empty=Empty(
            title=_("No files yet"),
            body=_("Figures and the rows behind them go out as workbook, CSV, Parquet or DuckDB file."),
            icon="download",
        ),
    )
    may_figures, may_rows = actor.has(FIGURE_VIEW), actor.has(FACT_READ)
    context = {
        "table": table,
        "figures_form": (figures_form or FiguresForm(today=today, actor=actor)) if may_figures else None,
        "facts_form": (facts_form or FactsForm(today=today)) if may_rows else None,
        "feed_url": request.build_absolute_uri(reverse("reports:odata")),
    }
    return render(request, "reports/exports/list.html", context, status=422 if figures_form or facts_form else 200)


@require_POST
@page(gettext_lazy("Have a file made"))
def ordering(request: PageRequest) -> HttpResponseBase:
    """Have a file made of what the fields say, which are those of the API's evaluation, with `format`.

    Figures come back as the file itself: they are few. Rows are made in the background, and the page tells how far it is.
    """
    asked = Asked.of(request.POST, actor=request.actor, today=request.now.date())
    return answer_order(request, asked, file_format=request.POST.get("format", ""))


@require_POST
@page(gettext_lazy("Have a file made"))
def ordering_by_form(request: PageRequest, what: str) -> HttpResponseBase:
    """The same from the forms of the list, which say what does not fit beside the field."""
    require(request.actor, EXPORT_MAKE)
    today = request.now.date()
    form: FiguresForm | FactsForm
    if what == FIGURES:
        form = FiguresForm(request.POST, today=today, actor=request.actor)
    else:
        form = FactsForm(request.POST, today=today)
    if form.is_valid():
        try:
            asked = Asked.of(form.cleaned_data, actor=request.actor, today=today)
            return answer_order(request, asked, file_format=form.cleaned_data["format"])
        except Problem as problem:
            for name, sentences in (problem.fields or {"": [problem.sentence]}).items():
                for sentence in sentences:
                    form.add_error(name if name in form.fields else None, sentence)
    return exports(request, **{"figures_form" if what == FIGURES else "facts_form": form})


def answer_order(request: PageRequest, asked: Asked, *, file_format: str) -> HttpResponseBase:
    """The file itself where it is made at once, else the way to the page that tells how far it is."""
    is_quick = asked.what == FIGURES
    made = order_export(
        request.actor, asked=asked, file_format=file_format, in_background=not is_quick, now=request.now
    )
    if not is_quick:
        return redirect(made)
    make_export(request.actor, made, path=files.path_of(made.pk), now=request.now)
    return _file(request, made)


@page(gettext_lazy("Export"))
def export(request: PageRequest, export_id: UUID) -> HttpResponse:
    """One file: how far it is, then the file."""
    crumbs = [(_("My exports"), reverse("reports:exports"))]
    return render(request, "reports/exports/one.html", _state(request, _load(request, export_id)), crumbs=crumbs)


@page(gettext_lazy("Export"))
def export_state(request: PageRequest, export_id: UUID) -> HttpResponse:
    """How far it is; the page asks until it is over."""
    found = _load(request, export_id)
    response: HttpResponse = TemplateResponse(request, "reports/exports/state.html", _state(request, found))
    if found.is_over:
        response["HX-Refresh"] = "true"
    return response


@page(gettext_lazy("Export"))
def export_file(request: PageRequest, export_id: UUID) -> HttpResponseBase:
    """The file, for whoever ordered it, until its time is over."""
    return _file(request, _load(request, export_id))


@require_POST
@page(gettext_lazy("Remove"))
def export_withdrawal(request: PageRequest, export_id: UUID) -> HttpResponse:
    """Throw the file away."""
    withdraw_export(request.actor, export=_load(request, export_id), now=request.now)
    messages.info(request, _("The file is removed."))
    return redirect("reports:exports")


def title_of_format(slug: str) -> str:
    """A format's name; its slug where the format is no longer installed."""
    return str(export_formats[slug].title) if slug in export_formats else slug


def _load(request: PageRequest, export_id: UUID) -> Export:
    return load(request.actor, EXPORT_OWN, Export.objects.all(), export_id)


def _file(request: PageRequest, found: Export) -> FileResponse:
    found.refresh_from_db()
    file = fetch_export(request.actor, export=found, now=request.now)
    kind = export_formats[found.format]
    response = FileResponse(file, as_attachment=True, filename=found.file_name, content_type=kind.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _state(request: PageRequest, found: Export) -> dict[str, Any]:
    asked = found.asked
    facts = [
        (_("What"), found.title),
        (_("Cut by"), ", ".join(asked.get("by", []))),
        (_("Period, UTC"), f"{asked.get('since', '')} – {asked.get('until', '')}"),
        (_("Format"), title_of_format(found.format)),
        (_("Rows"), found.rows),
    ]
    return {
        "export": found,
        "facts": [(name, value) for name, value in facts if value not in ("", None)],
        "may_fetch": own_file(request.actor, found, now=request.now) is not None,
    }


urlpatterns = [
    path("reports/exports/", exports, name="exports"),
    path("reports/exports/orders/", ordering, name="export-orders"),
    path("reports/exports/orders/figures/", ordering_by_form, {"what": "figures"}, name="export-figures"),
    path("reports/exports/orders/facts/", ordering_by_form, {"what": "facts"}, name="export-facts"),
    path("reports/exports/<uuid:export_id>/", export, name="export"),
    path("reports/exports/<uuid:export_id>/state/", export_state, name="export-state"),
    path("reports/exports/<uuid:export_id>/file/", export_file, name="export-file"),
    path("reports/exports/<uuid:export_id>/withdrawal/", export_withdrawal, name="export-withdrawal"),
]
