"""Series as charts want them: by the values of a dimension, in steps of some days, with the limits that are usual for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from evenkeel.ground.access import Actor
from evenkeel.kernel import WeightedParts

from ..metric import Rate, day_metric
from ..rules.limits import Limits, limits_of
from ..sums import parts_of, summed
from .figures import Dimension, SeriesPoint, conditions_of, rows_of, too_few


def series_by(
    metric: str, *, since: date, until: date, by: Dimension, actor: Actor | None = None, **where: Any
) -> dict[UUID | None, list[SeriesPoint]]:
    """The metric day by day for each value of a dimension, in one query (and one more for k-anonymity); as for `series`."""
    kind, conditions = day_metric(metric), conditions_of(where)
    is_personal = by == "worker" or where.get("worker") is not None
    few = too_few(actor, metric, since=since, until=until, by=by, **where) if not is_personal else set()
    rows = rows_of(metric, since, until, actor, conditions, is_personal=is_personal)
    found: defaultdict[UUID | None, list[SeriesPoint]] = defaultdict(list)
    for row in rows.order_by("day").values("day", f"{by}_id").annotate(**summed()):
        if row["sum_n"] and row[f"{by}_id"] not in few:
            parts = parts_of(row)
            found[row[f"{by}_id"]].append(SeriesPoint(day=row["day"], parts=parts, estimate=kind.estimate(parts)))
    return dict(found)


def in_steps(points: Iterable[SeriesPoint], *, metric: str, until: date, days: int) -> list[SeriesPoint]:
    """Points of so many days each, counted back from `until`; steps without data are left out."""
    kind = day_metric(metric)
    steps: defaultdict[date, WeightedParts] = defaultdict(WeightedParts)
    for point in points:
        back = -(-(until - point.day).days // days)
        first = until - timedelta(days=back * days)
        steps[first] = steps[first] + point.parts
    return [SeriesPoint(day=day, parts=parts, estimate=kind.estimate(parts)) for day, parts in sorted(steps.items())]


def usual(metric: str, points: Sequence[SeriesPoint], *, newest: int = 1) -> Limits | None:
    """The limits of a metric's series, by its kind; see `limits_of`."""
    kind = day_metric(metric)
    figures = [point.estimate for point in points]
    floor = 0.0 if kind.unit in ("count", "duration_ms", "percent") else None
    return limits_of(figures, is_share=issubclass(kind, Rate), newest=newest, floor=floor)
