from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.tables import TableReader

from ...tools.fields import FIELDS
from ..importer import Found, Importer, ImporterExample, Reading, importer

_NAMES = frozenset(guess for field in FIELDS.values() for guess in field.guesses)


@importer
class Csv(Importer):
    slug = "csv"
    title = gettext_lazy("CSV")
    why = gettext_lazy(
        "Any tool that writes a table: one row a decision, a review or a stretch of time, with a header."
    )
    source = "https://www.rfc-editor.org/rfc/rfc4180"
    how = gettext_lazy("Export a table with a header row, as UTF-8; comma, semicolon or tab, plain or gzip.")
    suffixes = (".csv", ".tsv", ".txt")
    example = ImporterExample(
        file=b"content_id,moderator,decision,decided_at,handle_time,auditor,is_correct\n"
        b"p-1,ada,remove,2026-03-02T09:30:00Z,21,zoe,yes\n"
        b"p-2,bo,approve,2026-03-02T09:31:00Z,14,,\n",
        values={"label": {"remove": "Violating", "approve": "Fine"}},
        facts=[
            ("decision", "p-1", "ada", "Violating"),
            ("review", "zoe", True, "Violating"),
            ("decision", "p-2", "bo", "Fine"),
        ],
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        table = TableReader(reading.stream, known_columns=_NAMES)
        header = table.header
        if not _header_fits(header, reading):
            return
        width = len(header)
        for number, _line, cells in table:
            if len(cells) != width:
                reading.bad(
                    _("The row has %(found)s cells, the header has %(wanted)s.")
                    % {"found": len(cells), "wanted": width},
                    _("Add or remove cells; a cell with a comma in it needs quotes around it."),
                    row=number,
                )
                continue
            yield Found(number, dict(zip(header, cells, strict=True)))


def _header_fits(header: list[str], reading: Reading) -> bool:
    before = reading.findings.bad_total
    for position, name in enumerate(header):
        if not name:
            what = _("Column %(position)s has no name.") % {"position": position + 1}
            reading.bad(what, _("Name it in the header, or remove it."), row=1)
        elif name in header[:position]:
            reading.bad(_("The column is there twice."), _("Keep one of them."), row=1, column=name)
    return reading.findings.bad_total == before
