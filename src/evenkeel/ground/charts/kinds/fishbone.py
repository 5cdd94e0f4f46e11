"""Fishbone: the causes of a problem by branch, after Ishikawa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Annotated, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import Canvas, fit, text_width
from ..spec import Chart, Column, Table, chart_kinds, finite
from ..words import count

_ROW, _HEAD, _LEAN, _LINE = 19.0, 26.0, 22.0, 14.0
_WIDE, _MOST_LINES = 600, 3


@dataclass(frozen=True, kw_only=True)
class Twig:
    """One cause on a branch. `n` is how many cases were put down to it, where they were counted."""

    label: str
    n: float | None = None
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A kind of causes with those that were found; an empty one was looked at too."""

    label: str
    twigs: Sequence[Twig] = ()


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Fishbone(Chart):
    slug = "fishbone"
    kind_title = gettext_lazy("Fishbone")
    why = gettext_lazy("Shows every branch that was looked at, also those where nothing was found.")

    branches: Annotated[Sequence[Branch], gettext_lazy("The branches in their order, with their causes.")]
    effect: Annotated[str, gettext_lazy("The problem, at the head.")] = ""

    @classmethod
    def example(cls) -> Self:
        return cls(
            title="Why scams slip through",
            description="Five causes on four of seven branches; the most frequent is the unclear clause, 12 cases.",
            effect="Accuracy fell",
            branches=[
                Branch(label="People", twigs=[Twig(label="New clause not read", n=7, href="#knowledge")]),
                Branch(
                    label="Policy",
                    twigs=[Twig(label="Clause unclear", n=12, href="#clause"), Twig(label="No example", href="#none")],
                ),
                Branch(label="Process"),
                Branch(label="Tool", twigs=[Twig(label="Seller not shown", n=3, href="#tool")]),
                Branch(label="Content", twigs=[Twig(label="New wording", n=2, href="#content")]),
                Branch(label="Measurement"),
                Branch(label="Model"),
            ],
        )

    @property
    def is_empty(self) -> bool:
        return not any(branch.twigs for branch in self.branches)

    def table(self) -> Table:
        return Table.of(
            [Column(_("Branch")), Column(_("Cause")), Column(_("n"))],
            [
                ([branch.label, twig.label, finite(twig.n)], twig.href)
                for branch in self.branches
                for twig in branch.twigs
            ],
        )

    def draw(self, canvas: Canvas) -> None:
        if canvas.width < _WIDE:
            self._draw_list(canvas)
        else:
            self._draw_bones(canvas)

    def _draw_bones(self, canvas: Canvas) -> None:
        half = ceil(len(self.branches) / 2)
        upper, lower = self.branches[:half], self.branches[half:]
        head = canvas.width * 0.17
        wide = (canvas.width - head - 8) / half
        room = wide - _LEAN - 14
        above, below = (
            _HEAD + max((_high(branch, room) for branch in side), default=0.0) + 10 for side in (upper, lower)
        )
        spine = above + 6
        canvas.height = spine + below + 6
        canvas.line(4, spine, canvas.width - head - 2, spine, "fine sink")
        canvas.shape("triangle", canvas.width - head, spine, 3.5, "fink")
        lines = wrapped(self.effect, head - 14, most=3)
        for number, line in enumerate(lines):
            y = spine + 4 + (number - (len(lines) - 1) / 2) * _LINE
            canvas.text(canvas.width - head + 10, y, line, "strong", full=self.effect)
        for side, way in ((upper, -1), (lower, 1)):
            for place, branch in enumerate(side):
                self._draw_bone(canvas, branch, x=4 + place * wide, room=wide, spine=spine, way=way,
                                high=above if way < 0 else below)  # fmt: skip

    def _draw_bone(
        self, canvas: Canvas, branch: Branch, *, x: float, room: float, spine: float, way: int, high: float
    ) -> None:
        outer = spine + way * (high - 16)
        canvas.line(x, outer, x + _LEAN, spine, "fine smuted")
        canvas.fitted(x + 2, outer - 5 if way < 0 else outer + 13, branch.label, "strong", room=room - 10)
        room -= _LEAN + 14
        # From above down: below the spine the first one stands nearest to it.
        y = outer + 17 if way < 0 else outer - 7 - _high(branch, room) + _ROW
        for twig in branch.twigs:
            self._draw_twig(canvas, branch, twig, x=x + _LEAN + 4, y=y, room=room)
            y += _high_of(twig, room)

    def _draw_list(self, canvas: Canvas) -> None:
        canvas.fitted(2, 14, self.effect, "strong", room=canvas.width - 4)
        y = 18.0
        for branch in self.branches:
            y += _HEAD
            canvas.fitted(14, y - 6, branch.label, "label", room=canvas.width - 18)
            canvas.line(6, y - 10, 11, y - 10, "fine smuted")
            for twig in branch.twigs:
                self._draw_twig(canvas, branch, twig, x=28, y=y + _ROW - 5, room=canvas.width - 32)
                y += _high_of(twig, canvas.width - 32)
        canvas.line(6, 22, 6, max(y - 10, 23), "fine smuted")
        canvas.height = y + 6

    def _draw_twig(self, canvas: Canvas, branch: Branch, twig: Twig, *, x: float, y: float, room: float) -> None:
        n = finite(twig.n)
        figure = "" if n is None else f" ({count(n)})"
        said = _("{branch}: {label}").format(branch=branch.label, label=twig.label) + figure
        with canvas.mark(said, href=twig.href):
            for number, line in enumerate(wrapped(twig.label + figure, room, most=_MOST_LINES)):
                canvas.text(x, y + number * _LINE, line, "tick" if n is None else "label", full=twig.label + figure)


def wrapped(text: str, room: float, *, most: int) -> list[str]:
    """The text in lines of whole words, `most` of them at most; what does not fit ends in an ellipsis.

    >>> wrapped("Knowledge gap (4)", 80, most=2)
    ['Knowledge', 'gap (4)']
    """
    lines, words = [""], text.split()
    for place, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or text_width(longer) <= room:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = " ".join([lines[-1], *words[place:]])
            break
    return [fit(line, room) for line in lines]


def _high_of(twig: Twig, room: float) -> float:
    n = finite(twig.n)
    text = twig.label if n is None else f"{twig.label} ({count(n)})"
    return _ROW + _LINE * (len(wrapped(text, room, most=_MOST_LINES)) - 1)


def _high(branch: Branch, room: float) -> float:
    return sum(_high_of(twig, room) for twig in branch.twigs)
