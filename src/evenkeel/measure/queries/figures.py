"""Figures, series and cells from the roll-ups. Every query names a metric and a span of days, so its cost is bounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, overload
from uuid import UUID

from django.db.models import Model, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import Estimate, WeightedParts
from evenkeel.people import Organisation, Site, Team, Worker
from evenkeel.policy import PolicyVersion
from evenkeel.work import Queue

from .. import scopes
from ..base import Aim, FigureMetric, Held
from ..metric import day_metric
from ..models import CellParts
from ..sums import parts_of, summed
from .apart import Apart, without
from .held import Asked, check_where, held_by
from .protecting import PEOPLE_NEEDED, first_of_step, hidden_points, protected

__all__ = ["PEOPLE_NEEDED"]

Dimension = Literal[
    "programme", "queue", "organisation", "site", "team", "worker",
    "hour", "item_kind", "label", "language", "market", "policy_version", "severity", "source", "state", "tenure",
]  # fmt: skip
# A key of a place, or the word of a dimension beside place.
Value = UUID | str | None


@dataclass(frozen=True, kw_only=True)
class SeriesPoint:
    """One day of a series: its additive parts (empty for a metric made of others), the figure, and all that it is made of."""

    day: date
    parts: WeightedParts
    estimate: Estimate
    held: Held = field(default_factory=Held, repr=False)


@overload
def figure(
    metric: str,
    *,
    since: date,
    until: date,
    by: None = None,
    aim: Aim = "process",
    actor: Actor | None = None,
    **where: Any,
) -> Estimate: ...
@overload
def figure(
    metric: str,
    *,
    since: date,
    until: date,
    by: Dimension,
    aim: Aim = "process",
    actor: Actor | None = None,
    **where: Any,
) -> dict[Value, Estimate]: ...
def figure(
    metric: str,
    *,
    since: date,
    until: date,
    by: Dimension | None = None,
    aim: Aim = "process",
    actor: Actor | None = None,
    **where: Any,
) -> Estimate | dict[Value, Estimate]:
    """A metric over since <= day < until, narrowed by `where`: any dimension, to one of its values or to a list.

    `by` gives one estimate for each value of a dimension. `aim` says what its interval is for: "process" (how such work is
    done) or "these" (exactly the decisions of these days: narrower the more of them were audited).

    With an `actor` only rows count that she may see, and figures of
    single workers ask for `measure:person:view`. Whoever may not see those gets no figure behind which stand fewer than five
    people (withheld, or left out of `by` together with as many others as keep it from being worked out). Without an actor
    all rows count, for callers that have asked already. Raises `UnknownKind` for a metric that is not in the catalogue,
    ValueError for one that needs a whole study or is not kept by the dimensions asked for.
    """
    kind = day_metric(metric)
    asked = asked_for(since, until, actor, where)
    if by is not None:
        return {value: kind.said(held, aim) for value, held in _by(kind, by, asked).items()}
    if protected(kind, (), asked)[1]:
        return Estimate.unknown(method="withheld")
    return kind.said(held_by([kind], (), asked).get((), Held()), aim)


def figures(
    metrics: Sequence[str], *, since: date, until: date, actor: Actor | None = None, **where: Any
) -> dict[str, Estimate]:
    """Several metrics over the same rows, for a page of tiles: two queries for all of them, and two more to protect people.

    Arguments as for `figure`; a metric that is not kept by what narrows the others is left out.
    """
    asked = asked_for(since, until, actor, where)
    kinds = [kind for kind in map(day_metric, metrics) if _is_kept_by(kind, asked)]
    held = held_by(kinds, (), asked).get((), Held())
    hidden = {of: protected(kind, (), asked)[1] for of, kind in {_guarding(kind): kind for kind in kinds}.items()}
    unknown = Estimate.unknown(method="withheld")
    return {kind.slug: unknown if hidden[_guarding(kind)] else kind.figure(held) for kind in kinds}


def _guarding(kind: type[FigureMetric]) -> tuple[str, bool]:
    return kind.people_of(), kind.is_guarded


def _is_kept_by(kind: type[FigureMetric], asked: Asked) -> bool:
    return kind.is_kept_by(name for name, value in asked.where.items() if value is not None)


def asked_for(since: date, until: date, actor: Actor | None, where: Mapping[str, Any]) -> Asked:
    """The same as one value. Raises TypeError for a name that is no dimension."""
    check_where(where)
    return Asked(since=since, until=until, where=where, actor=actor)


def parts_by(
    metric: str, *, since: date, until: date, by: Dimension | None, actor: Actor | None = None, **where: Any
) -> dict[Value, WeightedParts]:
    """The additive parts behind `figure`; summing some of them gives the parts of their union.

    Raises ValueError for a metric that has none of its own.
    """
    kind = day_metric(metric)
    if kind.needs() != (kind.stored(),):
        raise ValueError(f"{metric} has no parts of its own: it is made of {', '.join(kind.needs()) or 'a histogram'}")
    asked = asked_for(since, until, actor, where)
    if by is None:
        if protected(kind, (), asked)[1]:
            return {}
        held = held_by([kind], (), asked).get(())
        return {} if held is None else {None: held.of(kind.stored())}
    return {value: held.of(kind.stored()) for value, held in _by(kind, by, asked).items()}


def _by(kind: type[FigureMetric], by: Dimension, asked: Asked) -> dict[Value, Held]:
    hidden, _is_everything = protected(kind, (by,), asked)
    found = held_by([kind], (by,), asked)
    return {place[0]: held for place, held in found.items() if place not in hidden}  # type: ignore[misc]


def series(
    metric: str, *, since: date, until: date, actor: Actor | None = None, step_days: int = 1, **where: Any
) -> list[SeriesPoint]:
    """The metric day by day, days without data left out, and those on which one of the two that a ratio is made of is missing.

    Arguments as for `figure`. Days on which too few people were at work are left out for whoever may not see single people's
    figures; of a series to be told in steps of `step_days` (`in_steps`), whole steps with too few.
    """
    kind = day_metric(metric)
    asked = asked_for(since, until, actor, where)
    if protected(kind, (), asked)[1]:
        return []
    found = sorted(held_by([kind], ("day",), asked).items(), key=lambda pair: str(pair[0][0]))
    hidden = hidden_points(kind, (), asked, days=step_days)
    points = [
        point_of(kind, day, held)
        for (day, *_nothing), held in found
        if (first_of_step(day, until=until, days=step_days),) not in hidden
    ]
    return [point for point in points if point.estimate.is_known or kind.needs() == (kind.stored(),)]


def point_of(kind: type[FigureMetric], day: Any, held: Held) -> SeriesPoint:
    """A day's point from what the roll-ups hold of it."""
    return SeriesPoint(day=day, parts=held.of(kind.stored()), estimate=kind.figure(held), held=held)


def too_few(
    actor: Actor | None, metric: str, *, since: date, until: date, by: Dimension | None, **where: Any
) -> set[Value]:
    """The values whose figure is hidden from an actor who may not see single people's figures: too few people stand behind
    it, or it would give away one behind which too few stand.

    Empty for whoever may, and for callers that have asked already. {None} where there is no `by` and too few in all.
    """
    kind = day_metric(metric)
    asked = asked_for(since, until, actor, where)
    if by is None:
        return {None} if protected(kind, (), asked)[1] else set()
    return {place[0] for place in protected(kind, (by,), asked)[0]}  # type: ignore[misc]


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
    apart: Sequence[Apart] = (),
    actor: Actor | None = None,
) -> list[AuditCell]:
    """Audited decisions and errors by queue, organisation, site, team, worker, expected answer and policy version.

    For two windows this is what the scan for drivers of a change takes; `apart` is left out. Empty values read "". Cells
    without audits are left out.
    """
    said = {"queue": queue_id, "organisation": organisation_id, "site": site_id, "team": team_id}
    where = {"programme": programme_id, **{name: value for name, value in said.items() if value is not None}}
    rows = without(_days(CellParts, "accuracy", since, until).filter(**where), apart)
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


def _days(table: type[Model], metric: str, since: date, until: date) -> QuerySet[Any]:
    return table._default_manager.filter(metric=metric, day__gte=since, day__lt=until)
