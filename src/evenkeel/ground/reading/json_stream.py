"""JSON of any size, one element at a time: the elements of the outermost list, or of the lists right under its names."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

from django.utils.translation import gettext as _

from .sniffing import refuse_other_encodings
from .sources import Unreadable
from .streams import Stream

ELEMENT_LIMIT = 8 << 20
_BLANK = " \t\r\n"


class Element(NamedTuple):
    """A value with where it stood: the name it stands under ("" in the outermost list), its place in the list from 1."""

    name: str
    place: int
    value: Any


def elements(stream: Stream) -> Iterator[Element]:
    """Every element, in the order of the file. A name that holds no list is one element at place 0.

    No more than `ELEMENT_LIMIT` characters are held at a time. Raises `Unreadable` with the byte where it broke.
    """
    return _Cursor(stream).elements()


def _no_constant(said: str) -> NoReturn:
    raise ValueError(f"{said} is no JSON")


class _Cursor:
    def __init__(self, stream: Stream):
        self._stream = stream
        self._chunks = stream.chunks()
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder(parse_constant=_no_constant)
        self._text, self._at, self._passed, self._is_over, self._is_first = "", 0, 0, False, True

    def elements(self) -> Iterator[Element]:
        first = self._peek()
        if not first:
            raise Unreadable(_("The file is empty."), _("It needs at least one row."))
        if first == "[":
            yield from self._list("")
        elif first == "{":
            yield from self._object()
        else:
            raise self._broken(_("JSON starts with [ or {."))
        if self._peek():
            raise self._broken(_("Something stands behind the end."))

    def _object(self) -> Iterator[Element]:
        self._at += 1
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            if self._peek() != '"':
                raise self._broken(_("A name in quotes is missing."))
            name = self._value()
            if self._peek() != ":":
                raise self._broken(_("A colon is missing."))
            self._at += 1
            if self._peek() == "[":
                yield from self._list(name)
            else:
                yield Element(name, 0, self._value())
            if self._ends("}"):
                return

    def _list(self, name: str) -> Iterator[Element]:
        self._at += 1
        if self._peek() == "]":
            self._at += 1
            return
        place = 0
        while True:
            place += 1
            if not self._peek():
                raise self._cut_off()
            yield Element(name, place, self._value())
            if self._ends("]"):
                return

    def _ends(self, closing: str) -> bool:
        """Step over what stands between elements; whether it was the end of them."""
        sign = self._peek()
        if sign not in (",", closing):
            raise self._cut_off() if not sign else self._broken(_("A comma is missing."))
        self._at += 1
        return sign == closing

    def _value(self) -> Any:
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except RecursionError:
                raise self._broken(_("It is nested too deep.")) from None
            except ValueError as error:
                # Broken, or merely not all here yet.
                if not self._fill():
                    raise self._broken(str(error)) from None
                continue
            # A number may go on in the next piece.
            if end == len(self._text) and self._fill():
                continue
            self._at = end
            return value

    def _peek(self) -> str:
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def _fill(self) -> bool:
        """Read on; what has been used is let go of. False at the end of the file."""
        if self._is_over:
            return False
        self._passed += self._at
        kept = self._text[self._at :]
        if len(kept) > ELEMENT_LIMIT:
            raise Unreadable(
                _("The row is longer than %(limit)s bytes; reading stopped near byte %(byte)s.")
                % {"limit": f"{ELEMENT_LIMIT:,}", "byte": f"{self._passed:,}"},
                _("Shorten it, or look for a bracket or a quote that is not closed."),
                row=self._stream.row + 1,
            )
        # As much again as is held: an element of many pieces is looked at a few times, not once a piece.
        wanted, pieces = max(1, len(kept)), []
        while wanted > 0:
            chunk = next(self._chunks, b"")
            if chunk and self._is_first:
                refuse_other_encodings(chunk)
                self._is_first = False
            try:
                pieces.append(self._decode.decode(chunk, final=not chunk))
            except UnicodeDecodeError as error:
                raise Unreadable(
                    _("The file is not UTF-8 near byte %(at)s.") % {"at": f"{self._passed + error.start:,}"},
                    _("Convert the file: `iconv -f WINDOWS-1252 -t UTF-8 in.json > out.json`."),
                    row=self._stream.row + 1,
                ) from None
            if not chunk:
                self._is_over = True
                break
            wanted -= len(pieces[-1])
        self._text, self._at = kept + "".join(pieces), 0
        return not self._is_over or len(self._text) > len(kept)

    def _cut_off(self) -> Unreadable:
        return Unreadable(
            _("The file ends in the middle; it may have been cut off."), _("Copy it again."), row=self._stream.row + 1
        )

    def _broken(self, why: str) -> Unreadable:
        if self._is_over and not self._text[self._at :].strip():
            return self._cut_off()
        return Unreadable(
            _("This is no JSON near character %(at)s: %(why)s") % {"at": f"{self._passed + self._at:,}", "why": why},
            _("Export it again; `python -m json.tool FILE` shows the place."),
            row=self._stream.row + 1,
        )
