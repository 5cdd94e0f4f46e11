"""CSV: a spreadsheet's rows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.tables import TableReader
from evenkeel.ground.tables.export import FORMULA_SIGNS

from ...rules.exchange import Record, SentDecision, SentItem
from ...rules.rows import DECISION_NAMES, ITEM_NAMES, decision_record, decision_row, item_record, item_row
from ..format import DECISIONS, ITEMS, Format, FormatExample, Reading, file_format

# A sign that a spreadsheet would run, behind any number of the quotes that keep it from doing so.
_GUARDED = re.compile("'+[" + re.escape("".join(FORMULA_SIGNS)) + "]")
_AS_JSON = ("content", "attributes", "answer")
_SENT_ITEM = ("item", "kind", "language", "text", "content", "attributes", "created_at")
_SENT_DECISION = (
    "item", "worker", "label", "answer", "replicate", "decided_at", "active_ms", "id", "origin", "queue", "form",
    "is_taken_back",
)  # fmt: skip


@file_format
class Csv(Format):
    slug = "csv"
    title = gettext_lazy("CSV")
    why = gettext_lazy("For spreadsheets: one row an item or a decision; what is nested stands in its cell as JSON.")
    suffix, media_type = ".csv", "text/csv; charset=utf-8"
    reads = writes = (ITEMS, DECISIONS)
    example = FormatExample(
        what=DECISIONS,
        file=b"item;worker;label;decided_at\np-1;ada;Spam;2026-03-02T09:30:00Z\np-1;bo;Ham;\n",
        keys=["p-1", "p-1"],
        labels=[("ada", "Spam"), ("bo", "Ham")],
    )

    @classmethod
    def read(cls, reading: Reading) -> Iterator[Record]:
        names = frozenset(ITEM_NAMES if reading.what == ITEMS else DECISION_NAMES)
        reader = TableReader(reading.stream, known_columns=names)
        if not _header_fits(reader.header, reading):
            return
        as_record = item_record if reading.what == ITEMS else decision_record
        for row in reader:
            if len(row.cells) != len(reader.header):
                reading.bad(
                    _("The row has %(found)s cells, the header has %(wanted)s.")
                    % {"found": len(row.cells), "wanted": len(reader.header)},
                    _("Add or remove cells; a cell with a comma in it needs quotes around it."),
                    row=row.number,
                )
                continue
            said = _named(reader.header, row.cells, row.number, reading)
            made = as_record(row.number, said, reading) if said is not None else None
            if made is not None:
                yield made

    @classmethod
    def write_items(cls, items: Iterable[SentItem], file: BinaryIO, remark: Callable[[str], None]) -> int:
        rows = ({**item_row(item), "text": str(item.content.get("text", ""))} for item in items)
        return _write(rows, _SENT_ITEM, file)

    @classmethod
    def write_decisions(cls, decisions: Iterable[SentDecision], file: BinaryIO) -> int:
        return _write((decision_row(each) for each in decisions), _SENT_DECISION, file)


def _header_fits(header: list[str], reading: Reading) -> bool:
    before = reading.findings.bad_total
    needed = ("item",) if reading.what == ITEMS else ("item", "worker")
    for name in needed:
        if name not in header:
            fix = _("Add it; the header names: %(names)s.") % {"names": ", ".join(header)[:200] or "–"}
            reading.bad(_("The column is missing."), fix, row=1, column=name)
    for position, name in enumerate(header):
        if not name:
            what = _("Column %(position)s has no name.") % {"position": position + 1}
            reading.bad(what, _("Name it in the header, or remove it."), row=1)
        elif name in header[:position]:
            reading.bad(_("The column is there twice."), _("Keep one of them."), row=1, column=name)
        elif name not in DECISION_NAMES and reading.what == DECISIONS:
            reading.bad(_("The column is unknown."), _("Remove it."), row=1, column=name)
    return reading.findings.bad_total == before


def _named(header: list[str], cells: list[str], row: int, reading: Reading) -> dict[str, Any] | None:
    said: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=True):
        if name in _AS_JSON and cell:
            try:
                said[name] = json.loads(cell)
            except (ValueError, RecursionError) as error:
                what = _("The cell is no JSON: %(why)s") % {"why": str(error)[:120]}
                reading.bad(what, _("Write an object as JSON, or leave it empty."), row=row, column=name)
                return None
        else:
            said[name] = cell[1:] if _GUARDED.match(cell) else cell
    if reading.what == ITEMS and isinstance(said.get("content"), Mapping):
        # Where the content itself stands there, the plain text beside it is for reading.
        for name in ("text", "context", "response"):
            said.pop(name, None)
    return said


def _write(rows: Iterable[Mapping[str, Any]], names: tuple[str, ...], file: BinaryIO) -> int:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    n = 0
    for n, row in enumerate(rows, 1):
        writer.writerow([_cell(row[name], encode) for name in names])
        if n % 1_000 == 0:
            file.write(text.getvalue().encode())
            text.seek(0)
            text.truncate()
    file.write(text.getvalue().encode())
    return n


def _cell(value: Any, encode: Callable[[Any], str]) -> Any:
    """A cell that no spreadsheet runs as a formula; reading it takes the guard away again."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) or _GUARDED.match(value) else value
    if isinstance(value, dict):
        return encode(value) if value else ""
    return value.isoformat() if isinstance(value, datetime) else value
