"""A file's bytes as they are unpacked: plain or gzip, hashed on the way, cut into lines of bounded length.

Never more than one row of at most `ROW_LIMIT` bytes is held, so neither a line of 2 GB nor a quote that is never closed
fills the memory. What cannot be read raises `Unreadable`, which says row, byte and fix.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from .sniffing import refuse_other_encodings, refuse_other_formats
from .sources import Source, Unreadable

ROW_LIMIT = 1 << 20
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"


class Stream:
    """A source, opened. `row` and `row_bytes` belong to whoever reads rows from it: faults are placed by them."""

    def __init__(self, source: Source):
        self.name = source.name
        self.row, self.row_bytes, self.line = 0, 0, 0
        self._raw = source.open()
        self._hash = hashlib.sha256()
        self._at_byte = 0

    @property
    def bytes_read(self) -> int:
        """How far into the file as it lies on disk; for progress."""
        return self._raw.tell()

    @property
    def sha256(self) -> str:
        """Of the unpacked content, once all of it was read: the same rows packed anew are the same rows."""
        return self._hash.hexdigest()

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    @property
    def raw(self) -> BinaryIO:
        """The file itself, for formats that must jump about in it."""
        return self._raw

    def head(self, size: int) -> bytes:
        """The first unpacked bytes, for whoever must know the shape before reading; nothing is used up."""
        self._raw.seek(0)
        packed = self._raw.read(len(_GZIP)).startswith(_GZIP)
        self._raw.seek(0)
        try:
            return gzip.GzipFile(fileobj=self._raw).read(size) if packed else self._raw.read(size)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            return b""
        finally:
            self._raw.seek(0)

    def chunks(self) -> Iterator[bytes]:
        """The unpacked bytes; refused when the first ones are those of another format."""
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
        where = _("%(rows)s rows could be read before it.") % {"rows": f"{max(self.row, 0):,}"}
        return Unreadable(
            f"{what} {where}", _("Copy the file again; `gzip -t` checks it."), row=self.row + 1, line=self.line + 1
        )

    def lines(self) -> Iterator[str]:
        """The text, line by line, each with its end."""
        rest, is_first = b"", True
        for chunk in self.chunks():
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
        start, nul_at = self._at_byte, block.find(b"\0")
        self._at_byte += len(block)
        try:
            # Whichever comes first is named: a NUL byte hides nothing that is wrong before it.
            text, wrong_at = (block if nul_at < 0 else block[:nul_at]).decode(), nul_at
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
            self.line += 1
            self.row_bytes += len(line)
            if self.row_bytes > ROW_LIMIT:
                raise self._too_long(self._at_byte)
            yield line

    def _too_long(self, at: int) -> Unreadable:
        return Unreadable(
            _("The row is longer than %(limit)s bytes; reading stopped near byte %(byte)s.")
            % {"limit": f"{ROW_LIMIT:,}", "byte": f"{at:,}"},
            _("Shorten it, or look for a quote that is not closed or for missing line ends."),
            row=self.row + 1,
            line=self.line + 1,
        )

    def _not_utf8(self, byte: int, at: int) -> Unreadable:
        if byte == 0:
            what = _("There is a NUL byte at byte %(at)s.") % {"at": f"{at:,}"}
            fix = _("Remove it (`tr -d '\\000' < in.csv > out.csv`); a file full of them may be UTF-16.")
        else:
            what = _("Byte %(at)s (0x%(byte)02x) is not UTF-8.") % {"at": f"{at:,}", "byte": byte}
            fix = _("Convert the file: `iconv -f WINDOWS-1252 -t UTF-8 in.csv > out.csv`.")
        return Unreadable(what, fix, row=self.row + 1, line=self.line + 1)
