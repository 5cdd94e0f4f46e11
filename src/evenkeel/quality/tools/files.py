"""Where the files of runs lie. The names of the folders are ours, never the sender's."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from evenkeel.ground.reading.handed_in import Uploaded, store


def path_of(run_id: UUID) -> Path:
    """Where a run's file lies."""
    return Path(settings.MEDIA_ROOT) / "tools" / str(run_id) / "file"


def put(run_id: UUID, uploaded: Uploaded) -> Path:
    """Store a file that was handed in."""
    return store(uploaded, path_of(run_id))


def remove(run_id: UUID) -> None:
    """Remove a run's file; doing it twice is harmless."""
    shutil.rmtree(path_of(run_id).parent, ignore_errors=True)
