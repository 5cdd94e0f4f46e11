"""Where the files of runs lie. The names of the folders are ours, never the sender's."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePath
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from ..imports.uploads import Uploaded

LARGEST_BYTES = 512 * 1024 * 1024


def path_of(run_id: UUID) -> Path:
    """Where a run's file lies."""
    return Path(settings.MEDIA_ROOT) / "tools" / str(run_id) / "file"


def put(run_id: UUID, uploaded: Uploaded) -> Path:
    """Store a file that was handed in."""
    path = path_of(run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        for chunk in uploaded.chunks():
            file.write(chunk)
    return path


def remove(run_id: UUID) -> None:
    """Remove a run's file; doing it twice is harmless."""
    shutil.rmtree(path_of(run_id).parent, ignore_errors=True)


def plain_name(name: str | None) -> str:
    """A name to show; it never becomes a path."""
    said = "".join(sign for sign in PurePath(name or "").name if sign.isprintable())
    return said[-200:] or _("file")
