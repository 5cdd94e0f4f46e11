"""Each format read by its consumer's own library, into rows of plain values."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Rows = list[dict[str, Any]]


def from_xlsx(path: Path, page: str = "Data") -> Rows:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=False)
    header, *rows = book[page].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows if any(value is not None for value in row)]


def from_csv(path: Path, encoding: str = "utf-8") -> Rows:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, strict=True))


def from_parquet(path: Path) -> Rows:
    import pyarrow.parquet as pq

    rows: Rows = pq.read_table(path).to_pylist()
    return rows


def from_duckdb(path: Path, table: str, *, schema: str = "main") -> Rows:
    import duckdb

    connection = duckdb.connect(str(path), read_only=True)
    try:
        rows: Rows = connection.sql(f'FROM {schema}."{table}"').to_arrow_table().to_pylist()
        return rows
    finally:
        connection.close()


def moment(value: Any) -> datetime:
    """A moment as the formats give it: with a zone, without one, or as text."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
