"""A connection to read the log with, and expressions over its rows whose SQL is written once a process."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

from evenkeel.ground.log import opened as log_open

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["computed", "log_open"]

_ROWS = "rows_at_hand"
_MOST_KEPT = 500
# (what is asked, the columns of the rows) -> SQL over a view of the rows, and what it gives.
_written: dict[tuple[Hashable, Any], tuple[str, pa.Schema]] = {}


def computed(connection: Any, rows: Any, expression: Callable[[Any], Any], *, key: Hashable) -> pa.Table:
    """What an expression over rows of the log gives, as Arrow.

    Writing the SQL of all metrics of a fact takes ten times as long as answering it over a day's rows, so DuckDB is handed
    what was written before: `key` must say everything that the expression depends on. Other engines are asked each time.
    """
    if connection.name != "duckdb":
        return connection.to_pyarrow(expression(rows))
    view = connection.create_view(_ROWS, rows, overwrite=True)
    asked = key, rows.schema()
    if asked not in _written:
        if len(_written) >= _MOST_KEPT:
            _written.clear()
        wanted = expression(view)
        _written[asked] = connection.compile(wanted), wanted.schema().to_pyarrow()
    sql, schema = _written[asked]
    found: pa.Table = connection.con.sql(sql).to_arrow_table().cast(schema)
    return found
