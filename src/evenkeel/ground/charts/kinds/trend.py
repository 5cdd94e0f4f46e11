"""Trend: how one or more figures move over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import SHAPES, Canvas, Shape
from ..frame import (
    Frame,
    Key,
    SideLabel,
    cartesian,
    draw_band,
    draw_events,
    draw_head,
    draw_references,
    draw_side_labels,
    event_rows,
    reference_label,
    side_room,
)
from ..scales import Places
from ..spec import (
    PLAIN,
    Axis,
    Chart,
    Column,
    Event,
    Point,
    Reading,
    Reference,
    Table,
    chart_kinds,
    finite,
    value_cells,
    value_columns,
)
from ..styles import SERIES
from ..words import count, place, say

Spot = tuple[float, Reading, Point]
BAR_FOOT = 34


@dataclass(frozen=True, kw_only=True)
class Series:
    """One named line."""

    name: str
    points: Sequence[Point]


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Trend(Chart):
    slug = "trend"
    kind_title = gettext_lazy("Trend")
    why = gettext_lazy("Shows how figures move over time, how sure each one is, and where nothing was measured.")

    series: Annotated[Sequence[Series], gettext_lazy("The lines. Colour, dash and shape differ together.")]
    y: Annotated[Axis, gettext_lazy("How the values read.")] = PLAIN
    x: Annotated[Axis, gettext_lazy("How the places read, where they are numbers.")] = PLAIN
    show_n: Annotated[
        Literal["none", "bars", "dots"], gettext_lazy("Sample size as small bars beneath, or as the area of the dots.")
    ] = "none"
    max_gap: Annotated[
        float | None,
        gettext_lazy(
            "The longest step (in days on a time axis) that a line still bridges; 1.5 usual steps unless set."
        ),
    ] = None
    events: Annotated[Sequence[Event], gettext_lazy("What happened meanwhile.")] = ()
    references: Annotated[Sequence[Reference], gettext_lazy("Values to compare with, such as a target.")] = ()

    @classmethod
    def example(cls) -> Self:
        start = date(2025, 3, 3)
        german = (0.91, 0.92, 0.915, 0.93, 0.94, None, None, 0.945, 0.95, 0.942, 0.955, 0.951)
        polish = (0.885, 0.87, 0.88, 0.86, 0.875, 0.87, 0.85, 0.862, 0.858, 0.871, 0.88, 0.893)

        def points(values: Sequence[float | None], n: int) -> list[Point]:
            return [
                Point(
                    x=start + timedelta(weeks=week),
                    y=None if value is None else Reading(value, value - 2 / n**0.5 / 4, value + 2 / n**0.5 / 4, n),
                    href=f"#week-{week + 1}",
                )
                for week, value in enumerate(values)
            ]

        return cls(
            title="Accuracy by market",
            description="German rose to 95 %; two weeks without audits. Polish stayed near 87 %.",
            series=[
                Series(name="German", points=points(german, 600)),
                Series(name="Polish", points=points(polish, 180)),
            ],
            y=Axis(title="Accuracy", format="percent"),
            show_n="bars",
            references=[Reference(value=0.93, label="Target")],
            events=[Event(x=date(2025, 4, 14), label="New guideline")],
        )

    @property
    def is_empty(self) -> bool:
        return all(Reading.of(point.y).value is None for line in self.series for point in line.points)

    def table(self) -> Table:
        return Table.of(
            [Column(_("Series")), Column(self.x.title or _("When")), *value_columns(self.y)],
            [
                ([line.name, point.x, *value_cells(point.y)], point.href)
                for line in self.series
                for point in line.points
            ],
        )

    def draw(self, canvas: Canvas) -> None:
        places = Places([point.x for line in self.series for point in line.points])
        lines = [self._spots(line, places) for line in self.series]
        spots = [spot for line in lines for spot in line]
        has_ends = 1 < len(lines) <= 6
        names = [line.name for line in self.series] if has_ends else []
        many = list(enumerate(self.series)) if len(lines) > 6 else []
        top = draw_head(canvas, self.y.title, [Key(line.name, _look(i, "f"), _shape(i)) for i, line in many])
        has_bars = self.show_n == "bars" and any(reading.n for _at, reading, _point in spots)
        frame = cartesian(
            canvas,
            places=places,
            xs=[at for at, _reading, _point in spots],
            ys=[value for _at, reading, _point in spots for value in reading.span]
            + [value for reference in self.references if (value := finite(reference.value)) is not None],
            x_axis=self.x,
            y_axis=self.y,
            top=top + event_rows(self.events) + 8,
            foot=BAR_FOOT if has_bars else 0,
            side=side_room([*names, *(reference_label(each, self.y) for each in self.references)], canvas),
        )
        labels = draw_references(frame, self.references, self.y)
        draw_events(frame, self.events, places, at_y=frame.top - 8)
        if has_bars:
            self._draw_bars(frame, spots)
        gap = self._longest_step(spots)
        for index, line in enumerate(lines):
            self._draw_line(frame, index, line, gap)
        for index, line in enumerate(lines):
            last = next((reading.value for _at, reading, _p in reversed(line) if reading.value is not None), None)
            if has_ends and last is not None:
                labels.append(SideLabel(frame.y(last), self.series[index].name, f"strong {_look(index, 'f')}"))
        draw_side_labels(frame, labels)

    def _spots(self, line: Series, places: Places) -> list[Spot]:
        placed = [(at, Reading.of(point.y), point) for point in line.points if (at := places.at(point.x)) is not None]
        return sorted(placed, key=lambda spot: spot[0])

    def _longest_step(self, spots: Sequence[Spot]) -> float:
        if self.max_gap is not None:
            return self.max_gap
        steps = [after - before for before, after in pairwise(sorted({at for at, _r, _p in spots}))]
        return 1.5 * median(steps) if steps else 1.5

    def _runs(self, line: Sequence[Spot], gap: float) -> list[list[tuple[float, Reading]]]:
        """The stretches without a hole: a missing value or a missing day ends one."""
        runs: list[list[tuple[float, Reading]]] = [[]]
        for at, reading, _point in line:
            if runs[-1] and at - runs[-1][-1][0] > gap * (1 + 1e-9):
                runs.append([])
            if reading.value is None:
                runs.append([])
            else:
                runs[-1].append((at, reading))
        return [run for run in runs if run]

    def _draw_line(self, frame: Frame, index: int, line: Sequence[Spot], gap: float) -> None:
        canvas = frame.canvas
        runs = self._runs(line, gap)
        for run in runs:
            draw_band(frame, run, f"{_look(index, 'f')} tint")
        for run in runs:
            path = [(frame.x(at), frame.y(r.value)) for at, r in run if r.value is not None]
            canvas.path(path, f"line {_look(index, 's')} d{SERIES[(index + index // 6) % 6]}")
        largest = max((reading.n or 0 for _at, reading, _point in line), default=0)
        is_dense = len(line) > canvas.width / 8
        for at, reading, point in line:
            if reading.value is None:
                continue
            radius = 1.6 if is_dense else 3.2
            if self.show_n == "dots" and largest and reading.n is not None:
                radius = 1.5 + 5 * (max(reading.n, 0) / largest) ** 0.5
            where = f"{self.series[index].name}, {place(point.x)}" if len(self.series) > 1 else place(point.x)
            full, brief = say(where, reading, self.y)
            with canvas.mark(full, short=brief, href=point.href):
                looks = f"{_look(index, 'f')} ring"
                canvas.shape(_shape(index), frame.x(at), frame.y(reading.value), radius, looks)

    def _draw_bars(self, frame: Frame, spots: Sequence[Spot]) -> None:
        """The sample size of each place, all series together, on a small scale of its own."""
        totals: dict[float, float] = {}
        for at, reading, _point in spots:
            totals[at] = totals.get(at, 0) + max(reading.n or 0, 0)
        largest = max(totals.values())
        if largest <= 0:
            return
        floor = frame.bottom + BAR_FOOT
        xs = sorted(frame.x(at) for at in totals)
        width = min([14.0, *((after - before) * 0.6 for before, after in pairwise(xs))])
        for at, n in totals.items():
            tall = n / largest * (BAR_FOOT - 14)
            frame.canvas.rect(frame.x(at) - width / 2, floor - tall, max(width, 0.8), tall, "fmuted soft")
        text = _("n up to {n}").format(n=count(largest))
        frame.canvas.text(frame.left + 2, floor - BAR_FOOT + 11, text, "tick halo")


def _look(index: int, what: str) -> str:
    return f"{what}{SERIES[index % len(SERIES)]}"


def _shape(index: int) -> Shape:
    """After six lines the colours come again, each with another shape (and dash) than the first time."""
    return SHAPES[(index + index // 6) % 6]
