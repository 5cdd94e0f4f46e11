"""Which series are watched, and how each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import WeightedParts
from evenkeel.people import Organisation, Team
from evenkeel.work import Programme, Queue

from .. import scopes
from ..metric import day_metric
from ..models import DayParts, Series
from ..rules.watching import Watched, watch_parts
from ..sums import SUMS, parts_in
from .figures import names_of
from .figures import series as series_points

# Beside the baseline a chart reaches back this far.
SHOWN = timedelta(days=180)
_COLUMNS = {"programme": "programme_id", "queue": "queue_id", "organisation": "organisation_id", "team": "team_id"}

Daily = list[tuple[date, WeightedParts]]


def daily_by_target(programme_id: UUID, *, metric: str, since: date, until: date) -> dict[tuple[str, UUID], Daily]:
    """A programme's daily parts by everything in it that is watched: itself, queues, organisations, teams; one query.

    A queue, organisation or team that is the programme's only one is left out: it would tell the same story twice.
    """
    sums: defaultdict[tuple[str, UUID], defaultdict[date, WeightedParts]] = defaultdict(
        lambda: defaultdict(WeightedParts)
    )
    rows = DayParts.objects.filter(
        programme=programme_id, metric=day_metric(metric).stored(), day__gte=since, day__lt=until
    )
    for row in rows.values("day", *_COLUMNS.values(), *SUMS):
        parts = parts_in(row)
        for kind, column in _COLUMNS.items():
            if row[column] is not None:
                days = sums[kind, row[column]]
                days[row["day"]] = days[row["day"]] + parts
    alone = {kind for kind in ("queue", "organisation", "team") if sum(key[0] == kind for key in sums) == 1}
    return {key: sorted(days.items()) for key, days in sums.items() if key[0] not in alone}


def place_of(kind: str, target_id: UUID) -> dict[str, UUID | None]:
    """The columns that say to whom a series belongs: an organisation's or team's series is its organisation's to see."""
    if kind == "queue":
        return {"queue_id": target_id}
    if kind == "organisation":
        return {"organisation_id": target_id}
    if kind == "team":
        team = Team.objects.select_related("site").get(pk=target_id)
        return {"organisation_id": team.site.organisation_id, "site_id": team.site_id, "team_id": target_id}
    return {}


def target_names(keys: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], str]:
    """The names of watched things; a query a kind."""
    by_kind: defaultdict[str, set[UUID]] = defaultdict(set)
    for kind, target_id in keys:
        by_kind[kind].add(target_id)
    tables = {"programme": Programme, "queue": Queue, "organisation": Organisation, "team": Team}
    return {(kind, id_): name for kind, ids in by_kind.items() for id_, name in names_of(tables[kind], ids).items()}


def watched(series: Series, *, today: date) -> Watched:
    """The series with its chart: the frozen baseline and what came after it, up to half a year."""
    days = _days_of(series, since=series.baseline_from_on, until=series.baseline_until_on or today + timedelta(days=1))
    if series.baseline_until_on is not None:
        since = max(series.baseline_until_on, today - SHOWN)
        days += _days_of(series, since=since, until=today + timedelta(days=1))
    return watch_parts(
        days,
        estimate=day_metric(series.metric).estimate,
        baseline_from_on=series.baseline_from_on,
        baseline_until_on=series.baseline_until_on,
    )


def _days_of(series: Series, *, since: date, until: date) -> Daily:
    where: dict[str, Any] = {"programme": series.programme_id, series.kind: series.target_id}
    return [(point.day, point.parts) for point in series_points(series.metric, since=since, until=until, **where)]


def series_of(actor: Actor, *, programme: Programme | UUID) -> list[Series]:
    """The watched series of a programme that the actor may see, the widest first."""
    order = {kind: place for place, (kind, _title) in enumerate(Series.KINDS)}
    rows = visible(actor, scopes.FIGURE_VIEW, Series.objects.filter(programme=programme))
    return sorted(rows, key=lambda row: (order[row.kind], row.target_id))
