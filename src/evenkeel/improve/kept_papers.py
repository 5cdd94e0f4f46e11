"""Where documents lie until they are fetched."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings


def path_of(paper_id: UUID) -> Path:
    """Where a document's file lies. The name is an id of ours, so no text of anybody's becomes part of a path."""
    return Path(settings.MEDIA_ROOT) / "investigations" / str(paper_id) / "file"


def write(paper_id: UUID, content: bytes) -> None:
    """Put the file there whole or not at all."""
    path = path_of(paper_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)


def remove(paper_id: UUID) -> None:
    """Remove a document's file; doing it twice is harmless."""
    shutil.rmtree(path_of(paper_id).parent, ignore_errors=True)
