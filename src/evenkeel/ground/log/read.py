"""Reading the log through Ibis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from ..models import LogBatch, LogFile
from .duck import view_of_files
from .engines import connect, files_as_table, is_duckdb_on_folder
from .facts import ARROW, Column, Fact
from .files import final_name, joint_name, name_of
from .schemas import kinds_of, versions
from .store import store

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow


# In a file of several batches: which batch a row belongs to.
BATCH = "_batch"
# (version of the columns, name of the file).
Found = tuple[int, str]
_IBIS = {
    "id": "string",
    "text": "string",
    "whole": "int64",
    "number": "float64",
    "yes_no": "boolean",
    "moment": "timestamp('UTC', 6)",
    "day": "date",
}


def read(fact: Fact, *, connection: Any | None = None) -> ir.Table:
    """The whole fact as an Ibis table: an empty one when nothing has been written.

    The manifest says which files count, not the folder: while files are put together both forms lie there for a moment.
    """
    return _read(fact, written(fact), connection)


def read_recorded(fact: Fact, *, connection: Any | None = None) -> ir.Table:
    """The same without the rows of which the log is the only place: what the database must hold as well."""
    return _read(fact, written(fact).filter(is_only_here=False), connection)


def _read(fact: Fact, batches: QuerySet[LogBatch], connection: Any | None) -> ir.Table:
    single = batches.filter(file=None)
    # A file holds rows of one sort: those that are only here are never put together with others.
    joint = LogFile.objects.filter(pk__in=batches.values("file"))
    found = [(batch.schema_version, final_name(batch)) for batch in single]
    found += [(file.schema_version, joint_name(file)) for file in joint]
    return _table(fact, found, connection or connect())


def written(fact: Fact) -> QuerySet[LogBatch]:
    """The batches of a fact that have rows in files and are not set aside."""
    return LogBatch.objects.filter(fact=fact.name, written_at__isnull=False, set_aside_at=None, rows__gt=0)


def facts_written() -> set[str]:
    """The names of all facts that have rows in files: whoever waits for others need not look."""
    found = LogBatch.objects.filter(written_at__isnull=False, rows__gt=0).order_by()
    return set(found.values_list("fact", flat=True).distinct())


def read_batches(fact: Fact, batches: Sequence[LogBatch], *, connection: Any | None = None) -> ir.Table:
    """Only the rows of some batches; the way for incremental roll-ups."""
    found = {((batch.file or batch).schema_version, name_of(batch)) for batch in batches}
    joint = [str(batch.pk) for batch in batches if batch.file_id is not None]
    return _table(fact, found, connection or connect(), only=joint)


def batches_since(fact: Fact, *, done: Sequence[UUID] = (), after: datetime | None = None) -> list[LogBatch]:
    """The written batches of a fact, oldest first, without those already `done`."""
    found = written(fact).select_related("file")
    if after is not None:
        found = found.filter(created_at__gte=after)
    known = set(done)
    return [batch for batch in found.order_by("id") if batch.id not in known]


def _table(fact: Fact, found: Iterable[Found], connection: Any, *, only: Sequence[str] = ()) -> ir.Table:
    """The files as one table; of files that hold several batches the rows of those named in `only`, if any are named."""
    import ibis

    found = sorted(found)
    declared = kinds_of(fact)
    recorded = versions(fact)
    if found and is_duckdb_on_folder(connection) and all(version in recorded for version, _name in found):
        return _as_view(fact, found, recorded, connection, only)
    # Files whose columns were narrower once are read as they are and widened after; mostly there is one group.
    groups: defaultdict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for version, name in found:
        narrower = {column: kind for column, kind in recorded.get(version, {}).items() if declared.get(column) != kind}
        groups[tuple(sorted(narrower.items()))].append(name)
    if not groups:
        return ibis.memtable(fact.schema().empty_table())
    tables = [_group(fact, dict(kinds), names, connection, only) for kinds, names in groups.items()]
    return tables[0] if len(tables) == 1 else ibis.union(*tables)


def _as_view(
    fact: Fact, found: Sequence[Found], recorded: Mapping[int, dict[str, str]], connection: Any, only: Sequence[str]
) -> ir.Table:
    place = store()
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for version, name in found:
        groups[version].append(place.place(name))
    parts = [(recorded[version], paths) for version, paths in groups.items()]
    return view_of_files(
        connection, fact, parts, only=only, batch_column=BATCH, schema=_schema(tuple(kinds_of(fact).items()))
    )


@cache
def _schema(kinds: tuple[tuple[str, str], ...]) -> Any:
    import ibis

    return ibis.schema({name: _IBIS[kind] for name, kind in kinds})


def _group(
    fact: Fact, narrower: dict[str, str], names: Sequence[str], connection: Any, only: Sequence[str]
) -> ir.Table:
    import ibis

    kinds = kinds_of(fact) | {name: kind for name, kind in narrower.items() if name in fact.columns}
    table = files_as_table(connection, names, _file_schema(kinds))
    if only and BATCH in table.columns:
        batch = table[BATCH]
        table = table.filter(batch.isnull() | batch.isin(list(only)))
    # A column that is newer than every file is empty, not missing.
    columns = {
        name: ibis.null(_IBIS[column.kind]) if name not in table.columns else _widened(table[name], kinds[name], column)
        for name, column in fact.columns.items()
    }
    return table.select(**columns)


def _widened(value: Any, kind: str, column: Column) -> Any:
    return value if _IBIS[kind] == _IBIS[column.kind] else value.cast(_IBIS[column.kind])


def _file_schema(kinds: dict[str, str]) -> pyarrow.Schema:
    import pyarrow as pa

    return pa.schema([*((name, ARROW[kind]()) for name, kind in kinds.items()), (BATCH, pa.string())])
