"""Forest: one figure with its interval a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import Canvas
from ..frame import reference_label
from ..rows import RowFrame, count_figure, row_frame
from ..spec import (
    PLAIN,
    Axis,
    Chart,
    Column,
    Reading,
    Reference,
    Row,
    Table,
    chart_kinds,
    finite,
    value_cells,
    value_columns,
)
from ..words import say, short

Ranked = tuple[Row, Reading, bool]


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Forest(Chart):
    slug = "forest"
    kind_title = gettext_lazy("Forest")
    why = gettext_lazy("Compares many figures with their intervals, so that nobody ranks what only differs by chance.")

    rows: Annotated[Sequence[Row], gettext_lazy("One figure a row.")]
    x: Annotated[Axis, gettext_lazy("How the values read.")] = PLAIN
    reference: Annotated[Reference | None, gettext_lazy("A value to compare with, as a vertical line.")] = None
    thin_below: Annotated[
        float, gettext_lazy("Rows with fewer cases are drawn hollow, listed last and never ranked.")
    ] = 0
    order: Annotated[
        Literal["given", "up", "down"], gettext_lazy("The order of the rows that are not thin: as given, or by value.")
    ] = "given"

    @classmethod
    def example(cls) -> Self:
        data = (
            ("Ada", 0.912, 340),
            ("Ben", 0.871, 295),
            ("Chidi", 0.955, 22),
            ("Dana", 0.934, 410),
            ("Eun-ji", 0.81, 9),
        )
        rows = [
            Row(
                label=name,
                value=Reading(p, p - 1.96 * (p * (1 - p) / n) ** 0.5, min(1, p + 1.96 * (p * (1 - p) / n) ** 0.5), n),
                href=f"#{name}",
            )
            for name, p, n in data
        ]
        return cls(
            title="Accuracy of each auditor",
            description="Dana and Ada are above the team's 90 %; Chidi and Eun-ji have too few cases to say.",
            rows=rows,
            x=Axis(title="Accuracy", format="percent"),
            reference=Reference(value=0.9, label="Team"),
            thin_below=30,
            order="down",
        )

    @property
    def is_empty(self) -> bool:
        return not self.rows

    def table(self) -> Table:
        return Table.of(
            [Column(_("Name")), *value_columns(self.x), Column(_("Thin"))],
            [
                ([row.label, *value_cells(row.value), _("thin") if self._is_thin(row) else ""], row.href)
                for row in self.rows
            ],
        )

    def _is_thin(self, row: Row) -> bool:
        n = Reading.of(row.value).n
        return row.thin or (n is not None and n < self.thin_below)

    def ranked(self) -> list[Ranked]:
        """The rows as drawn: thin and unknown ones last, in the order given, whatever their values are."""
        rows = [(row, Reading.of(row.value), self._is_thin(row)) for row in self.rows]
        sure = [each for each in rows if not each[2] and each[1].value is not None]
        if self.order != "given":
            sure.sort(key=lambda each: each[1].value or 0, reverse=self.order == "down")
        elif not any(is_thin for _row, _reading, is_thin in rows):
            return rows
        return sure + [each for each in rows if each[2] or each[1].value is None]

    def draw(self, canvas: Canvas) -> None:
        ranked = self.ranked()
        line = finite(self.reference.value) if self.reference else None
        figures = [self._figures(reading, canvas) for _row, reading, _thin in ranked]
        frame = row_frame(
            canvas,
            names=[row.label for row, _reading, _thin in ranked],
            figures=figures,
            values=[v for _row, reading, _thin in ranked for v in reading.span] + ([line] if line is not None else []),
            axis=self.x,
            top=22 if line is not None else 2,
        )
        if self.reference and line is not None:
            frame.reference(line, reference_label(self.reference, self.x), self.reference.tone)
        for index, each in enumerate(ranked):
            self._draw_row(frame, index, each, figures[index])

    def _figures(self, reading: Reading, canvas: Canvas) -> list[str]:
        low, high = (short(end, self.x, keep=True) for end in (reading.low, reading.high))
        between = [f"{low} – {high}" if reading.has_interval else ""] if not canvas.is_narrow else []
        return [short(reading.value, self.x, keep=True), *between, *count_figure(reading)]

    def _draw_row(self, frame: RowFrame, index: int, each: Ranked, figures: Sequence[str]) -> None:
        row, reading, is_thin = each
        canvas, y = frame.canvas, frame.middle(index)
        thin = _(" (too few to compare)") if is_thin else ""
        full, brief = (text + thin for text in say(row.label, reading, self.x))
        with canvas.mark(full, short=brief, href=row.href):
            frame.write(index, row.label, figures, looks="tick" if is_thin else "label")
            if reading.value is None:
                return
            if reading.low is not None and reading.high is not None:
                looks = "whisker smuted dotted" if is_thin else "outline s1"
                canvas.line(frame.x(reading.low), y, frame.x(reading.high), y, looks)
            looks = "fpaper smuted outline" if is_thin else "f1 ring"
            canvas.shape("circle", frame.x(reading.value), y, 4 if is_thin else 4.5, looks)
