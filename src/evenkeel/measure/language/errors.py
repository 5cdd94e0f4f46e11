"""What is wrong with an expression, and where."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _


class WrongExpression(ValueError):
    """An expression that cannot stand. `start` and `end` are offsets into its text; `names` are those allowed there."""

    def __init__(self, sentence: str, *, start: int, end: int, names: Iterable[str] = ()):
        super().__init__(sentence)
        self.sentence, self.start, self.end = sentence, start, max(end, start)
        self.names = tuple(names)

    def line_and_column(self, text: str) -> tuple[int, int]:
        """Where it is wrong, both counted from 1."""
        before = text[: self.start]
        return before.count("\n") + 1, self.start - (before.rfind("\n") + 1) + 1

    def excerpt(self, text: str) -> tuple[str, str, str]:
        """The line that is wrong, in three: what stands before the mistake, the mistake, what stands behind it."""
        first = text.rfind("\n", 0, self.start) + 1
        last = text.find("\n", self.start)
        last = len(text) if last < 0 else last
        end = max(self.start, min(self.end, last))
        return text[first : self.start], text[self.start : end], text[end:last]

    def told(self, text: str) -> str:
        """Place and sentence in one line."""
        line, column = self.line_and_column(text)
        return _("Line %(line)d, character %(column)d: %(what)s") % {
            "line": line, "column": column, "what": self.sentence,
        }  # fmt: skip

    def to_dict(self, text: str) -> dict[str, Any]:
        """For programs."""
        line, column = self.line_and_column(text)
        return {
            "sentence": self.sentence, "line": line, "column": column, "start": self.start, "end": self.end,
            "names": list(self.names),
        }  # fmt: skip


def nearest(said: str, names: Iterable[str]) -> str:
    """The sentence that names the nearest of the allowed names, or some of them."""
    known = sorted(names)
    close = get_close_matches(said.lower(), known, n=1, cutoff=0.6)
    if close:
        return _("Did you mean %(name)s?") % {"name": close[0]}
    shown = ", ".join(known[:40])
    return _("There are: %(names)s.") % {"names": shown} if shown else ""
