"""Importing labels on a page: hand the files in, look at their first rows, say go, read the report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.trying import tried
from evenkeel.work import PROGRAMME_VIEW, ImportRun, Programme

from .. import scopes
from ..acts.uploads import begin_import, keep_upload, withdraw_upload
from ..imports.uploads import ProgressFile, preview_file, source_of
from ..models import LabelUpload
from .forms import UploadForm

_STAGES = {
    "": gettext_lazy("Waits for a worker"),
    "items": gettext_lazy("Reads the items"),
    "labels": gettext_lazy("Reads the labels"),
    "writing": gettext_lazy("Writes the decisions"),
}
_TONES = {"done": "good", "failed": "bad", "running": "info", "queued": "info", "checked": "warn"}


@page(gettext_lazy("Imports"))
def imports(request: PageRequest) -> HttpResponseBase:
    """What was imported, from a page or from the command line, and files that wait."""
    require(request.actor, scopes.IMPORT_DO)
    open_uploads = visible(
        request.actor, scopes.IMPORT_DO, LabelUpload.objects.exclude(state__in=("done", "withdrawn"))
    )
    table = Table(
        request,
        visible(request.actor, scopes.IMPORT_DO, ImportRun.objects.select_related("programme")),
        title=_("Imports"),
        columns=[
            Column(
                "at", _("Imported"), kind="moment", sort="at", link=lambda run: reverse("quality:run", args=[run.pk])
            ),
            Column("programme.name", _("Programme"), sort="programme__name"),
            Column("files", _("Files"), value=lambda run: ", ".join(file.get("name", "") for file in run.files)),
            Column("labels", _("Labels"), kind="count", value=lambda run: run.counts.get("decisions", 0)),
            Column("items", _("New items"), kind="count", value=lambda run: run.counts.get("items", 0)),
            Column("remarks", _("Remarks"), kind="count", value=lambda run: len(run.remarks)),
            Column("by_name", _("By"), sort="by_name"),
        ],
        default_sort="-at",
        export_name="imports",
        empty=Empty(
            title=_("Nothing imported yet"),
            body=_("Labels made in another tool, and what experts say about the items, come in from CSV files."),
            icon="upload",
            action=_("Import labels"),
            href=reverse("quality:new_import"),
        ),
    )
    rows = [(upload, _TONES.get(upload.state, "quiet")) for upload in open_uploads[:50]]
    return table.export() or render(request, "quality/imports.html", {"table": table, "uploads": rows})


@page(gettext_lazy("Import labels"))
def new(request: PageRequest) -> HttpResponse:
    """Hand files in."""
    require(request.actor, scopes.IMPORT_DO)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"programme_name": _programme_name(request)})
    if request.method == "POST":
        made = tried(form, lambda said: keep_upload(request.actor, now=request.now, **said))
        if made is not None:
            return redirect(made)
    context = {
        "form": form,
        "programmes": visible(request.actor, PROGRAMME_VIEW, Programme.objects.all()).values_list("name", flat=True),
    }
    crumbs = [(_("Imports"), reverse("quality:imports"))]
    return render(request, "quality/new_import.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _programme_name(request: PageRequest) -> str:
    said = request.GET.get("programme", "")
    found = load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), said) if said else None
    return found.name if found else ""


@page(gettext_lazy("Import"))
def upload(request: PageRequest, upload_id: UUID) -> HttpResponse:
    """Files that were handed in: their first rows, then how the import went."""
    found = _upload(request, upload_id)
    previews = _previews(found) if found.state == "checked" else []
    context = {
        "previews": previews,
        "unknown": [column.name for each in previews for column in each.columns if column.is_unknown],
        **_state(found),
    }
    return render(request, "quality/upload.html", context, crumbs=[(_("Imports"), reverse("quality:imports"))])


@page(gettext_lazy("Import"))
def state(request: PageRequest, upload_id: UUID) -> HttpResponse:
    """How far the import is; the page asks until it is over."""
    found = _upload(request, upload_id)
    response: HttpResponse = TemplateResponse(request, "quality/parts/upload_state.html", _state(found))
    if found.state not in ("queued", "running"):
        response["HX-Refresh"] = "true"
    return response


def _upload(request: PageRequest, upload_id: UUID) -> LabelUpload:
    return load(request.actor, scopes.IMPORT_DO, LabelUpload.objects.select_related("by", "run"), upload_id)


def _previews(found: LabelUpload) -> list[Any]:
    sources = ((kind, source_of(found, kind)) for kind in ("labels", "items"))
    return [preview_file(source, kind, ignore=found.ignore) for kind, source in sources if source is not None]


def _state(found: LabelUpload) -> dict[str, Any]:
    progress: dict[str, Any] = {"stage": "", "done": 0, "total": 0}
    if found.state == "running":
        progress = ProgressFile(found.pk).read()
    return {
        "upload": found,
        "tone": _TONES.get(found.state, "quiet"),
        "stage": _STAGES.get(progress["stage"], ""),
        "done": progress["done"],
        "total": progress["total"],
        "is_bytes": progress["stage"] in ("items", "labels"),
        "report": found.report or {},
    }


@require_POST
@page(gettext_lazy("Import"))
def begin(request: PageRequest, upload_id: UUID) -> HttpResponse:
    """Say go."""
    found = begin_import(
        request.actor,
        upload=_upload(request, upload_id),
        leave_out=request.POST.getlist("leave_out"),
        now=request.now,
    )
    return redirect(found)


@require_POST
@page(gettext_lazy("Withdraw"))
def withdraw(request: PageRequest, upload_id: UUID) -> HttpResponse:
    """Remove files that were not imported."""
    withdraw_upload(request.actor, upload=_upload(request, upload_id), now=request.now)
    messages.info(request, _("The files are removed; nothing was imported."))
    return redirect("quality:imports")


@page(gettext_lazy("Import"))
def run(request: PageRequest, run_id: UUID) -> HttpResponse:
    """The report of one import."""
    runs = ImportRun.objects.select_related("programme")
    found = load(request.actor, scopes.IMPORT_DO, runs, run_id)
    answers = found.counts.get("answers", {})
    total = sum(answers.values())
    context = {
        "run": found,
        "counts": found.counts,
        "answers": [(label, count, count / total) for label, count in answers.items()],
        "may_see_programme": bool(
            visible(request.actor, PROGRAMME_VIEW, Programme.objects.filter(pk=found.programme_id))
        ),
    }
    return render(request, "quality/run.html", context, crumbs=[(_("Imports"), reverse("quality:imports"))])
