"""Where a file comes from: a path, an open file, a pipe. It can be read more than once."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.utils.translation import gettext as _

_CHUNK = 1 << 16


class Unreadable(Exception):
    """The file, or the rest of it, cannot be read."""

    def __init__(self, what: str, fix: str, *, row: int | None = None, line: int | None = None, column: str = ""):
        super().__init__(what)
        self.what, self.fix, self.row, self.line, self.column = what, fix, row, line, column


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

    closed = False

    def __init__(self, file: BinaryIO):
        self.read, self.seek, self.tell = file.read, file.seek, file.tell
        self.seekable = file.seekable

    def close(self) -> None:
        """It is not ours to close."""
