"""Sparkline: a figure's recent course, the size of a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import Canvas
from ..scales import linear
from ..spec import PLAIN, Axis, Chart, Column, Reading, Table, Value, chart_kinds, finite, value_cells, value_columns
from ..words import short

WIDTH, HEIGHT = 96.0, 22.0


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Sparkline(Chart):
    slug = "sparkline"
    kind_title = gettext_lazy("Sparkline")
    why = gettext_lazy("Shows the recent course of a figure inside a sentence or a table.")
    is_inline = True

    values: Annotated[Sequence[Value], gettext_lazy("The values in order; a missing one is a gap.")]
    y: Annotated[Axis, gettext_lazy("How the values read.")] = PLAIN
    low: Annotated[float | None, gettext_lazy("Lower end of the usual range.")] = None
    high: Annotated[float | None, gettext_lazy("Upper end of the usual range.")] = None

    @classmethod
    def example(cls) -> Self:
        return cls(
            title="Accuracy, last twelve weeks",
            description="Steady near 93 %, then a fall to 85 %.",
            values=[0.94, 0.93, 0.93, 0.92, 0.95, None, 0.93, 0.94, 0.91, 0.92, 0.84, 0.85],
            y=Axis(format="percent"),
            low=0.88,
            high=0.97,
        )

    @property
    def is_empty(self) -> bool:
        return all(Reading.of(value).value is None for value in self.values)

    def table(self) -> Table:
        rows = [([float(index + 1), *value_cells(value)], "") for index, value in enumerate(self.values)]
        return Table.of([Column(_("Place")), *value_columns(self.y)], rows)

    def draw(self, canvas: Canvas) -> None:
        canvas.width, canvas.height = WIDTH, HEIGHT
        values = [Reading.of(value).value for value in self.values]
        low, high = finite(self.low), finite(self.high)
        known = [value for value in (*values, low, high) if value is not None]
        # The range of the data, not of nice ticks: there is no axis, and every pixel of height counts.
        least, most = min(known), max(known)
        nice = linear(known, self.y, start=HEIGHT - 3, end=3, gap=HEIGHT)

        def y(value: float) -> float:
            if most - least <= 1e-9 * max(abs(least), abs(most), 1e-100):
                return nice(value)
            return HEIGHT - 4 - (value - least) / (most - least) * (HEIGHT - 8)

        step = (WIDTH - 10) / max(1, len(values) - 1)
        if low is not None and high is not None and low < high:
            canvas.rect(1, y(high), WIDTH - 2, y(low) - y(high), "fmuted tint", radius=2)
        placed = [(4 + index * step, value) for index, value in enumerate(values)]
        for is_known, run in groupby(placed, key=lambda spot: spot[1] is not None):
            if is_known:
                points = [(x, y(value)) for x, value in run if value is not None]
                canvas.path(points, "line s1")
                if len(points) == 1:
                    canvas.shape("circle", *points[0], 1.4, "f1")
        x, last = next((x, value) for x, value in reversed(placed) if value is not None)
        is_out = (low is not None and last < low) or (high is not None and last > high)
        with canvas.mark(_("Last: {value}").format(value=short(last, self.y))):
            canvas.shape("diamond" if is_out else "circle", x, y(last), 2.6, "fbad" if is_out else "f1")
