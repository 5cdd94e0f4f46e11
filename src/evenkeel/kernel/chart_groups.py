"""Charts of subgroups: means, ranges and standard deviations, with exact constants for any size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import lgamma, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, divide, floats
from .charts import Chart, Lines, assemble, mean_of, of_baseline
from .phases import EVERYTHING, Phases

Within = Literal["range", "deviation"]

# Published limits of ranges rest on printed constants: d2 with three decimals, and these d3 for 2 to 24 values (as R's qcc
# has them; by integration they differ in the sixth decimal). Larger subgroups get what integration gives.
_PRINTED_D3 = (
    0.8525033, 0.8883697, 0.8798108, 0.8640855, 0.8480442, 0.8332108, 0.8198378, 0.8078413, 0.7970584, 0.7873230,
    0.7784873, 0.7704257, 0.7630330, 0.7562217, 0.7499188, 0.7440627, 0.7386021, 0.7334929, 0.7286980, 0.7241851,
    0.7199267, 0.7158987, 0.7120802,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GroupConstants:
    """Of a subgroup of n normal values with sigma 1: mean (d2) and deviation (d3) of its range, mean of its s (c4)."""

    d2: float
    d3: float
    c4: float


@lru_cache(maxsize=256)
def group_constants(n: int) -> GroupConstants:
    """The constants of a subgroup of `n` values, by integration; nothing is read from a table.

    d2 = int (1 - F^n - (1-F)^n) dx; E(range^2) = 2 int int_(x<y) (1 - F(y)^n - (1-F(x))^n + (F(y)-F(x))^n) dx dy;
    c4 = sqrt(2/(n-1)) G(n/2)/G((n-1)/2). Raises ValueError below two values.

    >>> found = group_constants(5)
    >>> round(found.d2, 6), round(found.d3, 6), round(found.c4, 6)
    (2.325929, 0.864082, 0.939986)

    Reference: Tippett (1925) Biometrika 17; Montgomery, appendix VI.
    """
    from scipy.special import ndtr

    if n < 2:
        raise ValueError("a subgroup needs two values or more")
    x, weight = np.polynomial.legendre.leggauss(160)
    x, weight = 9 * x, 9 * weight
    below = ndtr(x)
    mean = float((weight * (1 - below**n - ndtr(-x) ** n)).sum())
    # The inner integral over y > x, mapped to the same nodes on (x, 9).
    half = (9 - x)[:, None] / 2
    y = x[:, None] + half * (1 + x / 9)
    inner = 1 - ndtr(y) ** n - ndtr(-x)[:, None] ** n + np.maximum(ndtr(y) - below[:, None], 0) ** n
    square = 2 * float((weight[:, None] * half * (weight / 9) * inner).sum())
    c4 = sqrt(2 / (n - 1)) * float(np.exp(lgamma(n / 2) - lgamma((n - 1) / 2)))
    return GroupConstants(mean, sqrt(square - mean**2), c4)


def mean_chart(
    groups: npt.ArrayLike, *, within: Within = "range", phases: Phases = EVERYTHING, width: float = 3.0
) -> Chart:
    """Xbar: means of subgroups around the mean of all, -+ `width` sigma/sqrt(n).

    `groups` ends in time x values of the subgroup, nan where a subgroup is smaller. sigma = mean of R/d2(n) (`range`) or of
    s/c4(n) (`deviation`) over the baseline. Assumes the scatter between subgroups is the one within; audits by day seldom
    obey that: chart their means as individuals then. Subgroups of one value have a mean and tell nothing of sigma.

    >>> chart = mean_chart([[74.0, 74.1], [74.2, 73.9], [74.0, 74.0]])
    >>> round(float(chart.centre[0]), 4), round(float(chart.spread[0]), 4)
    (74.0333, 0.1182)

    Reference: Montgomery, Introduction to Statistical Quality Control, sections 6.2 and 6.3.
    """
    x, count = _groups(groups)
    value = _means(x)

    def draw(cut: slice, used: BoolArray) -> Lines:
        sigma, freedom = _sigma(x[..., cut, :], count[..., cut], used, within)
        n, mean = count[..., cut], value[..., cut]
        base = of_baseline(np.where(n > 0, n, 0.0), used)
        total = np.nan_to_num(of_baseline(mean, used) * base).sum(axis=-1, keepdims=True)
        centre = divide(total, base.sum(axis=-1, keepdims=True))
        error = sigma * np.sqrt(divide(1.0, n))
        return Lines(
            mean, centre, centre - width * error, centre + width * error, divide(mean - centre, error), sigma, freedom,
            divide(n, base.sum(axis=-1, keepdims=True)),
        )  # fmt: skip

    return assemble(draw, kind="xbar", method=f"xbar_{within}", shape=value.shape, phases=phases)


def range_chart(groups: npt.ArrayLike, *, phases: Phases = EVERYTHING, width: float = 3.0) -> Chart:
    """R: ranges of subgroups around sigma d2(n), -+ `width` sigma d3(n), not below 0; sigma the mean of R/d2.

    `groups` as in `mean_chart`. Assumes normal values. With subgroups above ten prefer `deviation_chart`.

    >>> chart = range_chart([[74.0, 74.1], [74.2, 73.9], [74.0, 74.0]])
    >>> round(float(chart.centre[0]), 4), round(float(chart.upper[0]), 4)
    (0.1333, 0.4356)

    Reference: Montgomery, Introduction to Statistical Quality Control, section 6.2.
    """
    x, count = _groups(groups)
    return _scatter(x, count, _range_of(x), "range", phases, width)


def deviation_chart(groups: npt.ArrayLike, *, phases: Phases = EVERYTHING, width: float = 3.0) -> Chart:
    """S: standard deviations of subgroups around sigma c4(n), -+ `width` sigma sqrt(1-c4^2), not below 0.

    `groups` as in `mean_chart`; sigma is the mean of s/c4 over the baseline. Assumes normal values.

    >>> chart = deviation_chart([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 1.5, 2.0]])
    >>> round(float(chart.centre[0]), 4), round(float(chart.upper[0]), 4)
    (1.1667, 2.9962)

    Reference: Montgomery, Introduction to Statistical Quality Control, section 6.3.
    """
    x, count = _groups(groups)
    return _scatter(x, count, _deviation_of(x), "deviation", phases, width)


def _scatter(
    x: FloatArray, count: FloatArray, value: FloatArray, within: Within, phases: Phases, width: float
) -> Chart:
    middle, deviation = _unit(count, within)

    def draw(cut: slice, used: BoolArray) -> Lines:
        sigma, freedom = _sigma(x[..., cut, :], count[..., cut], used, within)
        centre, error = sigma * middle[..., cut], sigma * deviation[..., cut]
        one = value[..., cut]
        seen = (~np.isnan(of_baseline(one, used))).sum(axis=-1, keepdims=True)
        return Lines(
            one, centre, np.maximum(centre - width * error, 0.0), centre + width * error,
            divide(one - centre, error), sigma, freedom, divide(1.0, seen),
        )  # fmt: skip

    kind = "r" if within == "range" else "s"
    return assemble(draw, kind=kind, method=f"{within}_of_groups", shape=value.shape, phases=phases)


def _groups(groups: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    x = floats(groups)
    if x.ndim < 2:
        raise ValueError("groups must end in two dimensions: time, then the values of a subgroup")
    if np.isinf(x).any():
        raise ValueError("groups must hold finite numbers or nan only")
    return x, floats((~np.isnan(x)).sum(axis=-1))


def _means(x: FloatArray) -> FloatArray:
    return mean_of(x)[..., 0]


def _range_of(x: FloatArray) -> FloatArray:
    enough = (~np.isnan(x)).sum(axis=-1) >= 2
    high = np.where(np.isnan(x), -np.inf, x).max(axis=-1, initial=-np.inf)
    low = np.where(np.isnan(x), np.inf, x).min(axis=-1, initial=np.inf)
    return floats(np.subtract(high, low, out=np.full(enough.shape, np.nan), where=enough))


def _deviation_of(x: FloatArray) -> FloatArray:
    there = ~np.isnan(x)
    square = np.where(there, (x - mean_of(x)) ** 2, 0.0).sum(axis=-1)
    freedom = there.sum(axis=-1) - 1
    return floats(np.sqrt(divide(square, np.maximum(freedom, 0))))


def _unit(count: FloatArray, within: Within) -> tuple[FloatArray, FloatArray]:
    """Mean and deviation of the range, or of s, of normal values with sigma 1; nan below two values."""
    middle, deviation = np.full(count.shape, np.nan), np.full(count.shape, np.nan)
    for n in np.unique(count[count >= 2]):
        found = group_constants(int(n))
        is_this = count == n
        place = int(n) - 2
        is_printed = place < len(_PRINTED_D3)
        d2, d3 = (round(found.d2, 3), _PRINTED_D3[place]) if is_printed else (found.d2, found.d3)
        middle[is_this] = d2 if within == "range" else found.c4
        deviation[is_this] = d3 if within == "range" else sqrt(1 - found.c4**2)
    return middle, deviation


def _sigma(x: FloatArray, count: FloatArray, used: BoolArray, within: Within) -> tuple[FloatArray, FloatArray]:
    if within not in ("range", "deviation"):
        raise ValueError(f"unknown within {within!r}")
    value = _range_of(x) if within == "range" else _deviation_of(x)
    middle, _ = _unit(count, within)
    sigma = mean_of(of_baseline(divide(value, np.nan_to_num(middle)), used))
    # A range of few values is nearly as good as their s.
    freedom = np.maximum(of_baseline(np.maximum(count - 1, 0), used).sum(axis=-1, keepdims=True) * 0.9, 1.0)
    return sigma, freedom
