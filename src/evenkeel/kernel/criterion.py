"""What must be true for an action to have worked, said in advance: a small language, read once and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal

Scale = Literal["ratio", "difference"]

EXAMPLES = "'ratio < 0.95', 'reduction >= 10%', 'difference < -1', 'difference <= -2 pp', 'ratio between 0.9 and 1.1'"

# Words that mean the same: the first of each set is the name that the language prints.
_SUBJECTS = {
    "ratio": ("ratio", "rate ratio", "rr", "relative risk", "risk ratio"),
    "difference": ("difference", "diff", "effect", "delta"),
    "change": ("change", "relative change"),
    "reduction": ("reduction", "decrease", "drop", "fall", "decline"),
    "increase": ("increase", "rise", "gain", "improvement"),
}
_NAMES = {word: name for name, words in _SUBJECTS.items() for word in words}
_SIGNS = {"<": "<", "<=": "<=", "=<": "<=", "≤": "<=", ">": ">", ">=": ">=", "=>": ">=", "≥": ">="}
_WORDS_FOR_SIGNS = {
    "at least": ">=", "no less than": ">=", "at most": "<=", "no more than": "<=", "below": "<", "under": "<",
    "less than": "<", "above": ">", "over": ">", "more than": ">", "of at least": ">=", "of at most": "<=",
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<number>[-+−]?\s*(?:\d+(?:[.,]\d+)?|\.\d+)(?:[eE][-+]?\d+)?)"
    r"|(?P<unit>%|percentage points?\b|percent\b|points?\b|pp\b)"
    r"|(?P<sign><=|>=|=<|=>|<|>|≤|≥)|(?P<word>[^\W\d_]+)"
)


class BadCriterion(ValueError):
    """A criterion that cannot be read: `position` counts its characters from 1."""

    def __init__(self, text: str, position: int, what: str, fix: str):
        self.position = position
        super().__init__(f"criterion {text!r}, character {position}: {what}. {fix}")


@dataclass(frozen=True, slots=True)
class Criterion:
    """The set of effects that count as success: from `low` to `high` on `scale`, an end left out where it `is_open`.

    `ratio` is after over what would have been, 1 for no effect; `difference` is after less that, 0 for no effect.
    """

    text: str
    scale: Scale
    low: float = -inf
    high: float = inf
    is_open: bool = False

    @property
    def null(self) -> float:
        """The value of no effect at all."""
        return 1.0 if self.scale == "ratio" else 0.0

    @property
    def target(self) -> float:
        """The end nearest to no effect: the weakest effect that still counts."""
        ends = [end for end in (self.low, self.high) if isfinite(end)]
        return min(ends, key=lambda end: abs(end - self.null))

    @property
    def holds_without_effect(self) -> bool:
        """Whether no effect at all would count as success, as in a check that nothing moved."""
        return self.is_met_by(self.null, self.null)

    def is_met_by(self, low: float, high: float) -> bool:
        """Whether everything from `low` to `high` counts as success."""
        return (low > self.low if self.is_open else low >= self.low) and (
            high < self.high if self.is_open else high <= self.high
        )

    def is_missed_by(self, low: float, high: float) -> bool:
        """Whether nothing from `low` to `high` counts as success."""
        return (high <= self.low if self.is_open else high < self.low) or (
            low >= self.high if self.is_open else low > self.high
        )


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def read_criterion(text: str) -> Criterion:
    """Reads what must be true of an effect: SUBJECT SIGN NUMBER[UNIT], or SUBJECT between NUMBER and NUMBER.

    Subjects: `ratio` (after over what would have been), `difference` (after less that), `reduction` and `increase` (how far
    below or above), `change` (signed). A number with % is relative, so reduction >= 10% is ratio <= 0.9; with `pp` it is in
    percentage points, so difference <= -2 pp is difference <= -0.02; without either it is in the units of the data. Signs: <,
    <=, >, >=, or words such as `at least`, `below`. Raises BadCriterion, which names the character.

    >>> read_criterion("reduction >= 10%")
    Criterion(text='reduction >= 10%', scale='ratio', low=-inf, high=0.9, is_open=False)
    >>> read_criterion("difference < -1").is_met_by(-3.0, -1.5)
    True

    Reference: ICH E9 (1998) Statistical Principles for Clinical Trials, 2.2.2 (the criterion is stated before the data).
    """
    tokens, said = _tokens(text), _Reader(text)
    if not tokens:
        raise said.bad(0, "there is nothing here")
    if tokens[0].kind == "number" and len(tokens) > 1 and tokens[1].kind == "sign":
        tokens = _turned(tokens, said)
    subject, rest = _subject(tokens, said)
    if rest and rest[0].kind == "word" and rest[0].text == "between":
        return _between(text, subject, rest[1:], said)
    sign, rest = _sign(rest, said)
    number, unit, rest = _number(rest, said)
    if rest:
        raise said.bad(rest[0].at, f"{rest[0].text!r} is too much")
    return _criterion(text, subject, [(sign, number)], unit, said, tokens[-1].at)


class _Reader:
    def __init__(self, text: str):
        self.text = text

    def bad(self, at: int, what: str, fix: str = "") -> BadCriterion:
        return BadCriterion(self.text, at + 1, what, fix or f"Write it like {EXAMPLES}.")


def _tokens(text: str) -> list[_Token]:
    found, at = list[_Token](), 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Reader(text).bad(at, f"{text[at]!r} means nothing here")
        kind = str(match.lastgroup)
        found.append(_Token(kind, match[0].lower() if kind in {"word", "unit"} else match[0], at))
        at = match.end()
    return found


def _turned(tokens: list[_Token], said: _Reader) -> list[_Token]:
    """`0.95 > ratio` the usual way round; `0.9 < ratio < 1.1` as a range."""
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
    number, sign, rest = tokens[0], tokens[1], tokens[2:]
    words = [token for token in rest if token.kind == "word"]
    after = rest[len(words) :]
    if not words or rest[: len(words)] != words:
        raise said.bad(rest[0].at if rest else sign.at, "a word such as 'ratio' is expected here")
    if not after:
        return [*words, _Token("sign", turned[_SIGNS[sign.text]], sign.at), number]
    if len(after) >= 2 and after[0].kind == "sign" and after[1].kind == "number" and _SIGNS[sign.text][0] == "<":
        ends = [_Token("word", "between", sign.at), number, _Token("word", "and", after[0].at), *after[1:]]
        return [*words, *ends]
    raise said.bad(after[0].at, "a range rises from left to right", "Write '0.9 < ratio < 1.1'.")


def _subject(tokens: list[_Token], said: _Reader) -> tuple[str, list[_Token]]:
    for length in (2, 1):
        words = tokens[:length]
        name = " ".join(token.text for token in words)
        if len(words) == length and all(token.kind == "word" for token in words) and name in _NAMES:
            return _NAMES[name], tokens[length:]
    raise said.bad(
        tokens[0].at, f"{tokens[0].text!r} is no subject", f"Begin with {', '.join(_SUBJECTS)}: {EXAMPLES}."
    )  # fmt: skip


def _sign(tokens: list[_Token], said: _Reader) -> tuple[str, list[_Token]]:
    if tokens and tokens[0].kind == "sign":
        return _SIGNS[tokens[0].text], tokens[1:]
    for length in (3, 2, 1):
        words = " ".join(token.text for token in tokens[:length])
        if words in _WORDS_FOR_SIGNS:
            return _WORDS_FOR_SIGNS[words], tokens[length:]
    at = tokens[0].at if tokens else len(said.text)
    raise said.bad(at, "a sign <, <=, > or >= is expected here")


def _number(tokens: list[_Token], said: _Reader) -> tuple[float, str, list[_Token]]:
    if not tokens or tokens[0].kind != "number":
        raise said.bad(tokens[0].at if tokens else len(said.text), "a number is expected here")
    number = float(re.sub(r"\s", "", tokens[0].text).replace("−", "-").replace(",", "."))
    unit, rest = "", tokens[1:]
    if rest and rest[0].kind == "unit":
        unit = "%" if rest[0].text in {"%", "percent"} else "pp"
        rest = rest[1:]
    return number, unit, rest


def _between(text: str, subject: str, tokens: list[_Token], said: _Reader) -> Criterion:
    at = tokens[0].at if tokens else len(text)
    first, unit, rest = _number(tokens, said)
    if not rest or rest[0].text not in {"and", "to"}:
        raise said.bad(rest[0].at if rest else len(text), "'and' is expected here")
    last, other, rest = _number(rest[1:], said)
    if rest:
        raise said.bad(rest[0].at, f"{rest[0].text!r} is too much")
    if unit and unit != other:
        raise said.bad(at, "the two numbers have different units")
    if not first < last:
        raise said.bad(at, "the first number must be the smaller")
    return _criterion(text, subject, [(">=", first), ("<=", last)], other, said, at)


def _criterion(text: str, subject: str, ends: list[tuple[str, float]], unit: str, said: _Reader, at: int) -> Criterion:
    """The ends moved to one of the two scales."""
    is_ratio = subject == "ratio" or (unit == "%" and subject != "difference")
    if subject == "ratio" and unit:
        raise said.bad(at, "a ratio has no unit", "Write 'ratio < 0.95', or 'reduction >= 5%'.")
    if subject == "difference" and unit == "%":
        fix = "Write 'change <= -10%' for a relative change, or 'difference <= -2 pp' for percentage points."
        raise said.bad(at, "a difference in % can mean two things", fix)
    low, high, is_open = -inf, inf, False
    for sign, number in ends:
        value = number / 100 if unit else number
        if subject == "reduction":
            value, sign = -value, {"<": ">", "<=": ">=", ">": "<", ">=": "<="}[sign]
        # 1 - 0.1 is 0.9 to the last bit only after rounding.
        value = round(1 + value, 12) if is_ratio and subject != "ratio" else value
        if is_ratio and value < 0:
            raise said.bad(at, "nothing can fall by more than 100 %")
        if sign[0] == "<":
            high = value
        else:
            low = value
        is_open = len(sign) == 1
    return Criterion(text, "ratio" if is_ratio else "difference", low, high, is_open)
