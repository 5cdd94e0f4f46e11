"""Where the files of transfers lie. The names of the folders are ours, never the sender's."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path, PurePath
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from evenkeel.ground.reading.sources import Source

LARGEST_BYTES = 512 * 1024 * 1024
_CHUNK = 1 << 20


class Uploaded(Protocol):
    """A file as a request carries it."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    def chunks(self) -> Iterable[bytes]: ...


def path_of(transfer_id: UUID) -> Path:
    """Where a transfer's file lies."""
    return Path(settings.MEDIA_ROOT) / "transfers" / str(transfer_id) / "file"


def put(transfer_id: UUID, uploaded: Uploaded) -> Path:
    """Store a file that was handed in."""
    path = path_of(transfer_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        for chunk in uploaded.chunks():
            file.write(chunk)
    return path


def remove(transfer_id: UUID) -> None:
    """Remove a transfer's file; doing it twice is harmless."""
    shutil.rmtree(path_of(transfer_id).parent, ignore_errors=True)


def plain_name(name: str | None) -> str:
    """A name to show; it never becomes a path."""
    said = "".join(sign for sign in PurePath(name or "").name if sign.isprintable())
    return said[-200:] or _("file")


def digest_of(source: Source) -> tuple[str, bytes]:
    """SHA-256 of a file as it lies there, and its first bytes. Raises `Unreadable` when there is no such file."""
    seen, head = hashlib.sha256(), b""
    with closing(source.open()) as file:
        while chunk := file.read(_CHUNK):
            head = head or chunk[:64]
            seen.update(chunk)
    return seen.hexdigest(), head
