"""Few large files instead of many small ones: the files of one fact and day are put together.

Each row keeps the batch it came with (`_batch`), so that whoever reads batch by batch (roll-ups) goes on as before. The
new file is written first; one transaction makes it count and the old ones not; then the old ones go. Killed anywhere, either
form counts, and `sweep` takes away what does not.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count

from ..ids import uuid7
from ..models import LogBatch, LogFile
from .facts import Fact, all_facts
from .files import checksum_of, final_path, joint_path, log_dir, sync_folder
from .read import BATCH, written

if TYPE_CHECKING:
    import pyarrow

# A file that no manifest knows may be one that is being made.
_ABANDONED_AFTER = timedelta(days=1)
_FILES_AT_ONCE = 2_000


def compact(now: datetime, *, least: int = 8, before: date | None = None) -> int:
    """Put the files of each fact and day together where there are at least so many; returns how many files that saved.

    Days from `before` on (today in UTC unless said) are left alone: they still grow. A file set aside stays aside.
    """
    saved = 0
    for fact in all_facts().values():
        days = (
            written(fact)
            .filter(file=None, day__lt=before or now.astimezone(UTC).date())
            .values("day")
            .annotate(files=Count("pk"))
            .filter(files__gte=least)
            .order_by("day")
        )
        for found in list(days):
            saved += _put_together(fact, found["day"], now)
    return saved


def _put_together(fact: Fact, day: date, now: datetime) -> int:
    batches = list(written(fact).filter(file=None, day=day).order_by("id")[:_FILES_AT_ONCE])
    made = LogFile(id=uuid7(), fact=fact.name, day=day, rows=sum(batch.rows for batch in batches), made_at=now)
    path = joint_path(made)
    _write(fact, batches, path)
    made.checksum = checksum_of(path)
    with transaction.atomic():
        made.save(force_insert=True)
        # Somebody else may have put some of them together meanwhile: then theirs counts, and ours is swept.
        taken = LogBatch.objects.filter(pk__in=[batch.pk for batch in batches], file=None).update(file=made)
        if taken != len(batches):
            transaction.set_rollback(True)
            return 0
    for batch in batches:
        final_path(batch).unlink(missing_ok=True)
    return len(batches) - 1


def _write(fact: Fact, batches: Sequence[LogBatch], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = fact.schema().append(pa.field(BATCH, pa.string()))
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with pq.ParquetWriter(aside, schema, compression="zstd") as writer:
        for batch in batches:
            table = pq.read_table(final_path(batch), partitioning=None)
            writer.write_table(_widened(table, schema, str(batch.pk)))
    with aside.open("rb") as file:
        os.fsync(file.fileno())
    aside.replace(path)
    sync_folder(path.parent)


def _widened(table: pyarrow.Table, schema: pyarrow.Schema, batch: str) -> pyarrow.Table:
    """The table with every column of the schema: those newer than the file are empty."""
    import pyarrow as pa

    columns = [
        pa.array([batch] * table.num_rows, pa.string())
        if field.name == BATCH
        else table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def sweep(now: datetime) -> int:
    """Remove files of the log that no manifest knows and that are a day old; returns how many."""
    swept = 0
    known = set(LogBatch.objects.filter(file=None, set_aside_at=None).values_list("pk", flat=True))
    known |= set(LogFile.objects.values_list("pk", flat=True))
    names = {str(pk) for pk in known}
    for path in (log_dir() / "facts").glob("*/*/*"):
        age = now - datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        if age > _ABANDONED_AFTER and (path.suffix != ".parquet" or path.stem not in names):
            path.unlink(missing_ok=True)
            swept += 1
    return swept
