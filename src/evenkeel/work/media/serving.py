"""Where a stored file's bytes come from: the data folder, object storage, or a picture that is cleaned as it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from evenkeel.ground.objects import facts_of, read_object, storage

from ..models import MediaFile
from .images import clean_picture
from .kinds import FILE_KINDS, Unusable
from .store import path_of

# So many bytes from a place on.
Read = Callable[[int, int], Iterator[bytes]]
_CHUNK = 262_144


def may_be_signed(found: MediaFile) -> bool:
    """Whether a browser is sent to the object storage itself: by the settings, and never to metadata."""
    configured = storage()
    is_bare = found.is_ours or found.kind != MediaFile.IMAGE
    return bool(found.address) and configured is not None and configured.is_signed and is_bare


def source_of(found: MediaFile) -> tuple[int, Read]:
    """How long the file is as it is served, and how to read it. Raises `ObjectTrouble` or `Unusable` when it is not there."""
    if not found.address:
        path = path_of(found.pk)
        if not path.is_file():
            raise Unusable(_("The file is not there any more."))
        return path.stat().st_size, lambda start, n: _read_file(path, start, n)
    if found.is_ours or found.kind != MediaFile.IMAGE:
        # Asked here, so that an object that is gone is told before the answer has begun.
        facts_of(found.address)
        return found.size_bytes, lambda start, n: read_object(found.address, start, n, etag=found.etag)
    whole = b"".join(read_object(found.address, 0, found.size_bytes, etag=found.etag))
    content = clean_picture(FILE_KINDS[found.content_type], whole).content
    return len(content), lambda start, n: iter([content[start : start + n]])


def _read_file(path: Path, start: int, n: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while n > 0 and (chunk := file.read(min(_CHUNK, n))):
            n -= len(chunk)
            yield chunk
