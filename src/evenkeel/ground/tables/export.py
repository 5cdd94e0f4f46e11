"""Exports of a table, streamed row by row so that their size costs no memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse

from .columns import Column

# A spreadsheet would run a text that starts so as a formula. https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BYTE_ORDER_MARK = "\ufeff"


def to_csv(name: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponseBase:
    """CSV for spreadsheets: UTF-8 that Excel recognises, formulas made harmless."""
    return _download(f"{name}.csv", "text/csv; charset=utf-8", csv_lines(columns, rows))


def csv_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    """The lines of the CSV."""
    writer = csv.writer(_Line())
    yield _BYTE_ORDER_MARK + writer.writerow([name for column in columns for name in column.export_names()])
    for row in rows:
        yield writer.writerow([harmless(value) for column in columns for value in column.export_values(row)])


def harmless(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula. Numbers stay numbers, also below zero."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value


def to_json(name: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponseBase:
    """JSON for programs: a list of objects."""
    return _download(f"{name}.json", "application/json", json_lines(columns, rows))


def json_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    """The list, one object a line."""
    names = [name for column in columns for name in column.export_names()]
    start = "[\n"
    for row in rows:
        values = (value for column in columns for value in column.export_values(row))
        yield start + json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)
        start = ",\n"
    yield "\n]\n" if start == ",\n" else "[]\n"


class _Line:
    """What csv.writer writes to: hands the line back at once."""

    def write(self, line: str) -> str:
        return line


def _download(filename: str, content_type: str, lines: Iterator[str]) -> HttpResponseBase:
    response = StreamingHttpResponse(lines, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


FORMATS: dict[str, Callable[[str, Sequence[Column], Iterable[Any]], HttpResponseBase]] = {
    "csv": to_csv,
    "json": to_json,
}
