"""Which series are watched, and how each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from evenkeel.ground.access import Actor, visible
from evenkeel.people import Organisation, Site, Team
from evenkeel.work import Programme, Queue

from .. import scopes
from ..base import FigureMetric, Held
from ..metric import day_metric
from ..models import DataProblem, Series
from ..rules.watching import LOOK_BACK, Watched, watch_parts
from .answers import answer_names
from .feeding import Days, is_share
from .figures import names_of
from .held import Asked, held_by
from .protecting import hidden_points

# Beside the baseline a chart reaches back this far.
SHOWN = timedelta(days=180)


def target_names(keys: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], str]:
    """The names of watched things; a query a kind."""
    by_kind: defaultdict[str, set[UUID]] = defaultdict(set)
    for kind, target_id in keys:
        by_kind[kind].add(target_id)
    tables = {"programme": Programme, "queue": Queue, "organisation": Organisation, "site": Site, "team": Team}
    names = {
        kind: answer_names(ids) if kind == "label" else names_of(tables[kind], ids) for kind, ids in by_kind.items()
    }
    return {(kind, id_): name for kind, named in names.items() for id_, name in named.items()}


def watched(series: Series, *, today: date, rate: float = 0.0, actor: Actor | None = None) -> Watched:
    """The series with its chart: the frozen baseline and what came after it, up to half a year.

    `rate`: how many alarms a point its limits allow, as when a signal was raised; 0: limits of three standard errors. With an
    `actor`, days on which stand too few people for her to see are left out, and out of the limits as well.
    """
    days = _days_of(series, since=series.baseline_from_on, until=series.baseline_until_on or today + timedelta(days=1))
    if series.baseline_until_on is not None:
        since = max(series.baseline_until_on, today - SHOWN)
        days += _days_of(series, since=since, until=today + timedelta(days=1))
    kind = day_metric(series.metric)
    if actor is not None and days:
        hidden = _hidden_days(series, kind, since=min(days)[0], until=max(days)[0] + timedelta(days=1), actor=actor)
        days = [(day, held) for day, held in days if day not in hidden]
    return watch_parts(
        days,
        estimate=kind.figure,
        baseline_from_on=series.baseline_from_on,
        baseline_until_on=series.baseline_until_on,
        is_share=is_share(kind),
        rate=rate,
        skip=doubted_days(series, today=today),
    )


def _hidden_days(series: Series, kind: type[FigureMetric], *, since: date, until: date, actor: Actor) -> set[date]:
    asked = Asked(since=since, until=until, where=_where(series), actor=actor)
    return {day for (day,) in hidden_points(kind, (), asked)}  # type: ignore[misc]


def doubted_days(series: Series, *, today: date) -> list[date]:
    """The days of a series that are not judged, because their data is not whole."""
    rows = DataProblem.objects.filter(
        programme=series.programme_id, metric=series.metric, kind="gap", since_on__gte=today - LOOK_BACK
    )
    return list(rows.values_list("since_on", flat=True))


def _days_of(series: Series, *, since: date, until: date) -> Days:
    kind = day_metric(series.metric)
    found = held_by([kind], ("day",), Asked(since=since, until=until, where=_where(series)))
    days: list[tuple[date, Held]] = [(key[0], held) for key, held in found.items() if isinstance(key[0], date)]
    return sorted(days, key=lambda pair: pair[0])


def _where(series: Series) -> dict[str, Any]:
    own = series.label if series.kind == "label" else series.target_id
    return {"programme": series.programme_id, series.kind: own}


def series_of(actor: Actor, *, programme: Programme | UUID) -> list[Series]:
    """The watched series of a programme that the actor may see, the widest first."""
    order = {kind: place for place, (kind, _title) in enumerate(Series.KINDS)}
    rows = visible(
        actor, scopes.FIGURE_VIEW, Series.objects.filter(programme=programme, metric="accuracy", clock="day")
    )
    return sorted(rows, key=lambda row: (order[row.kind], row.target_id))
