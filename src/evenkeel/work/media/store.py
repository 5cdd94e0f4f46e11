"""Where files lie: in the data folder, by their id. They come in aside, are checked and cleaned there, and then moved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from evenkeel.ground.objects import has_object, put_object, upload_address

from .images import clean_picture
from .kinds import HEAD_BYTES, MEBI, FileKind, Unusable, sniff
from .recordings import clean_recording


@dataclass(frozen=True)
class CleanFile:
    """A checked file that lies aside."""

    path: Path
    kind: FileKind
    digest: str
    # That of the file as it came: another one where metadata were taken out.
    came_digest: str
    size_bytes: int
    width: int | None
    height: int | None
    duration_ms: int | None


def path_of(media_id: UUID) -> Path:
    """Where a stored file lies. The names are ours, never the sender's."""
    name = media_id.hex
    return Path(settings.MEDIA_ROOT) / "media" / name[-2:] / name


def upload_address_of(media_id: UUID) -> str:
    """The address of an upload in object storage; "" where uploads lie in the data folder."""
    return upload_address(f"media/{media_id.hex[-2:]}/{media_id.hex}")


def is_kept(media_id: UUID, address: str) -> bool:
    """Whether a file lies where it should."""
    return has_object(address) if address else path_of(media_id).is_file()


@contextmanager
def taken_in(chunks: Iterable[bytes]) -> Iterator[CleanFile]:
    """A file as it came, checked and without metadata, until the block ends; raises `Unusable`."""
    folder = Path(settings.MEDIA_ROOT) / "media" / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / uuid4().hex
    try:
        yield _cleaned(path, _written(path, chunks))
    finally:
        path.unlink(missing_ok=True)


def keep(file: CleanFile, media_id: UUID, address: str = "") -> None:
    """Move a file to its place: into object storage under its address, else into the data folder."""
    if address:
        put_object(address, file.path)
        return
    target = path_of(media_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    file.path.replace(target)


def _written(path: Path, chunks: Iterable[bytes]) -> FileKind:
    kind: FileKind | None = None
    head, size = b"", 0
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if kind is None:
                head += chunk
                if len(head) >= HEAD_BYTES:
                    kind = sniff(head)
            if kind is not None and size > kind.limit_bytes:
                raise Unusable(_("At most %(n)d MiB for such a file.") % {"n": kind.limit_bytes // MEBI})
            file.write(chunk)
    return kind or sniff(head)


def _cleaned(path: Path, kind: FileKind) -> CleanFile:
    width = height = duration_ms = None
    came_digest = _digest(path)
    if kind.kind == "image":
        made = clean_picture(kind, path.read_bytes())
        path.write_bytes(made.content)
        width, height = made.width, made.height
    else:
        with path.open("r+b") as file:
            found = clean_recording(kind, file, path.stat().st_size)
        kind, width, height, duration_ms = found.kind, found.width, found.height, found.duration_ms
    return CleanFile(path, kind, _digest(path), came_digest, path.stat().st_size, width, height, duration_ms)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
