"""The one way in for files of rows, CSV or Parquet, plain or gzip, of the commands that only calculate."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any


class NoTable(Exception):
    """The file cannot be read as a table: what is wrong, and what to do about it. `code` is for programs."""

    def __init__(self, what: str, fix: str, *, code: str = "not-a-table"):
        super().__init__(what)
        self.what, self.fix, self.code = what, fix, code


def read_table(path: Path) -> Any:
    """An Arrow table; the columns of a CSV file are all text, for an id 007 is not 7. Raises NoTable.

    What the file is, its first bytes tell, not its name.
    """
    import pyarrow as pa
    from pyarrow import parquet

    if not path.is_file():
        raise NoTable("there is no such file.", "Give the path of a CSV or Parquet file that exists.", code="no-file")
    try:
        with path.open("rb") as file:
            start = file.read(4)
        table = parquet.read_table(path) if start == b"PAR1" else _read_text(path, is_packed=start[:2] == b"\x1f\x8b")
    except (pa.ArrowInvalid, pa.ArrowKeyError, OSError, EOFError) as error:
        said = " ".join(str(error).split())[:200]
        fix = "Give a CSV file with a header row and commas, in UTF-8, plain or gzip, or a Parquet file."
        raise NoTable(f"it cannot be read ({said}).", fix) from error
    names = [name.strip() for name in table.column_names]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise NoTable(f"the column {twice!r} occurs twice.", "Keep one of them.", code="column-twice")
    return table.rename_columns(names)


def _read_text(path: Path, *, is_packed: bool) -> Any:
    import pyarrow as pa
    from pyarrow import csv

    def opened() -> Any:
        return gzip.open(path, "rb") if is_packed else path.open("rb")

    with opened() as file:
        names = _header(file.readline())
    with opened() as file:
        return csv.read_csv(
            file,
            convert_options=csv.ConvertOptions(
                column_types={name: pa.string() for name in names}, strings_can_be_null=False
            ),
            parse_options=csv.ParseOptions(newlines_in_values=True),
        )


def _header(line: bytes) -> list[str]:
    import csv

    try:
        return next(csv.reader([line.decode("utf-8-sig")]), [])
    except UnicodeDecodeError as error:
        raise NoTable("row 1 is not UTF-8.", "Save the file as UTF-8.", code="not-utf8") from error
