"""Checking what was read against what an import needs; the outcome is compact columns, twenty bytes a label."""

from __future__ import annotations

import difflib
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from evenkeel.work import item_faults

from .contents import new_item
from .reading import Row, Source, TableReader, Unreadable
from .report import FileSeen, Findings

ITEM_LENGTH, WORKER_LENGTH, LABEL_LENGTH = 200, 64, 120
# A column with more different answers than this is free text, not a choice.
MOST_LABELS = 500
MOST_ROWS = 20_000_000
NEEDED = ("item", "worker", "label")
OPTIONAL = ("replicate", "decided_at", "truth")
_TICK = 50_000

Progress = Callable[[str, int, int], None]


@dataclass
class ItemFile:
    """What the items file holds, without its texts: they are read again when they are written."""

    columns: list[str] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)  # key -> row number
    truths: dict[str, str] = field(default_factory=dict)
    seen: FileSeen | None = None


@dataclass
class Labels:
    """The labels as columns of small numbers; names by position."""

    items: list[str] = field(default_factory=list)
    workers: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    item_ix: array[int] = field(default_factory=lambda: array("i"))
    worker_ix: array[int] = field(default_factory=lambda: array("i"))
    label_ix: array[int] = field(default_factory=lambda: array("h"))
    replicate: array[int] | None = None
    decided_us: array[int] | None = None  # microseconds since 1970, UTC; 0 where the cell is empty
    truths: dict[str, str] = field(default_factory=dict)
    seen: FileSeen | None = None

    def __len__(self) -> int:
        return len(self.item_ix)

    def answers(self) -> dict[str, int]:
        """How often each label was given, most frequent first."""
        counted = Counter(self.label_ix)
        return {self.labels[ix]: count for ix, count in counted.most_common()}


def check_items(
    source: Source, findings: Findings, *, schema: Sequence[str] | None, progress: Progress | None = None
) -> ItemFile:
    """Read the items file once: columns, unique keys, truths within the schema."""
    found = ItemFile()
    try:
        with closing(TableReader(source, known_columns=frozenset(("item", *OPTIONAL)))) as reader:
            if _check_header(reader, findings, needed=("item",), known=None):
                _read_items(reader, source, found, findings, schema, progress)
                found.seen = _seen(reader, source, len(found.keys), findings)
            found.columns = reader.header
    except Unreadable as error:
        _note(findings, source, error)
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
        if not _has_width(reader, row, findings):
            continue
        key = row.cells[at].strip()
        if problem := _name_problem(key, ITEM_LENGTH):
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
        faults = item_faults(new_item(key, dict(zip(reader.header, row.cells, strict=True))))
        for fault in faults:
            findings.bad(source.name, fault, _("Change the row, or leave it out."), row=row.number, line=row.line)
        found.keys[key] = row.number
        truth = row.cells[at_truth] if at_truth is not None else ""
        if truth and _fits(truth, schema, findings, source.name, row, "truth"):
            found.truths[key] = truth
        if progress and len(found.keys) % _TICK == 0:
            progress("items", reader.bytes_read, size)


class LabelCheck:
    """Reads the labels file once. Cells are looked at when a value is new; after that a row costs two look-ups."""

    def __init__(
        self,
        source: Source,
        findings: Findings,
        *,
        schema: Sequence[str] | None,
        known_items: Collection[str] | None,
        ignore: Collection[str] = (),
        now: datetime | None = None,
    ):
        self.source, self.findings, self.schema, self.known_items = source, findings, schema, known_items
        self.ignore = frozenset(ignore)
        self.latest_us = _us(now) if now else _LATEST_US
        self.found = Labels()
        self._item_at: dict[str, int] = {}
        self._worker_at: dict[str, int] = {}
        self._label_at: dict[str, int] = {}

    def run(self, progress: Progress | None = None) -> Labels:
        """The labels; what does not fit stands in `findings`."""
        try:
            with closing(TableReader(self.source, known_columns=frozenset((*NEEDED, *OPTIONAL)))) as reader:
                known = frozenset((*NEEDED, *OPTIONAL)) | self.ignore
                if _check_header(reader, self.findings, needed=NEEDED, known=known):
                    self._read(reader, progress)
                    self.found.seen = _seen(reader, self.source, len(self.found), self.findings)
        except Unreadable as error:
            _note(self.findings, self.source, error)
        return self.found

    def _read(self, reader: TableReader, progress: Progress | None) -> None:
        found, width, size = self.found, len(reader.header), self.source.size_bytes()
        at_item, at_worker, at_label = (reader.header.index(name) for name in NEEDED)
        extra = {name: reader.header.index(name) for name in OPTIONAL if name in reader.header}
        if extra:
            extra["item"] = at_item
        if "replicate" in extra:
            found.replicate = array("i")
        if "decided_at" in extra:
            found.decided_us = array("q")
        items, workers, labels = self._item_at, self._worker_at, self._label_at
        put_item, put_worker, put_label = found.item_ix.append, found.worker_ix.append, found.label_ix.append
        for row in reader:
            cells = row.cells
            if len(cells) != width:
                _has_width(reader, row, self.findings)
                continue
            item = items.get(cells[at_item], -1)
            if item < 0:
                item = self._new(row, "item", cells[at_item], items, found.items, ITEM_LENGTH)
            worker = workers.get(cells[at_worker], -1)
            if worker < 0:
                worker = self._new(row, "worker", cells[at_worker], workers, found.workers, WORKER_LENGTH)
            label = labels.get(cells[at_label], -1)
            if label < 0:
                label = self._new(row, "label", cells[at_label], labels, found.labels, LABEL_LENGTH)
            said = self._read_extra(row, extra) if extra else (0, 0)
            if item < 0 or worker < 0 or label < 0 or said is None:
                continue
            put_item(item)
            put_worker(worker)
            put_label(label)
            if found.replicate is not None:
                found.replicate.append(said[0])
            if found.decided_us is not None:
                found.decided_us.append(said[1])
            if len(found) % _TICK == 0:
                self._pause(reader, progress, size, row)

    def _pause(self, reader: TableReader, progress: Progress | None, size: int, row: Row) -> None:
        if len(self.found) >= MOST_ROWS:
            raise Unreadable(
                _("The file has more than %(most)s labels.") % {"most": f"{MOST_ROWS:,}"},
                _("Split it and import the parts one after the other."),
                row=row.number,
                line=row.line,
            )
        if progress:
            progress("labels", reader.bytes_read, size)

    def _new(self, row: Row, column: str, value: str, known: dict[str, int], names: list[str], longest: int) -> int:
        """The position of a value seen for the first time; -1, and a finding, when it does not fit.

        Blanks around an item's or a worker's name are no part of it; around a label they might be.
        """
        written, value = value, value if column == "label" else value.strip()
        problem = _name_problem(value, longest)
        if problem is None and column == "item" and self.known_items is not None and value not in self.known_items:
            problem = (
                _("The item “%(item)s” is not in the items file.") % {"item": value},
                _near(value, self.known_items) or _("Add it there, or leave its labels out."),
            )
        if problem is not None:
            self.findings.bad(self.source.name, *problem, row=row.number, line=row.line, column=column)
            return -1
        if column == "label" and not _fits(value, self.schema, self.findings, self.source.name, row, "label"):
            return -1
        if value in known:
            known[written] = known[value]
            return known[value]
        known[written] = known[value] = len(names)
        names.append(value)
        if column == "label" and len(names) > MOST_LABELS:
            raise Unreadable(
                _("There are more than %(most)s different labels.") % {"most": MOST_LABELS},
                _("The column “label” holds one of a few answers; is it free text?"),
                row=row.number,
                line=row.line,
                column="label",
            )
        return known[value]

    def _read_extra(self, row: Row, extra: Mapping[str, int]) -> tuple[int, int] | None:
        """The optional cells, 0 for an empty one; None, and findings, when one does not fit."""
        fits, replicate, decided_us = True, 0, 0
        if "replicate" in extra and (said := row.cells[extra["replicate"]].strip()):
            replicate = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0
            if not replicate:
                fits = False
                self._misfit(row, "replicate", said, _("Write a whole number from 1 to 9,999."))
        if "decided_at" in extra and (said := row.cells[extra["decided_at"]].strip()):
            moment = _moment_us(said)
            if moment is None:
                fits = False
                self._misfit(row, "decided_at", said, _("Write a moment such as 2026-03-02T09:30:00Z."))
            elif moment > self.latest_us:
                fits = False
                self._misfit(row, "decided_at", said, _("This moment has not come yet; check the time zone."))
            decided_us = moment or 0
        if "truth" in extra and (said := row.cells[extra["truth"]]):
            item = row.cells[extra["item"]].strip()
            fits = self._take_truth(row, item, said) and fits
        return (replicate, decided_us) if fits else None

    def _take_truth(self, row: Row, item: str, truth: str) -> bool:
        before = self.found.truths.get(item)
        if before == truth:
            return True
        if before is not None:
            self._misfit(
                row, "truth", truth, _("An earlier row says “%(before)s” of this item; keep one.") % {"before": before}
            )
            return False
        if not _fits(truth, self.schema, self.findings, self.source.name, row, "truth"):
            return False
        self.found.truths[item] = truth
        return True

    def _misfit(self, row: Row, column: str, value: str, fix: str) -> None:
        self.findings.bad(
            self.source.name,
            _("“%(value)s” does not fit here.") % {"value": _cut(value)},
            fix,
            row=row.number,
            line=row.line,
            column=column,
        )


def _check_header(
    reader: TableReader, findings: Findings, *, needed: Sequence[str], known: frozenset[str] | None
) -> bool:
    """Whether the columns are those that are wanted; `known` None allows any others."""
    before, header = findings.bad_total, reader.header
    names = ", ".join(header) or "–"
    for name in needed:
        if name not in header:
            hint = _closest(name, [other for other in header if other not in needed])
            fix = (
                _("Rename the column “%(near)s” to “%(name)s”.") % {"near": hint, "name": name}
                if hint
                else _("Add it; the header names: %(names)s.") % {"names": _cut(names, 200)}
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
            hint = _closest(name, known - set(header))
            fix = _("Did you mean “%(near)s”?") % {"near": hint} + " " if hint else ""
            fix += _("Remove it, or name it among the columns to leave out (--ignore %(name)s).") % {"name": name}
            findings.bad(reader.name, _("The column is unknown."), fix, row=1, line=1, column=name)
    return findings.bad_total == before


def _seen(reader: TableReader, source: Source, rows: int, findings: Findings) -> FileSeen:
    if not rows and not findings.bad_total:
        findings.bad(
            source.name,
            _("There is a header, but no row under it."),
            _("Add rows; each is one label or one item."),
            row=2,
        )
    return FileSeen(name=source.name, rows=rows, size_bytes=source.size_bytes(), sha256=reader.sha256)


def _has_width(reader: TableReader, row: Row, findings: Findings) -> bool:
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


def _name_problem(value: str, longest: int) -> tuple[str, str] | None:
    if not value or value.isspace():
        return _("The cell is empty."), _("Fill it in, or remove the row.")
    if len(value) > longest:
        what = _("“%(value)s” has %(length)s characters.") % {"value": _cut(value), "length": f"{len(value):,}"}
        return what, _("Shorten it to %(longest)s.") % {"longest": longest}
    return None


def _fits(value: str, schema: Sequence[str] | None, findings: Findings, file: str, row: Row, column: str) -> bool:
    """Whether a label is one of those allowed; any is when nobody said which are."""
    if schema is None and len(value) <= LABEL_LENGTH:
        return True
    if schema is not None and value in schema:
        return True
    fix = _near(value, schema or ()) or _("Allowed are: %(labels)s.") % {"labels": _cut(", ".join(schema or ()), 200)}
    what = _("The label “%(label)s” is not one of those asked for.") % {"label": _cut(value)}
    findings.bad(file, what, fix, row=row.number, line=row.line, column=column)
    return False


def _near(value: str, known: Collection[str]) -> str:
    # Against a million keys a search would take minutes; a variant in case or blanks is found at once.
    hint = _closest(value, known) if len(known) <= 2_000 else ""
    return _("Did you mean “%(near)s”?") % {"near": hint} if hint else ""


def _closest(value: str, known: Collection[str]) -> str:
    plain = {name.strip().casefold(): name for name in known}
    found = difflib.get_close_matches(value.strip().casefold(), list(plain), n=1, cutoff=0.6)
    return plain[found[0]] if found else ""


def _moment_us(said: str) -> int | None:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    micros = _us(moment)
    return micros if 0 < micros < _LATEST_US else None


def _us(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _cut(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _note(findings: Findings, source: Source, error: Unreadable) -> None:
    findings.bad(source.name, error.what, error.fix, row=error.row, line=error.line, column=error.column)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST_US = int((datetime(2200, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds()) * 1_000_000
