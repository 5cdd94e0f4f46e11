"""Files that were handed in on a page: where they lie, what their first rows look like, how far an import has come."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from evenkeel.ground.reading.handed_in import Uploaded, store
from evenkeel.ground.reading.sources import Source, Unreadable
from evenkeel.ground.reading.tables import TableReader
from evenkeel.work import CONTEXT, LANGUAGE, RESPONSE, TEXT

from ..models import LabelUpload
from .cells import NEEDED, OPTIONAL

_SHOWN_ROWS, _SHOWN_LETTERS = 6, 140


def folder_of(upload_id: UUID) -> Path:
    """Where an upload's files lie. The names in it are ours, never the sender's."""
    return Path(settings.MEDIA_ROOT) / "imports" / str(upload_id)


def put(upload_id: UUID, kind: str, uploaded: Uploaded) -> None:
    """Store a file of an upload; `kind` is labels or items."""
    store(uploaded, folder_of(upload_id) / kind)


def remove(upload_id: UUID) -> None:
    """Remove an upload's files; doing it twice is harmless."""
    shutil.rmtree(folder_of(upload_id), ignore_errors=True)


def source_of(upload: LabelUpload, kind: str) -> Source | None:
    """A file of an upload under the name that the sender gave it; None when there is none of this kind."""
    name = upload.labels_name if kind == "labels" else upload.items_name
    return Source(name=name, path=folder_of(upload.id) / kind) if name else None


@dataclass(frozen=True)
class PreviewColumn:
    """A column of a file and what it will be taken for; `is_used` False when it is left out or not known."""

    name: str
    meaning: str
    is_used: bool
    is_unknown: bool = False


@dataclass(frozen=True)
class FilePreview:
    """The first rows of a file; `fault` says why it cannot be read."""

    name: str
    columns: tuple[PreviewColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    fault: str = ""


def preview_file(source: Source, kind: str, *, ignore: Collection[str] = ()) -> FilePreview:
    """What a file looks like, from its first rows alone."""
    try:
        with closing(TableReader(source, known_columns=frozenset((*NEEDED, *OPTIONAL)))) as reader:
            rows = []
            for row in reader:
                rows.append(tuple(_short(cell) for cell in row.cells))
                if len(rows) == _SHOWN_ROWS:
                    break
            columns = tuple(_column(name, kind, name in ignore) for name in reader.header)
            return FilePreview(source.name, columns, tuple(rows))
    except Unreadable as error:
        return FilePreview(source.name, fault=f"{error.what} {error.fix}")


def _short(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1]}…"


def _column(name: str, kind: str, is_ignored: bool) -> PreviewColumn:
    if is_ignored and kind == "labels":
        return PreviewColumn(name, _("left out, as asked"), False)
    common = {"item": _("which item"), "truth": _("what experts hold to be right")}
    known = common | (
        {
            "worker": _("who labelled it"),
            "label": _("the label given"),
            "replicate": _("1, 2, … when she labelled it again"),
            "decided_at": _("when"),
        }
        if kind == "labels"
        else {
            CONTEXT: _("the turns of a conversation"),
            RESPONSE: _("the turn to judge"),
            TEXT: _("the text to judge"),
            LANGUAGE: _("its language"),
        }
    )
    if name in known:
        return PreviewColumn(name, known[name], True)
    if kind == "labels":
        return PreviewColumn(name, _("unknown"), False, is_unknown=True)
    return PreviewColumn(name, _("an attribute"), True)


# ------------------------------------------------------------------ progress


class ProgressFile:
    """How far an import has come. A file, because the import's own transaction hides what it writes until it ends."""

    def __init__(self, upload_id: UUID):
        self._path = folder_of(upload_id) / "progress.json"

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note how far it is; readers see the note before or this one, whole."""
        aside = self._path.with_suffix(".part")
        aside.write_text(json.dumps({"stage": stage, "done": done, "total": total}))
        aside.replace(self._path)

    def read(self) -> dict[str, Any]:
        """What was noted last; a stage of "" before the first note."""
        try:
            found: dict[str, Any] = json.loads(self._path.read_text())
        except (OSError, ValueError):
            return {"stage": "", "done": 0, "total": 0}
        return found
