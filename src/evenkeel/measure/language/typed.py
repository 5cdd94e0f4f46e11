"""What an expression means: every part with its kind, ready to be compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.log import Fact

from .units import milliseconds_in

YES_NO, NUMBER, TEXT, MOMENT, DAY = "yes_no", "number", "text", "moment", "day"
# A column's kind in the log -> its kind in an expression.
OF_COLUMNS = {
    "id": TEXT, "text": TEXT, "whole": NUMBER, "number": NUMBER, "yes_no": YES_NO, "moment": MOMENT, "day": DAY,
}  # fmt: skip
# What every fact has and no definition needs: rows taken back are taken out by themselves.
HIDDEN = frozenset({"sign"})


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of value something is. `time` is 1 for a length of time (in milliseconds), -1 for so much per time."""

    name: str
    time: int = 0

    def __str__(self) -> str:
        if self.name == NUMBER and self.time:
            return _("a time") if self.time == 1 else _("a number per time")
        return {
            YES_NO: _("yes or no"), NUMBER: _("a number"), TEXT: _("a text"), MOMENT: _("a moment"), DAY: _("a day"),
        }[self.name]  # fmt: skip


YES_OR_NO, PLAIN, TIME, PER_TIME = Kind(YES_NO), Kind(NUMBER), Kind(NUMBER, 1), Kind(NUMBER, -1)
WORDS, AT, ON = Kind(TEXT), Kind(MOMENT), Kind(DAY)


@dataclass(frozen=True, slots=True)
class Typed:
    """A part with its kind. `op` as in `tree.Node`, with `column` for a name and `fn` for a call of a function of rows."""

    op: str
    kind: Kind
    start: int
    end: int
    args: tuple[Typed, ...] = ()
    value: Any = None


@dataclass(frozen=True, kw_only=True)
class Names:
    """What an expression may name: a fact's columns, and populations that have been checked already."""

    fact: Fact
    populations: Mapping[str, Typed]

    def columns(self) -> dict[str, Kind]:
        """The columns and their kinds, without those that tell of a single person."""
        return columns_of(self.fact)


def columns_of(fact: Fact) -> dict[str, Kind]:
    """The columns of a fact that a definition may use, with their kinds."""
    return {
        name: _kind(name, column.kind)
        for name, column in fact.columns.items()
        if name not in HIDDEN and not column.is_personal
    }


def _kind(name: str, kind: str) -> Kind:
    found = OF_COLUMNS[kind]
    return TIME if found == NUMBER and milliseconds_in(name) is not None else Kind(found)
