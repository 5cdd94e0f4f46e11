"""Reading a list of workers out of a delimited file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid
from evenkeel.ground.reading.sources import Source, Unreadable
from evenkeel.ground.reading.tables import TableReader

from .acts.staff import MOST_ROWS
from .rules.staff import COLUMNS


def read_staff(source: Source) -> list[tuple[int, Mapping[str, Any]]]:
    """Its rows, each with its number as a spreadsheet counts. `Invalid` names the row where the file cannot be read further.

    Commas, semicolons or tabs, plain or gzip, UTF-8; at most one row more than an import takes.
    """
    try:
        table = TableReader(source, known_columns=frozenset(COLUMNS))
        try:
            header = [name.casefold().replace(" ", "_") for name in table.header]
            found: list[tuple[int, Mapping[str, Any]]] = []
            for row in table:
                if len(row.cells) > len(header):
                    raise Unreadable(
                        _("The row has more cells than the heading."), _("Quote cells with commas."), row=row.number
                    )
                if any(cell.strip() for cell in row.cells):
                    found.append((row.number, dict(zip(header, row.cells, strict=False))))
                if len(found) > MOST_ROWS:
                    break
        finally:
            table.close()
    except Unreadable as error:
        where = _("%(name)s, row %(row)d: ") % {"name": source.name, "row": error.row} if error.row else ""
        raise Invalid(f"{where}{error.what}", fields={"file": [error.fix]}) from None
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise Invalid(
            _("The column %(name)s stands there twice.") % {"name": twice}, fields={"file": [_("Keep one of them.")]}
        )
    return found
