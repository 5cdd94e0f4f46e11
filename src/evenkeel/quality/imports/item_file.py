"""Checking the items' file: its columns, keys that occur once, truths within the schema, contents that fit."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from evenkeel.ground.reading.findings import FileSeen, Findings
from evenkeel.ground.reading.sources import Source, Unreadable
from evenkeel.ground.reading.tables import TableReader
from evenkeel.work import item_faults, item_from_cells

from .cells import (
    ITEM_LENGTH,
    OPTIONAL,
    TICK,
    Progress,
    check_header,
    file_seen,
    fits,
    has_width,
    name_problem,
    note_unreadable,
)


@dataclass
class ItemFile:
    """What the items file holds, without its texts: they are read again when they are written."""

    columns: list[str] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)  # key -> row number
    truths: dict[str, str] = field(default_factory=dict)
    seen: FileSeen | None = None


def check_items(
    source: Source, findings: Findings, *, schema: Sequence[str] | None, progress: Progress | None = None
) -> ItemFile:
    """Read the items file once: columns, unique keys, truths within the schema."""
    found = ItemFile()
    try:
        with closing(TableReader(source, known_columns=frozenset(("item", *OPTIONAL)))) as reader:
            if check_header(reader, findings, needed=("item",), known=None):
                _read_items(reader, source, found, findings, schema, progress)
                found.seen = file_seen(reader, source, len(found.keys), findings)
            found.columns = reader.header
    except Unreadable as error:
        note_unreadable(findings, source, error)
    return found


def _read_items(
    reader: TableReader,
    source: Source,
    found: ItemFile,
    findings: Findings,
    schema: Sequence[str] | None,
    progress: Progress | None,
) -> None:
    at = reader.header.index("item")
    at_truth = reader.header.index("truth") if "truth" in reader.header else None
    size = source.size_bytes()
    for row in reader:
        if not has_width(reader, row, findings):
            continue
        key = row.cells[at].strip()
        if problem := name_problem(key, ITEM_LENGTH):
            findings.bad(source.name, *problem, row=row.number, line=row.line, column="item")
            continue
        if key in found.keys:
            findings.bad(
                source.name,
                _("The item “%(key)s” stands in row %(row)s already.") % {"key": key, "row": f"{found.keys[key]:,}"},
                _("Keep one of the two rows."),
                row=row.number,
                line=row.line,
                column="item",
            )
            continue
        faults = item_faults(item_from_cells(key, dict(zip(reader.header, row.cells, strict=True))))
        for fault in faults:
            findings.bad(source.name, fault, _("Change the row, or leave it out."), row=row.number, line=row.line)
        found.keys[key] = row.number
        truth = row.cells[at_truth] if at_truth is not None else ""
        if truth and fits(truth, schema, findings, source.name, row, "truth"):
            found.truths[key] = truth
        if progress and len(found.keys) % TICK == 0:
            progress("items", reader.bytes_read, size)
