"""Other tools: importers, mappings, and runs by them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest
from evenkeel.people import Organisation
from evenkeel.work import Programme

from .. import scopes
from ..acts.rhythms import repeat_mapping
from ..acts.tools import add_tool, hand_in_rows, save_mapping
from ..kinds.importer import importers
from ..models import Mapping, MappingRhythm, MappingVersion, ToolRun

router = Router()


class ImporterOut(Schema):
    slug: str
    title: str
    why: str
    source: str = Field(description="where its format is written down")
    how: str = Field(description="how to get the file there")


class MappingIn(Schema):
    tool: str = Field(description="the other tool; one that is not known yet is added")
    programme_id: UUID
    organisation_id: UUID | None = Field(None, description="whose people decide there; our own when left out")
    importer: str
    spec: dict[str, Any] = Field(description="fields, values and options")


class RhythmIn(Schema):
    every: Literal["hour", "day", "week"] = Field(description="how often the query is asked, from now on")
    is_partial: bool = Field(False, description="leave rows out that do not fit, instead of stopping everything")


class RhythmOut(Schema):
    """How often a mapping's query is asked by itself, with the rights of whoever set it."""

    every: str
    is_partial: bool
    by: str
    due_at: datetime
    refusal: str = Field(description="why it no longer goes on; set it anew")

    @classmethod
    def of(cls, rhythm: MappingRhythm) -> RhythmOut:
        said = {name: getattr(rhythm, name) for name in ("every", "is_partial", "due_at", "refusal")}
        return cls(by=rhythm.by.name, **said)


class MappingOut(Schema):
    name: str
    tool: str
    programme_id: UUID
    importer: str
    version: int
    spec: dict[str, Any]
    saved_at: datetime
    rhythm: RhythmOut | None = Field(None, description="none: it is imported when somebody says so")

    @classmethod
    def of(cls, version: MappingVersion) -> MappingOut:
        mapping = version.mapping
        # A mapping without one has no such row.
        rhythm = getattr(mapping, "rhythm", None)
        return cls(
            name=mapping.name,
            tool=mapping.tool.name,
            programme_id=mapping.tool.programme_id,
            importer=mapping.importer,
            version=version.number,
            spec=version.spec,
            saved_at=version.saved_at,
            rhythm=RhythmOut.of(rhythm) if rhythm is not None else None,
        )


class RunIn(Schema):
    mapping: str
    is_partial: bool = Field(False, description="leave rows out that do not fit, instead of stopping everything")
    is_trial: bool = Field(False, description="check and compare only; write nothing")


class RunOut(Schema):
    id: UUID
    tool: str
    mapping: str
    state: str = Field(description="queued, fetching, checking, writing, done, failed or withdrawn")
    position: int = Field(description="rows written for good")
    total: int
    counts: dict[str, Any] = Field(description="new, changed, same, bad, and what was added")
    remarks: list[str]
    bad_rows: list[dict[str, Any]]
    bad_total: int
    refusal: str

    @classmethod
    def of(cls, run: ToolRun) -> RunOut:
        names = ("id", "state", "position", "total", "counts", "remarks", "bad_rows", "bad_total", "refusal")
        said = {name: getattr(run, name) for name in names}
        return cls(tool=run.tool.name, mapping=str(run.version or ""), **said)


@router.get("/importers", response=list[ImporterOut], operation_id="list_importers")
def get_importers(request: PageRequest) -> list[ImporterOut]:
    """Which tools and files can be read."""
    require(request.actor, scopes.IMPORT_DO)
    names = ("slug", "title", "why", "source", "how")
    return [ImporterOut(**{name: str(getattr(kind, name)) for name in names}) for kind in importers]


def _newest(request: PageRequest) -> dict[str, MappingVersion]:
    rows = visible(request.actor, scopes.IMPORT_DO, MappingVersion.objects.all())
    found = rows.select_related("mapping__tool", "mapping__rhythm__by").order_by("mapping__name", "number")
    return {version.mapping.name: version for version in found}


@router.get("/mappings", response=list[MappingOut], operation_id="list_mappings")
def get_mappings(request: PageRequest) -> list[MappingOut]:
    """The newest version of every mapping, by name."""
    require(request.actor, scopes.IMPORT_DO)
    return [MappingOut.of(version) for version in _newest(request).values()]


@router.put("/mappings/{str:name}", response=MappingOut, operation_id="save_mapping")
def put_mapping(request: PageRequest, name: str, said: MappingIn) -> MappingOut:
    """Say what the columns of an export mean; a new version when it says something new."""
    require(request.actor, scopes.IMPORT_DO)
    programme = load(request.actor, scopes.IMPORT_DO, Programme.objects.all(), said.programme_id)
    whose = None
    if said.organisation_id is not None:
        whose = get_object_or_404(Organisation, pk=said.organisation_id)
    tool = add_tool(request.actor, name=said.tool, programme=programme, organisation=whose, now=request.now)
    version = save_mapping(request.actor, tool=tool, name=name, importer=said.importer, spec=said.spec, now=request.now)
    return MappingOut.of(version)


@router.put("/mappings/{str:name}/rhythm", response=RhythmOut, operation_id="repeat_mapping")
def put_rhythm(request: PageRequest, name: str, said: RhythmIn) -> RhythmOut:
    """Have a mapping's query asked by itself every hour, day or week, with your rights."""
    mapping = _mapping(request, name)
    made = repeat_mapping(request.actor, mapping=mapping, every=said.every, is_partial=said.is_partial, now=request.now)
    assert made is not None
    return RhythmOut.of(made)


@router.delete("/mappings/{str:name}/rhythm", response={204: None}, operation_id="end_mapping_rhythm")
def delete_rhythm(request: PageRequest, name: str) -> Status[None]:
    """Ask a mapping's query only when somebody says so. Nothing happens where it was not asked by itself."""
    repeat_mapping(request.actor, mapping=_mapping(request, name), every="", now=request.now)
    return Status(204, None)


def _mapping(request: PageRequest, name: str) -> Mapping:
    require(request.actor, scopes.IMPORT_DO)
    rows = visible(request.actor, scopes.IMPORT_DO, Mapping.objects.select_related("tool__programme"))
    return get_object_or_404(rows, name=name)


@router.post("/tool-runs", response={202: RunOut}, operation_id="import_by_mapping")
def post_run(
    request: PageRequest,
    said: Form[RunIn],
    file: UploadedFile | None = File(None),  # type: ignore[type-arg]  # noqa: B008  (how ninja is told)
) -> Status[Any]:
    """Import a file by a saved mapping, in the background; a mapping of an SQL query needs no file."""
    require(request.actor, scopes.IMPORT_DO)
    version = _newest(request).get(said.mapping)
    if version is None:
        raise Invalid(_("There is no such mapping."), fields={"mapping": [_("Choose one that is saved.")]})
    run = hand_in_rows(
        request.actor,
        version=version,
        uploaded=file,
        is_partial=said.is_partial,
        is_trial=said.is_trial,
        now=request.now,
    )
    return Status(202, RunOut.of(run))


@router.get("/tool-runs/{uuid:tool_run_id}", response=RunOut, operation_id="get_tool_run")
def get_run(request: PageRequest, tool_run_id: UUID) -> RunOut:
    """How far an import is, and its report."""
    rows = visible(request.actor, scopes.IMPORT_DO, ToolRun.objects.select_related("tool", "version__mapping"))
    return RunOut.of(get_object_or_404(rows, pk=tool_run_id))
