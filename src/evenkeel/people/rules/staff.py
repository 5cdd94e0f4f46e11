"""A list of workers as it comes from outside, row by row: what each cell says, or why it cannot be."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .languages import with_codes, wrong_languages

COLUMNS = ("code", "name", "email", "site", "team", "languages", "skills", "started_on", "left_on")
_LONGEST = {"code": 64, "name": 120, "email": 254, "site": 120, "team": 120}
_SKILL_LENGTH, _MOST_SKILLS = 80, 50
_APART = re.compile(r"[,;|]")


@dataclass(frozen=True, kw_only=True)
class BadCell:
    """What cannot be taken over: the row as its list counts, the column, and what to do."""

    row: int
    column: str
    why: str


@dataclass(frozen=True, kw_only=True)
class StaffRow:
    """What a row says of one worker; None where it says nothing, so that nothing is changed."""

    number: int
    code: str
    name: str | None = None
    email: str | None = None
    site: str | None = None
    team: str | None = None
    languages: list[str] | None = None
    skills: list[str] = field(default_factory=list)
    started_on: date | None = None
    left_on: date | None = None


def wrong_columns(names: Iterable[str]) -> list[str]:
    """What is wrong with the heading of a list: an unknown name with the nearest known one, no code."""
    said, faults = set(names), []
    for name in sorted(said - set(COLUMNS)):
        near = difflib.get_close_matches(name.casefold(), COLUMNS, n=1)
        what = _("There is no column “%(name)s”.") % {"name": name[:40]}
        known = _("Known are %(names)s.") % {"names": ", ".join(COLUMNS)}
        faults.append(f"{what} " + (_("Did you mean %(near)s?") % {"near": near[0]} if near else known))
    if "code" not in said:
        faults.append(_("A column “code” is needed: what the organisation calls each person."))
    return faults


def read_row(number: int, said: Mapping[str, Any]) -> tuple[StaffRow | None, list[BadCell]]:
    """A row, checked cell by cell; None with the faults where one does not fit.

    >>> row, faults = read_row(2, {"code": "a1", "languages": "English; de", "started_on": "2026-03-02"})
    >>> row.languages, row.started_on.isoformat(), row.name, faults
    (['en', 'de'], '2026-03-02', None, [])
    >>> [(bad.column, bad.why[:24]) for bad in read_row(3, {"code": "", "left_on": "soon"})[1]]
    [('code', 'This is needed.'), ('left_on', 'Write the day as 2026-03')]
    """
    bad: list[BadCell] = []

    def fault(column: str, why: str) -> None:
        bad.append(BadCell(row=number, column=column, why=why))

    texts = {column: _text(said.get(column)) for column in _LONGEST}
    for column, text in texts.items():
        if text is not None and (len(text) > _LONGEST[column] or "\x00" in text):
            fault(column, _("At most %(most)s characters.") % {"most": _LONGEST[column]})
    if texts["code"] is None:
        fault("code", _("This is needed."))
    languages = with_codes(_several(said.get("languages")))
    for why in wrong_languages(languages):
        fault("languages", why)
    skills = list(dict.fromkeys(_several(said.get("skills"))))
    if len(skills) > _MOST_SKILLS or any(len(each) > _SKILL_LENGTH or "\x00" in each for each in skills):
        fault("skills", _("At most %(n)s skills of %(most)s characters.") % {"n": _MOST_SKILLS, "most": _SKILL_LENGTH})
    days: dict[str, date | None] = {}
    for column in ("started_on", "left_on"):
        try:
            days[column] = _day(said.get(column))
        except ValueError:
            fault(column, _("Write the day as 2026-03-31."))
    if bad:
        return None, bad
    row = StaffRow(
        number=number,
        code=texts["code"] or "",
        name=texts["name"],
        email=texts["email"].lower() if texts["email"] is not None else None,
        site=texts["site"],
        team=texts["team"],
        languages=languages or None,
        skills=skills,
        started_on=days["started_on"],
        left_on=days["left_on"],
    )
    return row, []


def _text(said: Any) -> str | None:
    return " ".join(str(said).split()) or None if said is not None else None


def _several(said: Any) -> list[str]:
    parts = said if isinstance(said, list | tuple) else _APART.split(str(said)) if said is not None else ()
    return [text for part in parts if (text := _text(part)) is not None]


def _day(said: Any) -> date | None:
    if said is None or isinstance(said, date):
        return said
    text = _text(said)
    return date.fromisoformat(text) if text is not None else None
