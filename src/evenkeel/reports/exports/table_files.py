"""Every table page as a workbook or Parquet too: the formats are added to those that tables know by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponseBase
from django.utils.translation import gettext as _

from evenkeel.ground.errors import NotNow
from evenkeel.ground.tables.columns import Column
from evenkeel.ground.tables.export import FORMATS

from .figures import batch_of
from .format import ExportFormat, export_formats
from .making import write_file
from .sheet import PORTION, Field, Sheet

if TYPE_CHECKING:
    import pyarrow

_KINDS = {"count": "whole", "number": "number", "moment": "moment", "day": "day", "yes_no": "yes_no"}
# As `Column.export_names` has them; "" = a number of the estimate's own kind.
_PARTS = (("", ""), ("_low", ""), ("_high", ""), ("_n", "whole"), ("_method", "text"))


def table_file(kind: type[ExportFormat], name: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponseBase:
    """All rows of a table that match, as a file. Raises `NotNow` when there are more than somebody should wait for."""
    given = iter(rows)
    # One more than the most: so that nothing is written where it would be too much.
    known = list(islice(given, kind.most_at_once + 1))
    if len(known) > kind.most_at_once:
        sentence = _("There are more than %(most)s rows: narrow the table, or take CSV.")
        raise NotNow(sentence % {"most": f"{kind.most_at_once:,}"}, code="too-many-rows")
    fields = [field for column in columns for field in _fields(column)]
    sheet = Sheet(
        name=name.replace("-", "_"),
        title=name,
        fields=fields,
        portions=_portions(columns, fields, known),
        total=len(known),
        about=[(_("Table"), name)],
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}{kind.suffix}"
        write_file(sheet, path, file_format=kind.slug, tell=lambda _n: None)
        # The folder goes at once; the open file stays readable until it has been sent.
        file = path.open("rb")
    response = FileResponse(file, as_attachment=True, filename=path.name, content_type=kind.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _fields(column: Column) -> list[Field]:
    why = str(column.help or column.title)
    if column.kind == "estimate":
        number = "share" if column.of == "percent" else "number"
        return [Field(name=f"{column.slug}{part}", kind=kind or number, why=why) for part, kind in _PARTS]
    if column.kind == "progress":
        return [Field(name=name, kind="number", why=why) for name in column.export_names()]
    kind = "share" if column.kind == "percent" else _KINDS.get(column.kind, "number" if column.css == "end" else "text")
    return [Field(name=column.slug, kind=kind, why=why)]


def _portions(columns: Sequence[Column], fields: Sequence[Field], rows: Sequence[Any]) -> Iterator[pyarrow.RecordBatch]:
    names = [field.name for field in fields]
    for start in range(0, len(rows), PORTION):
        said = []
        for row in rows[start : start + PORTION]:
            typed = [_typed(field, value) for field, value in zip(fields, _values(columns, row), strict=True)]
            said.append(dict(zip(names, typed, strict=True)))
        yield batch_of(fields, said)


def _values(columns: Sequence[Column], row: Any) -> list[Any]:
    found: list[Any] = []
    for column in columns:
        # Moments and days stay what they are: the export of ground writes them as text.
        found += [column.value_of(row)] if column.kind in ("moment", "day") else column.export_values(row)
    return found


def _typed(field: Field, value: Any) -> Any:
    if value is None or value == "":
        return None
    if field.kind == "text":
        return str(value)
    if field.kind == "day":
        return value.date() if isinstance(value, datetime) else value
    if field.kind == "moment":
        return value if isinstance(value, datetime) else None
    return int(value) if field.kind == "whole" else bool(value) if field.kind == "yes_no" else float(value)


for _kind in (export_formats["xlsx"], export_formats["parquet"]):
    FORMATS[_kind.slug] = partial(table_file, _kind)
