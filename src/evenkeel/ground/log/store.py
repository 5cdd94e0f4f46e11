"""Where the log's files lie: a folder of this machine, or a bucket that speaks S3. Both know a file by the same name.

What the log asks of either: a file appears whole or not at all, doing a step twice is doing it once, and a list tells how
old a file is. In a folder a file is written aside, synced and renamed. In a bucket it is made on this machine first; putting
an object is whole by itself.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings

from .. import objects

if TYPE_CHECKING:
    from ..env_objects import ObjectStorage


def _writer() -> str:
    """Who writes a file aside: two may make the same one at once, in processes or in threads of one."""
    return f"{os.getpid()}-{threading.get_ident()}"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file that lies there: its name, and when it was last written."""

    name: str
    changed_at: datetime


class Store(Protocol):
    """What the log needs of a place for files. Names are relative, with slashes."""

    def writing(self, name: str) -> Any:
        """A context with a path to write to; left without an error the file stands whole under its name."""

    def move(self, name: str, to: str) -> None:
        """Give a file another name; one of that name is replaced."""

    def remove(self, name: str) -> None:
        """Take a file away; one that is gone already is no matter."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def checksum(self, name: str) -> str:
        """SHA-256 of a file, as hexadecimal digits."""

    def under(self, folder: str) -> Iterator[Kept]:
        """Every file whose name begins with the folder's, also what a kill left half-made."""

    def place(self, name: str) -> str:
        """The name by which `filesystem` opens it."""

    @property
    def filesystem(self) -> Any:
        """Arrow's way to read the files."""


@dataclass(frozen=True)
class FolderStore:
    """A folder of this machine, or one that it shares with others."""

    root: Path

    @contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.{_writer()}.part")
        try:
            yield aside
            with aside.open("rb") as file:
                os.fsync(file.fileno())
            aside.replace(path)
        except Exception:
            # A full disk: what was written of it only takes more room.
            aside.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    def move(self, name: str, to: str) -> None:
        target = self.root / to
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).replace(target)
        _sync_folder(target.parent)

    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def has(self, name: str) -> bool:
        return (self.root / name).exists()

    def checksum(self, name: str) -> str:
        return checksum_of(self.root / name)

    def under(self, folder: str) -> Iterator[Kept]:
        for path in (self.root / folder).rglob("*"):
            if path.is_file():
                changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
                yield Kept(name=path.relative_to(self.root).as_posix(), changed_at=changed)

    def place(self, name: str) -> str:
        return str(self.root / name)

    @property
    def filesystem(self) -> Any:
        from pyarrow.fs import LocalFileSystem

        return LocalFileSystem()


@dataclass(frozen=True)
class BucketStore:
    """A folder in a bucket. `aside` is where files are made before they go there."""

    storage: ObjectStorage
    bucket: str
    folder: str
    aside: Path

    @contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        import obstore

        self.aside.mkdir(parents=True, exist_ok=True)
        made = self.aside / f"{name.replace('/', '_')}.{_writer()}.part"
        try:
            yield made
            with objects.told():
                obstore.put(self._client, self._key(name), made)
        finally:
            made.unlink(missing_ok=True)

    def move(self, name: str, to: str) -> None:
        import obstore

        # Killed between the two, the next try copies the same again.
        with objects.told():
            obstore.copy(self._client, self._key(name), self._key(to))
        self.remove(name)

    def remove(self, name: str) -> None:
        import obstore

        with objects.told():
            try:
                obstore.delete(self._client, self._key(name))
            except FileNotFoundError:
                return

    def has(self, name: str) -> bool:
        import obstore

        with objects.told():
            try:
                obstore.head(self._client, self._key(name))
            except FileNotFoundError:
                return False
        return True

    def checksum(self, name: str) -> str:
        import obstore

        seen = hashlib.sha256()
        with objects.told():
            for piece in obstore.get(self._client, self._key(name)).stream():
                seen.update(piece)
        return seen.hexdigest()

    def under(self, folder: str) -> Iterator[Kept]:
        import obstore

        begin = len(self._key(""))
        with objects.told():
            for page in obstore.list(self._client, self._key(folder.rstrip("/")) + "/", chunk_size=1_000):
                for each in page:
                    yield Kept(name=each["path"][begin:], changed_at=each["last_modified"].astimezone(UTC))

    def place(self, name: str) -> str:
        return f"{self.bucket}/{self._key(name)}"

    @property
    def filesystem(self) -> Any:
        return _arrow_s3(self.storage)

    @property
    def _client(self) -> Any:
        return objects.client(self.bucket, self.storage)

    def _key(self, name: str) -> str:
        return f"{self.folder}/{name}" if self.folder else name


def store() -> FolderStore | BucketStore:
    """Where this install keeps its log."""
    config = settings.EVENKEEL
    if not config.log.bucket:
        return FolderStore(config.log_dir)
    storage = objects.storage()
    assert storage is not None
    return BucketStore(storage, config.log.bucket, config.log.folder, config.log_dir / "outgoing")


def checksum_of(path: Path) -> str:
    """SHA-256 of a file of this machine, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=4)
def _arrow_s3(storage: ObjectStorage) -> Any:
    from pyarrow.fs import S3FileSystem

    said: dict[str, Any] = {"region": storage.region}
    if storage.endpoint:
        scheme, _colon, place = storage.endpoint.partition("://")
        said |= {"endpoint_override": place, "scheme": scheme}
    if storage.key_id:
        said |= {"access_key": storage.key_id, "secret_key": storage.secret}
    return S3FileSystem(**said)


def _sync_folder(folder: Path) -> None:
    """Make a rename within the folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
