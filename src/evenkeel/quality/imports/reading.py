"""Reading delimited text as a stream, plain or gzip, whatever is wrong with it.

Never more than one row of at most `ROW_LIMIT` bytes is held, so neither a line of 2 GB nor a quote that is never closed
fills the memory. What cannot be read raises `Unreadable`, which says row, byte and fix.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext as _

from .sniffing import delimiter_of, refuse_other_encodings, refuse_other_formats
from .sources import Source, Unreadable

ROW_LIMIT = 1 << 20
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"


class Row(NamedTuple):
    """A record: its number as a spreadsheet counts, the line where it starts, its cells."""

    number: int
    line: int
    cells: list[str]


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
        delimiter = delimiter_of(first, known_columns)
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
        refuse_other_formats(head)
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
                refuse_other_encodings(chunk)
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
