"""Columns from a CSV or Parquet file (gzip too) for the commands that only calculate: no install, no Django.

What does not fit is refused with the file, row, column and what to do about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isfinite, nan
from pathlib import Path
from typing import Any

from .refusals import Refusal, cell_refused
from .tables import NoTable, read_table


class Columns:
    """The named columns of one file, each a list of texts or values, None where a cell is empty."""

    def __init__(self, path: Path, columns: dict[str, list[Any]], *, as_json: bool):
        self.path, self.columns, self.as_json = path, columns, as_json
        self.rows = len(next(iter(columns.values()), []))

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def texts(self, name: str) -> list[str]:
        """A column as texts; an empty cell is refused."""
        return [str(self._filled(name, row)) for row in range(self.rows)]

    def numbers(self, name: str, *, fits: Callable[[float], bool], fix: str) -> list[float]:
        """A column as numbers that `fits`; `fix` says what would."""
        found = []
        for row in range(self.rows):
            said = self._filled(name, row)
            try:
                number = float(said)
            except (TypeError, ValueError):
                self.refuse(row, name, f"{said!r} is no number", fix)
            if not isfinite(number) or not fits(number):
                self.refuse(row, name, f"{said} does not fit", fix)
            found.append(number)
        return found

    def numbers_or_gaps(self, name: str, *, fits: Callable[[float], bool], fix: str) -> list[float]:
        """As `numbers`, but an empty cell or NaN is nan: a point without data."""
        found = []
        for row in range(self.rows):
            said = self.columns[name][row]
            if said is None or str(said).strip().lower() in ("", "nan", "na", "null"):
                found.append(nan)
                continue
            try:
                number = float(said)
            except (TypeError, ValueError):
                self.refuse(row, name, f"{said!r} is no number", fix)
            if not isfinite(number) or not fits(number):
                self.refuse(row, name, f"{said} does not fit", fix)
            found.append(number)
        return found

    def refuse(self, row: int, column: str, what: str, fix: str) -> None:
        """Refuse a cell; `row` counts from 0."""
        raise cell_refused(self.path, row, column, what, fix, as_json=self.as_json)

    def _filled(self, name: str, row: int) -> Any:
        said = self.columns[name][row]
        if said is None or said == "":
            self.refuse(row, name, "the cell is empty", "Fill it or leave the row out.")
        return said


def read_columns(path: Path, *, needed: Sequence[str], known: Iterable[str] | None = (), as_json: bool) -> Columns:
    """The file's columns; refused when one of `needed` is missing, one is in neither list, or there are no rows.

    With `known` None there may be any others: the caller names those it reads.
    """

    def refuse(detail: str, fix: str) -> Refusal:
        return Refusal({"code": "input", "detail": f"{path.name}: {detail} {fix}", "fields": {}}, as_json=as_json)

    try:
        table = read_table(path)
    except NoTable as trouble:
        raise refuse(trouble.what, trouble.fix) from None
    names = table.column_names
    expected = [*needed, *(names if known is None else known)]
    if missing := [name for name in needed if name not in names]:
        raise refuse(f"column {missing[0]!r} is missing.", f"The first row must name {', '.join(needed)}.")
    if known is not None and (unknown := [name for name in names if name not in expected]):
        raise refuse(f"column {unknown[0]!r} is not known.", f"Columns are {', '.join(expected)}.")
    if table.num_rows == 0:
        raise refuse("it has no rows.", "Give one row a case below the header.")
    return Columns(path, {name: table.column(name).to_pylist() for name in names}, as_json=as_json)
