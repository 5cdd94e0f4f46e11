"""One import from another tool: hand the file in, say what its columns mean, see the rows as facts, let it run."""

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

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.reading.sources import Source

from .. import scopes
from ..acts.ours import insist_on_ours
from ..acts.tools import add_tool, keep_file, look_first, save_mapping, settle_run, withdraw_run
from ..kinds.importer import importers
from ..models import MappingVersion, ToolRun
from ..tools import files
from ..tools.previewing import LookedAt, look, preview, suggested
from ..tools.spec import checked_spec
from .forms import tell
from .tool_forms import MappingForm, ToolFileForm, draft_name
from .tools import TONES

_STAGES = {
    "queued": gettext_lazy("Waits for a worker"),
    "fetching": gettext_lazy("Asks the database"),
    "checking": gettext_lazy("Reads the file"),
    "writing": gettext_lazy("Writes"),
}


@page(gettext_lazy("Import from another tool"))
def new(request: PageRequest) -> HttpResponse:
    """Choose what it is and hand the file in, or name the query."""
    require(request.actor, scopes.IMPORT_DO)
    insist_on_ours(request.actor)
    form = ToolFileForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_kept(request, form.cleaned_data))
        except Invalid as wrong:
            tell(form, wrong)
    crumbs = [(_("Other tools"), reverse("quality:tools"))]
    status = 422 if form.errors else 200
    return render(request, "quality/new_tool_run.html", {"form": form}, crumbs=crumbs, status=status)


def _kept(request: PageRequest, said: dict[str, Any]) -> ToolRun:
    tool = add_tool(
        request.actor,
        name=said["tool"],
        programme=said["programme"],
        organisation=said["organisation"],
        now=request.now,
    )
    run = keep_file(request.actor, tool=tool, importer=said["importer"], uploaded=said["file"], now=request.now)
    return look_first(request.actor, run=run, connection=said["connection"], query=said["query"], now=request.now)


@page(gettext_lazy("Import"))
def run(request: PageRequest, tool_run_id: UUID, *, form: MappingForm | None = None) -> HttpResponseBase:
    """A file that waits for its mapping, or how its import goes and went."""
    found = _run(request, tool_run_id)
    crumbs = [(_("Other tools"), reverse("quality:tools"))]
    if found.state != "draft":
        return render(request, "quality/tool_run.html", _state(found), crumbs=crumbs)
    seen = look(found.importer, _sample(found))
    form = form or _form(request, found, seen)
    context = {
        "run": found,
        "kind": importers[found.importer],
        "seen": seen,
        "form": form,
        "sections": form.sections(seen),
        "columns": list(seen.columns.items()),
        **_preview(request, found, form),
    }
    return render(
        request,
        "quality/map_columns.html",
        context,
        crumbs=crumbs,
        status=422 if form.is_bound and form.errors else 200,
    )


def _form(request: PageRequest, found: ToolRun, seen: LookedAt) -> MappingForm:
    """The newest mapping of this tool and format, or one that the columns' names suggest."""
    last = (
        MappingVersion.objects.filter(mapping__tool=found.tool, mapping__importer=found.importer)
        .select_related("mapping")
        .order_by("-saved_at", "-id")
        .first()
    )
    if last is not None:
        return MappingForm(spec=_asked(found, last.spec), name=last.mapping.name)
    return MappingForm(spec=_asked(found, suggested(found.importer, seen)), name=draft_name(found))


def _asked(found: ToolRun, spec: dict[str, Any]) -> dict[str, Any]:
    asked = {name: found.counts[name] for name in ("connection", "query") if name in found.counts}
    return {**spec, "options": {**spec["options"], **asked}}


def _sample(found: ToolRun) -> Source:
    name = "sample" if importers[found.importer].asks_database else "file"
    return Source(name=found.file_name, path=files.path_of(found.pk).with_name(name))


@require_POST
@page(gettext_lazy("Preview"))
def run_preview(request: PageRequest, tool_run_id: UUID) -> HttpResponse:
    """The first rows as facts by what the form says now; a part of the page."""
    found = _run(request, tool_run_id)
    return TemplateResponse(request, "quality/parts/facts.html", _preview(request, found, MappingForm(request.POST)))


def _preview(request: PageRequest, found: ToolRun, form: MappingForm) -> dict[str, Any]:
    if form.is_bound:
        if not form.is_valid():
            return {"shown": None, "faults": [error for errors in form.errors.values() for error in errors]}
        said = form.spec()
    else:
        as_shown = MappingForm({**_plain(form), "name": "-"})
        said = as_shown.spec() if as_shown.is_valid() else {}
    try:
        spec = checked_spec(said, importer=found.importer)
    except Invalid as wrong:
        return {
            "shown": None,
            "faults": [f"{name}: {each}" for name, errors in wrong.fields.items() for each in errors],
        }
    shown = preview(found.tool, found.importer, spec, _sample(found), now=request.now)
    return {"shown": shown, "faults": [shown.fault] if shown.fault else []}


def _plain(form: MappingForm) -> dict[str, Any]:
    """What an unbound form shows, as if it were sent."""
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value not in (None, False)}


@require_POST
@page(gettext_lazy("Import"))
def run_settlement(request: PageRequest, tool_run_id: UUID) -> HttpResponseBase:
    """Save the mapping and let the import run, or try it."""
    found = _run(request, tool_run_id)
    form = MappingForm(request.POST)
    if not form.is_valid():
        return run(request, tool_run_id, form=form)
    try:
        version = save_mapping(
            request.actor,
            tool=found.tool,
            name=form.cleaned_data["name"],
            importer=found.importer,
            spec=form.spec(),
            now=request.now,
        )
    except Invalid as wrong:
        form.add_faults(wrong.fields)
        return run(request, tool_run_id, form=form)
    if request.POST.get("only_save"):
        messages.success(request, _("%(name)s is saved; nothing is imported yet.") % {"name": version})
        return redirect(version.mapping)
    settled = settle_run(
        request.actor,
        run=found,
        version=version,
        is_partial=form.cleaned_data["is_partial"],
        is_trial=bool(request.POST.get("is_trial")),
        now=request.now,
    )
    return redirect(settled)


@page(gettext_lazy("Import"))
def run_state(request: PageRequest, tool_run_id: UUID) -> HttpResponse:
    """How far it is; the page asks until it is over."""
    found = _run(request, tool_run_id)
    response: HttpResponse = TemplateResponse(request, "quality/parts/tool_run_state.html", _state(found))
    if found.is_over:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@page(gettext_lazy("Withdraw"))
def run_withdrawal(request: PageRequest, tool_run_id: UUID) -> HttpResponseBase:
    """Remove a file of which nothing was written."""
    withdraw_run(request.actor, run=_run(request, tool_run_id), now=request.now)
    messages.info(request, _("The file is removed."))
    return redirect("quality:tools")


def _run(request: PageRequest, tool_run_id: UUID) -> ToolRun:
    rows = ToolRun.objects.select_related("tool__programme", "tool__organisation", "version__mapping")
    return load(request.actor, scopes.IMPORT_DO, rows, tool_run_id)


def _state(found: ToolRun) -> dict[str, Any]:
    is_reading = found.state == "checking"
    return {
        "run": found,
        "kind": importers[found.importer],
        "tone": TONES.get(found.state, "info"),
        "stage": _STAGES.get(found.state, ""),
        "is_bytes": is_reading,
        "done": found.counts.get("bytes_checked", 0) if is_reading else found.position,
        "total": found.counts.get("bytes", found.size_bytes) if is_reading else found.total,
        "main": [(title, found.counts.get(name, 0)) for name, title in _main()],
        "added": [(title, found.counts[name]) for name, title in _added() if found.counts.get(name)],
        "may_withdraw": not found.position and found.state in ("draft", "queued", "failed"),
    }


def _main() -> list[tuple[str, str]]:
    return [("new", _("New")), ("changed", _("Changed")), ("same", _("The same")), ("bad", _("Refused"))]


def _added() -> list[tuple[str, str]]:
    return [
        ("items", _("New items")),
        ("decisions", _("Decisions")),
        ("reviews", _("Reviews")),
        ("times", _("Stretches of time")),
        ("workers", _("New people")),
    ]
