"""How many to draw from each stratum: for a number of audits, for a budget, or for an interval of a given width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, same_length, vector
from .quantiles import normal_quantile, two_sided
from .rows import refuse_rows

AllocationRule = Literal["neyman", "proportional", "equal"]


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """`n` by stratum, with the standard error of the whole's mean or share that it promises, and what it costs.

    `plain_error` is the standard error that as many rows drawn from the whole at random would have.
    """

    n: IntArray
    standard_error: float
    plain_error: float
    cost: float

    @property
    def total(self) -> int:
        """All rows together."""
        return int(self.n.sum())

    def half_width(self, *, level: float = 0.95) -> float:
        """Half the width of the interval to expect, z times the standard error."""
        return normal_quantile(two_sided(level)) * self.standard_error


def allocate(
    sizes: npt.ArrayLike,
    *,
    n: int,
    rates: npt.ArrayLike | None = None,
    spread: npt.ArrayLike | None = None,
    cost: npt.ArrayLike | None = None,
    rule: AllocationRule = "neyman",
    minimum: int = 2,
) -> Allocation:
    """`n` rows over strata of these `sizes`.

    - `neyman`: least variance of the whole's mean: n_h ~ N_h S_h / sqrt(c_h), in whole numbers exactly (the n largest
      of N_h S_h / sqrt(k (k+1) c_h), k = rows the stratum already has). S_h = sqrt(r (1-r)) from guessed `rates`, or
      `spread` for measured values.
    - `proportional`: n_h ~ N_h. - `equal`: the same from each.

    Each stratum gets at least `minimum` (2, so that its variance can be seen) and at most its size. Where a guess of a
    rate is 0 or 1, its stratum gets the minimum: guess carefully. Raises ValueError when `n` cannot be placed.

    >>> allocate([9000, 900, 100], n=100, rates=[0.01, 0.2, 0.5]).n.tolist()
    [68, 28, 4]

    Reference: Neyman (1934) JRSS 97; Wright (2012) American Statistician 66 (whole numbers).
    """
    size, s, c = _strata(sizes, rates, spread, cost)
    least = np.minimum(minimum, size).astype(np.int64)
    if not int(least.sum()) <= n <= size.sum():
        raise ValueError(f"n must lie between {int(least.sum())} (the minimum of each) and {size.sum():.0f}, not {n}")
    weight = {"neyman": size * s / np.sqrt(c), "proportional": size, "equal": np.ones(len(size))}
    if rule not in weight:
        raise ValueError(f"unknown rule {rule!r}")
    return _judged(_largest(weight[rule], least, size, n), size, s, c, rates)


def allocate_budget(
    sizes: npt.ArrayLike,
    *,
    budget: float = inf,
    half_width: float | None = None,
    rates: npt.ArrayLike | None = None,
    spread: npt.ArrayLike | None = None,
    cost: npt.ArrayLike | None = None,
    minimum: int = 2,
    level: float = 0.95,
) -> Allocation:
    """The most precise allocation that `budget` pays for, or the cheapest whose interval is no wider than +-`half_width`.

    `cost` is the price of a row by stratum (1 without). The allocation is optimal for its size: rows go where they lower
    the variance most for their price. With both, the cheapest within the width, refused when the budget is short of it.
    Raises ValueError when neither is given or neither can be met.

    >>> plan = allocate_budget([9000, 900, 100], half_width=0.02, rates=[0.01, 0.2, 0.5])
    >>> plan.total, plan.n.tolist(), round(plan.half_width(), 4)
    (160, [110, 44, 6], 0.02)

    Reference: Cochran (1977) Sampling Techniques, section 5.5.
    """
    size, s, c = _strata(sizes, rates, spread, cost)
    if half_width is None and not np.isfinite(budget):
        raise ValueError("give a budget, a half_width or both")
    least = np.minimum(minimum, size).astype(np.int64)
    weight = size * s / np.sqrt(c)

    def placed(n: int) -> Allocation:
        return _judged(_largest(weight, least, size, n), size, s, c, rates)

    low, high = int(least.sum()), int(size.sum())
    if half_width is not None:
        found = placed(_first(low, high, lambda n: placed(n).half_width(level=level) <= half_width))
        if found.half_width(level=level) > half_width:
            raise ValueError("half_width cannot be met even by looking at every row")
        if found.cost > budget * (1 + 1e-12):
            raise ValueError(f"that width costs {found.cost:g}, more than the budget of {budget:g}")
        return found
    if placed(low).cost > budget:
        raise ValueError(f"the minimum of each stratum costs {placed(low).cost:g}, more than the budget of {budget:g}")
    over = _first(low, high + 1, lambda n: n > high or placed(n).cost > budget)
    return placed(over - 1)


def _first(low: int, high: int, is_so: Callable[[int], bool]) -> int:
    """The smallest number in low..high for which it is so, given that it stays so; `high` when never."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_so(middle) else (middle + 1, high)
    return low


def _strata(
    sizes: npt.ArrayLike, rates: npt.ArrayLike | None, spread: npt.ArrayLike | None, cost: npt.ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    size = vector(sizes, name="sizes")
    refuse_rows((size < 1) | (size % 1 != 0), "sizes must be whole numbers of 1 or more")
    if rates is not None:
        rate = vector(rates, name="rates")
        same_length(sizes=size, rates=rate)
        refuse_rows((rate < 0) | (rate > 1), "rates must lie in 0 to 1")
        s = np.sqrt(rate * (1 - rate) * size / np.maximum(size - 1, 1))
    else:
        s = np.ones(len(size)) if spread is None else vector(spread, name="spread")
        refuse_rows(s < 0, "spread must not be negative")
    c = np.ones(len(size)) if cost is None else vector(cost, name="cost")
    same_length(sizes=size, spread=s, cost=c)
    refuse_rows(c <= 0, "cost must be positive")
    return size, s, c


def _largest(weight: FloatArray, least: IntArray, size: FloatArray, n: int) -> IntArray:
    """The whole numbers adding up to n that minimise sum weight^2 / n_h between `least` and `size`.

    Starts from the continuous answer rounded down by a little, so that only a few steps of the greedy rule remain.
    """
    usable = np.where(weight > 0, weight, weight[weight > 0].min() * 1e-9 if (weight > 0).any() else 1.0)
    found = least.copy()
    free = np.ones(len(found), dtype=bool)
    # Fixing what meets a bound and sharing the rest again ends at the bounded optimum.
    while free.any():
        rest = n - found[~free].sum()
        share = rest * usable / usable[free].sum()
        over, under = free & (share >= size), free & (share <= least)
        if not over.any() and not under.any():
            found[free] = np.maximum(np.floor(share[free]).astype(np.int64) - 1, least[free])
            break
        # Of the two kinds the heavier is certain to stay at its bound.
        if not under.any() or (over.any() and (share - size)[over].sum() >= (least - share)[under].sum()):
            found[over], free = size[over].astype(np.int64), free & ~over
        else:
            found[under], free = least[under], free & ~under
    while found.sum() < n:
        gain = usable / np.sqrt(np.maximum(found * (found + 1.0), 1e-300))
        found[int(np.argmax(np.where(found < size, gain, -1)))] += 1
    while found.sum() > n:
        loss = np.where(found > least, usable / np.sqrt(np.maximum(found * (found - 1.0), 1e-300)), inf)
        found[int(np.argmin(loss))] -= 1
    return found


def _judged(n: IntArray, size: FloatArray, s: FloatArray, c: FloatArray, rates: npt.ArrayLike | None) -> Allocation:
    share = size / size.sum()
    variance = float((share**2 * s**2 * (1 / np.maximum(n, 1) - 1 / size)).sum())
    # What differs between strata is part of the whole's spread too; without guessed rates it is not known and left out.
    rate = np.zeros(len(size)) if rates is None else vector(rates, name="rates")
    whole = float((share * (s**2 + (rate - share @ rate) ** 2)).sum())
    plain = max(whole * (1 / max(int(n.sum()), 1) - 1 / size.sum()), 0.0)
    return Allocation(n, max(variance, 0.0) ** 0.5, plain**0.5, float(n @ c))


def sample_size_finite(n: float, population: float) -> int:
    """How many rows do what `n` would in an endless population: n / (1 + (n-1) / N), rounded up.

    >>> sample_size_finite(385, 1000)
    279

    Reference: Cochran (1977), section 4.4.
    """
    return ceil(n / (1 + (n - 1) / population) - 1e-9)
