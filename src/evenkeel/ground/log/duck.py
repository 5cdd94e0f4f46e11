"""The log's files as one view of DuckDB's. The manifest knows their columns, so no file is opened to be described."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .facts import Fact

if TYPE_CHECKING:
    import ibis.expr.types as ir

_TYPES = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "yes_no": "BOOLEAN",
    "moment": "TIMESTAMP WITH TIME ZONE",
    "day": "DATE",
}


def view_of_files(
    connection: Any,
    fact: Fact,
    groups: Sequence[tuple[Mapping[str, str], Sequence[str]]],
    *,
    only: Sequence[str],
    batch_column: str,
    schema: Any,
) -> ir.Table:
    """One view over groups of files, each group with the columns (name -> kind) that at least one of its files has.

    A column that is newer than a group is empty in its rows; a narrower kind is widened. With `only`, rows of other batches
    in files of several batches are left out. `schema` is Ibis's, of the fact's columns in their order.
    """
    import ibis
    import ibis.expr.operations as ops

    name = ibis.util.gen_name("log_rows")
    parts = [_select(fact, columns, paths, only, batch_column) for columns, paths in groups]
    connection.con.execute(f"CREATE TEMP VIEW {name} AS {' UNION ALL '.join(parts)}")
    return ops.DatabaseTable(name=name, schema=schema, source=connection, namespace=ops.Namespace()).to_expr()


def _select(
    fact: Fact, columns: Mapping[str, str], paths: Sequence[str], only: Sequence[str], batch_column: str
) -> str:
    wanted = ", ".join(_column(name, column.kind, columns.get(name)) for name, column in fact.columns.items())
    files = ", ".join(_text(path) for path in paths)
    read = f"read_parquet([{files}], union_by_name = true, hive_partitioning = false)"
    if not only:
        return f"SELECT {wanted} FROM {read}"  # noqa: S608
    # Files of one batch do not say which: the empty table beside them has the column for all.
    read = f'(SELECT * FROM {read} UNION ALL BY NAME SELECT NULL::VARCHAR AS "{batch_column}" WHERE false)'  # noqa: S608
    mine = f'"{batch_column}"'
    return f"SELECT {wanted} FROM {read} WHERE {mine} IS NULL OR {mine} IN ({', '.join(map(_text, only))})"  # noqa: S608


def _column(name: str, kind: str, written: str | None) -> str:
    if written is None:
        return f'CAST(NULL AS {_TYPES[kind]}) AS "{name}"'
    return f'"{name}"' if _TYPES[written] == _TYPES[kind] else f'CAST("{name}" AS {_TYPES[kind]}) AS "{name}"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
