"""The catalogue of metrics, and everything that a kind's file takes from here."""

from __future__ import annotations

from evenkeel.ground.catalogue import Catalogue

from .base import (
    DIMENSIONS,
    EVERYWHERE,
    GRAIN,
    OF_PEOPLE,
    PLACES,
    DayMetric,
    Example,
    FigureMetric,
    Finding,
    Held,
    Metric,
    StudyMetric,
    check_kept,
)
from .estimators.agreement import Agreement
from .estimators.composed import Composed, CountRatio, CountShare
from .estimators.corrected_rate import CorrectedRate
from .estimators.count import Count, Total
from .estimators.life_table import LifeTable
from .estimators.mean import Mean
from .estimators.money import Money
from .estimators.per_hour import PerHour
from .estimators.prevalence import Prevalence
from .estimators.quantile import Quantile
from .estimators.rate import Rate
from .estimators.ratio_of_sums import RatioOfSums, ShareOfDays, ShareOfSums, UnitMetric
from .estimators.weighted_rate import WeightedRate
from .standard_errors import ratio_by_item, standard_error

__all__ = [
    "DIMENSIONS",
    "EVERYWHERE",
    "GRAIN",
    "OF_PEOPLE",
    "PLACES",
    "Agreement",
    "Composed",
    "CorrectedRate",
    "Count",
    "CountRatio",
    "CountShare",
    "DayMetric",
    "Example",
    "FigureMetric",
    "Finding",
    "Held",
    "LifeTable",
    "Mean",
    "Metric",
    "Money",
    "PerHour",
    "Prevalence",
    "Quantile",
    "Rate",
    "RatioOfSums",
    "ShareOfDays",
    "ShareOfSums",
    "StudyMetric",
    "Total",
    "UnitMetric",
    "WeightedRate",
    "day_metric",
    "day_metrics",
    "fed_metrics",
    "metric",
    "metrics",
    "ratio_by_item",
    "standard_error",
    "study_metrics",
    "unit_metrics",
]

metrics: Catalogue[type[Metric]] = Catalogue("metric", package="evenkeel.measure.kinds")
metric = metrics.register


def day_metrics() -> list[type[FigureMetric]]:
    """The metrics that the roll-ups answer, for any days and any cut that they are kept by."""
    return [kind for kind in metrics if issubclass(kind, FigureMetric)]


def fed_metrics() -> list[type[DayMetric]]:
    """Those of them that a fact feeds."""
    return [kind for kind in metrics if issubclass(kind, DayMetric)]


def unit_metrics() -> list[type[UnitMetric]]:
    """Those of them that are made of two others, person by person and day by day."""
    return [kind for kind in metrics if issubclass(kind, UnitMetric)]


def study_metrics() -> list[type[StudyMetric]]:
    """The metrics that are evaluated over a programme's labels."""
    return [kind for kind in metrics if issubclass(kind, StudyMetric)]


def day_metric(slug: str) -> type[FigureMetric]:
    """One metric that the roll-ups answer. Raises `UnknownKind`, or ValueError for a metric of studies."""
    kind = metrics[slug]
    if not issubclass(kind, FigureMetric):
        raise ValueError(f"{slug} needs all labels of a programme at once: ask programme_study")
    check_kept(kind.kept)
    return kind
