"""From text to words: numbers, days, quoted text, names and signs, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from .errors import WrongExpression

LONGEST = 2_000
LONGEST_TEXT = 200
KEYWORDS = frozenset({"and", "or", "not", "in", "between", "is", "empty", "if", "then", "else", "yes", "no"})
Kind = Literal["number", "day", "text", "name", "keyword", "sign", "end"]

_WORD = re.compile(
    r"""(?P<space>\s+)
    |(?P<day>\d{4}-\d{2}-\d{2}(?![\w-]))
    |(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<text>"(?:[^"\n]|"")*"|'(?:[^'\n]|'')*')
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign><=|>=|!=|[-+*/%<>=(),])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an expression."""

    kind: Kind
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of an expression, a last one of kind `end` behind them. Raises `WrongExpression`."""
    if len(text) > LONGEST:
        raise WrongExpression(
            _("An expression has at most %(n)d characters; name a part of it as a population.") % {"n": LONGEST},
            start=LONGEST, end=len(text),
        )  # fmt: skip
    found: list[Token] = []
    place = 0
    while place < len(text):
        match = _WORD.match(text, place)
        if match is None:
            raise _unknown(text, place)
        kind, word = str(match.lastgroup), match[0]
        place = match.end()
        if kind == "space":
            continue
        if (
            kind == "number"
            and place < len(text)
            and (text[place] == "." or (text[place].isalpha() and word[-1] == "."))
        ):
            raise _unknown(text, place)
        if kind == "text" and len(word) > LONGEST_TEXT + 2:
            sentence = _("A text has at most %(n)d characters.") % {"n": LONGEST_TEXT}
            raise WrongExpression(sentence, start=match.start(), end=place)
        if kind == "name" and word.lower() in KEYWORDS:
            kind, word = "keyword", word.lower()
        found.append(Token(kind, word, match.start(), place))  # type: ignore[arg-type]
    return [*found, Token("end", "", len(text), len(text))]


def unquoted(text: str) -> str:
    """What a quoted text says; a doubled quote stands for one."""
    return text[1:-1].replace(text[0] * 2, text[0])


def _unknown(text: str, place: int) -> WrongExpression:
    said = text[place]
    hints = {
        '"': _("This text has no closing quote on its line."),
        "'": _("This text has no closing quote on its line."),
        ".": _("Nothing has parts here: write the name of a column by itself."),
        "!": _("Write != for “is not”, and `not` before a condition."),
        "&": _("Write `and`."),
        "|": _("Write `or`."),
        "[": _("A list stands in round brackets: in (1, 2)."),
        "“": _("Text stands in straight quotes: \"like this\"."),
        "„": _("Text stands in straight quotes: \"like this\"."),
        ";": _("An expression is one condition or one value: leave the semicolon out."),
    }  # fmt: skip
    sentence = hints.get(said) or _("The sign %(sign)s means nothing here.") % {"sign": said}
    return WrongExpression(sentence, start=place, end=place + 1)
