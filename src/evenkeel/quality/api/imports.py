"""Labels made elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from evenkeel.ground.access import visible
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.uploads import begin_import, keep_upload
from ..models import LabelUpload

router = Router()


class ImportIn(Schema):
    programme_name: str
    allowed_labels: str = Field("", description="by commas; empty: those of the programme's forms, else any")
    ignore: str = Field("", description="columns of the labels' file to leave out, by commas")
    on_repeat: str = Field("keep", description="keep or skip")


class ImportOut(Schema):
    id: UUID
    state: str = Field(description="queued, running, done or failed")
    programme_name: str
    run_id: UUID | None
    report: dict[str, Any] | None = Field(description="what was found; when it failed, every row that does not fit")

    @classmethod
    def of(cls, upload: LabelUpload) -> ImportOut:
        names = ("id", "state", "programme_name", "run_id", "report")
        return cls(**{name: getattr(upload, name) for name in names})


@router.post("/imports", response={202: ImportOut}, operation_id="import_labels")
def post_import(
    request: PageRequest,
    labels: File[UploadedFile],
    said: Form[ImportIn],
    items: UploadedFile | None = File(None),  # type: ignore[type-arg]  # noqa: B008  (how ninja is told)
) -> Status[Any]:
    """Hand files in and have them imported in the background; ask for the import's state until it is over."""
    upload = keep_upload(
        request.actor,
        labels=labels,
        items=items,
        programme_name=said.programme_name,
        allowed_labels=_words(said.allowed_labels),
        ignore=_words(said.ignore),
        on_repeat=said.on_repeat,
        now=request.now,
    )
    return Status(202, ImportOut.of(begin_import(request.actor, upload=upload, now=request.now)))


def _words(said: str) -> list[str]:
    return [word.strip() for word in said.split(",") if word.strip()]


@router.get("/imports/{uuid:import_id}", response=ImportOut, operation_id="get_import")
def get_import(request: PageRequest, import_id: UUID) -> ImportOut:
    """How far an import is, and its report."""
    found = visible(request.actor, scopes.IMPORT_DO, LabelUpload.objects.all())
    return ImportOut.of(get_object_or_404(found, pk=import_id))
