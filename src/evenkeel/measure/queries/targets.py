"""Which target holds where, and how a figure stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import Estimate
from evenkeel.people import Site, Team
from evenkeel.work import Queue

from .. import scopes
from ..metric import metrics
from ..models import Target, TargetLine
from ..rules.targets import Standing, nearest, standing

_NAMES = ("organisation", "site", "team", "programme", "queue")
_LINE = ("line__organisation", "line__site", "line__team", "line__programme", "line__queue")


@dataclass(frozen=True, kw_only=True)
class Place:
    """What a figure was narrowed to. A queue's programme and a team's site and organisation are looked up where missing."""

    organisation: UUID | None = None
    site: UUID | None = None
    team: UUID | None = None
    programme: UUID | None = None
    queue: UUID | None = None

    def to_dict(self) -> dict[str, UUID | None]:
        """By the kind of place."""
        return {name: getattr(self, name) for name in _NAMES}


@dataclass(frozen=True, kw_only=True)
class TargetHere:
    """The target that holds at a place, in the metric's own unit; `where` names where it was set."""

    target_id: UUID
    metric: str
    better: str
    kind: str
    where: str
    since_on: date
    until_on: date | None
    value: float
    warning: float
    critical: float
    guard: str
    why: str = field(default="")

    def standing(self, found: Estimate) -> Standing:
        """Met, missed or cannot tell, by the figure's interval; and the worst band in which it surely lies."""
        return standing(found, better=self.better, value=self.value, warning=self.warning, critical=self.critical)


def target_for(metric: str, *, place: Place, on: date, actor: Actor | None = None) -> TargetHere | None:
    """The target of a metric at a place on a day: the nearest of those that cover it. None when there is none.

    Everything < organisation < site < team < programme < queue: the last that has one holds. With an `actor` only targets
    that she may see.
    """
    return targets_for([(metric, place)], on=on, actor=actor)[0]


def targets_for(asked: Sequence[tuple[str, Place]], *, on: date, actor: Actor | None = None) -> list[TargetHere | None]:
    """`target_for` for many tiles at once, in the order asked: one query, and one more for places that lack what is above."""
    rows = targets_in_force(sorted({metric for metric, _place in asked}), on=on, actor=actor)
    lines = [(row.line, row) for row in rows]
    by_metric: dict[str, dict[Any, Target]] = {}
    for line, row in lines:
        by_metric.setdefault(line.metric, {})[line] = row
    whole = (
        _with_what_is_above([place for _metric, place in asked]) if lines else [place.to_dict() for _m, place in asked]
    )
    found: list[TargetHere | None] = []
    for (metric, _place), place in zip(asked, whole, strict=True):
        own = by_metric.get(metric, {})
        holding = nearest(own, place)
        found.append(None if holding is None else _here(own[holding]))
    return found


def targets(*, metric: str | None = None, on: date | None = None, actor: Actor | None = None) -> list[TargetHere]:
    """Every target that somebody may see: of one metric, or of those that hold on a day; the newest first."""
    rows = seen_by(actor, Target.objects.all()).select_related("line", *_LINE)
    if metric is not None:
        rows = rows.filter(line__metric=metric)
    if on is not None:
        rows = rows.filter(since_on__lte=on).exclude(until_on__lte=on)
    return [_here(row) for row in rows]


def targets_in_force(names: Iterable[str], *, on: date, actor: Actor | None = None) -> list[Target]:
    """The targets of some metrics that hold on a day, wherever."""
    rows = Target.objects.filter(Q(until_on=None) | Q(until_on__gt=on), line__metric__in=list(names), since_on__lte=on)
    return list(seen_by(actor, rows).select_related("line", *_LINE))


def seen_by(actor: Actor | None, rows: QuerySet[Target]) -> QuerySet[Target]:
    """The targets that somebody may see: those within her reach, and for the house's people those for everything."""
    if actor is None or actor.is_system:
        return rows
    own = visible(actor, scopes.FIGURE_VIEW, Target.objects.all()).values("pk")
    if actor.is_outside or not actor.has(scopes.FIGURE_VIEW):
        return rows.filter(pk__in=own)
    return rows.filter(Q(line__kind=TargetLine.EVERYWHERE) | Q(pk__in=own))


def where_of(line: TargetLine) -> str:
    """The name of a line's place."""
    return str(line.place) if line.place is not None else str(line.get_kind_display())


def _here(row: Target) -> TargetHere:
    line = row.line
    same = ("since_on", "until_on", "value", "warning", "critical", "guard", "why")
    return TargetHere(
        target_id=row.pk,
        metric=line.metric,
        better=metrics[line.metric].better,
        kind=line.kind,
        where=where_of(line),
        **{name: getattr(row, name) for name in same},
    )


def _with_what_is_above(places: Sequence[Place]) -> list[dict[str, UUID | None]]:
    found = [place.to_dict() for place in places]
    _fill(found, Queue, "queue", {"programme": "programme_id"})
    _fill(found, Team, "team", {"site": "site_id", "organisation": "site__organisation_id"})
    _fill(found, Site, "site", {"organisation": "organisation_id"})
    return found


def _fill(places: list[dict[str, UUID | None]], table: type[Model], kind: str, above: Mapping[str, str]) -> None:
    """Put in what lies above a kind of place, in one query; none where it is known."""
    lacking = [place for place in places if place[kind] is not None and any(place[name] is None for name in above)]
    if not lacking:
        return
    rows = table._default_manager.filter(pk__in={place[kind] for place in lacking})
    known = {pk: dict(zip(above, values, strict=True)) for pk, *values in rows.values_list("pk", *above.values())}
    for place in lacking:
        place |= known.get(place[kind], {})
