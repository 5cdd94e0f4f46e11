"""Distribution: how answers fall, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import Canvas, text_width
from ..frame import Key, draw_head
from ..rows import RowFrame, row_frame
from ..spec import Axis, Chart, Column, Table, chart_kinds, finite
from ..styles import SERIES
from ..words import count, exact

SHARE = Axis(format="percent", low=0, high=1)


@dataclass(frozen=True, kw_only=True)
class CountRow:
    """How often each answer was given to one item."""

    label: str
    counts: Sequence[float | None]
    href: str = ""


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Distribution(Chart):
    slug = "distribution"
    kind_title = gettext_lazy("Distribution of answers")
    why = gettext_lazy("Shows where people agree and where answers split, with every count readable.")

    answers: Annotated[Sequence[str], gettext_lazy("The possible answers, in their order.")]
    rows: Annotated[Sequence[CountRow], gettext_lazy("One item a row: a count for each answer.")]

    @classmethod
    def example(cls) -> Self:
        data = (("Conversation 12", 104, 11, 8), ("Conversation 47", 61, 44, 18), ("Conversation 203", 9, 102, 12))
        return cls(
            title="Answers per conversation",
            description="People agree on 12 and 203; on 47 half say safe and a third unsafe.",
            answers=["Safe", "Unsafe", "Unsure"],
            rows=[CountRow(label=name, counts=counts, href=f"#{counts[0]}") for name, *counts in data],
        )

    @property
    def is_empty(self) -> bool:
        return not self.rows or not self.answers

    def _counts(self, row: CountRow) -> list[float]:
        """One count for every answer; what is missing or impossible counts nothing."""
        given = [max(finite(each) or 0.0, 0.0) for each in row.counts]
        return (given + [0.0] * len(self.answers))[: len(self.answers)]

    def table(self) -> Table:
        return Table.of(
            [Column(_("Item")), *(Column(answer) for answer in self.answers), Column(_("n"))],
            [([row.label, *(counts := self._counts(row)), sum(counts)], row.href) for row in self.rows],
        )

    def draw(self, canvas: Canvas) -> None:
        keys = [Key(answer, _look(index)) for index, answer in enumerate(self.answers)]
        top = draw_head(canvas, "", keys)
        totals = [sum(self._counts(row)) for row in self.rows]
        frame = row_frame(
            canvas,
            names=[row.label for row in self.rows],
            figures=[[f"n {count(total)}"] for total in totals],
            values=[0, 1],
            axis=SHARE,
            top=top,
        )
        for index, (row, total) in enumerate(zip(self.rows, totals, strict=True)):
            parts = ", ".join(f"{a} {exact(n)}" for a, n in zip(self.answers, self._counts(row), strict=True))
            with canvas.mark(
                _("{label}: {parts}, n {n}").format(label=row.label, parts=parts, n=exact(total)), href=row.href
            ):
                frame.write(index, row.label, [f"n {count(total)}"])
                if total > 0:
                    self._draw_parts(frame, index, [n / total for n in self._counts(row)], row)

    def _draw_parts(self, frame: RowFrame, index: int, shares: Sequence[float], row: CountRow) -> None:
        canvas, begin, y = frame.canvas, frame.x(0), frame.middle(index)
        for answer, (share, n) in enumerate(zip(shares, self._counts(row), strict=True)):
            width = share * (frame.x(1) - frame.x(0))
            if n > 0:
                canvas.rect(begin, y - 9, max(width - 1, 0.5), 18, _look(answer))
                named, bare = f"{self.answers[answer]} {count(n)}", count(n)
                text = named if text_width(named) + 8 <= width else bare
                if text_width(text) + 4 <= width:
                    looks = "on" if answer < len(SERIES) else "label"
                    canvas.text(begin + width / 2, y + 4, text, looks, anchor="middle")
            begin += width


def _look(index: int) -> str:
    """The colours repeat after six, lighter; every part also carries its name or count."""
    return f"f{SERIES[index % len(SERIES)]}" + (" pale" if index >= len(SERIES) else "")
