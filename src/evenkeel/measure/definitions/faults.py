"""What does not fit in a definition, collected by field, so that somebody is told all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid
from evenkeel.ground.log import Fact

from ..language import WrongExpression
from ..metric import metrics
from .cells import WrongRow, rows_of
from .facts import facts_offered
from .said import Said

T = TypeVar("T")
SHARED = ("title", "why")
LONGEST = {"title": 120, "why": 1_000, "note": 1_000}


class WrongDefinition(Invalid):
    """What somebody said makes no definition. `places` are the mistakes within expressions, by field."""

    code = "wrong-definition"

    def __init__(self, fields: Mapping[str, Sequence[str]], places: Mapping[str, WrongExpression]):
        super().__init__(_("The definition cannot stand like this."), fields=fields)
        self.places = dict(places)


class Faults:
    """What does not fit, by field."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.places: dict[str, WrongExpression] = {}

    def add(self, name: str, sentence: str) -> None:
        self.fields.setdefault(name, []).append(sentence)

    def insist(self) -> None:
        if self.fields:
            raise self.error()

    def error(self) -> WrongDefinition:
        return WrongDefinition(self.fields, self.places)

    def texts(self, said: Said) -> None:
        for name, longest in LONGEST.items():
            text = getattr(said, name)
            if name in SHARED and not text.strip():
                self.add(name, _("Write something."))
            if len(text) > longest or "\x00" in text:
                self.add(name, _("At most %(n)d characters.") % {"n": longest})

    def fact(self, said: Said) -> Fact | None:
        offered = facts_offered()
        if said.fact not in offered:
            self.add("fact", _("Choose one of %(names)s.") % {"names": ", ".join(offered)})
        return offered.get(said.fact)

    def expression(self, name: str, text: str, reading: Callable[[str], T]) -> T | None:
        try:
            return reading(text)
        except WrongExpression as wrong:
            self.places[name] = wrong
            self.add(name, wrong.told(text))
            return None

    def optional(self, name: str, text: str, reading: Callable[[str], T]) -> T | None:
        return self.expression(name, text, reading) if text.strip() else None

    def direction(self, said: Said, slug: str) -> None:
        if said.better not in ("up", "down", "neither"):
            self.add("better", _("Choose up, down or neither."))
        if said.guard.partition("@")[0] == slug or said.guard not in metrics:
            self.add("guard", _("Choose another metric: what must not get worse while this one gets better."))

    def rows(self, said: Said, fact: Fact) -> list[dict[str, Any]]:
        if not said.rows:
            self.add(
                "rows",
                _("Give at least one row with the answer it must give: a definition is tested before it counts."),
            )
            return []
        try:
            return rows_of(said.rows, fact)
        except WrongRow as wrong:
            self.add("rows", wrong.told())
            return []
