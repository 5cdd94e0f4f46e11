"""Files for one's own tools: order one, ask how far it is, fetch it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import FileResponse
from ninja import Field, Router, Schema, Status

from evenkeel.ground.access import Actor, load, require
from evenkeel.ground.pages import PageRequest

from .acts import fetch_export, order_export, withdraw_export
from .asked import FACTS, FIGURES, Asked
from .format import export_formats
from .models import Export
from .queries import own_exports
from .scopes import EXPORT_MAKE, EXPORT_OWN

router = Router()


class _OrderIn(Schema):
    since: date | None = Field(None, description="first day in UTC; usual: 28 days before `until`")
    until: date | None = Field(None, description="the day after the last, in UTC; usual: today")
    format: str = Field("xlsx", description="xlsx, csv, csv_excel, parquet, duckdb or hyper")
    programme_id: UUID | None = None
    queue_id: UUID | None = None
    organisation_id: UUID | None = None
    site_id: UUID | None = None
    team_id: UUID | None = None
    worker_id: UUID | None = None

    def asked(self, what: str, *, actor: Actor, today: date) -> Asked:
        """As every door asks."""
        said = {name: value for name, value in self.model_dump().items() if value not in (None, "")}
        return Asked.of({**said, "what": what}, actor=actor, today=today)


class FiguresFileIn(_OrderIn):
    metric: list[str] = Field(description="metrics of the catalogue that are summed up by day")
    by: list[Literal["programme", "queue", "organisation", "site", "team", "worker"]] = []
    compare: Literal["previous"] | None = None


class FactsFileIn(_OrderIn):
    fact: str = Field(description="a fact of the log, such as decisions")


class ExportOut(Schema):
    id: UUID
    what: str = Field(description="figures or facts")
    asked: dict[str, Any]
    format: str
    file_name: str
    state: str = Field(description="queued, writing, done, failed or withdrawn")
    rows: int
    total: int
    size_bytes: int
    refusal: str
    created_at: datetime
    ended_at: datetime | None
    expires_at: datetime

    @classmethod
    def of(cls, export: Export) -> ExportOut:
        return cls(**{name: getattr(export, name) for name in cls.model_fields})


@router.get("/exports", response=list[ExportOut], operation_id="list_exports")
def list_exports(request: PageRequest) -> list[ExportOut]:
    """The files that were made for you, the newest hundred."""
    require(request.actor, EXPORT_OWN)
    return [ExportOut.of(each) for each in own_exports(request.actor)[:100]]


@router.post("/exports/figures", response={202: ExportOut}, operation_id="order_figures_file")
def post_figures(request: PageRequest, said: FiguresFileIn) -> Status[Any]:
    """Have a file made of figures that you may see; ask for its state, then fetch it."""
    return _ordered(request, said, FIGURES)


@router.post("/exports/facts", response={202: ExportOut}, operation_id="order_facts_file")
def post_facts(request: PageRequest, said: FactsFileIn) -> Status[Any]:
    """Have a file made of the rows of a fact that you may see; ask for its state, then fetch it."""
    return _ordered(request, said, FACTS)


@router.get("/exports/{uuid:export_id}", response=ExportOut, operation_id="get_export")
def get_export(request: PageRequest, export_id: UUID) -> ExportOut:
    """How far a file is."""
    return ExportOut.of(_load(request, export_id))


_ANY_FILE = {
    "description": "the file",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


@router.get(
    "/exports/{uuid:export_id}/file",
    operation_id="get_export_file",
    openapi_extra={"responses": {200: _ANY_FILE}},
)
def get_file(request: PageRequest, export_id: UUID) -> FileResponse:
    """The file that you ordered, until its time is over."""
    found = _load(request, export_id)
    file = fetch_export(request.actor, export=found, now=request.now)
    kind = export_formats[found.format]
    return FileResponse(file, as_attachment=True, filename=found.file_name, content_type=kind.media_type)


@router.post("/exports/{uuid:export_id}/withdrawal", response=ExportOut, operation_id="withdraw_export")
def post_withdrawal(request: PageRequest, export_id: UUID) -> ExportOut:
    """Throw the file away."""
    return ExportOut.of(withdraw_export(request.actor, export=_load(request, export_id), now=request.now))


def _ordered(request: PageRequest, said: _OrderIn, what: str) -> Status[Any]:
    require(request.actor, EXPORT_MAKE)
    asked = said.asked(what, actor=request.actor, today=request.now.date())
    made = order_export(request.actor, asked=asked, file_format=said.format, now=request.now)
    return Status(202, ExportOut.of(made))


def _load(request: PageRequest, export_id: UUID) -> Export:
    return load(request.actor, EXPORT_OWN, Export.objects.all(), export_id)
