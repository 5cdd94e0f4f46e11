"""Where the files of transfers lie. The names of the folders are ours, never the sender's."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import closing
from pathlib import Path
from uuid import UUID

from django.conf import settings

from evenkeel.ground.reading.handed_in import Uploaded, store
from evenkeel.ground.reading.sources import Source

_CHUNK = 1 << 20


def path_of(transfer_id: UUID) -> Path:
    """Where a transfer's file lies."""
    return Path(settings.MEDIA_ROOT) / "transfers" / str(transfer_id) / "file"


def put(transfer_id: UUID, uploaded: Uploaded) -> Path:
    """Store a file that was handed in."""
    return store(uploaded, path_of(transfer_id))


def remove(transfer_id: UUID) -> None:
    """Remove a transfer's file; doing it twice is harmless."""
    shutil.rmtree(path_of(transfer_id).parent, ignore_errors=True)


def digest_of(source: Source) -> tuple[str, bytes]:
    """SHA-256 of a file as it lies there, and its first bytes. Raises `Unreadable` when there is no such file."""
    seen, head = hashlib.sha256(), b""
    with closing(source.open()) as file:
        while chunk := file.read(_CHUNK):
            head = head or chunk[:64]
            seen.update(chunk)
    return seen.hexdigest(), head
