"""`$filter`: read by hand into a tree, then made an Ibis expression over a set's own columns; never SQL from an address.

Grammar (OData 4.0, URL conventions 5.1.1): or, and, not, parentheses; eq ne gt ge lt le between a property and a literal, in
either order; contains, startswith, endswith. Comparing with null is never unknown: `null ne 'a'` holds, as OData has it.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .errors import Unfit

if TYPE_CHECKING:
    import ibis.expr.types as ir

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')"
    r"|(?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))"
    r"|(?P<day>\d{4}-\d\d-\d\d)"
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<sign>[(),]))"
)
_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le,
}  # fmt: skip
_TURNED = {"eq": "eq", "ne": "ne", "gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}
_FUNCTIONS = ("contains", "startswith", "endswith")
_LITERALS = {"true": True, "false": False, "null": None}
# Which literals a column of a kind may be compared with.
_FITS: Mapping[str, tuple[type, ...]] = {
    "text": (str,), "whole": (int, float), "number": (int, float), "share": (int, float), "figure": (int, float),
    "yes_no": (bool,), "moment": (datetime, date), "day": (date,),
}  # fmt: skip
_DEPTH, _LENGTH = 40, 4_000


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


def filtered(rows: ir.Table, said: str, kinds: Mapping[str, str]) -> ir.Table:
    """The rows that a `$filter` keeps; `kinds` are the set's properties with their kinds. Raises `Unfit`."""
    if len(said) > _LENGTH:
        raise Unfit(_("$filter is longer than %(most)d characters.") % {"most": _LENGTH})
    reading = _Reading(_tokens(said), rows, kinds)
    kept = reading.any_of()
    reading.expect_end()
    return rows.filter(kept)


def _tokens(said: str) -> list[_Token]:
    found, at = [], 0
    while said[at:].strip():
        match = _TOKEN.match(said, at)
        if match is None:
            raise Unfit(
                _("$filter cannot be read at character %(at)d: %(rest)s") % {"at": at + 1, "rest": said[at:][:40]}
            )
        kind = str(match.lastgroup)
        found.append(_Token(kind, match[kind]))
        at = match.end()
    return found


class _Reading:
    """A filter being read, from the loosest operator to the tightest."""

    def __init__(self, tokens: list[_Token], rows: ir.Table, kinds: Mapping[str, str]) -> None:
        self.tokens, self.rows, self.kinds = tokens, rows, kinds
        self.at, self.depth = 0, 0

    def any_of(self) -> Any:
        self.depth += 1
        if self.depth > _DEPTH:
            raise Unfit(_("$filter is nested too deeply."))
        found = self.all_of()
        while self._takes("or"):
            found = found | self.all_of()
        self.depth -= 1
        return found

    def all_of(self) -> Any:
        found = self.one()
        while self._takes("and"):
            found = found & self.one()
        return found

    def one(self) -> Any:
        token = self._next()
        if token.text == "not" and token.kind == "word":
            self.depth += 1
            if self.depth > _DEPTH:
                raise Unfit(_("$filter is nested too deeply."))
            return ~self.one()
        if token.text == "(":
            found = self.any_of()
            self._expect(")")
            return found
        if token.kind == "word" and token.text in _FUNCTIONS:
            return self._function(token.text)
        return self._comparison(token)

    def expect_end(self) -> None:
        if self.at < len(self.tokens):
            raise Unfit(
                _("$filter goes on with “%(rest)s” where it should end.") % {"rest": self.tokens[self.at].text[:40]}
            )

    def _function(self, name: str) -> Any:
        self._expect("(")
        column = self._property(self._next())
        self._expect(",")
        value = self._literal(self._next())
        self._expect(")")
        if self.kinds[column] != "text" or not isinstance(value, str):
            raise Unfit(_("%(name)s takes a property of text and a text.") % {"name": name})
        texts = self.rows[column]
        found = {"contains": texts.contains, "startswith": texts.startswith, "endswith": texts.endswith}[name](value)
        return found.fill_null(False)

    def _comparison(self, left: _Token) -> Any:
        sign = self._next().text
        if sign not in _COMPARISONS:
            raise Unfit(
                _("“%(sign)s” is no comparison; there are %(known)s.")
                % {"sign": sign[:40], "known": ", ".join(_COMPARISONS)}
            )
        right = self._next()
        if self._is_property(right) and not self._is_property(left):
            left, right, sign = right, left, _TURNED[sign]
        return self._compared(self._property(left), sign, self._literal(right))

    def _compared(self, name: str, sign: str, value: Any) -> Any:
        column = self.rows[name]
        if value is None:
            if sign not in ("eq", "ne"):
                return column.isnull() & column.notnull()
            return column.isnull() if sign == "eq" else column.notnull()
        if not isinstance(value, _FITS[self.kinds[name]]) or isinstance(value, bool) != (self.kinds[name] == "yes_no"):
            raise Unfit(
                _("%(name)s is %(kind)s: %(value)s does not fit.")
                % {"name": name, "kind": self.kinds[name], "value": value}
            )
        if self.kinds[name] == "moment" and isinstance(value, date) and not isinstance(value, datetime):
            value = datetime(value.year, value.month, value.day, tzinfo=UTC)
        elif self.kinds[name] == "day" and isinstance(value, datetime):
            value = value.astimezone(UTC).date()
        return _COMPARISONS[sign](column, value).fill_null(sign == "ne")

    def _is_property(self, token: _Token) -> bool:
        return token.kind == "word" and token.text not in _LITERALS

    def _property(self, token: _Token) -> str:
        if not self._is_property(token) or token.text not in self.kinds:
            raise Unfit(
                _("There is no property “%(name)s”; there are %(known)s.")
                % {"name": token.text[:40], "known": ", ".join(self.kinds)}
            )
        return token.text

    def _literal(self, token: _Token) -> Any:
        try:
            if token.kind == "text":
                return token.text[1:-1].replace("''", "'")
            if token.kind == "moment":
                return datetime.fromisoformat(token.text)
            if token.kind == "day":
                return date.fromisoformat(token.text)
            if token.kind == "number":
                return _number(token.text)
        except (ValueError, OverflowError):
            pass
        if token.kind == "word" and token.text in _LITERALS:
            return _LITERALS[token.text]
        raise Unfit(_("“%(said)s” is no literal; texts stand in '…'.") % {"said": token.text[:40]})

    def _next(self) -> _Token:
        if self.at == len(self.tokens):
            raise Unfit(_("$filter ends too early."))
        self.at += 1
        return self.tokens[self.at - 1]

    def _takes(self, word: str) -> bool:
        is_next = self.at < len(self.tokens) and self.tokens[self.at] == _Token("word", word)
        self.at += is_next
        return is_next

    def _expect(self, sign: str) -> None:
        if (found := self._next().text) != sign:
            raise Unfit(
                _("$filter has “%(found)s” where “%(sign)s” should stand.") % {"found": found[:40], "sign": sign}
            )


def _number(said: str) -> int | float:
    if re.fullmatch(r"-?\d+", said) and abs(int(said[:21])) < 2**63:
        return int(said)
    return float(said)
