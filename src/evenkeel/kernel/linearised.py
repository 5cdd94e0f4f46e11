"""What all coefficients that correct agreement for chance share: counts by item, chance agreement, linearised errors.

Standard errors linearise the coefficient item by item (Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed., ch. 5),
items being a random sample; intervals use Student's t with n - 1 degrees of freedom, cut to [-1, 1]. With weights w_kl
(1 on the diagonal) a pair of unlike labels counts as partial agreement; without, only equal labels agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, nan, sqrt

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, floats
from .estimate import Estimate
from .proportions import wilson
from .quantiles import t_quantile, two_sided
from .rows import refuse_rows


@dataclass(frozen=True)
class Items:
    """Items with at least one label, and what every coefficient asks of them.

    Sums over the few classes are written as products with a vector: at a million labels that is ten times as fast. What
    several coefficients ask is computed once.
    """

    counts: FloatArray
    sizes: FloatArray
    pairs: FloatArray  # agreeing ordered pairs by item
    shares: FloatArray
    weights: FloatArray | None = None

    @classmethod
    def of(cls, counts: npt.ArrayLike, weights: FloatArray | None = None) -> Items:
        table = floats(counts)
        if table.ndim != 2:
            raise ValueError("counts must have a row an item and a column a class")
        if weights is not None and weights.shape != (table.shape[1],) * 2:
            raise ValueError("weights must have a row and a column a class")
        if table.size and not table.min() >= 0:
            refuse_rows(~(table >= 0).all(axis=1), "counts must not be negative or unknown")
        sizes = table @ np.ones(table.shape[1])
        if (sizes == 0).any():
            table, sizes = table[sizes > 0], sizes[sizes > 0]
        near = table if weights is None else table @ weights
        pairs = np.einsum("ik,ik->i", table, near) - sizes
        shares = (1 / sizes) @ table / len(sizes) if len(sizes) else np.full(table.shape[1], nan)
        return cls(table, sizes, pairs, shares, weights)

    @cached_property
    def has_pair(self) -> BoolArray:
        return self.sizes >= 2

    @cached_property
    def n(self) -> int:
        return int(np.count_nonzero(self.has_pair))

    @property
    def classes(self) -> int:
        return int(self.counts.shape[1])

    @cached_property
    def has_only_pairs(self) -> bool:
        """Whether every item has two labels or more, so that nothing need be left out."""
        return self.n == len(self.sizes)

    @cached_property
    def agreeing(self) -> FloatArray:
        """Share of agreeing pairs by item, 0 where there is no pair."""
        possible = self.sizes * (self.sizes - 1)
        return self.pairs / (possible if self.has_only_pairs else np.where(self.has_pair, possible, 1.0))

    @cached_property
    def likely(self) -> FloatArray:
        """The mean share, over all items, of the classes that an item's labels name."""
        return self.counts @ self.shares / self.sizes

    def paired(self, each: FloatArray) -> FloatArray:
        """Of one number an item, those of items with a pair."""
        return each if self.has_only_pairs else each[self.has_pair]

    @property
    def total_weight(self) -> float:
        """The sum of all weights: how much agreement a blind guess over all pairs of classes gets, times q squared."""
        return float(self.classes if self.weights is None else self.weights.sum())

    def near(self, shares: FloatArray) -> FloatArray:
        """For each class the share of labels near it: w @ shares."""
        return shares if self.weights is None else self.weights @ shares

    def observed(self) -> float:
        return float(self.agreeing.sum()) / self.n if self.n else nan


# Chance agreement beyond this is 1 but for rounding: the coefficient is 0 / 0.
ALL = 1 - 1e-12

Chance = tuple[float, FloatArray]  # p_e, and each item's own contribution to it


def fleiss_chance(items: Items) -> Chance:
    if items.weights is None:
        return float(items.shares @ items.shares), items.likely
    near = items.near(items.shares)
    return float(items.shares @ near), items.counts @ near / items.sizes


def ac1_chance(items: Items) -> Chance:
    q = items.classes
    if q < 2:
        return nan, np.full(len(items.sizes), nan)
    spread = 1 - items.shares
    scale = items.total_weight / (q * (q - 1))
    return float(scale * (items.shares @ spread)), scale * (1 - items.likely)


def uniform_chance(items: Items) -> Chance:
    chance = items.total_weight / items.classes**2 if items.classes else nan
    return chance, np.full(len(items.sizes), chance)


def alpha_chance(items: Items) -> float:
    totals = items.has_pair.astype(float) @ items.counts
    shares = totals / totals.sum() if totals.sum() else np.full(items.classes, nan)
    return float(shares @ items.near(shares))


def alpha(items: Items, level: float, method: str = "krippendorff_alpha_linearised") -> Estimate:
    chance = alpha_chance(items)
    if items.n == 0 or chance > ALL:
        return Estimate.unknown(method=method, level=level, n=items.n)
    sizes = items.paired(items.sizes)
    n, total, mean_size = items.n, float(sizes.sum()), float(sizes.mean())
    pairs = items.paired(items.pairs) / (mean_size * (sizes - 1))
    observed = float(pairs.mean())
    small_sample = (1 - 1 / total) * observed + 1 / total
    value, plain = (small_sample - chance) / (1 - chance), (observed - chance) / (1 - chance)
    # Items weigh by their number of labels, so the linearisation carries the term (m_i - mean) / mean throughout.
    lean = (sizes - mean_size) / mean_size
    shares = items.has_pair.astype(float) @ items.counts / total
    by_chance = items.paired(items.counts @ items.near(shares))
    # (pairs - observed lean - chance - 2 (1 - plain) (by_chance / mean_size - chance lean - chance)) / (1 - chance) - plain,
    # with the constants taken together: at a million labels each array that need not be made is a millisecond.
    bend = 2 * (1 - plain)
    influence = pairs
    influence -= (observed - bend * chance) * lean
    influence -= (bend / mean_size) * by_chance
    influence -= chance - bend * chance + plain * (1 - chance)
    influence /= 1 - chance
    return interval(value, error_of(influence), n, observed, chance, method, level, df=n - 1)


def coefficient(items: Items, method: str, chance_of: Callable[[Items], Chance], level: float) -> Estimate:
    chance, by_item = chance_of(items)
    if items.n == 0 or not isfinite(chance) or chance > ALL:
        return Estimate.unknown(method=method, level=level, n=items.n)
    observed, n = items.observed(), len(items.sizes)
    value = (observed - chance) / (1 - chance)
    # Items with one label tell of chance only; n / n2 spreads the agreement of the others over all of them.
    part = n / items.n / (1 - chance)
    bend = 2 * (1 - value) / (1 - chance)
    influence = part * items.agreeing
    influence -= part * chance if items.has_only_pairs else (part * chance) * items.has_pair
    influence -= bend * by_item
    influence += bend * chance - value
    return interval(value, error_of(influence), items.n, observed, chance, method, level, df=n - 1)


def percent(items: Items, level: float) -> Estimate:
    method = "percent_agreement_wilson"
    if items.n == 0:
        return Estimate.unknown(method=method, level=level)
    observed = items.observed()
    part = len(items.sizes) / items.n
    influence = part * (items.agreeing - (observed if items.has_only_pairs else observed * items.has_pair))
    variance = error_of(influence) ** 2
    spread = observed * (1 - observed)
    # Wilson on the sample size at which a plain share would be as uncertain; the items themselves where all are alike.
    effective = spread / variance if variance > 0 and spread > 0 else float(items.n)
    share = wilson(observed * effective, effective, level=level)
    return Estimate(observed, share.low, share.high, items.n, effective, method, level)


def error_of(influence: FloatArray) -> float:
    n = influence.size
    return sqrt(float(influence @ influence) / (n * (n - 1))) if n > 1 else nan


def interval(
    value: float, error: float, n: int, observed: float, chance: float, method: str, level: float, *, df: float
) -> Estimate:
    if not isfinite(error):
        return Estimate(value, nan, nan, n, float(n), method, level)
    if error < 1e-12:
        # All items alike: no spread to learn from, so the share of agreeing pairs gets Wilson's interval on n items.
        share = wilson(observed * n, n, level=level)
        low, high = ((end - chance) / (1 - chance) for end in (share.low, share.high))
    else:
        half = t_quantile(two_sided(level), df=df) * error
        low, high = value - half, value + half
    return Estimate(value, max(low, -1.0), min(high, 1.0), n, float(n), method, level)
