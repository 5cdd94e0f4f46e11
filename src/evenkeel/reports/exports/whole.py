"""A file that is there whole, or not at all: whatever fails while it is written, nobody finds half of one."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

from django.utils.translation import gettext as _

from evenkeel.ground.errors import NotNow

_ASIDE = ".evenkeel-part-"
_ABANDONED_AFTER = timedelta(days=1)
# No room: on the disk, in the quota, or for a file of this size.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Write to the yielded path; it takes the place of `path` when the block ends well, and is gone otherwise.

    The yielded path lies in a folder of its own beside `path`, for whatever else a writer leaves lying; the rename within
    one file system is what makes it whole. Raises `NotNow` (disk-full) when there was no room.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = path.parent / f"{_ASIDE}{token_hex(8)}"
    try:
        folder.mkdir()
        aside = folder / path.name
        yield aside
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        aside.replace(path)
    except Exception as error:
        if is_full(error):
            sentence = _("There is no room on the disk for this file; nothing was written.")
            raise NotNow(sentence, code="disk-full") from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_full(error: BaseException | None) -> bool:
    """Whether a failure comes of a full disk. Libraries in C++ and Rust hand the system's own sentence on, not its number."""
    # The last is Hyper's, which keeps the system's to itself.
    sentences = [*(os.strerror(number) for number in _FULL), "Growing the database file failed"]
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if any(sentence in str(error) for sentence in sentences):
            return True
        error = error.__cause__ or error.__context__
    return False


def sweep(folder: Path, *, now: datetime) -> int:
    """Remove what killed processes left half-written in a folder or one below it; returns how many."""
    swept = 0
    for found in [*folder.glob(f"{_ASIDE}*"), *folder.glob(f"*/{_ASIDE}*")]:
        if now - datetime.fromtimestamp(found.stat().st_mtime, tz=UTC) > _ABANDONED_AFTER:
            shutil.rmtree(found, ignore_errors=True)
            swept += 1
    return swept
