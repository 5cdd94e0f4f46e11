"""SOP checks: a table of rules over an item and the answer about to be given, read once and asked often.

A row says what it does (`warn` or `block`), when, and what people are told:

    block | label is Unsafe and answer.why is missing | Say which part breaks the rule.
    warn  | label is Safe and item.reports is at least 20 | Twenty people reported this. Look once more.

A condition is one or more comparisons joined by `and`; what is either-or is two rows. A field is `label`, `active_s`,
`item.key`, `item.kind`, `item.language`, `item.` and an attribute's name, or `answer.` and a field's name (dots go deeper).
Comparisons never fail: what cannot be compared is not met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

WARN, BLOCK = "warn", "block"
EFFECTS = (WARN, BLOCK)
_ROWS, _PARTS, _LENGTH, _MESSAGE = 100, 8, 400, 300
_FIELD = re.compile(r"label|active_s|(?:item|answer)(?:\.[A-Za-z0-9_-]{1,60}){1,4}")
_COMPARISON = re.compile(
    r"(?P<field>\S+)\s+(?P<operator>is\s+at\s+least|is\s+at\s+most|is\s+above|is\s+below|is\s+missing|is\s+said|is\s+not|is|"
    r"contains)(?:\s+(?P<value>.+))?",
    re.DOTALL,
)
_PIECE = re.compile(r'"(?P<quoted>[^"]*)"|(?P<comma>,)|(?P<plain>[^,"]+)')
_AND = re.compile(r'\s+and\s+(?=(?:[^"]*"[^"]*")*[^"]*$)')


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """One comparison: where the value stands, how it is compared, and with what."""

    path: tuple[str, ...]
    holds: Callable[[Any, tuple[str, ...]], bool]
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SopRule:
    """One row of the table, compiled. `number` is its place in it, from 1."""

    number: int
    effect: str
    when: str
    message: str
    parts: tuple[Comparison, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SopRules:
    """A table, compiled."""

    rules: tuple[SopRule, ...]

    def met_by(self, about: Mapping[str, Any]) -> list[SopRule]:
        """The rules that are met by {"label": ..., "active_s": ..., "item": {...}, "answer": {...}}, in order.

        >>> rules = compile_rows([{"effect": "warn", "when": "label is Safe and item.reports is at least 20",
        ...                        "message": "Look once more."}])
        >>> [rule.number for rule in rules.met_by({"label": "Safe", "item": {"reports": 31}})]
        [1]
        >>> rules.met_by({"label": "Safe", "item": {"reports": "many"}})
        []
        """
        return [
            rule for rule in self.rules if all(part.holds(_at(about, part.path), part.values) for part in rule.parts)
        ]


def read_rows(text: str) -> list[dict[str, str]]:
    """The rows of a table written one a line: effect | when | message. `Invalid` names each row that does not fit."""
    rows, faults = [], []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|", 2)]
        if len(cells) < 3:
            faults.append(
                _("Line %(n)d: three columns, parted by |: what it does, when, and what is said.") % {"n": number}
            )
        else:
            rows.append(dict(zip(("effect", "when", "message"), cells, strict=True)))
    if faults:
        raise Invalid(_("The table cannot be used like this."), fields={"rows": faults})
    return rows


def written(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as `read_rows` reads them."""
    return "\n".join(f"{row['effect']} | {row['when']} | {row['message']}" for row in rows)


def compile_rows(rows: Any) -> SopRules:
    """A table as rules. `Invalid` names each row, what is wrong with it and how to put it right."""
    if not isinstance(rows, list) or len(rows) > _ROWS:
        raise Invalid(
            _("The table cannot be used like this."),
            fields={"rows": [_("A table is a list of at most %(n)d rows.") % {"n": _ROWS}]},
        )
    faults: list[str] = []
    made = []
    for number, row in enumerate(rows, start=1):
        where = _("Row %(n)d") % {"n": number}
        try:
            made.append(_rule(number, row))
        except _Unfit as unfit:
            faults.append(f"{where}: {unfit}")
    if faults:
        raise Invalid(_("The table cannot be used like this."), fields={"rows": faults})
    return SopRules(rules=tuple(made))


class _Unfit(ValueError):
    """What is wrong with a row."""


def _rule(number: int, row: Any) -> SopRule:
    if not isinstance(row, Mapping) or not all(isinstance(row.get(key), str) for key in ("effect", "when", "message")):
        raise _Unfit(_("A row has “effect”, “when” and “message”, each a text."))
    effect, when, message = (str(row[key]).strip() for key in ("effect", "when", "message"))
    if effect not in EFFECTS:
        raise _Unfit(_("It starts with warn or block, not with “%(said)s”.") % {"said": effect[:40]})
    if not message or len(message) > _MESSAGE or "\x00" in message:
        raise _Unfit(_("Say in 1 to %(n)d characters what people are told.") % {"n": _MESSAGE})
    if len(when) > _LENGTH or "\x00" in when:
        raise _Unfit(_("A condition has at most %(n)d characters.") % {"n": _LENGTH})
    parts = [each for each in _AND.split(when) if each.strip()]
    if not 1 <= len(parts) <= _PARTS:
        raise _Unfit(_("A condition has 1 to %(n)d comparisons, joined by “and”.") % {"n": _PARTS})
    return SopRule(
        number=number, effect=effect, when=when, message=message, parts=tuple(_comparison(part) for part in parts)
    )


def _comparison(said: str) -> Comparison:
    found = _COMPARISON.fullmatch(said.strip())
    if found is None:
        raise _Unfit(
            _("“%(said)s” is no comparison: a field, then is, is not, is at least, is at most, is above, is below, contains, "
            "is said or is missing, then a value.") % {"said": said.strip()[:80]}
        )  # fmt: skip
    field, operator = found["field"], " ".join(found["operator"].split())
    if not _FIELD.fullmatch(field):
        raise _Unfit(_("There is no field “%(field)s”: label, active_s, item.…, answer.….") % {"field": field[:60]})
    values = _values(found["value"] or "")
    needs = operator not in ("is missing", "is said")
    if needs != bool(values):
        raise _Unfit(
            _("“%(operator)s” needs a value.") % {"operator": operator}
            if needs
            else _("“%(operator)s” takes no value.") % {"operator": operator}
        )
    if operator in _NUMBERS and (len(values) != 1 or _number(values[0]) is None):
        raise _Unfit(_("“%(operator)s” needs one number.") % {"operator": operator})
    return Comparison(path=tuple(field.split(".")), holds=_OPERATORS[operator], values=values)


def _values(said: str) -> tuple[str, ...]:
    pieces = [(piece["quoted"] if piece["quoted"] is not None else (piece["plain"] or "").strip(), piece["comma"])
              for piece in _PIECE.finditer(said)]  # fmt: skip
    return tuple(_word(text) for text, comma in pieces if not comma and text)


def _at(about: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    found: Any = about
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _words(said: Any) -> set[str]:
    return {_word(each) for each in said} if isinstance(said, list | tuple) else {_word(said)}


def _word(said: Any) -> str:
    if isinstance(said, bool):
        return "true" if said else "false"
    if isinstance(said, float) and said.is_integer():
        return str(int(said))
    return str(said).casefold()


def _number(said: Any) -> float | None:
    try:
        found = float(said) if not isinstance(said, bool | None) else None
    except (TypeError, ValueError, OverflowError):
        return None
    return found if found is not None and isfinite(found) else None


def _is(said: Any, values: tuple[str, ...]) -> bool:
    return said is not None and not _words(said).isdisjoint(values)


def _contains(said: Any, values: tuple[str, ...]) -> bool:
    return said is not None and any(value in word for word in _words(said) for value in values)


def _missing(said: Any, _values: tuple[str, ...]) -> bool:
    return said in (None, "", [], {})


def _compared(holds: Callable[[float, float], bool]) -> Callable[[Any, tuple[str, ...]], bool]:
    def compare(said: Any, values: tuple[str, ...]) -> bool:
        left, right = _number(said), _number(values[0])
        return left is not None and right is not None and holds(left, right)

    return compare


_NUMBERS = {
    "is at least": _compared(lambda left, right: left >= right),
    "is at most": _compared(lambda left, right: left <= right),
    "is above": _compared(lambda left, right: left > right),
    "is below": _compared(lambda left, right: left < right),
}
_OPERATORS: dict[str, Callable[[Any, tuple[str, ...]], bool]] = {
    **_NUMBERS,
    "is": _is,
    "is not": lambda said, values: not _is(said, values),
    "contains": _contains,
    "is missing": _missing,
    "is said": lambda said, values: not _missing(said, values),
}
