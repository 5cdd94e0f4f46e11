"""Where the log's files lie and how they get there: written aside, synced, renamed."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from ..models import LogBatch, LogFile

if TYPE_CHECKING:
    import pyarrow

# An import may take hours between writing its file and committing.
_ABANDONED_AFTER = timedelta(days=1)


def log_dir() -> Path:
    """The folder of the log in this install."""
    path: Path = settings.EVENKEEL.log_dir
    return path


def final_path(batch: LogBatch) -> Path:
    """`facts/<fact>/day=<day>/<batch>.parquet`: the name follows from the batch, so writing twice is writing once."""
    return log_dir() / "facts" / batch.fact / f"day={batch.day.isoformat()}" / f"{batch.id}.parquet"


def joint_path(file: LogFile) -> Path:
    """Where the file of several batches lies, beside those that it replaces."""
    return log_dir() / "facts" / file.fact / f"day={file.day.isoformat()}" / f"{file.id}.parquet"


def path_of(batch: LogBatch) -> Path:
    """The file that holds a batch's rows now; `batch.file` must be loaded."""
    return final_path(batch) if batch.file is None else joint_path(batch.file)


def staged_path(batch: LogBatch) -> Path:
    """Where a bulk import waits for its transaction."""
    return log_dir() / "staged" / f"{batch.id}.parquet"


def stage(batch: LogBatch, table: pyarrow.Table) -> None:
    """Write a bulk import's file aside, and note its checksum in the batch."""
    write_whole(table, staged_path(batch))
    batch.checksum = checksum_of(staged_path(batch))


def finish_staged(batch: LogBatch, *, now: datetime) -> None:
    """Move a committed bulk import to its place and mark it written; doing it twice is harmless."""
    aside, final = staged_path(batch), final_path(batch)
    if aside.exists():
        final.parent.mkdir(parents=True, exist_ok=True)
        aside.replace(final)
        sync_folder(final.parent)
    if not final.exists():
        raise FileNotFoundError(f"the log's file {final} is missing though its batch was committed")
    LogBatch.objects.filter(pk=batch.pk, written_at=None).update(written_at=now)


def sweep_staged(*, now: datetime) -> int:
    """Remove imports whose transaction never committed: files a day old that no batch knows. Returns how many."""
    swept = 0
    for path in (log_dir() / "staged").glob("*.parquet"):
        age = now - datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        if age > _ABANDONED_AFTER and not LogBatch.objects.filter(pk=path.stem).exists():
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def write_whole(table: pyarrow.Table, path: Path) -> None:
    """Write a Parquet file so that it is either there, whole and on disk, or not there."""
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    pq.write_table(table, aside, compression="zstd")
    with aside.open("rb") as file:
        os.fsync(file.fileno())
    aside.replace(path)
    sync_folder(path.parent)


def checksum_of(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a rename within the folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
