"""Control chart: is this a change, or the usual scatter?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, groupby, pairwise
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import FLAGS, Canvas, Shape, fit, text_width
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
    draw_whisker,
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
    X,
    chart_kinds,
    finite,
    value_cells,
    value_columns,
)
from ..words import place, say, short


@dataclass(frozen=True, kw_only=True)
class ControlPoint(Point):
    """One point with the limits that held for it. `flag`: the rule it breaks, by name. `phase`: its stage, by name."""

    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    ewma: float | None = None
    flag: str = ""
    phase: str = ""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A point with everything placed or known to be missing."""

    point: ControlPoint
    at: float
    reading: Reading
    centre: float | None
    lower: float | None
    upper: float | None
    ewma: float | None


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Control(Chart):
    slug = "control"
    kind_title = gettext_lazy("Control chart")
    why = gettext_lazy(
        "Tells a real change from the usual scatter: points are judged against limits computed from the process itself."
    )

    points: Annotated[Sequence[ControlPoint], gettext_lazy("The values in order of time, each with its own limits.")]
    y: Annotated[Axis, gettext_lazy("How the values read.")] = PLAIN
    x: Annotated[Axis, gettext_lazy("How the places read, where they are numbers.")] = PLAIN
    centre: Annotated[float | None, gettext_lazy("Centre line of the points that have none of their own.")] = None
    lower: Annotated[float | None, gettext_lazy("Lower limit of the points that have none of their own.")] = None
    upper: Annotated[float | None, gettext_lazy("Upper limit of the points that have none of their own.")] = None
    interval: Annotated[
        Literal["whiskers", "band", "none"], gettext_lazy("How the interval of each value is drawn.")
    ] = "whiskers"
    baseline: Annotated[tuple[X, X] | None, gettext_lazy("First and last place the limits were computed from.")] = None
    events: Annotated[Sequence[Event], gettext_lazy("What happened meanwhile.")] = ()
    references: Annotated[Sequence[Reference], gettext_lazy("Values to compare with, such as a target.")] = ()

    @classmethod
    def example(cls) -> Self:
        # A share of 120 audits a week: limits 0.93 +- 3 * sqrt(0.93 * 0.07 / 120).
        values = (0.942, 0.925, 0.933, 0.917, 0.95, 0.925, 0.933, 0.942, 0.908, 0.917, 0.842, 0.85, 0.892, 0.925)
        z, points = 0.93, []
        for week, value in enumerate(values):
            z = 0.2 * value + 0.8 * z
            half = 1.96 * (value * (1 - value) / 120) ** 0.5
            points.append(
                ControlPoint(
                    x=date(2025, 1, 6) + timedelta(weeks=week),
                    y=Reading(value, value - half, min(1.0, value + half), 120),
                    ewma=z,
                    flag="Beyond limits" if value < 0.8601 else "",
                    href=f"#week-{week + 1}",
                )
            )
        return cls(
            title="Accuracy by week, harassment queue",
            description="Accuracy stayed near 93 % for ten weeks and fell below the lower limit in weeks 11 and 12.",
            points=points,
            y=Axis(title="Accuracy", format="percent"),
            centre=0.93,
            lower=0.8601,
            upper=0.9999,
            baseline=(date(2025, 1, 6), date(2025, 3, 3)),
            events=[Event(x=date(2025, 3, 14), label="Policy 4.2 in force", href="#policy")],
        )

    @property
    def is_empty(self) -> bool:
        return all(Reading.of(point.y).value is None for point in self.points)

    def table(self) -> Table:
        parts = [Column(title, self.y) for title in (_("Centre"), _("Lower limit"), _("Upper limit"), _("EWMA"))]
        return Table.of(
            [Column(self.x.title or _("When")), *value_columns(self.y), *parts, Column(_("Rule")), Column(_("Phase"))],
            [
                (
                    [
                        point.x,
                        *value_cells(point.y),
                        *self._limits(point),
                        finite(point.ewma),
                        point.flag,
                        point.phase,
                    ],
                    point.href,
                )
                for point in self.points
            ],
        )

    def _limits(self, point: ControlPoint) -> tuple[float | None, float | None, float | None]:
        """Centre, lower and upper limit that hold for a point: its own, or else the chart's."""
        pairs = ((point.centre, self.centre), (point.lower, self.lower), (point.upper, self.upper))
        centre, lower, upper = (finite(own if own is not None else shared) for own, shared in pairs)
        return centre, lower, upper

    def _spots(self, places: Places) -> list[_Spot]:
        spots = []
        for point in self.points:
            at = places.at(point.x)
            if at is not None:
                centre, lower, upper = self._limits(point)
                spots.append(_Spot(point, at, Reading.of(point.y), centre, lower, upper, finite(point.ewma)))
        return sorted(spots, key=lambda spot: spot.at)

    def draw(self, canvas: Canvas) -> None:
        places = Places([point.x for point in self.points])
        spots = self._spots(places)
        shapes = dict(zip(dict.fromkeys(spot.point.flag for spot in spots if spot.point.flag), cycle(FLAGS)))
        top = self._head(canvas, spots, shapes)
        has_phases = len({spot.point.phase for spot in spots}) > 1
        ys = [value for spot in spots for value in self._heights(spot)]
        frame = cartesian(
            canvas,
            places=places,
            xs=[spot.at for spot in spots],
            ys=ys + [value for each in self.references if (value := finite(each.value)) is not None],
            x_axis=self.x,
            y_axis=self.y,
            top=top + event_rows(self.events) + (18 if has_phases else 0) + 6,
            side=side_room([*self._line_texts(spots), *(reference_label(r, self.y) for r in self.references)], canvas),
        )
        self._draw_baseline(frame, places)
        labels = draw_references(frame, self.references, self.y)
        runs = [list(run) for _phase, run in groupby(spots, key=lambda spot: spot.point.phase)]
        for run in runs:
            self._draw_limits(frame, run)
        if has_phases:
            self._draw_phases(frame, runs)
        draw_events(frame, self.events, places, at_y=frame.top - (24 if has_phases else 8))
        self._draw_values(frame, spots, shapes)
        draw_side_labels(frame, labels + self._line_labels(frame, spots[-1]))

    def _heights(self, spot: _Spot) -> list[float]:
        interval = spot.reading.span if self.interval != "none" else [spot.reading.value]
        return [v for v in (*interval, spot.centre, spot.lower, spot.upper, spot.ewma) if v is not None]

    def _head(self, canvas: Canvas, spots: Sequence[_Spot], shapes: dict[str, Shape]) -> float:
        keys = [Key(rule, "fbad", shape) for rule, shape in shapes.items()]
        if any(spot.ewma is not None for spot in spots):
            keys.append(Key(_("EWMA"), "line s2 d2", "line"))
        return draw_head(canvas, self.y.title, keys)

    def _line_texts(self, spots: Sequence[_Spot]) -> list[str]:
        last = spots[-1]
        names = ((_("Upper"), last.upper), (_("Centre"), last.centre), (_("Lower"), last.lower))
        return [f"{name} {short(value, self.y)}" for name, value in names if value is not None]

    def _line_labels(self, frame: Frame, last: _Spot) -> list[SideLabel]:
        heights = [value for value in (last.upper, last.centre, last.lower) if value is not None]
        texts = self._line_texts([last])
        return [SideLabel(frame.y(at), text, "tick") for at, text in zip(heights, texts, strict=True)]

    def _draw_baseline(self, frame: Frame, places: Places) -> None:
        ends = [places.at(x) for x in self.baseline or ()]
        known = [min(max(frame.x(end), frame.left), frame.right) for end in ends if end is not None]
        if len(known) == 2 and known[0] < known[1]:
            frame.canvas.rect(known[0], frame.top, known[1] - known[0], frame.bottom - frame.top, "band")
            text = fit(_("Baseline"), known[1] - known[0] - 8)
            if text_width(text) > 12:
                frame.canvas.text(known[0] + 4, frame.bottom - 6, text, "tick halo")

    def _draw_limits(self, frame: Frame, run: Sequence[_Spot]) -> None:
        """Each line as steps: a limit holds for its point, half way to the neighbours."""
        xs = [frame.x(spot.at) for spot in run]
        middles = [(before + after) / 2 for before, after in pairwise(xs)]
        edge = 28 if len(run) == 1 else min((xs[1] - xs[0]) / 2, 10)
        edges = [xs[0] - edge, *middles, xs[-1] + edge]
        lines = (
            ([spot.centre for spot in run], "fine smuted"),
            ([spot.lower for spot in run], "fine sbad dashed faint"),
            ([spot.upper for spot in run], "fine sbad dashed faint"),
        )
        for values, looks in lines:
            steps = [(edges[i], edges[i + 1], value) for i, value in enumerate(values)]
            for is_known, part in groupby(steps, key=lambda step: step[2] is not None):
                if is_known:
                    path = [(x, frame.y(v)) for begin, end, v in part if v is not None for x in (begin, end)]
                    frame.canvas.path(path, looks)

    def _draw_phases(self, frame: Frame, runs: Sequence[Sequence[_Spot]]) -> None:
        for index, run in enumerate(runs):
            begin = frame.left if index == 0 else (frame.x(runs[index - 1][-1].at) + frame.x(run[0].at)) / 2
            end = frame.right
            if index + 1 < len(runs):
                end = (frame.x(run[-1].at) + frame.x(runs[index + 1][0].at)) / 2
            if index:
                frame.canvas.line(begin, frame.top - 18, begin, frame.bottom, "fine smuted")
            frame.canvas.fitted(begin + 4, frame.top - 8, run[0].point.phase, "strong", room=end - begin - 8)

    def _draw_values(self, frame: Frame, spots: Sequence[_Spot], shapes: dict[str, Shape]) -> None:
        canvas = frame.canvas
        for _phase, phase in groupby(spots, key=lambda spot: spot.point.phase):
            phase_spots = list(phase)
            for is_known, part in groupby(phase_spots, key=lambda spot: spot.reading.value is not None):
                if is_known:
                    run = [(spot.at, spot.reading) for spot in part]
                    if self.interval == "band":
                        draw_band(frame, run, "f1 tint")
                    canvas.path([(frame.x(at), frame.y(r.value)) for at, r in run if r.value is not None], "fine s1")
            ewma = [(frame.x(spot.at), frame.y(spot.ewma)) for spot in phase_spots if spot.ewma is not None]
            canvas.path(ewma, "line s2 d2")
        is_dense = len(spots) * 9 > frame.right - frame.left
        for spot in spots:
            self._draw_point(frame, spot, shapes, radius=2 if is_dense else 3.5)

    def _draw_point(self, frame: Frame, spot: _Spot, shapes: dict[str, Shape], *, radius: float) -> None:
        point, reading = spot.point, spot.reading
        if reading.value is None:
            return
        x, y = frame.x(spot.at), frame.y(reading.value)
        rule = f" ({point.flag})" if point.flag else ""
        where = place(point.x)
        full, brief = (text + rule for text in say(where, reading, self.y))
        with frame.canvas.mark(full, short=brief, href=point.href):
            if self.interval == "whiskers":
                draw_whisker(frame, x, reading, "sbad faint" if point.flag else "s1 faint")
            if point.flag:
                frame.canvas.shape(shapes[point.flag], x, y, radius + 1, "fbad ring")
            else:
                frame.canvas.shape("circle", x, y, radius, "f1 ring")
