"""Files that somebody hands in over a page or a route: their shape, storing them, a name to show."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Protocol

from django.utils.translation import gettext as _

LARGEST_BYTES = 512 * 1024 * 1024
_NAME_LETTERS = 200


class Uploaded(Protocol):
    """A file as a request carries it."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    def chunks(self) -> Iterable[bytes]: ...


def store(uploaded: Uploaded, path: Path) -> Path:
    """Write it to a place that no part of the sender's name goes into. Raises `FileExistsError` where something lies there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        for chunk in uploaded.chunks():
            file.write(chunk)
    return path


def plain_name(name: str | None) -> str:
    """A name to show; it never becomes a path."""
    said = "".join(sign for sign in PurePath(name or "").name if sign.isprintable())
    return said[-_NAME_LETTERS:] or _("file")
