"""A zip as labelling tools export it: one file of labels, and the pictures, sounds and films beside it."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.translation import gettext as _

from evenkeel.ground.reading.handed_in import LARGEST_BYTES
from evenkeel.ground.reading.sources import Source, Unreadable

_HEAD, _EMPTY = b"PK\x03\x04", b"PK\x05\x06"
_ENDINGS = (".json", ".xml", ".jsonl", ".ndjson", ".csv", ".tsv")
_CHUNK = 1 << 16


class Bundle:
    """The files of an archive by name. Nothing is unpacked but what is asked for, and no name in it becomes a path."""

    def __init__(self, archive: zipfile.ZipFile):
        self._archive = archive
        self._by_name: dict[str, list[PurePosixPath]] = {}
        self.labels: list[str] = []
        for info in archive.infolist():
            path = PurePosixPath(info.filename)
            if info.is_dir() or path.parts[0] == "__MACOSX" or path.name.startswith("."):
                continue
            if path.suffix.lower() in _ENDINGS:
                self.labels.append(info.filename)
            else:
                self._by_name.setdefault(path.name, []).append(path)

    def find(self, *addresses: str) -> str:
        """The file that one of the addresses means, "" without one or when two fit equally: the longest common end wins."""
        for address in addresses:
            wanted = _path_in(address).parts
            if not wanted:
                continue
            fits = [(_common_end(path.parts, wanted), str(path)) for path in self._by_name.get(wanted[-1], [])]
            best = [name for n, name in fits if n == max(fits)[0]]
            if len(best) == 1:
                return best[0]
        return ""

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file's bytes. Raises `Unreadable` for what is damaged or locked by a password."""
        try:
            with self._archive.open(name) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
            what = _("“%(name)s” in the archive cannot be unpacked: %(why)s.") % {"name": name[:80], "why": error}
            raise Unreadable(what, _("Pack it again, without a password.")) from None

    def only_labels(self) -> str:
        """The name of the one file of labels. Raises `Unreadable` when there is none, or more than one."""
        if "[Content_Types].xml" in self.labels:
            raise Unreadable(_("This is an Excel workbook."), _("Save it as CSV (UTF-8)."))
        if not self.labels:
            raise Unreadable(
                _("The archive holds no file of labels."), _("Put the JSON, XML or CSV beside the pictures.")
            )
        if len(self.labels) > 1:
            names = ", ".join(sorted(self.labels)[:5])
            raise Unreadable(
                _("The archive holds %(n)d files of labels: %(names)s.") % {"n": len(self.labels), "names": names},
                _("Keep one of them in it, with its pictures."),
            )
        return self.labels[0]


def is_bundle(head: bytes) -> bool:
    """Whether a file is a zip, by its first bytes."""
    return head.startswith((_HEAD, _EMPTY))


@contextmanager
def opened_bundle(source: Source) -> Iterator[Bundle]:
    """The archive, opened. Raises `Unreadable` when it is damaged."""
    with closing(source.open()) as file:
        try:
            archive = zipfile.ZipFile(file)
        except zipfile.BadZipFile:
            raise Unreadable(_("The archive is damaged."), _("Pack it again.")) from None
        with archive:
            yield Bundle(archive)


@contextmanager
def labels_aside(bundle: Bundle) -> Iterator[Source]:
    """The file of labels as a source of its own, until the block ends. Raises `Unreadable` for one beyond the limit."""
    name, size = bundle.only_labels(), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "labels"
        with path.open("xb") as aside:
            for chunk in bundle.chunks(name):
                size += len(chunk)
                # What unpacks to more than may be handed in plain is a mistake, or meant to fill the disk.
                if size > LARGEST_BYTES:
                    most = LARGEST_BYTES >> 20
                    raise Unreadable(
                        _("“%(name)s” is larger than %(most)d MB.") % {"name": name, "most": most},
                        _("Split it."),
                    )
                aside.write(chunk)
        yield Source(name=PurePosixPath(name).name, path=path)


def _path_in(address: str) -> PurePosixPath:
    """The path that an address names: of a URL without its query, of Label Studio's local files the one in its query."""
    try:
        said = urlsplit(address.replace("\\", "/"))
    except ValueError:
        return PurePosixPath()
    local = parse_qs(said.query).get("d", [""])[0]
    return PurePosixPath(local or unquote(said.path))


def _common_end(path: tuple[str, ...], wanted: tuple[str, ...]) -> int:
    n = 0
    for ours, theirs in zip(reversed(path), reversed(wanted), strict=False):
        if ours != theirs:
            break
        n += 1
    return n
