"""By what a change of a metric is taken apart."""

from __future__ import annotations

from ..base import DayMetric, FigureMetric
from ..cubed import cell_dimensions
from ..metric import metrics
from ..taken_apart import Explained, explained

PLACES = ("queue", "organisation", "site", "team")


def dimensions_of(metric: str) -> tuple[str, ...]:
    """By what a change of this metric is taken apart: the places it is kept by, and what its rows tell beside them."""
    way = explained(metric)
    if way.from_units or way.is_money or way.how == "none":
        return tuple(name for name in (*PLACES, "worker") if all(name in kind.places for kind in kinds(way)))
    told = [cell_dimensions(kind) for kind in kinds(way) if issubclass(kind, DayMetric)]
    return tuple(name for name in told[0] if all(name in each for each in told))


def kinds(way: Explained) -> list[type[FigureMetric]]:
    """The metrics whose rows are read."""
    return [metrics[slug] for slug in ((way.above, way.below) if way.above else (way.metric,))]  # type: ignore[misc]
