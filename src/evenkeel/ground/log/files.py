"""The names of the log's files, and how a table becomes one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from ..models import LogBatch, LogFile
from .store import checksum_of, store

if TYPE_CHECKING:
    import pyarrow

# An import may take hours between writing its file and committing.
_ABANDONED_AFTER = timedelta(days=1)


def log_dir() -> Path:
    """The folder of the log on this machine: its files, where no bucket holds them, and what is being made."""
    path: Path = settings.EVENKEEL.log_dir
    return path


def final_name(batch: LogBatch) -> str:
    """`facts/<fact>/day=<day>/<batch>.parquet`: the name follows from the batch, so writing twice is writing once."""
    return f"facts/{batch.fact}/day={batch.day.isoformat()}/{batch.id}.parquet"


def joint_name(file: LogFile) -> str:
    """Where the file of several batches lies, beside those that it replaces."""
    return f"facts/{file.fact}/day={file.day.isoformat()}/{file.id}.parquet"


def name_of(batch: LogBatch) -> str:
    """The file that holds a batch's rows now; `batch.file` must be loaded."""
    return final_name(batch) if batch.file is None else joint_name(batch.file)


def damaged_name(name: str) -> str:
    """Where a file of this name is kept once it is found damaged."""
    return f"damaged/{name.rpartition('/')[2]}"


def staged_name(batch: LogBatch) -> str:
    """Where a bulk import waits for its transaction."""
    return f"staged/{batch.id}.parquet"


def stage(batch: LogBatch, table: pyarrow.Table) -> None:
    """Write a bulk import's file aside, and note its checksum in the batch."""
    batch.checksum = write_whole(table, staged_name(batch))


def finish_staged(batch: LogBatch, *, now: datetime) -> None:
    """Move a committed bulk import to its place and mark it written; doing it twice is harmless."""
    place, aside, final = store(), staged_name(batch), final_name(batch)
    if place.has(aside):
        place.move(aside, final)
    if not place.has(final):
        raise FileNotFoundError(f"the log's file {final} is missing though its batch was committed")
    LogBatch.objects.filter(pk=batch.pk, written_at=None).update(written_at=now)


def sweep_staged(*, now: datetime) -> int:
    """Remove imports whose transaction never committed: files a day old that no batch waits for. Returns how many."""
    swept = 0
    for kept in store().under("staged"):
        name = Path(kept.name)
        waits = name.suffix == ".parquet" and LogBatch.objects.filter(pk=name.stem, written_at=None).exists()
        if now - kept.changed_at > _ABANDONED_AFTER and not waits:
            store().remove(kept.name)
            swept += 1
    return swept


def write_whole(table: pyarrow.Table, name: str) -> str:
    """Write a Parquet file so that it is either there, whole and lasting, or not there; returns its checksum."""
    return write_tables([table], name, schema=table.schema)


def write_tables(tables: Iterable[pyarrow.Table], name: str, *, schema: pyarrow.Schema) -> str:
    """The same from several tables of one schema, one in memory at a time."""
    import pyarrow.parquet as pq

    with store().writing(name) as path:
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for table in tables:
                writer.write_table(table)
        return checksum_of(path)


def read_file(name: str, *, columns: list[str] | None = None) -> pyarrow.Table:
    """A file's rows as they were written."""
    import pyarrow.parquet as pq

    place = store()
    return pq.read_table(place.place(name), filesystem=place.filesystem, partitioning=None, columns=columns)
