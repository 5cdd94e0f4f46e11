"""Answers as charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.changes import Change, marks
from evenkeel.ground.charts import Axis, Bars, Chart, Control, ControlPoint, Point, Row, Series, Trend
from evenkeel.ground.charts import Reading as Drawn
from evenkeel.kernel import Estimate
from evenkeel.measure import Cell, FigureMetric

from .queries.answers import Answer, Line

# More bars than this are a list, and the table is the better list.
MOST_BARS = 40


def chart_of(
    answer: Answer, *, changes: Sequence[Change], cell_url: Callable[[Cell], str], day_url: Callable[[str, str], str]
) -> Chart | None:
    """The chart that the question asks for; None where it asks for a table, or for more than a chart can show."""
    drawing = answer.question.drawing
    if drawing == "line" and len(answer.question.by) <= 1:
        events = marks(changes)
        if not answer.question.by:
            chart = _with_limits(answer, day_url)
            return replace(chart, events=events) if chart else None
        return replace(_lines(answer, cell_url), events=events)
    if drawing in ("bars", "line"):
        return _bars(answer, cell_url)
    return None


def _with_limits(answer: Answer, day_url: Callable[[str, str], str]) -> Control | None:
    line = next(iter(answer.lines), None)
    if line is None:
        return None
    last = timedelta(days=answer.step_days - 1)
    return Control(
        title=str(answer.metric.title),
        description=_course_words(answer, line),
        points=[
            ControlPoint(
                x=point.day,
                y=_drawn(answer.metric, point.estimate),
                href=day_url(point.day.isoformat(), (point.day + last).isoformat()),
                flag=_("Outside its limits") if line.limits and place in line.limits.outside else "",
                **_limits_at(answer.metric, line, place),
            )
            for place, point in enumerate(line.points)
        ],
        y=_axis(answer.metric),
        interval="none" if len(line.points) > 30 else "whiskers",
        empty=_("Nothing was counted in this period."),
    )


def _limits_at(metric: type[FigureMetric], line: Line, place: int) -> dict[str, Any]:
    if line.limits is None:
        return {}
    by = _factor(metric)
    found = {"centre": line.limits.centre, "lower": line.limits.lower, "upper": line.limits.upper}
    return {name: values[place] * by for name, values in found.items()}


def _course_words(answer: Answer, line: Line) -> str:
    if line.limits is None:
        return _("%(metric)s over time; too few points for limits.") % {"metric": answer.metric.title}
    n = len(line.limits.outside)
    said = ngettext(
        "%(metric)s over time; %(n)d point lies outside the limits that its own past sets.",
        "%(metric)s over time; %(n)d points lie outside the limits that its own past sets.",
        n,
    )
    return said % {"metric": answer.metric.title, "n": n}


def _lines(answer: Answer, cell_url: Callable[[Cell], str]) -> Trend:
    return Trend(
        title=str(answer.metric.title),
        description=_("%(metric)s over time, the largest parts first.") % {"metric": answer.metric.title},
        series=[
            Series(
                name=line.cell.names[0] if line.cell else "",
                points=[
                    Point(x=point.day, y=_drawn(answer.metric, point.estimate),
                          href=cell_url(line.cell) if line.cell else "")
                    for point in line.points
                ],
            )
            for line in answer.lines
        ],
        y=_axis(answer.metric),
        empty=_("Nothing was counted in this period."),
    )  # fmt: skip


def _bars(answer: Answer, cell_url: Callable[[Cell], str]) -> Bars | None:
    cells = answer.evaluated.cells or ((answer.evaluated.total,) if not answer.question.by else ())
    if not cells or len(cells) > MOST_BARS:
        return None
    return Bars(
        title=str(answer.metric.title),
        description=_("%(metric)s side by side, the largest parts first; thin ones are hollow.")
        % {"metric": answer.metric.title},
        rows=[
            Row(
                label=" × ".join(cell.names) or _("Everything"),
                value=_drawn(answer.metric, cell.estimate),
                href=cell_url(cell),
                thin=cell.estimate.is_thin() and answer.metric.unit != "count",
            )
            for cell in cells
        ],
        x=_axis(answer.metric),
        empty=_("Nothing was counted in this period."),
    )


def _axis(metric: type[FigureMetric]) -> Axis:
    if metric.unit == "percent":
        return Axis(title=str(metric.title), format="percent")
    return Axis(title=str(metric.title), unit="s" if metric.unit == "duration_ms" else "", zero=metric.unit == "count")


def _factor(metric: type[FigureMetric]) -> float:
    """Milliseconds are drawn as seconds."""
    return 0.001 if metric.unit == "duration_ms" else 1.0


def _drawn(metric: type[FigureMetric], found: Estimate) -> Drawn:
    by = _factor(metric)
    # A count has no interval: it is the number itself.
    if metric.unit == "count":
        return Drawn(found.value)
    return Drawn(found.value * by, found.low * by, found.high * by, found.n)
