"""Unit-test rows: from the cells of a small table, or from JSON, to values in the kinds of a fact's columns; and back."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from evenkeel.ground.log import Fact

from ..language import nearest

MOST_ROWS = 50


class WrongRow(ValueError):
    """A row, or one of its cells, that does not fit; rows count from 1."""

    def __init__(self, sentence: str, *, row: int = 0, column: str = ""):
        super().__init__(sentence)
        self.sentence, self.row, self.column = sentence, row, column

    def told(self) -> str:
        """Place and sentence in one line."""
        if not self.row:
            return self.sentence
        said = {"row": self.row, "column": self.column, "what": self.sentence}
        return (_("Row %(row)d, %(column)s: %(what)s") if self.column else _("Row %(row)d: %(what)s")) % said


def rows_of(said: Sequence[Mapping[str, Any]], fact: Fact) -> list[dict[str, Any]]:
    """Rows as Python values. Raises `WrongRow`."""
    if len(said) > MOST_ROWS:
        raise WrongRow(_("At most %(n)d rows.") % {"n": MOST_ROWS})
    return [_row(row, fact, number) for number, row in enumerate(said, 1)]


def _row(row: Any, fact: Fact, number: int) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise WrongRow(_("A row says which column holds what."), row=number)
    found = {}
    for name, value in row.items():
        if name not in fact.columns:
            sentence = _("%(fact)s has no such column.") % {"fact": fact.name} + " " + nearest(str(name), fact.columns)
            raise WrongRow(sentence, row=number, column=str(name))
        found[name] = _value(value, fact.columns[name].kind, number, name)
    return found


def _value(value: Any, kind: str, row: int, column: str) -> Any:
    if value is None:
        return None
    text = str(value).strip() if not isinstance(value, bool) else ("yes" if value else "no")
    try:
        return _READ[kind](text)
    except (ValueError, OverflowError):
        raise WrongRow(_WANTED[kind](), row=row, column=column) from None


def _yes_no(text: str) -> bool:
    return {"yes": True, "no": False, "true": True, "false": False}[text.lower()] if text.lower() in _WORDS else _fail()


def _fail() -> NoReturn:
    raise ValueError


def _text(text: str) -> str:
    return _fail() if "\x00" in text or len(text) > 500 else text


def _number(text: str) -> float:
    number = float(text)
    return number if isfinite(number) and abs(number) <= 1e12 else _fail()


def _whole(text: str) -> int:
    number = _number(text)
    return int(number) if number == int(number) else _fail()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


_WORDS = ("yes", "no", "true", "false")
_READ: Mapping[str, Any] = {
    "id": _text, "text": _text, "whole": _whole, "number": _number, "yes_no": _yes_no, "moment": _moment,
    "day": date.fromisoformat,
}  # fmt: skip
_WANTED: Mapping[str, Any] = {
    "id": lambda: _("Write a text."),
    "text": lambda: _("Write a text."),
    "whole": lambda: _("Write a whole number."),
    "number": lambda: _("Write a number."),
    "yes_no": lambda: _("Write yes or no, or leave it empty."),
    "moment": lambda: _("Write a moment, as in 2026-03-02 09:30."),
    "day": lambda: _("Write a day, as in 2026-03-02."),
}


def from_table(text: str) -> list[dict[str, Any]]:
    """Rows from a table of cells with commas or tabs, the names of the columns first. An empty cell is left out.

    Raises `WrongRow` for a row with more cells than there are names.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    sign = "\t" if "\t" in lines[0] else ","
    names, *rows = ([cell.strip() for cell in row] for row in csv.reader(lines, delimiter=sign, skipinitialspace=True))
    found = []
    for number, row in enumerate(rows, 1):
        if len(row) > len(names):
            raise WrongRow(_("It has more cells than there are columns."), row=number)
        found.append({name: cell for name, cell in zip(names, row, strict=False) if cell != ""})
    return found


def as_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The table that `from_table` reads."""
    names = columns_of_rows(rows)
    if not names:
        return ""
    lines = [", ".join(names)]
    lines += [", ".join(_cell(row.get(name)) for name in names) for row in rows]
    return "\n".join(lines)


def columns_of_rows(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns that any of some rows names, in the order in which they come."""
    return list(dict.fromkeys(name for row in rows for name in row))


def as_json(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Values that JSON can hold; moments and days as text."""
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()} for row in rows
    ]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\t') else text
