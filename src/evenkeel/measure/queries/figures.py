"""Figures, series and cells from the roll-ups. Every query names a metric and a span of days, so its cost is bounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, overload
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import Estimate, WeightedParts
from evenkeel.people import Organisation, Site, Team, Worker
from evenkeel.policy import PolicyVersion
from evenkeel.work import Queue

from .. import scopes
from ..metric import day_metric, is_ratio, metrics, ratio_metric, stored_as
from ..models import CellParts, DayParts, WorkerDayParts
from ..sums import parts_of, summed

# Fewer people behind a group's figure, and it tells of single people.
PEOPLE_NEEDED = 5
Dimension = Literal["programme", "queue", "organisation", "site", "team", "worker"]


@dataclass(frozen=True, kw_only=True)
class SeriesPoint:
    """One day of a series: its additive parts and the figure they make."""

    day: date
    parts: WeightedParts
    estimate: Estimate


@overload
def figure(
    metric: str, *, since: date, until: date, by: None = None, actor: Actor | None = None, **where: Any
) -> Estimate: ...
@overload
def figure(
    metric: str, *, since: date, until: date, by: Dimension, actor: Actor | None = None, **where: Any
) -> dict[UUID | None, Estimate]: ...
def figure(
    metric: str,
    *,
    since: date,
    until: date,
    by: Dimension | None = None,
    actor: Actor | None = None,
    **where: Any,
) -> Estimate | dict[UUID | None, Estimate]:
    """A metric over since <= day < until, where `programme`, `queue`, `organisation`, `site`, `team` or `worker` narrow it
    (one of them, or a list).

    `by` gives one estimate for each value of a dimension. With an `actor` only rows count that she may see, and figures of
    single workers ask for `measure:person:view`, as do those behind which stand fewer than five people (withheld, or left
    out of `by`); without one all rows count, for callers that have asked already. Raises
    `UnknownKind` for a metric that is not in the catalogue, ValueError for one that needs a whole study.
    """
    if is_ratio(metrics[metric]):
        return ratio_figure(metric, since=since, until=until, by=by, actor=actor, **where)
    kind = day_metric(metric)
    if by is not None:
        found = parts_by(metric, since=since, until=until, by=by, actor=actor, **where)
        return {value: kind.estimate(parts) for value, parts in found.items()}
    if where.get("worker") is None and too_few(actor, metric, since=since, until=until, by=None, **where):
        return Estimate.unknown(method="withheld")
    total = _summed(metric, since, until, None, actor, conditions_of(where))
    return kind.estimate(total.get(None, WeightedParts()))


def parts_by(
    metric: str, *, since: date, until: date, by: Dimension | None, actor: Actor | None = None, **where: Any
) -> dict[UUID | None, WeightedParts]:
    """The additive parts behind `figure`; summing some of them gives the parts of their union."""
    found = _summed(metric, since, until, by, actor, conditions_of(where))
    if by == "worker" or where.get("worker") is not None:
        return found
    few = too_few(actor, metric, since=since, until=until, by=by, **where)
    return {value: parts for value, parts in found.items() if value not in few}


def _summed(
    metric: str, since: date, until: date, by: Dimension | None, actor: Actor | None, conditions: Mapping[str, Any]
) -> dict[UUID | None, WeightedParts]:
    rows = rows_of(metric, since, until, actor, conditions, is_personal="worker" in conditions or by == "worker")
    if by is None:
        total = rows.aggregate(**summed())
        return {None: parts_of(total)} if total["sum_n"] else {}
    grouped = rows.order_by().values(f"{by}_id").annotate(**summed())
    return {row[f"{by}_id"]: parts_of(row) for row in grouped if row["sum_n"]}


def series(metric: str, *, since: date, until: date, actor: Actor | None = None, **where: Any) -> list[SeriesPoint]:
    """The metric day by day, days without data left out; arguments as for `figure`. A ratio's points have no parts."""
    if is_ratio(metrics[metric]):
        return ratio_series(metric, since=since, until=until, actor=actor, **where)
    kind = day_metric(metric)
    conditions = conditions_of(where)
    is_personal = "worker" in conditions
    if not is_personal and too_few(actor, metric, since=since, until=until, by=None, **where):
        return []
    rows = rows_of(metric, since, until, actor, conditions, is_personal=is_personal)
    days = rows.order_by("day").values("day").annotate(**summed())
    found = [(row["day"], parts_of(row)) for row in days if row["sum_n"]]
    return [SeriesPoint(day=day, parts=parts, estimate=kind.estimate(parts)) for day, parts in found]


def ratio_figure(
    metric: str, *, since: date, until: date, by: Dimension | None, actor: Actor | None, **where: Any
) -> Estimate | dict[UUID | None, Estimate]:
    """`figure` of a ratio: that of its one side over that of the other, where both are known."""
    kind = ratio_metric(metric)
    if by is None:
        sides = [figure(side, since=since, until=until, actor=actor, **where) for side in (kind.above, kind.below)]
        return kind.of(*sides)
    above, below = (
        figure(side, since=since, until=until, by=by, actor=actor, **where) for side in (kind.above, kind.below)
    )
    return {value: kind.of(above[value], below[value]) for value in above if value in below}


def ratio_series(metric: str, *, since: date, until: date, actor: Actor | None, **where: Any) -> list[SeriesPoint]:
    """`series` of a ratio: days on which both sides have data."""
    kind = ratio_metric(metric)
    above, below = (
        {point.day: point.estimate for point in series(side, since=since, until=until, actor=actor, **where)}
        for side in (kind.above, kind.below)
    )
    found = [(day, kind.of(above[day], below[day])) for day in sorted(above.keys() & below.keys())]
    return [
        SeriesPoint(day=day, parts=WeightedParts(), estimate=estimate) for day, estimate in found if estimate.is_known
    ]


def too_few(
    actor: Actor | None, metric: str, *, since: date, until: date, by: Dimension | None, **where: Any
) -> set[UUID | None]:
    """The values behind whose figure stand fewer than five people, for an actor who may not see single people's figures.

    Empty for whoever may, and for callers that have asked already.
    """
    if actor is None or actor.has(scopes.PERSON_VIEW):
        return set()
    found = people_behind(actor, metric, since=since, until=until, by=[by] if by else [], **where)
    return {place[0] if place else None for place, workers in found.items() if len(workers) < PEOPLE_NEEDED}


def people_behind(
    actor: Actor, metric: str, *, since: date, until: date, by: Sequence[Dimension], **where: Any
) -> dict[tuple[UUID | None, ...], set[UUID]]:
    """Who stands behind the figure of each combination of values, as far as the actor may see figures."""
    rows = visible(actor, scopes.FIGURE_VIEW, _days(WorkerDayParts, metric, since, until))
    columns = [f"{name}_id" for name in by]
    people: defaultdict[tuple[UUID | None, ...], set[UUID]] = defaultdict(set)
    for row in rows.filter(**conditions_of(where)).order_by().values("worker_id", *columns).distinct():
        people[tuple(row[column] for column in columns)].add(row["worker_id"])
    return people


@dataclass(frozen=True, kw_only=True)
class AuditCell:
    """Errors among `n` audits in one cell. `errors` is the design-weighted share of them times `n`, so it may be a fraction."""

    values: Mapping[str, str]
    titles: Mapping[str, str]
    errors: float
    n: float

    def named(self) -> Iterator[tuple[str, str, str]]:
        """Each dimension with its value and the value's name."""
        return ((name, value, self.titles[name]) for name, value in self.values.items())


def audit_cells(
    *,
    programme_id: UUID,
    since: date,
    until: date,
    queue_id: UUID | None = None,
    organisation_id: UUID | None = None,
    site_id: UUID | None = None,
    team_id: UUID | None = None,
    actor: Actor | None = None,
) -> list[AuditCell]:
    """Audited decisions and errors by queue, organisation, site, team, worker, expected answer and policy version.

    For two windows this is what the scan for drivers of a change takes. Empty values read "". Cells without audits are
    left out.
    """
    said = {"queue": queue_id, "organisation": organisation_id, "site": site_id, "team": team_id}
    where = {"programme": programme_id, **{name: value for name, value in said.items() if value is not None}}
    rows = _days(CellParts, "accuracy", since, until).filter(**where)
    if actor is not None:
        rows = visible(actor, scopes.PERSON_VIEW, rows)
    names = ("queue_id", "organisation_id", "site_id", "team_id", "worker_id", "label", "policy_version_id")
    cells = list(rows.order_by().values(*names).annotate(**summed()))
    titles = _titles(cells)
    found = []
    for cell in cells:
        if cell["sum_n"] > 0:
            values = {_plain(name): str(cell[name] or "") for name in names}
            found.append(
                AuditCell(
                    values=values,
                    titles={_plain(name): titles[name].get(cell[name], str(cell[name] or "")) for name in names},
                    errors=min(max(1 - parts_of(cell).ratio, 0.0), 1.0) * cell["sum_n"],
                    n=float(cell["sum_n"]),
                )
            )
    return found


def _plain(name: str) -> str:
    return "expected_label" if name == "label" else name.removesuffix("_id")


def _titles(cells: Sequence[Mapping[str, Any]]) -> dict[str, dict[Any, str]]:
    """The names of everything that the cells speak of: one query a dimension."""
    tables: dict[str, type[Model]] = {
        "queue_id": Queue,
        "organisation_id": Organisation,
        "site_id": Site,
        "team_id": Team,
        "worker_id": Worker,
        "policy_version_id": PolicyVersion,
    }
    return {"label": {}} | {
        name: names_of(table, {cell[name] for cell in cells if cell[name] is not None})
        for name, table in tables.items()
    }


def names_of(table: type[Model], ids: set[Any]) -> dict[Any, str]:
    """The names of some rows of a lower room's table, by id."""
    if not ids:
        return {}
    rows = table._default_manager.filter(pk__in=ids) if len(ids) <= 500 else table._default_manager.all()
    if table is PolicyVersion:
        rows = rows.select_related("policy")
    return {row.pk: str(row) for row in rows}


def conditions_of(where: Mapping[str, Any]) -> dict[str, Any]:
    """What narrows a figure, as a filter; None narrows nothing. Raises TypeError for a name that is no dimension."""
    unknown = set(where) - {"programme", "queue", "organisation", "site", "team", "worker"}
    if unknown:
        raise TypeError(f"a figure is not narrowed by {', '.join(sorted(unknown))}")
    given = {name: value for name, value in where.items() if value is not None}
    return {f"{name}__in" if isinstance(value, list) else name: value for name, value in given.items()}


def rows_of(
    metric: str, since: date, until: date, actor: Actor | None, conditions: Mapping[str, Any], *, is_personal: bool
) -> QuerySet[Any]:
    """The roll-up's rows that an actor may see; `is_personal`: those by single people."""
    rows = _days(WorkerDayParts if is_personal else DayParts, metric, since, until).filter(Q(**conditions))
    if actor is None:
        return rows
    return visible(actor, scopes.PERSON_VIEW if is_personal else scopes.FIGURE_VIEW, rows)


def _days(table: type[Model], metric: str, since: date, until: date) -> QuerySet[Any]:
    return table._default_manager.filter(metric=stored_as(metric), day__gte=since, day__lt=until)
