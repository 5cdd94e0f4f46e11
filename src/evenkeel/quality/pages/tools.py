"""Other tools: what is read from where, what the columns mean, and what came of each import."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Max
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.tools import hand_in_rows
from ..kinds.importer import importers
from ..models import Mapping, MappingRhythm, ToolRun
from ..tools.fields import DESIGNS, FIELDS, REVIEW
from ..tools.spec import sections_in
from .rhythms import RhythmForm
from .tool_forms import RunForm

TONES = {"done": "good", "failed": "bad", "draft": "warn", "withdrawn": "quiet"}


@page(gettext_lazy("Other tools"))
def tools(request: PageRequest) -> HttpResponseBase:
    """From which tools decisions, reviews and times come, by which mappings, and every import."""
    require(request.actor, scopes.IMPORT_DO)
    mappings = visible(request.actor, scopes.IMPORT_DO, Mapping.objects.select_related("tool__programme"))
    rows = list(mappings.annotate(version=Max("versions__number"), last_at=Max("versions__runs__created_at")))
    table = runs_table(request, visible(request.actor, scopes.IMPORT_DO, ToolRun.objects.all()), title=_("Imports"))
    context = {
        "table": table,
        "mappings": [(each, importers[each.importer].title) for each in rows],
    }
    return table.export() or render(request, "quality/tools.html", context)


def runs_table(request: PageRequest, runs: Any, *, title: str) -> Table:
    """Runs with what was new, changed, the same and refused."""

    def counted(name: str, heading: str) -> Column:
        return Column(name, heading, kind="count", value=lambda run: run.counts.get(name, 0))

    return Table(
        request,
        runs.select_related("tool__programme", "version__mapping"),
        title=title,
        columns=[
            Column("created_at", _("When"), kind="moment", sort="created_at", link=lambda run: run.get_absolute_url()),
            Column("tool.name", _("Tool"), sort="tool__name"),
            Column("file_name", _("File")),
            Column("version", _("Mapping"), value=lambda run: str(run.version or "")),
            counted("new", _("New")),
            counted("changed", _("Changed")),
            counted("same", _("The same")),
            Column("bad_total", _("Refused"), kind="count", sort="bad_total"),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda run: _("tried") if run.is_trial and run.state == "done" else run.get_state_display(),
                tone=lambda run: TONES.get(run.state, "info"),
            ),
            Column("by_name", _("By"), sort="by_name", optional=True),
        ],
        default_sort="-created_at",
        export_name="imports_from_other_tools",
        empty=Empty(
            title=_("Nothing imported yet"),
            body=_("Decisions, reviews and times that are made in another tool are measured here like our own."),
            icon="plug",
            action=_("Import from another tool"),
            href=reverse("quality:new_tool_run"),
        ),
    )


@page(gettext_lazy("Mapping"))
def mapping(request: PageRequest, mapping_id: UUID, *, form: RunForm | None = None) -> HttpResponseBase:
    """What a mapping says, its versions, its imports; and the door for the next file."""
    found = _mapping(request, mapping_id)
    versions = list(found.versions.all()[:20])
    spec = versions[0].spec
    table = runs_table(request, ToolRun.objects.filter(version__mapping=found), title=_("Imports by this mapping"))
    kind = importers[found.importer]
    rhythm = MappingRhythm.objects.select_related("by").filter(mapping=found).first() if kind.asks_database else None
    context = {
        "mapping": found,
        "kind": kind,
        "facts": _facts(found, spec, kind.title),
        "fields": [(FIELDS[slug].title, path, _words(spec, slug)) for slug, path in spec["fields"].items()],
        "versions": versions,
        "table": table,
        "form": form or RunForm(),
        "asks": kind.asks_database,
        "rhythm": rhythm,
        "rhythm_form": RhythmForm(rhythm=rhythm),
    }
    crumbs = [(_("Other tools"), reverse("quality:tools"))]
    return table.export() or render(
        request, "quality/mapping.html", context, crumbs=crumbs, status=422 if form and form.errors else 200
    )


def _mapping(request: PageRequest, mapping_id: UUID) -> Mapping:
    rows = Mapping.objects.select_related("tool__programme", "tool__organisation")
    return load(request.actor, scopes.IMPORT_DO, rows, mapping_id)


def _words(spec: dict[str, Any], slug: str) -> list[tuple[str, str]]:
    return [(said, ours or _("left out")) for said, ours in spec["values"].get(slug, {}).items()]


def _facts(found: Mapping, spec: dict[str, Any], kind: Any) -> list[tuple[object, object]]:
    options = spec["options"]
    facts: list[tuple[object, object]] = [
        (_("Tool"), found.tool.name),
        (_("Reads"), kind),
        (_("Programme"), found.tool.programme.name),
        (_("People of"), found.tool.organisation.name),
        (_("Unknown people"), _("are added") if options["add_workers"] else _("are refused")),
        (_("Zone of moments without one"), options["time_zone"]),
    ]
    if REVIEW in sections_in(spec["fields"]):
        facts.append((_("Reviews"), DESIGNS[options["design"]]))
    if options["connection"]:
        facts.append((_("Connection"), options["connection"]))
    return facts


@require_POST
@page(gettext_lazy("Import"))
def mapping_runs(request: PageRequest, mapping_id: UUID) -> HttpResponseBase:
    """Import another file by a saved mapping."""
    found = _mapping(request, mapping_id)
    form = RunForm(request.POST, request.FILES)
    version = found.versions.all()[0]

    def begin(said: dict[str, Any]) -> ToolRun:
        return hand_in_rows(
            request.actor,
            version=version,
            uploaded=said["file"],
            is_partial=said["is_partial"],
            is_trial=said["is_trial"],
            now=request.now,
        )

    made = tried(form, begin)
    if made is None:
        return mapping(request, mapping_id, form=form)
    answer: HttpResponse = redirect(made)
    return answer
