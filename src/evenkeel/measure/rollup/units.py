"""Metrics made of two others, person by person and day by day: brought up to date with either of the two.

A person's day is worked out anew from what the two hold of it now, and the difference to what it was goes into the sums. Its
terms are multiples of 2^-20, so the sums are those of a roll-up made from nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from evenkeel.kernel import WeightedParts

from ..base import PLACES, SUMS
from ..models import DayParts, RollupMember, WorkerDayParts
from .adding import add_up, in_parts, key, sweep

if TYPE_CHECKING:
    from ..estimators.ratio_of_sums import UnitMetric

_COLUMNS = (*(f"{name}_id" for name in PLACES), "worker_id")
_FEED = "units"
_WORKERS_AT_ONCE = 200
Cell = tuple[Any, ...]


def refresh_units(slugs: set[str], touched: Iterable[tuple[date, Any]]) -> None:
    """Bring everything up to date that is made of these metrics, for these people's days."""
    from ..metric import unit_metrics

    units = [unit for unit in unit_metrics() if slugs & set(unit.feeds())]
    if not units:
        return
    workers: defaultdict[Any, list[date]] = defaultdict(list)
    for day, worker in touched:
        workers[worker].append(day)
    for part in in_parts(list(workers), _WORKERS_AT_ONCE):
        days = {day for worker in part for day in workers[worker]}
        _refresh(units, part, days)
    _sweep(units)


def renew_units() -> None:
    """Make those anew that are new or of a new version, or whose source was made anew."""
    from ..metric import unit_metrics

    known = dict(RollupMember.objects.filter(feed=_FEED).values_list("metric", "version"))
    for unit in unit_metrics():
        if known.get(unit.slug) == unit.version:
            continue
        with transaction.atomic():
            RollupMember.objects.filter(metric=unit.slug).delete()
            for table in (DayParts, WorkerDayParts):
                table._default_manager.filter(metric=unit.slug).delete()
            workers = WorkerDayParts.objects.filter(metric__in=unit.feeds()).order_by().values_list("worker", flat=True)
            for part in in_parts(list(workers.distinct()), _WORKERS_AT_ONCE):
                _refresh([unit], part, None)
            _sweep([unit])
            RollupMember.objects.create(feed=_FEED, metric=unit.slug, version=unit.version)


def _refresh(units: Sequence[type[UnitMetric]], workers: Sequence[Any], days: set[date] | None) -> None:
    slugs = {slug for unit in units for slug in (*unit.feeds(), unit.slug)}
    rows = WorkerDayParts.objects.filter(worker__in=workers, metric__in=slugs)
    if days is not None:
        rows = rows.filter(day__gte=min(days), day__lte=max(days))
    cells: defaultdict[Cell, dict[str, WeightedParts]] = defaultdict(dict)
    for metric, *rest in rows.values_list("metric", "day", *_COLUMNS, *SUMS):
        cells[tuple(rest[: 1 + len(_COLUMNS)])][metric] = WeightedParts(*rest[1 + len(_COLUMNS) :])
    for unit in units:
        _add(unit, {cell: change for cell, parts in cells.items() if (change := _change(unit, parts)) is not None})


def _change(unit: type[UnitMetric], parts: Mapping[str, WeightedParts]) -> WeightedParts | None:
    new, old = unit.made_of(parts), parts.get(unit.slug, WeightedParts())
    if new == old:
        return None
    return WeightedParts(**{name: getattr(new, name) - getattr(old, name) for name in SUMS})


def _add(unit: type[UnitMetric], changes: Mapping[Cell, WeightedParts]) -> None:
    by_place: defaultdict[Cell, WeightedParts] = defaultdict(WeightedParts)
    for cell, change in changes.items():
        by_place[cell[:-1]] += change
    own = [_row(unit, cell, change, (*PLACES, "worker")) for cell, change in changes.items()]
    add_up(WorkerDayParts, own, sums=SUMS)
    add_up(DayParts, [_row(unit, cell, change, PLACES) for cell, change in by_place.items()], sums=SUMS)


def _sweep(units: Sequence[type[UnitMetric]]) -> None:
    """What came back to nothing leaves no trace."""
    for table in (DayParts, WorkerDayParts):
        sweep(table, [unit.slug for unit in units])


def _row(unit: type[UnitMetric], cell: Cell, change: WeightedParts, names: Sequence[str]) -> dict[str, Any]:
    day, *ids = cell
    place = {name: None if value is None else str(value) for name, value in zip(names, ids, strict=True)}
    sums = {name: getattr(change, name) for name in SUMS}
    return {"id": key(unit.slug, day, *place.values()), "metric": unit.slug, "day": day, **place, **sums}
