"""Checks of a header and of single cells, the same for both files."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from evenkeel.ground.reading.findings import FileSeen, Findings
from evenkeel.ground.reading.sources import Source, Unreadable
from evenkeel.ground.reading.tables import Row, TableReader

ITEM_LENGTH, WORKER_LENGTH, LABEL_LENGTH = 200, 64, 120
NEEDED = ("item", "worker", "label")
OPTIONAL = ("replicate", "decided_at", "truth")
# How often progress is told, in rows.
TICK = 50_000

# Stage, how far, of how much: bytes while a file is read, rows while they are written.
Progress = Callable[[str, int, int], None]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST_US = int((datetime(2200, 1, 1, tzinfo=UTC) - EPOCH).total_seconds()) * 1_000_000


def check_header(
    reader: TableReader, findings: Findings, *, needed: Sequence[str], known: frozenset[str] | None
) -> bool:
    """Whether the columns are those that are wanted; `known` None allows any others."""
    before, header = findings.bad_total, reader.header
    names = ", ".join(header) or "–"
    for name in needed:
        if name not in header:
            hint = closest(name, [other for other in header if other not in needed])
            fix = (
                _("Rename the column “%(near)s” to “%(name)s”.") % {"near": hint, "name": name}
                if hint
                else _("Add it; the header names: %(names)s.") % {"names": cut(names, 200)}
            )
            findings.bad(reader.name, _("The column is missing."), fix, row=1, line=1, column=name)
    for position, name in enumerate(header):
        if name in header[:position]:
            findings.bad(
                reader.name, _("The column is there twice."), _("Keep one of them."), row=1, line=1, column=name
            )
        elif not name:
            what = _("Column %(position)s has no name.") % {"position": position + 1}
            findings.bad(reader.name, what, _("Name it in the header, or remove it."), row=1, line=1)
        elif known is not None and name not in known:
            hint = closest(name, known - set(header))
            fix = _("Did you mean “%(near)s”?") % {"near": hint} + " " if hint else ""
            fix += _("Remove it, or name it among the columns to leave out (--ignore %(name)s).") % {"name": name}
            findings.bad(reader.name, _("The column is unknown."), fix, row=1, line=1, column=name)
    return findings.bad_total == before


def file_seen(reader: TableReader, source: Source, rows: int, findings: Findings) -> FileSeen:
    if not rows and not findings.bad_total:
        findings.bad(
            source.name,
            _("There is a header, but no row under it."),
            _("Add rows; each is one label or one item."),
            row=2,
        )
    return FileSeen(name=source.name, rows=rows, size_bytes=source.size_bytes(), sha256=reader.sha256)


def has_width(reader: TableReader, row: Row, findings: Findings) -> bool:
    if len(row.cells) == len(reader.header):
        return True
    findings.bad(
        reader.name,
        _("The row has %(found)s cells, the header has %(wanted)s.")
        % {"found": len(row.cells), "wanted": len(reader.header)},
        _("Add or remove cells; a cell with a comma in it needs quotes around it."),
        row=row.number,
        line=row.line,
    )
    return False


def name_problem(value: str, longest: int) -> tuple[str, str] | None:
    if not value or value.isspace():
        return _("The cell is empty."), _("Fill it in, or remove the row.")
    if len(value) > longest:
        what = _("“%(value)s” has %(length)s characters.") % {"value": cut(value), "length": f"{len(value):,}"}
        return what, _("Shorten it to %(longest)s.") % {"longest": longest}
    return None


def fits(value: str, schema: Sequence[str] | None, findings: Findings, file: str, row: Row, column: str) -> bool:
    """Whether a label is one of those allowed; any is when nobody said which are."""
    if schema is None and len(value) <= LABEL_LENGTH:
        return True
    if schema is not None and value in schema:
        return True
    fix = near(value, schema or ()) or _("Allowed are: %(labels)s.") % {"labels": cut(", ".join(schema or ()), 200)}
    what = _("The label “%(label)s” is not one of those asked for.") % {"label": cut(value)}
    findings.bad(file, what, fix, row=row.number, line=row.line, column=column)
    return False


def near(value: str, known: Collection[str]) -> str:
    # Against a million keys a search would take minutes; a variant in case or blanks is found at once.
    hint = closest(value, known) if len(known) <= 2_000 else ""
    return _("Did you mean “%(near)s”?") % {"near": hint} if hint else ""


def closest(value: str, known: Collection[str]) -> str:
    plain = {name.strip().casefold(): name for name in known}
    found = difflib.get_close_matches(value.strip().casefold(), list(plain), n=1, cutoff=0.6)
    return plain[found[0]] if found else ""


def moment_us(said: str) -> int | None:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    micros = microseconds(moment)
    return micros if 0 < micros < LATEST_US else None


def microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def cut(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def note_unreadable(findings: Findings, source: Source, error: Unreadable) -> None:
    findings.bad(source.name, error.what, error.fix, row=error.row, line=error.line, column=error.column)
