"""By what the finest cells of a metric are kept, and how a row of its fact tells the value."""

from __future__ import annotations

from typing import Any

from evenkeel.kernel import LOG_GAMMA

from .base import DayMetric
from .cuts import EXTRAS
from .estimators.count import Count, Total
from .estimators.mean import Mean
from .estimators.rate import Rate

_PLACES = ("queue", "organisation", "site", "team", "worker")
# Beside place: what a reader can look into. Others (hour, tenure) make so many cells that each holds next to nothing.
_BESIDE = ("label", "language", "item_kind", "policy_version")
# What cells are told by: n, and where a metric has weights or values of its own, their sums.
CELL_SUMS = ("n", "w", "wy")
# Values of a sketched metric are counted in steps of a tenth, each five buckets of its histograms.
_BUCKETS = 5
LOG_STEP = _BUCKETS * LOG_GAMMA


def has_cells(kind: type[DayMetric]) -> bool:
    """Whether finest cells are kept: of what a change in a programme is taken apart by."""
    is_told = issubclass(kind, (Rate, Mean, Count, Total))
    return is_told and "programme" in kind.places and "programme_id" in kind.fact.columns


def cell_dimensions(kind: type[DayMetric]) -> tuple[str, ...]:
    """The dimensions of its cells: the places it is kept by that its rows tell, and what they tell beside."""
    places = [name for name in _PLACES if name in kind.places and f"{name}_id" in kind.fact.columns]
    return (*places, *(name for name in _BESIDE if EXTRAS[name].column_of(kind.fact)))


def value_of(kind: type[DayMetric], rows: Any, name: str) -> Any:
    """A dimension's value of each row, as text; "" where it is empty. An Ibis expression."""
    if name in EXTRAS:
        return EXTRAS[name].of(kind.fact, rows)
    return rows[f"{name}_id"].cast("string").fill_null("")


def step_of(kind: type[DayMetric], rows: Any) -> Any:
    """The step that each row's value lies in: gamma^(5 (k - 1)) < value <= gamma^(5 k), in the unit of histograms."""
    import ibis

    value = (kind.value(rows) * kind.sketch_scale).cast("float64")
    bucket = (ibis.greatest(value, 1.0).ln() / LOG_GAMMA).ceil()
    return (bucket / _BUCKETS).ceil().cast("int64")
