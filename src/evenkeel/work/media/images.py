"""Pictures without metadata. The picture's own bytes are copied as they are: nothing is decoded, nothing loses quality.

What tells of place, time, device and person goes: EXIF, XMP, IPTC, comments, thumbnails, and whatever follows the end.
What the eye needs stays: colour profiles, transparency, animation, and which side is up.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .kinds import GIF, JPEG, PNG, FileKind, Unusable

_SIDE_LIMIT = 30_000
_PIXEL_LIMIT = 100_000_000


@dataclass(frozen=True)
class CleanPicture:
    """A picture's bytes without metadata, and its size as it is seen."""

    content: bytes
    width: int
    height: int


def clean_picture(kind: FileKind, content: bytes) -> CleanPicture:
    """The picture without metadata; raises `Unusable` when it is damaged or too large to be shown."""
    clean = {JPEG: _jpeg, PNG: _png, GIF: _gif}.get(kind, _webp)
    try:
        made = clean(content)
    except (struct.error, IndexError) as error:
        raise Unusable(_("The picture is damaged or cut off.")) from error
    if not (0 < made.width <= _SIDE_LIMIT and 0 < made.height <= _SIDE_LIMIT):
        raise Unusable(_("A picture has sides of 1 to %(n)d pixels.") % {"n": _SIDE_LIMIT})
    if made.width * made.height > _PIXEL_LIMIT:
        raise Unusable(_("A picture has at most %(n)d megapixels.") % {"n": _PIXEL_LIMIT // 1_000_000})
    return made


# ------------------------------------------------------------------ JPEG

_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_KEPT_SEGMENTS = _FRAMES | {0xC4, 0xCC, 0xDA, 0xDB, 0xDD}
_EXIF = b"Exif\x00\x00"


def _jpeg(content: bytes) -> CleanPicture:
    kept = bytearray(b"\xff\xd8")
    size: tuple[int, int] | None = None
    orientation, place, is_whole = 1, 2, False
    while place < len(content):
        if content[place] != 0xFF:
            raise Unusable(_("The picture is damaged or cut off."))
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xD9:
            is_whole = True
            break
        length = struct.unpack_from(">H", content, place + 2)[0]
        segment = content[place : place + 2 + length]
        if length < 2 or len(segment) != 2 + length:
            raise Unusable(_("The picture is damaged or cut off."))
        if marker == 0xE1 and segment[4:10] == _EXIF:
            orientation = _orientation(segment[10:]) or orientation
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", segment, 5)
            size = (width, height)
        kept += _kept_segment(marker, segment)
        place += 2 + length
        if marker == 0xDA:
            end = _end_of_scan(content, place)
            kept += content[place:end]
            place = end
    if size is None or not is_whole:
        raise Unusable(_("The picture is damaged or cut off."))
    turned = kept[:2] + _orientation_segment(orientation) + kept[2:] if orientation > 1 else kept
    width, height = size if orientation < 5 else size[::-1]
    return CleanPicture(bytes(turned) + b"\xff\xd9", width, height)


def _kept_segment(marker: int, segment: bytes) -> bytes:
    if marker in _KEPT_SEGMENTS or (marker == 0xE2 and segment[4:16] == b"ICC_PROFILE\x00"):
        return segment
    if marker == 0xEE and segment[4:9] == b"Adobe":
        return segment
    if marker == 0xE0 and segment[4:9] == b"JFIF\x00" and len(segment) >= 18:
        # Its thumbnail may show what was cropped away.
        return b"\xff\xe0\x00\x10" + segment[4:16] + b"\x00\x00"
    return b""


def _end_of_scan(content: bytes, place: int) -> int:
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise Unusable(_("The picture is damaged or cut off."))
        # FF 00 is a byte of the picture, D0 to D7 only mark where it can be entered again.
        if content[place + 1] != 0 and not 0xD0 <= content[place + 1] <= 0xD7:
            return place
        place += 2


def _orientation(tiff: bytes) -> int:
    """Which side is up, 1 to 8, from EXIF; 0 when it does not say so."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 0
    start = struct.unpack_from(order + "I", tiff, 4)[0]
    if start + 2 > len(tiff):
        return 0
    for number in range(struct.unpack_from(order + "H", tiff, start)[0]):
        entry = start + 2 + 12 * number
        if entry + 12 > len(tiff):
            return 0
        if struct.unpack_from(order + "H", tiff, entry)[0] == 0x0112:
            found = struct.unpack_from(order + "H", tiff, entry + 8)[0]
            return found if 1 <= found <= 8 else 0
    return 0


def _orientation_segment(orientation: int) -> bytes:
    tiff = b"MM\x00*\x00\x00\x00\x08\x00\x01" + struct.pack(">HHIHHI", 0x0112, 3, 1, orientation, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(_EXIF) + len(tiff)) + _EXIF + tiff


# ------------------------------------------------------------------ PNG

_KEPT_CHUNKS = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip


def _png(content: bytes) -> CleanPicture:
    kept = bytearray(content[:8])
    width, height = struct.unpack_from(">II", content, 16)
    place, is_whole = 8, False
    while place < len(content) and not is_whole:
        length = struct.unpack_from(">I", content, place)[0]
        chunk = content[place : place + 12 + length]
        name = chunk[4:8]
        if len(chunk) != 12 + length or zlib.crc32(chunk[4:-4]) != struct.unpack_from(">I", chunk, 8 + length)[0]:
            raise Unusable(_("The picture is damaged or cut off."))
        if name in _KEPT_CHUNKS:
            kept += chunk
        is_whole = name == b"IEND"
        place += 12 + length
    if not is_whole or content[12:16] != b"IHDR":
        raise Unusable(_("The picture is damaged or cut off."))
    return CleanPicture(bytes(kept), width, height)


# ------------------------------------------------------------------ GIF

_KEPT_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def _gif(content: bytes) -> CleanPicture:
    width, height, flags = struct.unpack_from("<HHB", content, 6)
    place = 13 + _colours(flags)
    kept = bytearray(content[:place])
    while content[place] != 0x3B:
        start = place
        if content[place] == 0x2C:
            place = _after_blocks(content, place + 10 + _colours(content[place + 9]) + 1)
            kept += content[start:place]
        elif content[place] == 0x21:
            label = content[place + 1]
            place = _after_blocks(content, place + 2)
            is_loop = label == 0xFF and content[start + 3 : start + 14] in _KEPT_APPLICATIONS
            if label == 0xF9 or is_loop:
                kept += content[start:place]
        else:
            raise Unusable(_("The picture is damaged or cut off."))
    return CleanPicture(bytes(kept) + b"\x3b", width, height)


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, place: int) -> int:
    while content[place]:
        place += 1 + content[place]
    return place + 1


# ------------------------------------------------------------------ WebP

_KEPT_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"}
_TELLS = 0x08 | 0x04  # flags of VP8X: EXIF and XMP follow


def _webp(content: bytes) -> CleanPicture:
    kept = bytearray()
    size: tuple[int, int] | None = None
    for name, chunk in _webp_chunks(content):
        if name == b"VP8X":
            size = (int.from_bytes(chunk[4:7], "little") + 1, int.from_bytes(chunk[7:10], "little") + 1)
            chunk = bytes([chunk[0] & ~_TELLS]) + chunk[1:]
        elif name == b"VP8 " and size is None:
            width, height = struct.unpack_from("<HH", chunk, 6)
            size = (width & 0x3FFF, height & 0x3FFF)
        elif name == b"VP8L" and size is None:
            bits = struct.unpack_from("<I", chunk, 1)[0]
            size = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        if name in _KEPT_WEBP:
            kept += name + struct.pack("<I", len(chunk)) + chunk + b"\x00" * (len(chunk) % 2)
    if size is None:
        raise Unusable(_("The picture is damaged or cut off."))
    return CleanPicture(b"RIFF" + struct.pack("<I", 4 + len(kept)) + b"WEBP" + bytes(kept), *size)


def _webp_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, end = 12, min(len(content), 8 + struct.unpack_from("<I", content, 4)[0])
    while place + 8 <= end:
        name, length = content[place : place + 4], struct.unpack_from("<I", content, place + 4)[0]
        chunk = content[place + 8 : place + 8 + length]
        if len(chunk) != length:
            raise Unusable(_("The picture is damaged or cut off."))
        yield name, chunk
        place += 8 + length + length % 2
