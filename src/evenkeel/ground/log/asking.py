"""Expressions over rows of the log, whose SQL is written once a process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = "rows_at_hand"
_MOST_KEPT = 500
# (what is asked, the columns of each table of rows) -> SQL over tables of such names, and what it gives.
_written: dict[tuple[Hashable, Any], tuple[str, pa.Schema]] = {}


def narrowed(connection: Any, rows: Any, column: str, value: str) -> Any:
    """The rows in which a column of text has this value; still a table by itself where `rows` is one."""
    import ibis
    import ibis.expr.operations as ops

    held = rows.op()
    if connection.name != "duckdb" or not isinstance(held, ops.DatabaseTable):
        return rows.filter(rows[column] == value)
    name, said = ibis.util.gen_name("log_rows"), value.replace("'", "''")
    connection.con.execute(
        f"""CREATE TEMP VIEW {name} AS SELECT * FROM "{held.name}" WHERE "{column}" = '{said}'"""  # noqa: S608
    )
    return ops.DatabaseTable(name=name, schema=held.schema, source=connection, namespace=held.namespace).to_expr()


def computed(connection: Any, *tables: Any, expression: Callable[..., Any], key: Hashable) -> pa.Table:
    """What an expression over rows of the log gives, as Arrow.

    Writing the SQL of all metrics of a fact takes ten times as long as answering it over a day's rows, so DuckDB is handed
    what was written before: `key` must say everything that the expression depends on beside its tables. Other engines, and
    rows that are no table by themselves, are asked each time.
    """
    import ibis.expr.operations as ops

    held = [table.op() for table in tables]
    if connection.name != "duckdb" or not all(isinstance(table, ops.DatabaseTable) for table in held):
        return connection.to_pyarrow(expression(*tables))
    sql, schema = _sql(connection, held, expression, key)
    found: pa.Table = connection.con.sql(sql).to_arrow_table().cast(schema)
    return found


def summed_by(
    connection: Any,
    rows: Any,
    *,
    expression: Callable[[Any], Any],
    sets: Mapping[tuple[str, ...], Collection[str]],
    key: Hashable,
) -> dict[tuple[str, ...], pa.Table]:
    """For each set of columns the rows of `expression` grouped by them, with the sums of some of its other columns: those
    whose name up to the dot is named for the set.

    DuckDB reads the rows once, groups them by all columns together, and makes every set from those groups: there are fewer
    of them. Each set sums up what is asked of it and no more. `key` as for `computed`.
    """
    import ibis
    import ibis.expr.operations as ops
    import pyarrow as pa

    names = sorted({name for each in sets for name in each})
    if connection.name != "duckdb" or not isinstance(rows.op(), ops.DatabaseTable):
        wanted = expression(rows)
        return {
            each: connection.to_pyarrow(
                wanted.group_by(list(each)).aggregate(
                    **{name: wanted[name].sum() for name in wanted.columns if _owner(name) in owners}
                )
            )
            for each, owners in sets.items()
        }
    inner, schema = _sql(connection, [rows.op()], expression, key)
    # Sums of whole numbers would come out wider than they went in.
    sum_of = {
        field.name: f'CAST(SUM("{field.name}") AS {"BIGINT" if pa.types.is_integer(field.type) else "DOUBLE"}) '
        f'AS "{field.name}"'
        for field in schema
        if field.name not in names
    }
    finest = ibis.util.gen_name("finest")
    said = _grouped(f"({inner})", names, sum_of.values())
    connection.con.execute(f"CREATE TEMP TABLE {finest} AS {said}")
    try:
        return {
            each: connection.con.sql(
                _grouped(finest, each, [said for name, said in sum_of.items() if _owner(name) in owners])
            ).to_arrow_table()
            for each, owners in sets.items()
        }
    finally:
        connection.con.execute(f"DROP TABLE {finest}")


def _owner(column: str) -> str:
    return column.partition(".")[0]


def _grouped(table: str, by: Iterable[str], sums: Iterable[str]) -> str:
    keys = [f'"{name}"' for name in by]
    return f"SELECT {', '.join([*keys, *sums])} FROM {table} GROUP BY {', '.join(keys)}"  # noqa: S608


def _sql(connection: Any, held: Sequence[Any], expression: Callable[..., Any], key: Hashable) -> tuple[str, pa.Schema]:
    import ibis.expr.operations as ops

    asked = key, tuple(table.schema for table in held)
    if asked not in _written:
        if len(_written) >= _MOST_KEPT:
            _written.clear()
        named = [
            ops.DatabaseTable(
                name=f"{_ROWS}_{place}", schema=table.schema, source=connection, namespace=ops.Namespace()
            )
            for place, table in enumerate(held)
        ]
        wanted = expression(*(table.to_expr() for table in named))
        _written[asked] = connection.compile(wanted), wanted.schema().to_pyarrow()
    sql, schema = _written[asked]
    for place, table in enumerate(held):
        sql = sql.replace(f'"{_ROWS}_{place}"', f'"{table.name}"')
    return sql, schema
