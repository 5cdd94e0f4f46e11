"""What a file is, by its first bytes: never by its name or by what its sender says."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

MEBI = 1024 * 1024
HEAD_BYTES = 64
_IMAGE_LIMIT, _RECORDING_LIMIT = 30 * MEBI, 512 * MEBI


class Unusable(ValueError):
    """A file that is not kept; the sentence is for people."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is kept. `kind` is image, audio or video; a container's may change once it is looked into."""

    slug: str
    kind: str
    content_type: str
    suffix: str

    @property
    def limit_bytes(self) -> int:
        return _IMAGE_LIMIT if self.kind == "image" else _RECORDING_LIMIT


JPEG = FileKind("jpeg", "image", "image/jpeg", "jpg")
PNG = FileKind("png", "image", "image/png", "png")
GIF = FileKind("gif", "image", "image/gif", "gif")
WEBP = FileKind("webp", "image", "image/webp", "webp")
MP4 = FileKind("mp4", "video", "video/mp4", "mp4")
M4A = FileKind("m4a", "audio", "audio/mp4", "m4a")
WEBM = FileKind("webm", "video", "video/webm", "webm")
WEBA = FileKind("weba", "audio", "audio/webm", "weba")
WAV = FileKind("wav", "audio", "audio/wav", "wav")
MP3 = FileKind("mp3", "audio", "audio/mpeg", "mp3")
FLAC = FileKind("flac", "audio", "audio/flac", "flac")
FILE_KINDS = {kind.content_type: kind for kind in (JPEG, PNG, GIF, WEBP, MP4, M4A, WEBM, WEBA, WAV, MP3, FLAC)}
LARGEST_BYTES = _RECORDING_LIMIT
# Stills in the same container as MP4: no browser shows them everywhere.
_STILL_BRANDS = {b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"}


def sniff(head: bytes) -> FileKind:
    """The kind of a file from its first `HEAD_BYTES`; raises `Unusable` for any other than those kept."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return GIF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return WAV
    if head[4:8] == b"ftyp" and head[8:12] not in _STILL_BRANDS:
        return MP4
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM
    if head.startswith(b"fLaC"):
        return FLAC
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return MP3
    raise Unusable(_("Only JPEG, PNG, GIF, WebP, MP4, M4A, WebM, WAV, MP3 and FLAC files are kept."))
