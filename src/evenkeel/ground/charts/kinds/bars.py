"""Bars: amounts side by side, from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import Canvas
from ..frame import reference_label
from ..rows import count_figure, row_frame
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


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    slug = "bars"
    kind_title = gettext_lazy("Bars")
    why = gettext_lazy("Compares amounts. Bars always start at zero, so that lengths can be trusted.")

    rows: Annotated[Sequence[Row], gettext_lazy("One amount a row. Thin rows are drawn hollow.")]
    x: Annotated[Axis, gettext_lazy("How the values read.")] = PLAIN
    reference: Annotated[Reference | None, gettext_lazy("A value to compare with, as a vertical line.")] = None

    @classmethod
    def example(cls) -> Self:
        return cls(
            title="Overturned appeals by policy",
            description="Harassment decisions are overturned most often; nudity has too few appeals to say.",
            rows=[
                Row(label="Harassment", value=Reading(0.31, 0.26, 0.36, 320), href="#harassment"),
                Row(label="Hate speech", value=Reading(0.22, 0.16, 0.29, 170), href="#hate"),
                Row(label="Spam", value=Reading(0.08, 0.06, 0.1, 900), href="#spam"),
                Row(label="Nudity", value=Reading(0.17, 0.05, 0.37, 18), href="#nudity", thin=True),
            ],
            x=Axis(title="Share of decided appeals", format="percent"),
            reference=Reference(value=0.17, label="All"),
        )

    @property
    def is_empty(self) -> bool:
        return not self.rows

    def table(self) -> Table:
        return Table.of(
            [Column(_("Name")), *value_columns(self.x)],
            [([row.label, *value_cells(row.value)], row.href) for row in self.rows],
        )

    def draw(self, canvas: Canvas) -> None:
        readings = [Reading.of(row.value) for row in self.rows]
        line = finite(self.reference.value) if self.reference else None
        figures = [[short(each.value, self.x, keep=True), *count_figure(each)] for each in readings]
        frame = row_frame(
            canvas,
            names=[row.label for row in self.rows],
            figures=figures,
            values=[part for each in readings for part in each.span] + ([line] if line is not None else []),
            axis=replace(self.x, zero=True),
            top=22 if line is not None else 2,
        )
        zero = frame.x(0)
        for index, (row, reading) in enumerate(zip(self.rows, readings, strict=True)):
            thin = _(" (too few to compare)") if row.thin else ""
            full, brief = (text + thin for text in say(row.label, reading, self.x))
            with canvas.mark(full, short=brief, href=row.href):
                frame.write(index, row.label, figures[index], looks="tick" if row.thin else "label")
                if reading.value is None:
                    continue
                end, y = frame.x(reading.value), frame.middle(index)
                looks = "fpaper s1 fine dashed" if row.thin else "fsoft"
                canvas.rect(min(zero, end), y - 7, abs(end - zero), 14, looks, radius=1.5)
                if reading.low is not None and reading.high is not None:
                    low, high = frame.x(reading.low), frame.x(reading.high)
                    for x1, y1, x2, y2 in ((low, y, high, y), (low, y - 3, low, y + 3), (high, y - 3, high, y + 3)):
                        canvas.line(x1, y1, x2, y2, "whisker sink")
        canvas.line(zero, frame.top, zero, frame.bottom, "axis")
        if self.reference and line is not None:
            frame.reference(line, reference_label(self.reference, self.x), self.reference.tone)
