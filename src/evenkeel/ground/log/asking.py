"""Expressions over rows of the log, whose SQL is written once a process."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = "rows_at_hand"
_SET = "which_set"
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
    connection: Any, rows: Any, *, expression: Callable[[Any], Any], sets: Sequence[tuple[str, ...]], key: Hashable
) -> dict[tuple[str, ...], pa.Table]:
    """For each set of columns the rows of `expression` grouped by them: every column that no set names is summed up.

    DuckDB reads the rows once, groups them by all columns together, and makes every set from those groups: there are few of
    them, and going through the rows once a set took twice as long. `key` as for `computed`; the sets are part of what is
    asked.
    """
    import ibis.expr.operations as ops
    import pyarrow as pa
    import pyarrow.compute as pc

    names = sorted({name for each in sets for name in each})
    if connection.name != "duckdb" or not isinstance(rows.op(), ops.DatabaseTable):
        wanted = expression(rows)
        added = {name: wanted[name].sum() for name in wanted.columns if name not in names}
        return {each: connection.to_pyarrow(wanted.group_by(list(each)).aggregate(**added)) for each in sets}
    inner, schema = _sql(connection, [rows.op()], expression, key)
    said = [f'"{name}"' for name in names]
    # Sums of whole numbers would come out wider than they went in.
    sums = [
        f'CAST(SUM("{field.name}") AS {"BIGINT" if pa.types.is_integer(field.type) else "DOUBLE"}) AS "{field.name}"'
        for field in schema
        if field.name not in names
    ]
    wanted_columns = ", ".join([*said, *sums])
    groups = ", ".join("({})".format(", ".join(f'"{name}"' for name in each)) for each in sets)
    sql = (
        f"WITH finest AS MATERIALIZED (SELECT {wanted_columns} FROM ({inner}) GROUP BY {', '.join(said)}) "  # noqa: S608
        f'SELECT {wanted_columns}, GROUPING_ID({", ".join(said)}) AS "{_SET}" '
        f"FROM finest GROUP BY GROUPING SETS ({groups})"
    )
    found = connection.con.sql(sql).to_arrow_table()
    number = found[_SET]
    tables = {}
    for each in sets:
        left_out = sum(1 << place for place, name in enumerate(reversed(names)) if name not in each)
        kept = found.filter(pc.equal(number, left_out))
        tables[each] = kept.drop_columns([_SET, *(name for name in names if name not in each)])
    return tables


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
