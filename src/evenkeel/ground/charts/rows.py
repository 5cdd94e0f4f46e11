"""The plot with one line of text a row: names at the left, marks in the middle, figures at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas, fit, text_width
from .scales import Scale, linear
from .spec import Axis, Reading, Tone
from .words import count

ROW = 24.0


@dataclass(frozen=True, slots=True)
class RowFrame:
    """The scale that all rows share, and where they are."""

    canvas: Canvas
    x: Scale
    top: float
    bottom: float
    names: float
    columns: tuple[float, ...]

    def middle(self, index: int) -> float:
        return self.top + (index + 0.5) * ROW

    def write(self, index: int, name: str, figures: Sequence[str], *, looks: str = "label") -> None:
        """The name and the figures of one row; all but the first figure are quiet."""
        baseline = self.middle(index) + 4
        self.canvas.fitted(self.names, baseline, name, looks, room=self.names - 4, anchor="end")
        for column, (end, figure) in enumerate(zip(self.columns, figures, strict=True)):
            self.canvas.text(end, baseline, figure, "tick" if column else looks, anchor="end")

    def reference(self, value: float, text: str, tone: Tone) -> None:
        """A vertical line through all rows with its name above it, moved inwards at the edges."""
        at, half = self.x(value), text_width(text) / 2
        self.canvas.line(at, 18, at, self.bottom, f"fine s{tone} dashed")
        middle = max(min(at, self.canvas.width - half - 2), half + 2)
        self.canvas.fitted(middle, 13, text, f"label f{tone}", room=self.canvas.width - 4, anchor="middle")


def row_frame(
    canvas: Canvas,
    *,
    names: Sequence[str],
    figures: Sequence[Sequence[str]],
    values: Sequence[float],
    axis: Axis,
    top: float = 0,
    has_axis: bool = True,
) -> RowFrame:
    """Draw the axis of values under (and over, when there are many) the rows; the kind draws the rows."""
    name_room = min(max((text_width(name) for name in names), default=0) + 8, canvas.width * 0.34)
    widths = [max(text_width(text) for text in column) for column in zip(*figures, strict=True)]
    columns = tuple(canvas.width - 2 - sum(widths[i + 1 :]) - 14 * (len(widths) - 1 - i) for i in range(len(widths)))
    left = name_room + 8
    right = max(columns[0] - widths[0] - 16 if widths else canvas.width - 8, left + 40)
    is_long = has_axis and len(names) > 15
    top += 20 if is_long else 0
    bottom = top + ROW * len(names)
    x = linear(values, axis, start=left, end=right, gap=56)
    canvas.height = bottom + (22 if has_axis else 4) + (18 if has_axis and axis.title else 0)
    if has_axis:
        every = _every(x)
        for index, tick in enumerate(x.ticks):
            at = x(tick.at)
            canvas.line(at, top, at, bottom, "grid")
            if index % every == 0:
                canvas.text(at, bottom + 16, tick.label, "tick", anchor="middle")
                if is_long:
                    canvas.text(at, top - 7, tick.label, "tick", anchor="middle")
        if axis.title:
            title = fit(axis.title, canvas.width - 4)
            half = text_width(title) / 2
            middle = min(max((left + right) / 2, half + 2), canvas.width - half - 2)
            canvas.text(middle, bottom + 34, title, "tick", anchor="middle")
    return RowFrame(canvas, x, top, bottom, name_room, columns)


def count_figure(reading: Reading) -> list[str]:
    """The sample size as a column; empty where it is not known."""
    return [f"n {count(reading.n)}" if reading.n is not None else ""]


def _every(x: Scale) -> int:
    widest = max(text_width(tick.label) for tick in x.ticks) + 10
    spacing = abs(x.end - x.start) / max(1, len(x.ticks) - 1)
    return max(1, -int(-widest // spacing))
