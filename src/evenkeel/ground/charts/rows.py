"""The plot with one line of text a row: names at the left, marks in the middle, figures at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas, fit, text_width
from .scales import Scale, linear
from .spec import Axis, Tone

ROW = 24.0


@dataclass(frozen=True, slots=True)
class RowFrame:
    """The scale that all rows share, and where they are."""

    canvas: Canvas
    x: Scale
    top: float
    bottom: float
    names: float
    figures: float

    def middle(self, index: int) -> float:
        return self.top + (index + 0.5) * ROW

    def write(self, index: int, name: str, figure: str, *, looks: str = "label") -> None:
        """The name and the figure of one row."""
        baseline = self.middle(index) + 4
        self.canvas.fitted(self.names, baseline, name, looks, room=self.names - 4, anchor="end")
        self.canvas.fitted(
            self.canvas.width - 2, baseline, figure, looks, room=self.canvas.width - self.figures - 4, anchor="end"
        )

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
    figures: Sequence[str],
    values: Sequence[float],
    axis: Axis,
    top: float = 0,
    has_axis: bool = True,
) -> RowFrame:
    """Draw the axis of values under (and over, when there are many) the rows; the kind draws the rows."""
    share = 0.34
    name_room = min(max((text_width(name) for name in names), default=0) + 8, canvas.width * share)
    figure_room = min(max((text_width(figure) for figure in figures), default=0) + 12, canvas.width * share)
    left, right = name_room + 8, canvas.width - figure_room - 8
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
    return RowFrame(canvas, x, top, bottom, name_room, right + 8)


def _every(x: Scale) -> int:
    widest = max(text_width(tick.label) for tick in x.ticks) + 10
    spacing = abs(x.end - x.start) / max(1, len(x.ticks) - 1)
    return max(1, -int(-widest // spacing))
