"""Metrics made of two others, person by person and day by day: brought up to date with either of the two.

A person's day is worked out anew from what the two hold of it now, and the difference to what it was goes into the sums. Its
terms are multiples of 2^-20, so the sums are those of a roll-up made from nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db import transaction

from evenkeel.kernel import WeightedParts

from ..base import PLACES, SUMS
from ..models import DayParts, RollupMember, WorkerDayParts
from .adding import Texts, add_rows, as_driven, in_parts, sweep

if TYPE_CHECKING:
    from ..estimators.ratio_of_sums import UnitMetric

_COLUMNS = (*(f"{name}_id" for name in PLACES), "worker_id")
_FEED = "units"
_WORKERS_AT_ONCE = 200
# Day, places, perhaps a worker: as the database's driver gives and takes them.
Cell = tuple[Any, ...]
_SUMS_OF = attrgetter(*SUMS)


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
    width = 2 + len(_COLUMNS)
    for row in as_driven(rows.values_list("metric", "day", *_COLUMNS, *SUMS)):
        cells[row[1:width]][row[0]] = WeightedParts(*row[width:])
    text = Texts()
    for unit in units:
        asked = {*unit.feeds(), unit.slug}
        changes = {
            cell: change
            for cell, parts in cells.items()
            if not asked.isdisjoint(parts) and (change := _change(unit, parts)) is not None
        }
        _add(unit, changes, text)


def _change(unit: type[UnitMetric], parts: Mapping[str, WeightedParts]) -> WeightedParts | None:
    new, old = unit.made_of(parts), parts.get(unit.slug)
    if old is None:
        return new if new.n else None
    if new == old:
        return None
    return WeightedParts(**{name: getattr(new, name) - getattr(old, name) for name in SUMS})


def _add(unit: type[UnitMetric], changes: Mapping[Cell, WeightedParts], text: Texts) -> None:
    by_place: defaultdict[Cell, WeightedParts] = defaultdict(WeightedParts)
    for cell, change in changes.items():
        by_place[cell[:-1]] += change
    for model, names, found in (
        (WorkerDayParts, (*PLACES, "worker"), changes),
        (DayParts, PLACES, by_place),
    ):
        rows = [
            (text.key(unit.slug, cell[0], cell[1:]), unit.slug, *cell, *_SUMS_OF(change))
            for cell, change in found.items()
        ]
        add_rows(model, ("id", "metric", "day", *names, *SUMS), rows, sums=SUMS)


def _sweep(units: Sequence[type[UnitMetric]]) -> None:
    """What came back to nothing leaves no trace."""
    for table in (DayParts, WorkerDayParts):
        sweep(table, [unit.slug for unit in units])
