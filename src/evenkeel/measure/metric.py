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
    "all_metrics",
    "day_metric",
    "day_metrics",
    "fed_metrics",
    "is_by_day",
    "metric",
    "metrics",
    "ratio_by_item",
    "standard_error",
    "study_metrics",
    "unit_metrics",
]


class Metrics(Catalogue[type[Metric]]):
    """What ships, one file a kind. By slug also what people defined; `all_metrics` lists both.

    Going through it gives what ships alone: that asks no database.
    """

    def __contains__(self, slug: object) -> bool:
        return super().__contains__(slug) or (isinstance(slug, str) and _own(slug) is not None)

    def __getitem__(self, slug: str) -> type[Metric]:
        if not super().__contains__(slug) and (found := _own(slug)) is not None:
            return found
        return super().__getitem__(slug)


def _own(slug: str) -> type[Metric] | None:
    from .definitions.registry import find

    return find(slug)


metrics = Metrics("metric", package="evenkeel.measure.kinds")
metric = metrics.register


def all_metrics() -> list[type[Metric]]:
    """Every metric that is in use: those that ship, then those that people defined, each by slug."""
    from .definitions.registry import in_use

    return [*metrics, *in_use()]


def day_metrics() -> list[type[FigureMetric]]:
    """The metrics that the roll-ups answer, for any days and any cut that they are kept by; own ones among them."""
    return [kind for kind in all_metrics() if issubclass(kind, FigureMetric)]


def fed_metrics() -> list[type[DayMetric]]:
    """What a fact feeds: day metrics that ship, and each version of those that people defined."""
    from .definitions.registry import versions_in_use

    return [*(kind for kind in metrics if issubclass(kind, DayMetric)), *versions_in_use()]


def is_by_day(kind: type[Metric]) -> bool:
    """Whether a metric can be asked as figure, series and evaluation."""
    return issubclass(kind, FigureMetric)


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
