from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.tables.export import FORMULA_SIGNS

from ..format import ExportFormat, Tell, export_format
from ..sheet import Field, Sheet

if TYPE_CHECKING:
    import pyarrow


class _Csv(ExportFormat):
    suffix, media_type = ".csv", "text/csv; charset=utf-8"
    mark = ""

    @classmethod
    def write(cls, sheet: Sheet, path: Path, *, tell: Tell) -> int:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(cls.mark)
            return _rows(sheet, file, tell)


@export_format
class Csv(_Csv):
    slug = "csv"
    title = _("CSV")
    why = _(
        "For any program: UTF-8, commas, lines as RFC 4180 has them. A text that a spreadsheet would run has a ' before it."
    )
    reader = "pandas.read_csv('figures.csv')"


@export_format
class CsvForExcel(_Csv):
    slug = "csv_excel"
    title = _("CSV for Excel")
    why = _("The same with the mark by which Excel recognises UTF-8 when the file is opened by a double click.")
    reader = "pandas.read_csv('figures.csv', encoding='utf-8-sig')"
    mark = "\ufeff"


def _rows(sheet: Sheet, file: TextIO, tell: Tell) -> int:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([each.name for each in sheet.fields])
    n = 0
    for portion in sheet.portions:
        writer.writerows(_cells(sheet, portion))
        n += portion.num_rows
        tell(n)
    return n


def _cells(sheet: Sheet, portion: pyarrow.RecordBatch) -> Iterator[tuple[Any, ...]]:
    columns = [_written(each, portion.column(at)) for at, each in enumerate(sheet.fields)]
    return zip(*columns, strict=True)


def _written(field: Field, values: pyarrow.Array) -> list[Any]:
    """A column as CSV has it: whole figures, ISO moments with their zone, nothing for what is not known."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if field.kind == "text":
        is_formula = pc.fill_null(pc.match_substring_regex(values, _FORMULA), fill_value=False)
        if pc.any(is_formula).as_py():
            values = pc.if_else(is_formula, pc.binary_join_element_wise("'", values, ""), values)
    elif field.kind == "moment":
        values = pc.strftime(values.cast(pa.timestamp("us", tz="UTC")), format="%Y-%m-%dT%H:%M:%SZ")
    elif field.kind == "yes_no":
        values = pc.if_else(values, "true", "false")
    said: list[Any] = values.to_pylist()
    return said


# As `harmless` in ground's own tables has it, for a whole column at once.
_FORMULA = f"^[{''.join(sign if sign not in '-' else chr(92) + sign for sign in FORMULA_SIGNS)}]"
