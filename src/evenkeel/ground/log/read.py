"""Reading the log through Ibis, DuckDB in the process."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from ..models import LogBatch, LogFile
from .facts import Fact
from .files import final_path, joint_path, log_dir, path_of

if TYPE_CHECKING:
    import ibis.expr.types as ir


# In a file of several batches: which batch a row belongs to.
BATCH = "_batch"


def connect() -> Any:
    """A DuckDB connection of its own, bounded in memory and threads so that it leaves room for the web beside it."""
    import ibis

    spill = log_dir() / "spill"
    spill.mkdir(parents=True, exist_ok=True)
    return ibis.duckdb.connect(
        memory_limit="2GB",
        threads=max(1, (os.cpu_count() or 2) // 2),
        temp_directory=str(spill),
        # DuckDB would fetch an extension from the network when a query seems to want one; we make no such calls.
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )


def read(fact: Fact, *, connection: Any | None = None) -> ir.Table:
    """The whole fact as an Ibis table: an empty one when nothing has been written.

    The manifest says which files count, not the folder: while files are put together both forms lie there for a moment.
    """
    single = written(fact).filter(file=None)
    joint = LogFile.objects.filter(pk__in=written(fact).values("file"))
    found = [*(str(final_path(batch)) for batch in single), *(str(joint_path(file)) for file in joint)]
    return _table(fact, sorted(found), connection or connect())


def written(fact: Fact) -> QuerySet[LogBatch]:
    """The batches of a fact that have rows in files and are not set aside."""
    return LogBatch.objects.filter(fact=fact.name, written_at__isnull=False, set_aside_at=None, rows__gt=0)


def facts_written() -> set[str]:
    """The names of all facts that have rows in files: whoever waits for others need not look."""
    found = LogBatch.objects.filter(written_at__isnull=False, rows__gt=0).order_by()
    return set(found.values_list("fact", flat=True).distinct())


def read_batches(fact: Fact, batches: Sequence[LogBatch], *, connection: Any | None = None) -> ir.Table:
    """Only the rows of some batches; the way for incremental roll-ups."""
    paths = sorted({str(path_of(batch)) for batch in batches})
    joint = [str(batch.pk) for batch in batches if batch.file_id is not None]
    return _table(fact, paths, connection or connect(), only=joint)


def batches_since(fact: Fact, *, done: Sequence[UUID] = (), after: datetime | None = None) -> list[LogBatch]:
    """The written batches of a fact, oldest first, without those already `done`."""
    found = written(fact).select_related("file")
    if after is not None:
        found = found.filter(created_at__gte=after)
    known = set(done)
    return [batch for batch in found.order_by("id") if batch.id not in known]


def _table(fact: Fact, paths: list[str], connection: Any, *, only: Sequence[str] = ()) -> ir.Table:
    """The files as one table; of files that hold several batches the rows of those named in `only`, if any are named."""
    import ibis

    if not paths:
        return ibis.memtable(fact.schema().empty_table())
    table = connection.read_parquet(paths, union_by_name=True, hive_partitioning=False)
    if only:
        batch = table[BATCH]
        table = table.filter(batch.isnull() | batch.isin(list(only)))
    # A column that is newer than every file is empty, not missing.
    missing = {name: ibis.null(kind) for name, kind in _ibis_types(fact).items() if name not in table.columns}
    return table.mutate(**missing).select(list(fact.columns))


def _ibis_types(fact: Fact) -> dict[str, str]:
    kinds = {
        "id": "string",
        "text": "string",
        "whole": "int64",
        "number": "float64",
        "yes_no": "boolean",
        "moment": "timestamp('UTC', 6)",
        "day": "date",
    }
    return {name: kinds[column.kind] for name, column in fact.columns.items()}
