"""By what a change of a metric is taken apart."""

from __future__ import annotations

from ..base import DayMetric, FigureMetric
from ..cuts import EXTRAS
from ..metric import metrics
from ..taken_apart import Explained, explained

PLACES = ("queue", "organisation", "site", "team")
# Beside place: what a reader can look into. Others (hour, tenure) make so many cells that each holds next to nothing.
_BESIDE = ("label", "language", "item_kind", "policy_version")


def dimensions_of(metric: str) -> tuple[str, ...]:
    """By what a change of this metric is taken apart: the places it is kept by, and what its rows tell beside them."""
    way = explained(metric)
    places = [name for name in (*PLACES, "worker") if all(name in kind.places for kind in kinds(way))]
    facts = [kind.fact for kind in kinds(way) if issubclass(kind, DayMetric)]
    if way.from_units or way.is_money or not facts:
        return tuple(places)
    beside = [name for name in _BESIDE if all(EXTRAS[name].column_of(fact) for fact in facts)]
    return (*(name for name in places if all(f"{name}_id" in fact.columns for fact in facts)), *beside)


def kinds(way: Explained) -> list[type[FigureMetric]]:
    """The metrics whose rows are read."""
    return [metrics[slug] for slug in ((way.above, way.below) if way.above else (way.metric,))]  # type: ignore[misc]
