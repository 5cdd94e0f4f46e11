"""What the roll-ups hold: parts and histograms of metrics, by any dimensions that they are kept by, within an actor's reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Model, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import LogHistogram, WeightedParts, sum_histograms

from .. import scopes
from ..base import EVERYWHERE, FigureMetric, Held
from ..cuts import BETWEEN, EXTRAS
from ..estimators.life_table import LifeTable
from ..models import CutParts, DayParts, SketchParts, WorkerDayParts
from ..sums import parts_of, summed

Place = tuple[UUID | str | date | None, ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which rows: a half-open span of days, what narrows them, and for whose eyes (None: all, the caller has asked)."""

    since: date
    until: date
    where: Mapping[str, Any]
    actor: Actor | None = None

    @property
    def extras(self) -> set[str]:
        """The dimensions beside place by which it is narrowed."""
        return {name for name, value in self.where.items() if name in EXTRAS and value is not None}

    @property
    def is_personal(self) -> bool:
        """Whether it asks about single people."""
        return self.where.get("worker") is not None

    def over(self, since: date, until: date) -> Asked:
        """The same over other days."""
        return Asked(since=since, until=until, where=self.where, actor=self.actor)


def check_where(where: Mapping[str, Any]) -> None:
    """Raises TypeError for a name that is no dimension."""
    unknown = set(where) - {*EVERYWHERE, *EXTRAS}
    if unknown:
        raise TypeError(f"a figure is not narrowed by {', '.join(sorted(unknown))}")


def check_kept_by(kind: type[FigureMetric], names: Iterable[str]) -> None:
    """Raises ValueError where a metric is not kept by these dimensions together; the sentence says by what it is."""
    wanted = sorted(set(names))
    if kind.is_kept_by(wanted):
        return
    beside = ", ".join(" and ".join(cut) for cut in kind.kept)
    known = f"{', '.join(kind.places)}{f'; beside place by {beside}' if beside else ''}"
    extras = [name for name in wanted if name in EXTRAS]
    if not kind.is_kept_by(extras):
        raise ValueError(f"{kind.slug} is not kept by {', '.join(extras)}; it is kept by {known}")
    raise ValueError(f"{kind.slug} is not kept by {', '.join(wanted)} together; it is kept by {known}")


def held_by(kinds: Sequence[type[FigureMetric]], by: Sequence[str], asked: Asked) -> dict[Place, Held]:
    """What is held of some metrics for each combination of values; `day` may be one of `by`.

    One query for all sums, one for all histograms. Combinations without a row are left out.
    """
    names = [*by, *(name for name, value in asked.where.items() if value is not None)]
    for kind in kinds:
        check_kept_by(kind, [name for name in names if name != "day"])
    slugs = sorted({slug for kind in kinds for slug in kind.needs()})
    sketched = sorted({slug for kind in kinds for slug in kind.sketched_from()})
    parts = _parts(slugs, by, asked) if slugs else {}
    sketches = _sketches(sketched, by, asked) if sketched else {}
    if any(issubclass(kind, LifeTable) for kind in kinds):
        _add_open(sketches, by, asked)
    places = [*parts, *(place for place in sketches if place not in parts)]
    return {place: Held(parts=parts.get(place, {}), sketches=sketches.get(place, {})) for place in places}


def _parts(slugs: Sequence[str], by: Sequence[str], asked: Asked) -> dict[Place, dict[str, WeightedParts]]:
    extras = asked.extras | (set(by) & EXTRAS.keys())
    if extras:
        return _cut_parts(slugs, by, asked, extras)
    is_personal = asked.is_personal or "worker" in by
    rows = rows_of(WorkerDayParts if is_personal else DayParts, slugs, asked, is_personal=is_personal)
    columns = [_column(name) for name in by]
    found: defaultdict[Place, dict[str, WeightedParts]] = defaultdict(dict)
    for row in rows.order_by().values("metric", *columns).annotate(**summed()):
        if row["sum_n"]:
            found[tuple(row[column] for column in columns)][row["metric"]] = parts_of(row)
    return dict(found)


def _cut_parts(
    slugs: Sequence[str], by: Sequence[str], asked: Asked, extras: set[str]
) -> dict[Place, dict[str, WeightedParts]]:
    names = cut_for(slugs, extras)
    rows = rows_of(CutParts, slugs, asked, is_personal=False).filter(names=",".join(names))
    columns = [_column(name) for name in by if name not in EXTRAS]
    found: defaultdict[Place, dict[str, WeightedParts]] = defaultdict(dict)
    for row in rows.order_by().values("metric", "values", *columns).annotate(**summed()):
        said = dict(zip(names, row["values"].split(BETWEEN), strict=True))
        if not row["sum_n"] or not fits(said, asked.where):
            continue
        place = tuple(said[name] if name in EXTRAS else row[_column(name)] for name in by)
        held = found[place]
        held[row["metric"]] = held.get(row["metric"], WeightedParts()) + parts_of(row)
    return dict(found)


def cut_for(slugs: Sequence[str], extras: set[str]) -> tuple[str, ...]:
    """The smallest cut, kept by all of these metrics, that tells these dimensions. Raises ValueError without one."""
    from ..metric import day_metric

    kept = [set(day_metric(slug).kept) for slug in slugs]
    shared = [cut for cut in set.intersection(*kept) if extras <= set(cut)]
    if not shared:
        raise ValueError(f"{', '.join(slugs)} are not kept by {', '.join(sorted(extras))}")
    return min(shared, key=lambda cut: (len(cut), cut))


def fits(said: Mapping[str, str], where: Mapping[str, Any]) -> bool:
    """Whether the values of a cut are among those asked for."""
    for name, value in where.items():
        if name in EXTRAS and value is not None:
            wanted = {str(one) for one in value} if isinstance(value, (list, tuple, set)) else {str(value)}
            if said[name] not in wanted:
                return False
    return True


def _sketches(slugs: Sequence[str], by: Sequence[str], asked: Asked) -> dict[Place, dict[str, LogHistogram]]:
    rows = rows_of(SketchParts, slugs, asked, is_personal=False)
    columns = [_column(name) for name in by]
    together: defaultdict[tuple[Place, str], list[LogHistogram]] = defaultdict(list)
    for metric, counts, *place in rows.order_by().values_list("metric", "counts", *columns):
        together[tuple(place), metric].append(LogHistogram.from_list(counts))
    found: defaultdict[Place, dict[str, LogHistogram]] = defaultdict(dict)
    for (where, metric), histograms in together.items():
        found[where][metric] = sum_histograms(histograms)
    return dict(found)


def _add_open(sketches: dict[Place, dict[str, LogHistogram]], by: Sequence[str], asked: Asked) -> None:
    """Beside what was done: the ages of what stood open on the day before the span, and on the last counted day of it."""
    if "day" in by:
        raise ValueError("what stood open at both ends is asked of a period, not day by day")
    days = SketchParts.objects.filter(metric=LifeTable.open_ages)
    last = days.filter(day__gte=asked.since, day__lt=asked.until).aggregate(last=Max("day"))["last"]
    before = asked.since - timedelta(days=1)
    for day, name in ((before, LifeTable.AT_START), (last, LifeTable.AT_END)):
        if day is None:
            continue
        at = _sketches([LifeTable.open_ages], by, asked.over(day, day + timedelta(days=1)))
        for place, held in at.items():
            sketches.setdefault(place, {})[name] = held[LifeTable.open_ages]


def rows_of(table: type[Model], slugs: Sequence[str], asked: Asked, *, is_personal: bool) -> QuerySet[Any]:
    """The roll-up's rows that an actor may see; `is_personal`: those by single people."""
    rows = table._default_manager.filter(day__gte=asked.since, day__lt=asked.until)
    rows = rows.filter(metric=slugs[0]) if len(slugs) == 1 else rows.filter(metric__in=list(slugs))
    rows = rows.filter(**conditions_of(asked.where))
    if asked.actor is None:
        return rows
    return visible(asked.actor, scopes.PERSON_VIEW if is_personal else scopes.FIGURE_VIEW, rows)


def conditions_of(where: Mapping[str, Any]) -> dict[str, Any]:
    """What of it narrows by place, as a filter; None narrows nothing. Raises TypeError for a name that is no dimension."""
    check_where(where)
    given = {name: value for name, value in where.items() if value is not None and name not in EXTRAS}
    return {f"{name}__in" if isinstance(value, list) else name: value for name, value in given.items()}


def _column(name: str) -> str:
    return name if name == "day" else f"{name}_id"
