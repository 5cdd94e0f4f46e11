"""Reading a file to its end before a row is written: what it holds, and everything that does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.errors import Invalid
from evenkeel.ground.reading.findings import Findings
from evenkeel.ground.reading.sources import Source, Unreadable
from evenkeel.ground.reading.streams import Stream

from ..kinds.format import DECISIONS, FORMS, Reading, formats
from ..models import FormVersion, Item, Programme, Transfer
from ..rows import with_media
from ..rules.exchange import Record
from ..rules.forms import check_spec
from ..rules.texts import holds_nul
from .pictures import Pictures
from .shelf import Shelf

_STEP = 500
# How far, of how much: bytes of the file while it is checked, rows while they are written.
Tell = Callable[[str, int, int], None]


@dataclass
class Checked:
    """What a file holds."""

    total: int = 0
    answers: int = 0
    workers: set[str] = field(default_factory=set)
    findings: Findings = field(default_factory=Findings)
    # Rows of the file that do not fit; where rows may be left out they are passed over when it is written.
    bad_rows: set[int] = field(default_factory=set)


@contextmanager
def opened(transfer: Transfer, source: Source, findings: Findings) -> Iterator[Reading]:
    """The file, opened for reading."""
    with closing(Stream(source)) as stream:
        yield Reading(
            stream=stream,
            what=transfer.what,
            findings=findings,
            kinds=field_kinds(transfer.programme),
            signed_by=transfer.signed_by,
        )


def field_kinds(programme: Programme) -> dict[str, str]:
    """The kinds of the fields of a programme's forms by name; those of the newest version where versions differ."""
    found: dict[str, str] = {}
    for spec in FormVersion.objects.filter(form__programme=programme).order_by("number").values_list("spec", flat=True):
        found.update({each["name"]: each["kind"] for each in spec["fields"]})
    return found


def check(transfer: Transfer, source: Source, shelf: Shelf, *, pictures: Pictures, tell: Tell) -> Checked:
    """Read the file once and check everything that can be checked without writing; its rows go onto the shelf."""
    found = Checked()
    kind = formats[transfer.format]
    size, missing = source.size_bytes(), 0
    try:
        with opened(transfer, source, found.findings) as reading:
            waiting: list[Record] = []
            keys: set[int] = set()
            for record in kind.read(reading):
                found.total += 1
                found.answers += len(record.said)
                found.workers.update(said.worker_code for said in record.said)
                _check_one(record, keys, reading, found, transfer)
                waiting.append(record)
                if len(waiting) == _STEP:
                    _check_against_programme(waiting, reading, found, transfer)
                    missing += _check_pictures(waiting, reading, found, pictures)
                    _check_media(waiting, reading, found, transfer.programme)
                    shelf.put(waiting)
                    waiting.clear()
                    tell("checking", reading.stream.bytes_read, size)
            _check_against_programme(waiting, reading, found, transfer)
            missing += _check_pictures(waiting, reading, found, pictures)
            _check_media(waiting, reading, found, transfer.programme)
            shelf.put(waiting)
            _remark(reading)
            if missing:
                reading.findings.remark("pictures-missing", _missing(missing))
    except Unreadable as error:
        found.findings.bad(source.name, error.what, error.fix, row=error.row, line=error.line, column=error.column)
        # Whatever comes behind the fault is not known, so leaving the bad rows out is no way on.
        transfer.is_partial = False
    if not found.total and not found.findings.bad_total:
        found.findings.bad(source.name, _("The file holds nothing."), _("Add rows."))
    tell("checking", size, size)
    return found


def _check_one(record: Record, keys: set[int], reading: Reading, found: Checked, transfer: Transfer) -> None:
    if record.item is not None:
        key = hash(record.key)
        if key in keys:
            what = _("The item “%(key)s” stands in the file already.") % {"key": record.key[:60]}
            found.bad_rows.add(record.row)
            reading.bad(what, _("Keep one of the two rows."), row=record.row, column="item")
        keys.add(key)
        if any(not said.worker_code for said in record.said):
            what = _("An annotation does not say who made it.")
            found.bad_rows.add(record.row)
            reading.bad(
                what, _("Export it with the annotators’ names."), row=record.row, column="annotations.completed_by"
            )
    for each in record.said:
        if holds_nul([dict(each.answer), each.label, each.worker_code]):
            what = _("An answer holds NUL, half a character or a number without end.")
            found.bad_rows.add(record.row)
            reading.bad(
                what, _("Take it out."), row=record.row, column="answer" if record.item is None else "annotations"
            )
    if transfer.what == FORMS and record.form is not None:
        try:
            check_spec(dict(record.form))
        except Invalid as wrong:
            found.bad_rows.add(record.row)
            for sentence in wrong.fields.get("spec", [wrong.sentence]):
                reading.bad(sentence, _("Change the form."), row=record.row, column="spec")


def _check_against_programme(records: list[Record], reading: Reading, found: Checked, transfer: Transfer) -> None:
    if transfer.what != DECISIONS or not records:
        return
    rows = Item.objects.filter(programme=transfer.programme_id, key__in={record.key for record in records})
    known = set(rows.values_list("key", flat=True))
    for record in records:
        if record.key not in known:
            what = _("The item “%(key)s” is unknown.") % {"key": record.key[:60]}
            found.bad_rows.add(record.row)
            reading.bad(what, _("Import the items first."), row=record.row, column="item")


def _check_pictures(records: list[Record], reading: Reading, found: Checked, pictures: Pictures) -> int:
    """How many pictures are not here; where an archive came along, each of them is a row that does not fit."""
    gone = pictures.missing(records)
    if not pictures.came_along:
        return len(gone)
    for record in gone:
        what = _("The file of “%(key)s” is not in the archive.") % {"key": record.key[:60]}
        found.bad_rows.add(record.row)
        reading.bad(what, _("Put it in under this name."), row=record.row, column="item")
    return 0


def _check_media(records: list[Record], reading: Reading, found: Checked, programme: Programme) -> None:
    """Items that name stored files by their ids name files of this programme, of the kind that they show."""
    try:
        with_media(programme, [record.item for record in records if record.item is not None])
    except Invalid as wrong:
        rows = {record.item.key: record.row for record in records if record.item is not None}
        for key, sentences in wrong.fields.items():
            found.bad_rows.add(rows[key])
            for sentence in sentences:
                reading.bad(sentence, _("Store the file in this programme first."), row=rows[key], column="content")


def _missing(n: int) -> str:
    sentence = ngettext(
        "One item names a picture, sound or film that is not here; it shows the address as text.",
        "%(n)s items name a picture, sound or film that is not here; they show the address as text.",
        n,
    ) % {"n": f"{n:,}"}
    return sentence + " " + _("To bring them, hand in a zip of this file with the pictures beside it: also later.")


def _remark(reading: Reading) -> None:
    for part, n in sorted(reading.unrepresented.items()):
        sentence = ngettext("Not taken over: “%(part)s”, once.", "Not taken over: “%(part)s”, %(n)s times.", n) % {
            "part": part,
            "n": f"{n:,}",
        }
        reading.findings.remark("left-out", sentence)
