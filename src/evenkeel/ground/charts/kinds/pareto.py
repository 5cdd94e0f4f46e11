"""Pareto: which few causes make up most of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Annotated, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import Canvas
from ..rows import row_frame
from ..spec import Axis, Chart, Column, Table, chart_kinds, finite
from ..words import count, exact, short

SHARE = Axis(format="percent", low=0, high=1)


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """One part of a whole."""

    label: str
    count: float
    href: str = ""


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Pareto(Chart):
    slug = "pareto"
    kind_title = gettext_lazy("Pareto")
    why = gettext_lazy(
        "Shows which few causes make up most of the cases. Bars and running total share one honest axis."
    )

    rows: Annotated[Sequence[PartRow], gettext_lazy("The parts with their counts; the chart sorts them.")]
    last: Annotated[str, gettext_lazy("The name of the rest, which stays last whatever its count.")] = ""

    @classmethod
    def example(cls) -> Self:
        data = (
            ("Guideline unclear", 41),
            ("Context missed", 28),
            ("Wrong language", 6),
            ("Slip", 14),
            ("Other", 7),
            ("Tool", 4),
        )
        return cls(
            title="Causes of wrong decisions",
            description="Two causes, unclear guideline and missed context, make up 69 % of the cases.",
            rows=[PartRow(label=name, count=cases, href=f"#{cases}") for name, cases in data],
            last="Other",
        )

    @property
    def is_empty(self) -> bool:
        return sum(self._cases(row) for row in self.rows) <= 0

    def _cases(self, row: PartRow) -> float:
        return max(finite(row.count) or 0.0, 0.0)

    def ranked(self) -> list[PartRow]:
        return sorted(self.rows, key=lambda row: (row.label == self.last and bool(self.last), -self._cases(row)))

    def _shares(self) -> list[tuple[PartRow, float, float, float]]:
        """Row, cases, share, running share; the largest first."""
        rows = self.ranked()
        cases = [self._cases(row) for row in rows]
        total = sum(cases) or 1.0
        running = [min(part / total, 1.0) for part in accumulate(cases)]
        return [(row, n, n / total, until) for row, n, until in zip(rows, cases, running, strict=True)]

    def table(self) -> Table:
        return Table.of(
            [Column(_("Cause")), Column(_("n")), Column(_("Share"), SHARE), Column(_("Running share"), SHARE)],
            [([row.label, n, share, until], row.href) for row, n, share, until in self._shares()],
        )

    def draw(self, canvas: Canvas) -> None:
        shares = self._shares()
        figures = [[count(n), short(until, SHARE, keep=True)] for _row, n, _share, until in shares]
        frame = row_frame(
            canvas,
            names=[row.label for row, *_rest in shares],
            figures=figures,
            values=[0, 1],
            axis=Axis(title=_("Share (bars) and running total (dots)"), format="percent"),
            top=2,
        )
        eighty = frame.x(0.8)
        canvas.line(eighty, frame.top, eighty, frame.bottom, "fine smuted dashed")
        canvas.path([(frame.x(until), frame.middle(i)) for i, (*_rest, until) in enumerate(shares)], "fine s2")
        for index, (row, n, share, until) in enumerate(shares):
            y = frame.middle(index)
            sentence = _("{label}: {n}, {share} of all, running total {until}")
            full = sentence.format(label=row.label, n=exact(n), share=exact(share, SHARE), until=exact(until, SHARE))
            brief = sentence.format(label=row.label, n=count(n), share=short(share, SHARE), until=short(until, SHARE))
            with canvas.mark(full, short=brief, href=row.href):
                frame.write(index, row.label, figures[index])
                canvas.rect(frame.x(0), y - 7, frame.x(share) - frame.x(0), 14, "fsoft", radius=1.5)
                canvas.shape("diamond", frame.x(until), y, 3.5, "f2 ring")
        canvas.line(frame.x(0), frame.top, frame.x(0), frame.bottom, "axis")
