"""Series as charts want them: by the values of a dimension, in steps of some days, with the limits that are usual for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from evenkeel.ground.access import Actor

from ..base import Held
from ..metric import Rate, day_metric
from ..rules.limits import Limits, limits_of
from .figures import Dimension, SeriesPoint, Value, asked_for, point_of
from .held import held_by
from .protecting import first_of_step, hidden_points, protected


def series_by(
    metric: str,
    *,
    since: date,
    until: date,
    by: Dimension,
    actor: Actor | None = None,
    step_days: int = 1,
    **where: Any,
) -> dict[Value, list[SeriesPoint]]:
    """The metric day by day for each value of a dimension, in one query (and some more to protect people); as for `series`."""
    kind, asked = day_metric(metric), asked_for(since, until, actor, where)
    hidden, _is_everything = protected(kind, (by,), asked)
    points = hidden_points(kind, (by,), asked, days=step_days)
    found: defaultdict[Any, list[SeriesPoint]] = defaultdict(list)
    for (day, value), held in sorted(held_by([kind], ("day", by), asked).items(), key=lambda pair: str(pair[0][0])):
        if (value,) not in hidden and (first_of_step(day, until=until, days=step_days), value) not in points:
            found[value].append(point_of(kind, day, held))
    return dict(found)


def in_steps(points: Iterable[SeriesPoint], *, metric: str, until: date, days: int) -> list[SeriesPoint]:
    """Points of so many days each, counted back from `until`; steps without data are left out."""
    kind = day_metric(metric)
    steps: defaultdict[date, Held] = defaultdict(Held)
    for point in points:
        first = first_of_step(point.day, until=until, days=days)
        steps[first] = steps[first] + point.held
    return [point_of(kind, day, held) for day, held in sorted(steps.items())]


def usual(metric: str, points: Sequence[SeriesPoint], *, newest: int = 1) -> Limits | None:
    """The limits of a metric's series, by its kind; see `limits_of`."""
    kind = day_metric(metric)
    figures = [point.estimate for point in points]
    floor = None if kind.unit == "number" else 0.0
    return limits_of(figures, is_share=issubclass(kind, Rate), newest=newest, floor=floor)
