"""Reading delimited text as a stream, plain or gzip, whatever is wrong with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext as _

from .sniffing import delimiter_of
from .sources import Source, Unreadable
from .streams import ROW_LIMIT, Stream


class Row(NamedTuple):
    """A record: its number as a spreadsheet counts, the line where it starts, its cells."""

    number: int
    line: int
    cells: list[str]


class TableReader:
    """A delimited file, opened: `header` first, then the rows by iterating once."""

    def __init__(self, source: Source | Stream, *, known_columns: frozenset[str] = frozenset()):
        self.name = source.name
        self._stream = source if isinstance(source, Stream) else Stream(source)
        csv.field_size_limit(max(csv.field_size_limit(), ROW_LIMIT))
        try:
            self.header = self._open(known_columns)
        except BaseException:
            self.close()
            raise

    def _open(self, known_columns: frozenset[str]) -> list[str]:
        lines = self._stream.lines()
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
        return self._stream.bytes_read

    @property
    def sha256(self) -> str:
        """Of the unpacked text, once all rows were read: the same labels packed anew are the same labels."""
        return self._stream.sha256

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _next(self) -> Row | None:
        starts_at = self._stream.line + 1 if self._stream.row else 1  # the header's line was looked at already
        self._stream.row_bytes = 0
        try:
            cells = next(self._records)
        except StopIteration:
            return None
        except csv.Error as error:
            raise self._malformed(str(error), starts_at) from None
        self._stream.row += 1
        return Row(self._stream.row, starts_at, cells)

    def _malformed(self, said: str, starts_at: int) -> Unreadable:
        if "new-line" in said:
            what, fix = _("The lines end in a way of old Macs (CR alone)."), _("Save it with LF or CR LF line ends.")
        elif "end of data" in said:
            what, fix = _("A quote that opens here is never closed; the file may be cut off."), _("Close the quote.")
        else:
            what = _("The quoting is broken (%(why)s).") % {"why": said}
            fix = _('Put cells with commas or line breaks in "…" and write a quote inside as "".')
        return Unreadable(what, fix, row=self._stream.row + 1, line=starts_at)
