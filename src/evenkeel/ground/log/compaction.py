"""Few large files instead of many small ones: the files of one fact and day are put together.

Each row keeps the batch it came with (`_batch`), so that whoever reads batch by batch (roll-ups) goes on as before. The
new file is written first; one transaction makes it count and the old ones not; then the old ones go. Killed anywhere, either
form counts, and `sweep` takes away what does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q

from ..ids import uuid7
from ..models import LogBatch, LogFile
from .facts import Fact, all_facts
from .files import joint_name, name_of, read_file, sweep_staged, write_tables
from .read import BATCH, written
from .schemas import version_for
from .store import store

if TYPE_CHECKING:
    import pyarrow

# A file that no manifest knows may be one that is being made.
_ABANDONED_AFTER = timedelta(days=1)
_FILES_AT_ONCE = 2_000
Change = Callable[["pyarrow.Table"], "pyarrow.Table"]


def compact(now: datetime, *, least: int = 8, before: date | None = None) -> int:
    """Put the files of each fact and day together where there are at least so many; returns how many files that saved.

    Days from `before` on (today in UTC unless said) are left alone: they still grow. A file set aside stays aside.
    """
    saved = 0
    for fact in all_facts().values():
        days = (
            written(fact)
            .filter(file=None, is_only_here=False, day__lt=before or now.astimezone(UTC).date())
            .values("day")
            .annotate(files=Count("pk"))
            .filter(files__gte=least)
            .order_by("day")
        )
        for found in list(days):
            saved += _put_together(fact, found["day"], now)
    return saved


def _put_together(fact: Fact, day: date, now: datetime) -> int:
    batches = list(written(fact).filter(file=None, is_only_here=False, day=day).order_by("id")[:_FILES_AT_ONCE])
    return len(batches) - 1 if write_anew(fact, day, batches, now=now) else 0


def write_anew(
    fact: Fact, day: date, batches: Sequence[LogBatch], *, now: datetime, change: Change | None = None
) -> LogFile | None:
    """Put the rows of batches of one day into one new file that takes the place of theirs; `change` may alter the rows.

    None when somebody else has moved some of them meanwhile: then theirs counts. All batches of a file must be among them.
    """
    old = {name_of(batch): batch for batch in batches}
    made = LogFile(
        id=uuid7(),
        fact=fact.name,
        day=day,
        rows=sum(batch.rows for batch in batches),
        schema_version=version_for(fact, now=now),
        made_at=now,
    )
    schema = fact.schema().append(pa_batch())
    tables = (_widened(read_file(name), schema, str(batch.pk)) for name, batch in old.items())
    made.checksum = write_tables(
        (change(table) if change else table for table in tables), joint_name(made), schema=schema
    )
    were = {batch.file for batch in batches if batch.file is not None}
    with transaction.atomic():
        made.save(force_insert=True)
        # Somebody else may have put some of them together meanwhile: then theirs counts, and ours is swept.
        held = LogBatch.objects.filter(pk__in=[batch.pk for batch in batches], set_aside_at=None)
        taken = held.filter(Q(file=None) if not were else Q(file=None) | Q(file__in=were)).update(file=made)
        if taken != len(batches):
            transaction.set_rollback(True)
            return None
        LogFile.objects.filter(pk__in=[file.pk for file in were]).delete()
    for name in old:
        store().remove(name)
    return made


def pa_batch() -> pyarrow.Field:
    """The column that says of a row in a joint file which batch it came with."""
    import pyarrow as pa

    return pa.field(BATCH, pa.string())


def _widened(table: pyarrow.Table, schema: pyarrow.Schema, batch: str) -> pyarrow.Table:
    """The table with every column of the schema: those newer than the file are empty, narrower ones are widened."""
    import pyarrow as pa

    columns = [
        table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.array([batch] * table.num_rows, pa.string())
        if field.name == BATCH
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def sweep(now: datetime) -> int:
    """Remove files of the log that no manifest knows and that are a day old; returns how many."""
    swept = sweep_staged(now=now)
    known = set(LogBatch.objects.filter(file=None, set_aside_at=None).values_list("pk", flat=True))
    known |= set(LogFile.objects.values_list("pk", flat=True))
    names = {str(pk) for pk in known}
    for kept in store().under("facts"):
        name = PurePosixPath(kept.name)
        if now - kept.changed_at > _ABANDONED_AFTER and (name.suffix != ".parquet" or name.stem not in names):
            store().remove(kept.name)
            swept += 1
    return swept
