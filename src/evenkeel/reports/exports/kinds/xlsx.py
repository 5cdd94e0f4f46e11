from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..format import ExportFormat, Tell, export_format
from ..sheet import Field, Sheet

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# What a sheet of Excel holds, the header not counted.
_ROWS_A_SHEET = 1_048_575
_NUMBERS = {
    "whole": "0", "number": "General", "share": "0.0%", "figure": "General", "moment": "yyyy-mm-dd hh:mm:ss",
    "day": "yyyy-mm-dd",
}  # fmt: skip
_UNITS = {"percent": "0.0%", "count": "#,##0", "duration_ms": "#,##0"}
_WIDTHS = {"text": 22, "moment": 19, "day": 11, "yes_no": 9}


@export_format
class Xlsx(ExportFormat):
    slug = "xlsx"
    title = _("Excel workbook")
    why = _(
        "For people: a table with real dates and percents, ready for a pivot, and a sheet that says what each figure means. "
        "Moments are in UTC. Further sheets follow where one is full."
    )
    suffix = ".xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    reader = "pandas.read_excel('figures.xlsx', sheet_name='Data')"
    most_at_once = 20_000

    @classmethod
    def write(cls, sheet: Sheet, path: Path, *, tell: Tell) -> int:
        import xlsxwriter

        # Its leavings go where ours go, so that a full disk is one disk; texts are texts, whatever they begin with.
        options = {
            "constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "nan_inf_to_errors": False,
        }  # fmt: skip
        workbook = xlsxwriter.Workbook(str(path), options)
        book = _Book(workbook, sheet)
        try:
            n = book.write_data(tell)
            book.write_definitions()
            workbook.close()
        except BaseException:
            book.abandon()
            raise
        return n


class _Book:
    """A workbook under way: its formats, its sheets, where the next row goes."""

    def __init__(self, workbook: Workbook, sheet: Sheet) -> None:
        self.workbook, self.sheet = workbook, sheet
        self.header = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.formats = {
            code: workbook.add_format({"num_format": code}) for code in {*_NUMBERS.values(), *_UNITS.values()}
        }

    def write_data(self, tell: Tell) -> int:
        """The rows, on as many sheets as they need, each a table of Excel's."""
        rows = _rows(self.sheet, tell)
        n, number, is_over = 0, 1, False
        while not is_over:
            page = self.workbook.add_worksheet("Data" if number == 1 else f"Data {number}")
            for at, field in enumerate(self.sheet.fields):
                page.set_column(at, at, _WIDTHS.get(field.kind, 12))
                page.write_string(0, at, field.name, self.header)
            page.freeze_panes(1, 0)
            written, is_over = self._fill(page, rows)
            _make_table(page, self.sheet.fields, written, name=f"data_{number}")
            n, number = n + written, number + 1
        return n

    def _fill(self, page: Worksheet, rows: Iterator[Sequence[Any]]) -> tuple[int, bool]:
        writers = [self._writer(page, field) for field in self.sheet.fields]
        units = [at for at, field in enumerate(self.sheet.fields) if field.name == "unit"]
        row = 0
        for row, values in enumerate(rows, 1):
            unit = values[units[0]] if units else ""
            for at, (write, value) in enumerate(zip(writers, values, strict=True)):
                if value is not None:
                    write(row, at, value, unit)
            if row == _ROWS_A_SHEET:
                return row, False
        if not row:
            # A table has one row at least; and the header is written out only when a later row begins.
            page.write_blank(1, 0, None, self.wrapped)
        return row, True

    def _writer(self, page: Worksheet, field: Field) -> Any:
        """How a column's cells are written: never as a formula, whatever stands in them."""
        form = self.formats.get(_NUMBERS.get(field.kind, ""))
        if field.kind == "text":
            return lambda row, at, value, _unit: page.write_string(row, at, value)
        if field.kind == "yes_no":
            return lambda row, at, value, _unit: page.write_boolean(row, at, value)
        if field.kind == "figure":
            units = {unit: self.formats[code] for unit, code in _UNITS.items()}
            return lambda row, at, value, unit: page.write_number(row, at, value, units.get(unit, form))
        return lambda row, at, value, _unit: page.write_number(row, at, value, form)

    def write_definitions(self) -> None:
        """Who asked for what and when; what each metric means; what each column tells."""
        page = self.workbook.add_worksheet("Definitions")
        page.set_column(0, 0, 24)
        page.set_column(1, 10, 40)
        row = 0
        for name, value in self.sheet.about:
            page.write_string(row, 0, name, self.header)
            page.write_string(row, 1, value, self.wrapped)
            row += 1
        if self.sheet.definitions:
            row = self._block(page, row + 1, [_texts(asdict(each)) for each in self.sheet.definitions])
        columns = [{"column": each.name, "kind": each.kind, "tells": each.why} for each in self.sheet.fields]
        self._block(page, row + 1, columns)

    def _block(self, page: Worksheet, row: int, rows: Sequence[dict[str, str]]) -> int:
        for at, name in enumerate(rows[0]):
            page.write_string(row, at, name, self.header)
        for said in rows:
            row += 1
            for at, value in enumerate(said.values()):
                page.write_string(row, at, value, self.wrapped)
        return row + 1

    def abandon(self) -> None:
        """Let go of the temporary files without writing the workbook; the folder they lie in is taken away whole."""
        self.workbook.fileclosed = True
        for page in self.workbook.worksheets():
            if getattr(page, "row_data_fh", None) is not None:
                page.row_data_fh.close()


def _make_table(page: Worksheet, fields: Sequence[Field], rows: int, *, name: str) -> None:
    """Make what was written a table of Excel's, with its filters.

    The library refuses one at constant memory, because it would write headings into rows that are gone, and it notes every
    cell of the range. Ours are written: so it is made over two rows that are gone, and its range put right.
    """
    from xlsxwriter.utility import xl_range

    last = max(rows, 1)
    page.constant_memory = False
    try:
        page.add_table(
            0, 0, 1, len(fields) - 1,
            {"name": name, "style": "Table Style Light 1", "columns": [{"header": each.name} for each in fields]},
        )  # fmt: skip
    finally:
        page.constant_memory = True
    table = page.tables[-1]
    table["range"] = table["a_range"] = table["autofilter"] = xl_range(0, 0, last, len(fields) - 1)


def _rows(sheet: Sheet, tell: Tell) -> Iterator[Sequence[Any]]:
    n = 0
    for portion in sheet.portions:
        columns = [_plain(field, portion.column(at)) for at, field in enumerate(sheet.fields)]
        yield from zip(*columns, strict=True)
        n += portion.num_rows
        tell(n)


_EPOCH = 25_569  # 1970-01-01 in days of Excel's


def _plain(field: Field, values: Any) -> list[Any]:
    """A column as Excel keeps it: moments and days as days since its own year 0, which is what the formats show."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if field.kind == "moment":
        days = pc.divide(values.cast(pa.timestamp("us", tz="UTC")).cast(pa.int64()).cast(pa.float64()), 86_400e6)
        return list(pc.add(days, float(_EPOCH)).to_pylist())
    if field.kind == "day":
        return list(pc.add(values.cast(pa.int32()), _EPOCH).to_pylist())
    if field.kind in ("number", "share", "figure"):
        # What is not known is empty: Excel has no other word for it.
        values = pc.if_else(pc.is_finite(values), values, None)
    return list(values.to_pylist())


def _texts(said: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in said.items()}
