"""How a change of a metric is taken apart: by which sums, and which rows speak against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .base import DayMetric, FigureMetric
from .estimators.composed import Composed, CountRatio
from .estimators.count import Count, Total
from .estimators.life_table import LifeTable
from .estimators.mean import Mean
from .estimators.money import Money
from .estimators.quantile import Quantile
from .estimators.rate import Rate
from .estimators.ratio_of_sums import UnitMetric
from .metric import metrics

if TYPE_CHECKING:
    from evenkeel.ground.log import Fact

# share: so many rows of n speak against it. mean: a sum over n. count: so many a day. none: it cannot be taken apart.
How = Literal["share", "mean", "count", "none"]


@dataclass(frozen=True, kw_only=True)
class Explained:
    """How a metric is taken apart.

    `metric` is the one whose rows are read: a quantile's values, an error rate's audits. `above` and `below` are two metrics
    that are counted and set against each other; `from_units`: sums by person and day stand in the roll-ups alone.
    `is_money`: an amount that the roll-ups make of costs, decisions and errors; its cases are the errors.
    `scale` turns a summed value into what is shown.
    """

    how: How
    metric: str
    above: str = ""
    below: str = ""
    p: float | None = None
    from_units: bool = False
    is_money: bool = False
    scale: float = 1.0

    @property
    def fact(self) -> Fact | None:
        """The fact whose rows stand behind it; None where there are none to read."""
        if self.how == "none" or self.from_units:
            return None
        kind = metrics[self.above or self.metric]
        return kind.fact if issubclass(kind, DayMetric) else None

    @property
    def is_measured(self) -> bool:
        """Whether each row has a value of its own to show, such as a handle time."""
        is_mean = self.how == "mean" and not self.above and not self.from_units and not self.is_money
        return self.p is not None or is_mean

    @property
    def has_cases(self) -> bool:
        """Whether its rows are about single decisions, so that some can be drawn and looked at."""
        fact = self.fact
        return fact is not None and (
            fact.name == "decisions" or bool({"decision_id", "verdict_id"} & set(fact.columns))
        )


def explained(metric: str) -> Explained:
    """How a change of this metric is taken apart. Raises `UnknownKind` for a metric that is not in the catalogue.

    >>> explained("handle_time_p90").how, explained("dispute_rate").above, explained("cost_per_correct").how
    ('share', 'disputes', 'mean')
    """
    kind = metrics[metric]
    if not issubclass(kind, FigureMetric) or issubclass(kind, LifeTable) or "programme" not in kind.places:
        return Explained(how="none", metric=metric)
    if issubclass(kind, Money):
        # A price for each is compared as a mean, an amount as so much a day.
        return Explained(how="mean" if kind.per_piece else "count", metric="accuracy", is_money=True)
    if issubclass(kind, Quantile):
        return Explained(how="share", metric=kind.of, p=kind.p, scale=getattr(metrics[kind.of], "scale", 1.0))
    if issubclass(kind, UnitMetric):
        return Explained(how="mean", metric=metric, from_units=True)
    if issubclass(kind, CountRatio):
        return Explained(how="mean", metric=metric, above=kind.above, below=kind.below)
    if issubclass(kind, Composed):
        # Sigma level, defects per million, accuracy corrected for auditors: the errors behind them are those of accuracy.
        return Explained(how="share" if "accuracy" in kind.needs() else "none", metric="accuracy")
    if issubclass(kind, Rate):
        return Explained(how="share", metric=metric)
    if issubclass(kind, Mean):
        return Explained(how="mean", metric=metric, scale=kind.scale)
    return Explained(how="count" if issubclass(kind, (Count, Total)) else "none", metric=metric)
