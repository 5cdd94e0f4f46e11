"""Recordings without metadata, cleaned where they lie: what tells of place, time and person is overwritten by padding of
the same length, so that nothing moves and half a gigabyte need not be held in memory or written twice."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from .kinds import FLAC, M4A, MP3, MP4, WAV, WEBA, WEBM, FileKind, Unusable

_ZEROS = b"\x00" * 65_536
_DEPTH_LIMIT, _ELEMENTS_LIMIT = 8, 20_000


@dataclass
class Recording:
    """What is known of a recording; its `kind` is that of what is in the container."""

    kind: FileKind
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None
    has_picture: bool = False


def clean_recording(kind: FileKind, file: BinaryIO, size: int) -> Recording:
    """Remove a recording's metadata in place; raises `Unusable` when it is damaged."""
    clean: dict[FileKind, Callable[[BinaryIO, int], Recording]] = {
        MP4: _mp4, WEBM: _webm, WAV: _wav, MP3: _mp3, FLAC: _flac,
    }  # fmt: skip
    try:
        return clean[kind](file, size)
    except (struct.error, IndexError, OverflowError) as error:
        raise Unusable(_("The recording is damaged or cut off.")) from error


def _damaged() -> Unusable:
    return Unusable(_("The recording is damaged or cut off."))


def _blank(file: BinaryIO, start: int, end: int) -> None:
    file.seek(start)
    while start < end:
        start += file.write(_ZEROS[: min(len(_ZEROS), end - start)])


def _read(file: BinaryIO, start: int, n: int) -> bytes:
    file.seek(start)
    found = file.read(n)
    if len(found) != n:
        raise _damaged()
    return found


# ------------------------------------------------------------------ MP4: boxes

_TELLING_BOXES = {b"udta", b"meta", b"uuid", b"ilst", b"keys"}
_HOLDING_BOXES = {b"moov", b"trak", b"mdia"}


def _mp4(file: BinaryIO, size: int) -> Recording:
    found = Recording(MP4)
    seen = set()
    for name, start, end in _boxes(file, 0, size, 0, [0]):
        seen.add(name)
        if name in _TELLING_BOXES:
            # The box's name, then all it holds. "free" is what players skip.
            file.seek(start - _header_length(file, start, end) + 4)
            file.write(b"free")
            _blank(file, start, end)
        elif name == b"mvhd":
            found.duration_ms = _mvhd(file, start)
        elif name in (b"tkhd", b"mdhd"):
            _forget_times(file, start)
        if name == b"tkhd" and end - start >= 84:
            width, height = struct.unpack(">II", _read(file, end - 8, 8))
            if width and height:
                found.width, found.height = width >> 16, height >> 16
        elif name == b"hdlr" and _read(file, start + 8, 4) == b"vide":
            found.has_picture = True
    if b"moov" not in seen:
        raise _damaged()
    return found if found.has_picture else Recording(M4A, found.duration_ms)


def _boxes(file: BinaryIO, start: int, end: int, depth: int, n: list[int]) -> Iterator[tuple[bytes, int, int]]:
    """Boxes as (name, where its content starts, where it ends), those inside of holding ones after them."""
    while start + 8 <= end:
        n[0] += 1
        length, name = struct.unpack(">I4s", _read(file, start, 8))
        header = 8
        if length == 1:
            length, header = struct.unpack(">Q", _read(file, start + 8, 8))[0], 16
        elif length == 0:
            length = end - start
        if length < header or start + length > end or n[0] > _ELEMENTS_LIMIT:
            raise _damaged()
        yield name, start + header, start + length
        if name in _HOLDING_BOXES and depth < _DEPTH_LIMIT:
            yield from _boxes(file, start + header, start + length, depth + 1, n)
        start += length


def _header_length(file: BinaryIO, start: int, end: int) -> int:
    # A header of 8 bytes says the whole length; one of 16 says 1 there, and the length in its second half.
    return 8 if struct.unpack(">I", _read(file, start - 8, 4))[0] in (end - start + 8, 0) else 16


def _mvhd(file: BinaryIO, start: int) -> int | None:
    _forget_times(file, start)
    if _read(file, start, 1)[0] == 1:
        scale, length = struct.unpack(">IQ", _read(file, start + 20, 12))
    else:
        scale, length = struct.unpack(">II", _read(file, start + 12, 8))
    # All ones: not known, as in what was cut into fragments.
    return round(length * 1000 / scale) if scale and 0 < length < 2**32 - 1 else None


def _forget_times(file: BinaryIO, start: int) -> None:
    _blank(file, start + 4, start + (20 if _read(file, start, 1)[0] == 1 else 12))


# ------------------------------------------------------------------ WebM: elements

_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0
_TELLING_ELEMENTS = {0x1254C367, 0x1941A469, 0x7BA9, 0x4461, 0x7384, 0x73A4, 0x536E, 0x1043A770}
_HOLDING_ELEMENTS = {_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO, 0x1A45DFA3}


def _webm(file: BinaryIO, size: int) -> Recording:
    found = Recording(WEBM)
    scale_ns, length = 1_000_000, 0.0
    doc_type = b""
    for number, place, start, end in _elements(file, 0, size, 0, [0]):
        if number in _TELLING_ELEMENTS:
            _void(file, place, end)
        elif number == 0x4282:
            doc_type = _read(file, start, min(16, end - start)).rstrip(b"\x00")
        elif number == 0x2AD7B1:
            scale_ns = int.from_bytes(_read(file, start, min(8, end - start)), "big")
        elif number == 0x4489 and end - start in (4, 8):
            length = struct.unpack(">f" if end - start == 4 else ">d", _read(file, start, end - start))[0]
        elif number in (0xB0, 0xBA):
            side = int.from_bytes(_read(file, start, min(4, end - start)), "big")
            found.has_picture = True
            if number == 0xB0:
                found.width = side
            else:
                found.height = side
    if doc_type != b"webm":
        raise Unusable(_("Of this family only WebM files are kept."))
    found.duration_ms = round(length * scale_ns / 1e6) if 0 < length < 1e12 else None
    return found if found.has_picture else Recording(WEBA, found.duration_ms)


def _elements(file: BinaryIO, start: int, end: int, depth: int, n: list[int]) -> Iterator[tuple[int, int, int, int]]:
    """Elements as (number, where it starts, where its content starts, where it ends)."""
    while start + 2 <= end:
        n[0] += 1
        if n[0] > _ELEMENTS_LIMIT:
            raise _damaged()
        number, after = _number(file, start, keeps_mark=True)
        length, inside = _number(file, after, keeps_mark=False)
        is_endless = length == (1 << 7 * (inside - after)) - 1
        stop = end if is_endless else inside + length
        if stop > end:
            raise _damaged()
        yield number, start, inside, stop
        if number in _HOLDING_ELEMENTS and depth < _DEPTH_LIMIT:
            yield from _elements(file, inside, stop, depth + 1, n)
        elif is_endless:
            # A cluster of a live recording: nothing behind it can be found without reading all of it.
            return
        start = stop


def _number(file: BinaryIO, place: int, *, keeps_mark: bool) -> tuple[int, int]:
    first = _read(file, place, 1)[0]
    if not first:
        raise _damaged()
    length = 9 - first.bit_length()
    found = int.from_bytes(_read(file, place, length), "big")
    return (found if keeps_mark else found & ~(1 << 7 * length)), place + length


def _void(file: BinaryIO, start: int, end: int) -> None:
    n = end - start
    file.seek(start)
    # Void, its length in one byte or in eight, then nothing.
    header = b"\xec" + (bytes([0x80 | n - 2]) if n < 128 else (1 << 56 | n - 9).to_bytes(8, "big"))
    file.write(header)
    _blank(file, start + len(header), end)


# ------------------------------------------------------------------ sound


def _wav(file: BinaryIO, size: int) -> Recording:
    rate = length = 0
    place = 12
    while place + 8 <= size:
        name, n = struct.unpack("<4sI", _read(file, place, 8))
        if name == b"fmt ":
            rate = struct.unpack("<I", _read(file, place + 16, 4))[0]
        elif name == b"data":
            # Those that are streamed say no length of their own.
            length = n = min(n, size - place - 8)
        elif name not in (b"fact", b"JUNK"):
            if place + 8 + n > size:
                raise _damaged()
            file.seek(place)
            file.write(b"JUNK")
            _blank(file, place + 8, place + 8 + n)
        place += 8 + n + n % 2
    if not rate:
        raise _damaged()
    return Recording(WAV, round(length * 1000 / rate))


def _mp3(file: BinaryIO, size: int) -> Recording:
    """Its length is left open: with changing bit rates it is known only after all has been read."""
    head = _read(file, 0, 10)
    if head.startswith(b"ID3"):
        end = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        if end > size:
            raise _damaged()
        # Only zeros after the tag's header: padding.
        _blank(file, 10, end)
    if size > 128 and _read(file, size - 128, 3) == b"TAG":
        _blank(file, size - 128, size)
    return Recording(MP3)


def _flac(file: BinaryIO, size: int) -> Recording:
    found = Recording(FLAC)
    place, is_last = 4, False
    while not is_last:
        head = _read(file, place, 4)
        is_last, number, n = bool(head[0] & 0x80), head[0] & 0x7F, int.from_bytes(head[1:4], "big")
        if place + 4 + n > size:
            raise _damaged()
        if number == 0:
            bits = int.from_bytes(_read(file, place + 14, 8), "big")
            rate, samples = bits >> 44, bits & (1 << 36) - 1
            found.duration_ms = round(samples * 1000 / rate) if rate and samples else None
        elif number not in (1, 3):
            file.seek(place)
            file.write(bytes([head[0] & 0x80 | 1]))
            _blank(file, place + 4, place + 4 + n)
        place += 4 + n
    return found
