"""Metrics made of two others, person by person and day by day: brought up to date with either of the two.

A person's day is worked out anew from what the two hold of it now, and the difference to what it was goes into the sums. Its
terms are multiples of 2^-20, so the sums are those of a roll-up made from nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from evenkeel.kernel import WeightedParts

from ..base import PLACES, SUMS
from ..models import DayParts, RollupMember, WorkerDayParts
from ..sums import parts_in
from .adding import add_up, in_parts, key

if TYPE_CHECKING:
    from ..estimators.ratio_of_sums import UnitMetric

_COLUMNS = (*(f"{name}_id" for name in PLACES), "worker_id")
_FEED = "units"
Cell = tuple[Any, ...]


def refresh_units(slugs: set[str], touched: Iterable[tuple[date, Any]]) -> None:
    """Bring everything up to date that is made of these metrics, for these people's days."""
    from ..metric import unit_metrics

    units = [unit for unit in unit_metrics() if slugs & set(unit.feeds())]
    if not units:
        return
    days: defaultdict[date, list[Any]] = defaultdict(list)
    for day, worker in touched:
        days[day].append(worker)
    for day, workers in days.items():
        for part in in_parts(workers):
            _refresh(units, day, part)


def renew_units() -> None:
    """Make those anew that are new or of a new version, or whose source was made anew."""
    from ..metric import unit_metrics

    known = dict(RollupMember.objects.filter(feed=_FEED).values_list("metric", "version"))
    for unit in unit_metrics():
        if known.get(unit.slug) == unit.version:
            continue
        RollupMember.objects.filter(metric=unit.slug).delete()
        for table in (DayParts, WorkerDayParts):
            table._default_manager.filter(metric=unit.slug).delete()
        rows = WorkerDayParts.objects.filter(metric__in=unit.feeds()).order_by()
        for day in list(rows.values_list("day", flat=True).distinct()):
            _refresh([unit], day, None)
        RollupMember.objects.create(feed=_FEED, metric=unit.slug, version=unit.version)


def _refresh(units: Sequence[type[UnitMetric]], day: date, workers: Sequence[Any] | None) -> None:
    slugs = {slug for unit in units for slug in (*unit.feeds(), unit.slug)}
    rows = WorkerDayParts.objects.filter(metric__in=slugs, day=day)
    if workers is not None:
        rows = rows.filter(worker__in=workers)
    cells: defaultdict[Cell, dict[str, WeightedParts]] = defaultdict(dict)
    for row in rows.values("metric", *_COLUMNS, *SUMS):
        cells[tuple(row[name] for name in _COLUMNS)][row["metric"]] = parts_in(row)
    for unit in units:
        changes = {cell: change for cell, parts in cells.items() if (change := _change(unit, parts)) is not None}
        _add(unit, day, changes)


def _change(unit: type[UnitMetric], parts: Mapping[str, WeightedParts]) -> WeightedParts | None:
    new, old = unit.made_of(parts), parts.get(unit.slug, WeightedParts())
    if new == old:
        return None
    return WeightedParts(**{name: getattr(new, name) - getattr(old, name) for name in SUMS})


def _add(unit: type[UnitMetric], day: date, changes: Mapping[Cell, WeightedParts]) -> None:
    if not changes:
        return
    by_place: defaultdict[Cell, WeightedParts] = defaultdict(WeightedParts)
    for cell, change in changes.items():
        by_place[cell[:-1]] += change
    own = [_row(unit, day, cell, change, (*PLACES, "worker")) for cell, change in changes.items()]
    add_up(WorkerDayParts, own, sums=SUMS)
    add_up(DayParts, [_row(unit, day, cell, change, PLACES) for cell, change in by_place.items()], sums=SUMS)
    for table in (DayParts, WorkerDayParts):
        table._default_manager.filter(metric=unit.slug, n=0, w=0).delete()


def _row(unit: type[UnitMetric], day: date, cell: Cell, change: WeightedParts, names: Sequence[str]) -> dict[str, Any]:
    place = {name: None if value is None else str(value) for name, value in zip(names, cell, strict=True)}
    sums = {name: getattr(change, name) for name in SUMS}
    return {"id": key(unit.slug, day, *place.values()), "metric": unit.slug, "day": day, **place, **sums}
