"""Means, medians, quantiles and ratios of measured values, each with its interval."""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, same_length, vector
from .estimate import Estimate
from .quantiles import binomial_quantile, normal_below, t_quantile, two_sided

# A statistic of resamples: arrays of shape (draws, n), one a column, in; one figure a draw out.
Statistic = Callable[..., npt.NDArray[np.float64]]
IntervalOfQuantile = Literal["order_statistics", "bootstrap"]
IntervalOfRatio = Literal["linearised", "bootstrap"]

MOST_CELLS = 4_000_000  # of one batch of resamples: 32 MB


def mean(values: npt.ArrayLike, *, level: float = 0.95) -> Estimate:
    """The mean with Student's interval: m -+ t s / sqrt(n), t with n - 1 degrees of freedom.

    Assumes independent values and a mean that is near normal: right for any n when values are, from some dozens on when
    they are skewed. One value has no interval; equal values have one of width 0. Raises ValueError for nan.

    >>> figure = mean([10.0, 12.0, 14.0])
    >>> f"{figure.value:.1f} ({figure.low:.2f} to {figure.high:.2f})"
    '12.0 (7.03 to 16.97)'

    Reference: Student (1908) Biometrika 6.
    """
    y = vector(values, name="values")
    n = len(y)
    if n == 0:
        return Estimate.unknown(method="t", level=level)
    centre = float(y.mean())
    if n == 1:
        return Estimate(centre, nan, nan, 1, 1.0, "t", level)
    half = t_quantile(two_sided(level), df=n - 1) * float(y.std(ddof=1)) / n**0.5
    return Estimate(centre, centre - half, centre + half, n, float(n), "t", level)


def median(
    values: npt.ArrayLike,
    *,
    method: IntervalOfQuantile = "order_statistics",
    level: float = 0.95,
    draws: int = 2000,
    seed: int | np.random.Generator = 0,
) -> Estimate:
    """The median: `quantile` at 0.5.

    >>> figure = median([3, 1, 4, 1, 5, 9, 2, 6, 5, 3])
    >>> figure.value, figure.low, figure.high
    (3.5, 1.0, 6.0)

    Reference: Conover (1999) Practical Nonparametric Statistics, section 3.2.
    """
    return quantile(values, p=0.5, method=method, level=level, draws=draws, seed=seed)


def quantile(
    values: npt.ArrayLike,
    *,
    p: float,
    method: IntervalOfQuantile = "order_statistics",
    level: float = 0.95,
    draws: int = 2000,
    seed: int | np.random.Generator = 0,
) -> Estimate:
    """The p quantile (linear between order statistics) with an interval that assumes nothing about the values' shape.

    `order_statistics`: from the r-th to the s-th smallest value, r the largest and s the smallest numbers with
    P(X < r) <= a/2 and P(X >= s) <= a/2, X binomial(n, p). Covers at least `level`, whatever the distribution. Far out
    in the tail no such value exists: that end is nan, because the sample cannot tell. `bootstrap` resamples with `seed`.
    Assumes independent values. Raises ValueError unless 0 < p < 1.

    >>> figure = quantile(range(1, 101), p=0.9)
    >>> round(figure.value, 6), figure.low, figure.high
    (90.1, 84.0, 96.0)

    Reference: David, Nagaraja (2003) Order Statistics, section 7.1.
    """
    if not 0 < p < 1:
        raise ValueError(f"p must lie between 0 and 1, not {p}")
    y = np.sort(vector(values, name="values"))
    if method == "bootstrap":
        return bootstrap(lambda drawn: np.quantile(drawn, p, axis=-1), y, draws=draws, level=level, seed=seed)
    if method != "order_statistics":
        raise ValueError(f"unknown method {method!r}")
    if not len(y):
        return Estimate.unknown(method=method, level=level)
    first, last = order_statistics(len(y), p, level)
    low = float(y[first - 1]) if first >= 1 else nan
    high = float(y[last - 1]) if last <= len(y) else nan
    return Estimate(float(np.quantile(y, p)), low, high, len(y), float(len(y)), method, level)


def ratio(
    above: npt.ArrayLike,
    below: npt.ArrayLike,
    *,
    method: IntervalOfRatio = "linearised",
    level: float = 0.95,
    draws: int = 2000,
    seed: int | np.random.Generator = 0,
) -> Estimate:
    """A ratio of sums R = sum y / sum x over units that are drawn whole (people, days, items with several answers).

    Assumes units independent; rows within a unit may be as alike as they like. `linearised`: R -+ t sqrt(V), V =
    n/(n-1) sum (y - R x)^2 / (sum x)^2, n - 1 degrees of freedom. `bootstrap` resamples units with `seed`. `n` counts
    units. Unknown when sum x = 0.

    >>> figure = ratio([3, 1, 4], [10, 10, 12])
    >>> f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"
    '0.250 (-0.058 to 0.558)'

    Reference: Cochran (1977) Sampling Techniques, section 6.3 and 9A.
    """
    y, x = vector(above, name="above"), vector(below, name="below")
    n = same_length(above=y, below=x)
    whole = float(x.sum())
    if whole == 0:
        return Estimate.unknown(method=method, level=level, n=n)
    if method == "bootstrap":
        return bootstrap(lambda a, b: a.sum(axis=-1) / b.sum(axis=-1), y, x, draws=draws, level=level, seed=seed)
    if method != "linearised":
        raise ValueError(f"unknown method {method!r}")
    value = float(y.sum()) / whole
    if n == 1:
        return Estimate(value, nan, nan, 1, 1.0, method, level)
    error = float(np.sqrt(n / (n - 1) * ((y - value * x) ** 2).sum())) / abs(whole)
    half = t_quantile(two_sided(level), df=n - 1) * error
    return Estimate(value, value - half, value + half, n, float(n), method, level)


def bootstrap(
    statistic: Statistic,
    *columns: npt.ArrayLike,
    draws: int = 2000,
    level: float = 0.95,
    seed: int | np.random.Generator = 0,
) -> Estimate:
    """Any figure of independent rows, with the bootstrap's percentile interval widened to Student's width.

    `statistic` gets the columns as arrays whose last axis are rows (one resample a line) and answers one figure a line.
    The plain percentile interval is too short in small samples, as if s were divided by n and z taken for t; the tails
    are moved to Phi(-+t sqrt(n/(n-1))), which puts both right for a mean. Same seed, same answer. Resamples whose figure
    is not finite do not count. Needs two rows for an interval.

    >>> figure = bootstrap(lambda y: y.mean(axis=-1), [10.0, 12.0, 14.0, 9.0, 11.0], seed=1)
    >>> figure.low < figure.value < figure.high
    True

    Reference: Hesterberg (2015) American Statistician 69, section 5.3.
    """
    data = [vector(column, name="columns") for column in columns]
    n = same_length(**{f"column {number}": column for number, column in enumerate(data, 1)})
    if n == 0:
        return Estimate.unknown(method="bootstrap", level=level)
    value = float(np.asarray(statistic(*[column[None, :] for column in data]))[0])
    if n == 1:
        return Estimate(value, nan, nan, 1, 1.0, "bootstrap", level)
    generator = np.random.default_rng(seed)
    found = _resample(statistic, data, n, draws, generator)
    tail = normal_below(-t_quantile(two_sided(level), df=n - 1) * (n / (n - 1)) ** 0.5)
    low, high = np.quantile(found, [tail, 1 - tail]) if len(found) else (nan, nan)
    return Estimate(value, float(low), float(high), n, float(n), "bootstrap", level)


def _resample(
    statistic: Statistic, data: list[FloatArray], n: int, draws: int, generator: np.random.Generator
) -> FloatArray:
    batch = max(1, MOST_CELLS // n)
    parts = []
    for first in range(0, draws, batch):
        rows = generator.integers(0, n, (min(batch, draws - first), n))
        with np.errstate(divide="ignore", invalid="ignore"):
            parts.append(np.asarray(statistic(*[column[rows] for column in data]), dtype=np.float64))
    found = np.concatenate(parts)
    return found[np.isfinite(found)]


def order_statistics(n: int, p: float, level: float) -> tuple[int, int]:
    """Which order statistics (from 1) bound the p quantile: 0 or n + 1 where the sample cannot tell."""
    tail = 1 - two_sided(level)
    # The continued quantile is at or below the whole number wanted; the exact tails settle which.
    first = _last_below(n, p, tail)
    last = n + 1 - _last_below(n, 1 - p, tail)
    return first, last


def _last_below(n: int, p: float, tail: float) -> int:
    """The largest r >= 0 with P(X < r) <= tail, X binomial(n, p)."""
    from scipy.special import bdtr

    guess = binomial_quantile(tail, n, p)
    r = 0 if not np.isfinite(guess) else max(int(guess), 0)
    while r > 0 and bdtr(r - 1, n, p) > tail:
        r -= 1
    while r < n and bdtr(r, n, p) <= tail:
        r += 1
    return r
