"""Making a file of what was asked for, by whoever asks: page, program, command or job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from evenkeel.ground.access import Actor
from evenkeel.people import note_look

from .asked import FIGURES, Asked
from .facts import fact_rows
from .figures import figures
from .format import Tell, export_formats
from .sheet import Sheet
from .whole import whole


@contextmanager
def sheet_of(actor: Actor, asked: Asked, *, now: datetime) -> Iterator[Sheet]:
    """What was asked for, over what the actor may see; readable while the block lasts.

    Whoever is told of by name finds in her own list of looks that it was read.
    """
    if asked.what == FIGURES:
        found = figures(actor, asked, now=now)
        note_look(actor, workers=found.workers, what=found.title, now=now)
        yield found
        return
    with fact_rows(actor, asked, now=now) as rows:
        note_look(actor, workers=rows.workers, what=rows.name, now=now)
        yield rows


def write_file(sheet: Sheet, path: Path, *, file_format: str, tell: Tell) -> int:
    """Write a sheet to a path, whole or not at all; returns how many rows. Raises `NotNow` when the disk is full."""
    with whole(path) as aside:
        return export_formats[file_format].write(sheet, aside, tell=tell)


def file_name(asked: Asked, *, file_format: str) -> str:
    """A name that says what is in the file: accuracy-by-site-2026-03-01.xlsx."""
    words = [*asked.names[:3], *(["by", *asked.by] if asked.by else []), asked.since.isoformat()]
    return "-".join(words)[:120] + export_formats[file_format].suffix
