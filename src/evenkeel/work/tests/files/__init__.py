"""Small files for tests: made here, or by a browser's own recorder (`clip.webm`, two seconds of coloured squares)."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

CLIP = (Path(__file__).parent / "clip.webm").read_bytes()


def png(width: int = 8, height: int = 6, *chunks: bytes) -> bytes:
    """A picture of one colour, with further chunks before its data."""
    rows = (b"\x00" + bytes((40, 90, 200)) * width) * height
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def text_chunk(words: str) -> bytes:
    """A PNG's comment."""
    return _chunk(b"tEXt", b"Comment\x00" + words.encode())


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def jpeg(*segments: bytes, width: int = 8, height: int = 6) -> bytes:
    """The frame of a picture with segments before it: what an intake reads, nothing that an eye could see."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\x01\x11\x00\x02\x11\x00\x03\x11\x00"
    scan = (
        b"\xff\xda"
        + struct.pack(">HB", 12, 3)
        + b"\x01\x00\x02\x00\x03\x00\x00\x3f\x00"
        + b"\x12\xff\x00\x34\xff\xd0\x56"
    )
    return b"\xff\xd8" + b"".join(segments) + frame + scan + b"\xff\xd9"


def segment(marker: int, content: bytes) -> bytes:
    """One segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", 2 + len(content)) + content


def exif(words: bytes, orientation: int = 1) -> bytes:
    """EXIF that says which side is up, and something that must not stay."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return segment(0xE1, b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01" + entry + b"\x00\x00\x00\x00" + words)


def wav(seconds: float = 1, *chunks: bytes) -> bytes:
    """A quiet tone, 8 kHz."""
    rate = 8_000
    data = bytes((128 + (30 if place // 20 % 2 else -30)) for place in range(round(rate * seconds)))
    body = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate, 1, 8) + b"".join(chunks)
    body += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def riff_chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a WAV file, of an even number of bytes."""
    return name + struct.pack("<I", len(content)) + content


def box(name: bytes, *inside: bytes) -> bytes:
    """A box of an MP4 file."""
    content = b"".join(inside)
    return struct.pack(">I", 8 + len(content)) + name + content


def mp4(*, brand: bytes = b"isom", told: bytes = b"HOME", is_video: bool = True) -> bytes:
    """The frame of a recording of 4 seconds that tells where and when it was made."""
    mvhd = box(b"mvhd", struct.pack(">IIIII", 0, 3_800_000_000, 3_800_000_000, 1_000, 4_000), b"\x00" * 80)
    tkhd = box(
        b"tkhd",
        struct.pack(">III", 7, 3_800_000_000, 3_800_000_000),
        b"\x00" * 64,
        struct.pack(">II", 320 << 16, 240 << 16),
    )
    hdlr = box(b"hdlr", b"\x00" * 8, b"vide" if is_video else b"soun", b"\x00" * 12)
    place = box(b"udta", box(b"\xa9xyz", told))
    moov = box(b"moov", mvhd, box(b"trak", tkhd, box(b"mdia", hdlr)), place)
    return box(b"ftyp", brand, b"\x00" * 4) + moov + box(b"mdat", b"FRAMES") + box(b"uuid", told * 4)
