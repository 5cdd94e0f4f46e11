"""Checking the labels' file; the outcome is compact columns, ten to twenty bytes a label."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.reading.findings import FileSeen, Findings
from evenkeel.ground.reading.sources import Source, Unreadable
from evenkeel.ground.reading.tables import Row, TableReader

from .cells import (
    ITEM_LENGTH,
    LABEL_LENGTH,
    LATEST_US,
    NEEDED,
    OPTIONAL,
    TICK,
    WORKER_LENGTH,
    Progress,
    check_header,
    cut,
    file_seen,
    fits,
    has_width,
    microseconds,
    moment_us,
    name_problem,
    near,
    note_unreadable,
)

# A column with more different answers than this is free text, not a choice.
MOST_LABELS = 500
MOST_ROWS = 20_000_000


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
        self.latest_us = microseconds(now) if now else LATEST_US
        self.found = Labels()
        self._item_at: dict[str, int] = {}
        self._worker_at: dict[str, int] = {}
        self._label_at: dict[str, int] = {}

    def run(self, progress: Progress | None = None) -> Labels:
        """The labels; what does not fit stands in `findings`."""
        try:
            with closing(TableReader(self.source, known_columns=frozenset((*NEEDED, *OPTIONAL)))) as reader:
                known = frozenset((*NEEDED, *OPTIONAL)) | self.ignore
                if check_header(reader, self.findings, needed=NEEDED, known=known):
                    self._read(reader, progress)
                    self.found.seen = file_seen(reader, self.source, len(self.found), self.findings)
        except Unreadable as error:
            note_unreadable(self.findings, self.source, error)
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
                has_width(reader, row, self.findings)
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
            if len(found) % TICK == 0:
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
        problem = name_problem(value, longest)
        if problem is None and column == "item" and self.known_items is not None and value not in self.known_items:
            problem = (
                _("The item “%(item)s” is not in the items file.") % {"item": value},
                near(value, self.known_items) or _("Add it there, or leave its labels out."),
            )
        if problem is not None:
            self.findings.bad(self.source.name, *problem, row=row.number, line=row.line, column=column)
            return -1
        if column == "label" and not fits(value, self.schema, self.findings, self.source.name, row, "label"):
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
            moment = moment_us(said)
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
        if not fits(truth, self.schema, self.findings, self.source.name, row, "truth"):
            return False
        self.found.truths[item] = truth
        return True

    def _misfit(self, row: Row, column: str, value: str, fix: str) -> None:
        self.findings.bad(
            self.source.name,
            _("“%(value)s” does not fit here.") % {"value": cut(value)},
            fix,
            row=row.number,
            line=row.line,
            column=column,
        )
