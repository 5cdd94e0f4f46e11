"""A metric cut by any dimensions, over one period or against another: the table that pages, API and programs ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model

from evenkeel.ground.access import Actor
from evenkeel.kernel import Estimate, WeightedParts, kitagawa_of_means
from evenkeel.people import Organisation, Site, Team, Worker
from evenkeel.work import Programme, Queue

from .. import scopes
from ..metric import Count, day_metric, is_ratio, metrics, ratio_metric
from ..sums import parts_of, summed
from .figures import PEOPLE_NEEDED, Dimension, conditions_of, names_of, people_behind, rows_of

TABLES: Mapping[str, type[Model]] = {
    "programme": Programme,
    "queue": Queue,
    "organisation": Organisation,
    "site": Site,
    "team": Team,
    "worker": Worker,
}
Place = tuple[UUID | None, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One combination of values. `mix` and `rate` are its parts of the whole's change; None without a comparison."""

    values: tuple[UUID | None, ...]
    names: tuple[str, ...]
    estimate: Estimate
    before: Estimate | None
    mix: float | None
    rate: float | None


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """A metric over since <= day < until, cut by `by`; `before` is the period it is compared with.

    `total.mix` + `total.rate` is the whole's change exactly. `hidden` cells tell of too few people to be shown; where one
    alone would be, the next smallest is hidden along, or the difference to the total would give it away.
    """

    metric: str
    by: tuple[Dimension, ...]
    since: date
    until: date
    before: tuple[date, date] | None
    total: Cell
    cells: tuple[Cell, ...]
    hidden: int


def evaluate(
    metric: str,
    *,
    since: date,
    until: date,
    by: Sequence[Dimension] = (),
    compare: tuple[date, date] | None = None,
    actor: Actor | None = None,
    version: int | None = None,
    **where: Any,
) -> Evaluated:
    """Evaluate a metric; `where` narrows as for `figure`, `compare` is another period (since, until).

    `version` asks for a definition as it was, so that an old report can be made again; `slug@version` means the same.

    Three queries at most, on roll-ups. With an `actor` only rows count that she may see; cutting by or narrowing to
    workers asks for `measure:person:view`. Cells come by the size of their weight, largest first. Raises `UnknownKind` or
    ValueError as `figure` does, and ValueError for a dimension that is named twice.
    """
    if version is not None:
        metric = f"{metric}@{version}"
    if is_ratio(metrics[metric]):
        return _ratio(metric, since=since, until=until, by=by, compare=compare, actor=actor, **where)
    kind = day_metric(metric)
    if len(set(by)) < len(by) or not set(by) <= set(TABLES):
        raise ValueError(f"cut by some of {', '.join(TABLES)}, each once")
    is_personal = "worker" in by or where.get("worker") is not None
    few = _few(metric, since, until, by, actor, where) if not is_personal else set()
    now = _parts(metric, since, until, by, actor, where, is_personal=is_personal)
    was = _parts(metric, *compare, by, actor, where, is_personal=is_personal) if compare else {}
    if None in few:
        unknown = Estimate.unknown(method="withheld")
        total = Cell(values=(), names=(), estimate=unknown, before=None, mix=None, rate=None)
        return Evaluated(
            metric=metric,
            by=tuple(by),
            since=since,
            until=until,
            before=compare,
            total=total,
            cells=(),
            hidden=len(now),
        )
    places = sorted(now.keys() | was.keys(), key=lambda place: (-now.get(place, WeightedParts()).w, str(place)))
    empty = WeightedParts()
    sides = [[parts.get(place, empty) for place in places] for parts in (was, now)]
    split = None
    if compare and not issubclass(kind, Count) and all(sum(part.w for part in side) > 0 for side in sides):
        (x0, n0), (x1, n1) = (([part.wy for part in side], [part.w for part in side]) for side in sides)
        split = kitagawa_of_means(x0, n0, x1, n1)
    names = {name: names_of(TABLES[name], {place[at] for place in places} - {None}) for at, name in enumerate(by)}
    cells = tuple(
        Cell(
            values=place,
            names=tuple(names[name].get(value, "–") for name, value in zip(by, place, strict=True)),
            estimate=kind.estimate(now.get(place, empty)),
            before=kind.estimate(was.get(place, empty)) if compare else None,
            mix=float(split.mix_by_cell[at]) if split else None,
            rate=float(split.rate_by_cell[at]) if split else None,
        )
        for at, place in enumerate(places)
        if place not in few
    )
    total = Cell(
        values=(),
        names=(),
        estimate=kind.estimate(sum(now.values(), empty)),
        before=kind.estimate(sum(was.values(), empty)) if compare else None,
        mix=split.mix if split else None,
        rate=split.rate if split else None,
    )
    return Evaluated(
        metric=metric, by=tuple(by), since=since, until=until, before=compare, total=total,
        cells=cells if by else (), hidden=len(few & set(places)),
    )  # fmt: skip


def _ratio(
    metric: str,
    *,
    since: date,
    until: date,
    by: Sequence[Dimension],
    compare: tuple[date, date] | None,
    actor: Actor | None,
    **where: Any,
) -> Evaluated:
    """One evaluated metric over another, where both have a cell. What is hidden on either side is hidden."""
    kind = ratio_metric(metric)
    above, below = (
        evaluate(side, since=since, until=until, by=by, compare=compare, actor=actor, **where)
        for side in (kind.above, kind.below)
    )

    def cell(one: Cell, other: Cell) -> Cell:
        before = kind.of(one.before, other.before) if one.before and other.before else None
        return replace(one, estimate=kind.of(one.estimate, other.estimate), before=before, mix=None, rate=None)

    others = {each.values: each for each in below.cells}
    cells = tuple(cell(each, others[each.values]) for each in above.cells if each.values in others)
    return replace(
        above, metric=metric, total=cell(above.total, below.total), cells=cells, hidden=max(above.hidden, below.hidden)
    )


def _parts(
    metric: str,
    since: date,
    until: date,
    by: Sequence[Dimension],
    actor: Actor | None,
    where: Mapping[str, Any],
    *,
    is_personal: bool,
) -> dict[Place, WeightedParts]:
    rows = rows_of(metric, since, until, actor, conditions_of(where), is_personal=is_personal)
    columns = [f"{name}_id" for name in by]
    grouped = rows.order_by().values("metric", *columns).annotate(**summed())
    return {tuple(row[column] for column in columns): parts_of(row) for row in grouped if row["sum_n"]}


def _few(
    metric: str, since: date, until: date, by: Sequence[Dimension], actor: Actor | None, where: Mapping[str, Any]
) -> set[Place | None]:
    """The cells that tell of too few people for this actor; None among them: everything does."""
    if actor is None or actor.has(scopes.PERSON_VIEW):
        return set()
    people = people_behind(actor, metric, since=since, until=until, by=by, **where)
    if len(set().union(*people.values())) < PEOPLE_NEEDED:
        return {None}
    found: set[Place | None] = {place for place, workers in people.items() if len(workers) < PEOPLE_NEEDED}
    if len(found) == 1 and len(people) > 1:
        found.add(
            min((place for place in people if place not in found), key=lambda place: (len(people[place]), str(place)))
        )
    return found
