"""Reading delimited text as a stream, plain or gzip, whatever is wrong with it.

Never more than one row of at most `ROW_LIMIT` bytes is held, so neither a line of 2 GB nor a quote that is never closed
fills the memory. What cannot be read raises `Unreadable`, which says row, byte and fix.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from django.utils.translation import gettext as _

ROW_LIMIT = 1 << 20
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_DELIMITERS = (",", ";", "\t")


class Unreadable(Exception):
    """The file, or the rest of it, cannot be read."""

    def __init__(self, what: str, fix: str, *, row: int | None = None, line: int | None = None, column: str = ""):
        super().__init__(what)
        self.what, self.fix, self.row, self.line, self.column = what, fix, row, line, column


class Row(NamedTuple):
    """A record: its number as a spreadsheet counts, the line where it starts, its cells."""

    number: int
    line: int
    cells: list[str]


@dataclass(frozen=True)
class Source:
    """Where a file comes from. It can be read more than once."""

    name: str
    path: Path | None = None
    file: BinaryIO | None = None
    is_ours: bool = False

    @classmethod
    def of(cls, given: Path | str | BinaryIO, *, name: str = "") -> Source:
        """A source from a path or a binary file; one that cannot be rewound is put aside on disk first."""
        if isinstance(given, str | Path):
            path = Path(given)
            if path.exists() and not path.is_file() and not path.is_dir():
                with path.open("rb") as pipe:
                    return cls(name=name or path.name, file=_put_aside(pipe), is_ours=True)
            return cls(name=name or path.name, path=path)
        said = name or Path(str(getattr(given, "name", "") or _("the file"))).name
        if given.seekable():
            return cls(name=said, file=given)
        return cls(name=said, file=_put_aside(given), is_ours=True)

    def close(self) -> None:
        """Let go of what was put aside; a file that somebody else opened stays open."""
        if self.is_ours and self.file is not None:
            self.file.close()

    def open(self) -> BinaryIO:
        """The raw bytes from their start. Raises `Unreadable` when there is no such file."""
        if self.file is not None:
            self.file.seek(0)
            return cast(BinaryIO, _LeftOpen(self.file))
        assert self.path is not None
        try:
            return self.path.open("rb")
        except FileNotFoundError:
            raise Unreadable(
                _("There is no such file."), _("Check the path: %(path)s.") % {"path": self.path}
            ) from None
        except IsADirectoryError:
            raise Unreadable(_("This is a folder."), _("Name the file inside it.")) from None
        except OSError as error:
            raise Unreadable(
                _("The file cannot be opened: %(why)s.") % {"why": error.strerror or error},
                _("Make it readable for the account that runs evenkeel."),
            ) from None

    def size_bytes(self) -> int:
        """Bytes as they lie on disk; 0 when that is not known."""
        try:
            if self.path is not None:
                return self.path.stat().st_size
            assert self.file is not None
            here = self.file.tell()  # somebody may be reading it
            size = self.file.seek(0, os.SEEK_END)
            self.file.seek(here)
            return size
        except OSError:
            return 0


def _put_aside(pipe: BinaryIO) -> BinaryIO:
    aside = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the source)
    shutil.copyfileobj(pipe, aside, _CHUNK)
    return cast(BinaryIO, aside)


class _LeftOpen:
    """A view of somebody else's file that does not close it."""

    def __init__(self, file: BinaryIO):
        self.read, self.seek, self.tell = file.read, file.seek, file.tell

    def close(self) -> None:
        """It is not ours to close."""


class TableReader:
    """A delimited file, opened: `header` first, then the rows by iterating once."""

    def __init__(self, source: Source, *, known_columns: frozenset[str] = frozenset()):
        self.name = source.name
        self._raw = source.open()
        self._hash = hashlib.sha256()
        self._line, self._row, self._row_bytes, self._at_byte = 0, 0, 0, 0
        csv.field_size_limit(max(csv.field_size_limit(), ROW_LIMIT))
        try:
            self.header = self._open(known_columns)
        except BaseException:
            self.close()
            raise

    def _open(self, known_columns: frozenset[str]) -> list[str]:
        lines = self._lines(self._chunks())
        first = next(lines, None)
        if first is None:
            raise Unreadable(_("The file is empty."), _("It needs a header row and at least one row."))
        delimiter = _delimiter_of(first, known_columns)
        self._records = csv.reader(chain((first,), lines), delimiter=delimiter, strict=True)
        header = self._next()
        return [name.strip() for name in header.cells] if header else []

    def __iter__(self) -> Iterator[Row]:
        while (row := self._next()) is not None:
            if row.cells:  # an empty line is no row
                yield row

    @property
    def bytes_read(self) -> int:
        """How far into the file as it lies on disk; for progress."""
        return self._raw.tell()

    @property
    def sha256(self) -> str:
        """Of the unpacked text, once all rows were read: the same labels packed anew are the same labels."""
        return self._hash.hexdigest()

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def _next(self) -> Row | None:
        starts_at = self._line + 1 if self._row else 1  # the header's line was looked at already
        self._row_bytes = 0
        try:
            cells = next(self._records)
        except StopIteration:
            return None
        except csv.Error as error:
            raise self._malformed(str(error), starts_at) from None
        self._row += 1
        return Row(self._row, starts_at, cells)

    def _malformed(self, said: str, starts_at: int) -> Unreadable:
        if "new-line" in said:
            what, fix = _("The lines end in a way of old Macs (CR alone)."), _("Save it with LF or CR LF line ends.")
        elif "end of data" in said:
            what, fix = _("A quote that opens here is never closed; the file may be cut off."), _("Close the quote.")
        else:
            what = _("The quoting is broken (%(why)s).") % {"why": said}
            fix = _('Put cells with commas or line breaks in "…" and write a quote inside as "".')
        return Unreadable(what, fix, row=self._row + 1, line=starts_at)

    # ------------------------------------------------------------------ bytes to lines

    def _chunks(self) -> Iterator[bytes]:
        head = self._raw.read(8)
        self._raw.seek(0)
        _refuse_other_formats(head)
        stream = gzip.GzipFile(fileobj=self._raw) if head.startswith(_GZIP) else self._raw
        try:
            while chunk := stream.read(_CHUNK):
                self._hash.update(chunk)
                yield chunk
        except EOFError:
            raise self._broken_gzip(_("The gzip file ends too early; it was cut off.")) from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise self._broken_gzip(_("The gzip file is damaged (%(why)s).") % {"why": error}) from None

    def _broken_gzip(self, what: str) -> Unreadable:
        where = _("%(rows)s rows could be read before it.") % {"rows": f"{max(self._row, 0):,}"}
        return Unreadable(
            f"{what} {where}", _("Copy the file again; `gzip -t` checks it."), row=self._row + 1, line=self._line + 1
        )

    def _lines(self, chunks: Iterator[bytes]) -> Iterator[str]:
        rest, is_first = b"", True
        for chunk in chunks:
            if is_first:
                _refuse_other_encodings(chunk)
                is_first = False
                if chunk.startswith(b"\xef\xbb\xbf"):
                    chunk = chunk[3:]
                    self._at_byte = 3
            head, newline, tail = chunk.rpartition(b"\n")
            if newline:
                yield from self._whole_lines(rest + head + newline)
                rest = tail
            else:
                rest += chunk
            if len(rest) > ROW_LIMIT:
                raise self._too_long(self._at_byte + len(rest))
        if rest:
            yield from self._whole_lines(rest)

    def _whole_lines(self, block: bytes) -> Iterator[str]:
        start, wrong_at = self._at_byte, block.find(b"\0")
        self._at_byte += len(block)
        try:
            text = block.decode() if wrong_at < 0 else ""
        except UnicodeDecodeError as error:
            wrong_at = error.start
        if wrong_at < 0:
            yield from self._counted(text)
            return
        # What stands before is whole: let it be read, so that the row is counted right.
        good = block[: block.rfind(b"\n", 0, wrong_at) + 1]
        yield from self._counted(good.decode())
        raise self._not_utf8(block[wrong_at], start + wrong_at)

    def _counted(self, text: str) -> Iterator[str]:
        for line in io.StringIO(text, newline="\n"):
            self._line += 1
            self._row_bytes += len(line)
            if self._row_bytes > ROW_LIMIT:
                raise self._too_long(self._at_byte)
            yield line

    def _too_long(self, at: int) -> Unreadable:
        return Unreadable(
            _("The row is longer than %(limit)s bytes; reading stopped near byte %(byte)s.")
            % {"limit": f"{ROW_LIMIT:,}", "byte": f"{at:,}"},
            _("Shorten it, or look for a quote that is not closed or for missing line ends."),
            row=self._row + 1,
            line=self._line + 1,
        )

    def _not_utf8(self, byte: int, at: int) -> Unreadable:
        if byte == 0:
            what = _("There is a NUL byte at byte %(at)s.") % {"at": f"{at:,}"}
            fix = _("Remove it (`tr -d '\\000' < in.csv > out.csv`); a file full of them may be UTF-16.")
        else:
            what = _("Byte %(at)s (0x%(byte)02x) is not UTF-8.") % {"at": f"{at:,}", "byte": byte}
            fix = _("Convert the file: `iconv -f WINDOWS-1252 -t UTF-8 in.csv > out.csv`.")
        return Unreadable(what, fix, row=self._row + 1, line=self._line + 1)


def _delimiter_of(first: str, known: frozenset[str]) -> str:
    """Whichever sign splits the header into the most names that we know; a comma when in doubt."""

    def hits(delimiter: str) -> int:
        return sum(name.strip().strip('"') in known for name in first.split(delimiter))

    return max(_DELIMITERS, key=hits)


def _refuse_other_formats(head: bytes) -> None:
    formats = {
        b"PK\x03\x04": (_("This is a zip archive or an Excel workbook."), _("Unpack it, or save it as CSV (UTF-8).")),
        b"BZh": (_("This is packed with bzip2."), _("Unpack it with `bunzip2`; plain and gzip are read.")),
        b"\xfd7zXZ": (_("This is packed with xz."), _("Unpack it with `unxz`; plain and gzip are read.")),
        b"\x28\xb5\x2f\xfd": (_("This is packed with zstd."), _("Unpack it with `unzstd`; plain and gzip are read.")),
        b"PAR1": (_("This is a Parquet file."), _("Export it as CSV.")),
        b"\xd0\xcf\x11\xe0": (_("This is an old Excel workbook."), _("Save it as CSV (UTF-8).")),
    }
    for magic, (what, fix) in formats.items():
        if head.startswith(magic):
            raise Unreadable(what, fix)


def _refuse_other_encodings(head: bytes) -> None:
    marks = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
    found = next((name for mark, name in marks.items() if head.startswith(mark)), None)
    if found is None and len(head) >= 4 and head[0:4].count(0) == 2 and head[0] != head[1]:
        found = "UTF-16LE" if head[1] == 0 else "UTF-16BE"  # without a mark: every other byte of plain letters is 0
    if found:
        raise Unreadable(
            _("The file is %(encoding)s, seen at byte 0.") % {"encoding": found},
            _("Convert it: `iconv -f %(encoding)s -t UTF-8 in.csv > out.csv`.") % {"encoding": found},
            row=1,
            line=1,
        )
