"""Files in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.transfers import fetch_file, hand_in, order_export
from ..kinds.format import formats
from ..models import Programme, Queue, Transfer

router = Router()


class ImportFileIn(Schema):
    what: str = Field("items", description="items, decisions or forms")
    format: str = Field(
        "", description="jsonl, csv, parquet, label_studio, coco or cvat; else name and first bytes tell"
    )
    queue_id: UUID | None = Field(
        None, description="put new items into this queue; without one the routing rules place them"
    )
    is_partial: bool = Field(False, description="leave rows out that do not fit, instead of stopping everything")
    signed_by: str = Field("", description="whose answers they are, where the file does not say")


class ExportIn(Schema):
    what: str = Field("decisions", description="items, decisions or forms")
    format: str = "jsonl"
    queue_id: UUID | None = Field(None, description="only what belongs to this queue")


class TransferOut(Schema):
    id: UUID
    direction: str = Field(description="in or out")
    what: str
    format: str
    state: str = Field(description="queued, checking, writing, done, failed or withdrawn")
    file_name: str
    position: int = Field(description="rows written for good")
    total: int
    counts: dict[str, Any]
    remarks: list[str]
    bad_rows: list[dict[str, Any]] = Field(description="the first thousand rows that do not fit, each with its fix")
    bad_total: int
    refusal: str
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, transfer: Transfer) -> TransferOut:
        return cls(**{name: getattr(transfer, name) for name in cls.model_fields})


@router.post("/programmes/{uuid:programme_id}/imports", response={202: TransferOut}, operation_id="import_file")
def post_import(
    request: PageRequest, programme_id: UUID, file: File[UploadedFile], said: Form[ImportFileIn]
) -> Status[Any]:
    """Hand a file in and have it checked and imported in the background; ask for its state until it is over."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    made = hand_in(
        request.actor,
        programme=programme,
        uploaded=file,
        what=said.what,
        file_format=said.format,
        queue=_queue(request, programme, said.queue_id),
        is_partial=said.is_partial,
        signed_by=said.signed_by,
        now=request.now,
    )
    return Status(202, TransferOut.of(made))


@router.post("/programmes/{uuid:programme_id}/exports", response={202: TransferOut}, operation_id="order_export")
def post_export(request: PageRequest, programme_id: UUID, said: ExportIn) -> Status[Any]:
    """Have a file made in the background, of what you may see; ask for its state, then fetch it."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    queue = _queue(request, programme, said.queue_id)
    made = order_export(
        request.actor, programme=programme, what=said.what, file_format=said.format, queue=queue, now=request.now
    )
    return Status(202, TransferOut.of(made))


@router.get("/transfers/{uuid:transfer_id}", response=TransferOut, operation_id="get_transfer")
def get_transfer(request: PageRequest, transfer_id: UUID) -> TransferOut:
    """How far a file is, and what was found in it."""
    return TransferOut.of(load(request.actor, scopes.ITEM_VIEW, Transfer.objects.all(), transfer_id))


_ANY_FILE = {
    "description": "the file",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


@router.get(
    "/transfers/{uuid:transfer_id}/file",
    operation_id="get_transfer_file",
    openapi_extra={"responses": {200: _ANY_FILE}},
)
def get_file(request: PageRequest, transfer_id: UUID) -> FileResponse:
    """The file that you ordered."""
    found = load(request.actor, scopes.ITEM_VIEW, Transfer.objects.all(), transfer_id)
    file, kind = fetch_file(request.actor, transfer=found, now=request.now), formats[found.format]
    return FileResponse(file, as_attachment=True, filename=found.file_name, content_type=kind.media_type)


def _queue(request: PageRequest, programme: Programme, queue_id: UUID | None) -> Queue | None:
    if queue_id is None:
        return None
    return load(request.actor, scopes.QUEUE_VIEW, Queue.objects.filter(programme=programme), queue_id)
