"""Sheets as tables of a DuckDB file, with comments on tables and columns."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING

from .sheet import Definition, Sheet, arrow_schema

if TYPE_CHECKING:
    import duckdb

    from .format import Tell


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new database file at a path, bounded in memory, whole on disk at the end of the block."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": "256MB",
        "threads": str(max(1, (os.cpu_count() or 2) // 2)),
        "temp_directory": str(path.parent / "spill"),
        # We make no calls to the network.
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(str(path), config=config)
    try:
        yield connection
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def add_sheet(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, *, schema: str = "main", tell: Tell | None = None
) -> int:
    """Add a sheet as a table of its name; returns how many rows."""
    import pyarrow as pa

    types, n = arrow_schema(sheet.fields), 0
    name = f"{schema}.{quoted(sheet.name)}"
    connection.execute("BEGIN")
    connection.register("incoming", types.empty_table())
    connection.execute(f"CREATE TABLE {name} AS FROM incoming")
    # Portion by portion, because DuckDB would read a stream of them in a thread of its own, where `tell` has no business.
    for portion in sheet.portions:
        connection.register("incoming", pa.Table.from_arrays(portion.columns, schema=types))
        connection.execute(f"INSERT INTO {name} FROM incoming")
        n += portion.num_rows
        if tell is not None:
            tell(n)
    connection.unregister("incoming")
    connection.execute("COMMIT")
    comment(connection, "TABLE", name, sheet.title)
    for each in sheet.fields:
        comment(connection, "COLUMN", f"{name}.{quoted(each.name)}", each.why)
    return n


def add_definitions(connection: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet]) -> None:
    """Add `definitions` (what each metric means) and `about` (who asked for what, when)."""
    names = [each.name for each in fields(Definition)]
    columns = ", ".join(f"{name} {'INTEGER' if name == 'version' else 'VARCHAR'}" for name in names)
    connection.execute(f"CREATE TABLE definitions ({columns})")
    rows = {each.metric: tuple(asdict(each).values()) for sheet in sheets for each in sheet.definitions}
    if rows:
        marks = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO definitions VALUES ({marks})", list(rows.values()))  # noqa: S608
    connection.execute("CREATE TABLE about (of_table VARCHAR, what VARCHAR, said VARCHAR)")
    said = [(sheet.name, what, value) for sheet in sheets for what, value in sheet.about]
    if said:
        connection.executemany("INSERT INTO about VALUES (?, ?, ?)", said)
    comment(connection, "TABLE", "definitions", "What each metric means: formula, unit, interval, who counts.")
    comment(connection, "TABLE", "about", "Who asked for each table, when, and over what.")


def comment(connection: duckdb.DuckDBPyConnection, what: str, name: str, said: str) -> None:
    """Put a comment on a table, view or column."""
    escaped = said.replace("'", "''")
    connection.execute(f"COMMENT ON {what} {name} IS '{escaped}'")


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'
