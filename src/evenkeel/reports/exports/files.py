"""Where files lie until they are fetched."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings


def exports_dir() -> Path:
    """The folder of all of them."""
    return Path(settings.MEDIA_ROOT) / "exports"


def path_of(export_id: UUID) -> Path:
    """Where an export's file lies."""
    return exports_dir() / str(export_id) / "file"


def remove(export_id: UUID) -> None:
    """Remove an export's file; doing it twice is harmless."""
    shutil.rmtree(path_of(export_id).parent, ignore_errors=True)
