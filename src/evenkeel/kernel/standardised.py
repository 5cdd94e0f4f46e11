"""Rates made comparable when the work differs: direct and indirect standardisation, funnel limits with over-dispersion."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, divide, same_length, vector
from .estimate import Estimate
from .proportions import wilson
from .quantiles import gamma_quantile, normal_quantile, two_sided
from .rows import refuse_rows

OverDispersion = Literal["none", "multiplicative", "additive"]


def standardise_directly(
    hits: npt.ArrayLike, n: npt.ArrayLike, *, standard: npt.ArrayLike, level: float = 0.95
) -> Estimate:
    """The rate one would have with the standard mix of work: sum w r, w the standard's shares, r the rate of each kind.

    Assumes rates binomial within a kind. Variance sum w^2 r(1-r)/n, with (x + 1/2)/(n + 1) for r inside it so that a
    kind without errors is not taken for certain; Wilson's interval on the effective size. Raises ValueError where the
    standard has work of a kind that was never done: its rate is not known.

    >>> found = standardise_directly([5, 20], [100, 100], standard=[300, 100])
    >>> f"{found.value:.4f}"
    '0.0875'

    Reference: Breslow, Day (1987) Statistical Methods in Cancer Research II, chapter 2.
    """
    x, size, share = _counts(hits, n, standard)
    if not size.sum():
        return Estimate.unknown(method="direct_wilson", level=level)
    used = share > 0
    refuse_rows(used & (size == 0), "the standard has work of a kind that was never done")
    share = share / share.sum()
    value = float(share[used] @ (x[used] / size[used]))
    guess = (x[used] + 0.5) / (size[used] + 1)
    variance = float((share[used] ** 2 * guess * (1 - guess) / size[used]).sum())
    middle = float(share[used] @ guess)
    effective = middle * (1 - middle) / variance
    found = wilson(value * effective, effective, level=level)
    return Estimate(value, found.low, found.high, round(float(size.sum())), effective, "direct_wilson", level)


def standardise_indirectly(
    hits: npt.ArrayLike, n: npt.ArrayLike, *, standard_rates: npt.ArrayLike, level: float = 0.95
) -> Estimate:
    """Observed over expected errors: sum x / sum n r0, r0 the standard's rate of each kind. 1: as the standard.

    Assumes errors Poisson and the standard's rates known; exact limits, gamma quantiles over the expected number. For
    people with little work of a kind, whose own rates mean nothing. Two such ratios do not compare with each other, only
    each with the standard. Raises ValueError for a rate outside 0 to 1. Unknown when nothing is expected.

    >>> found = standardise_indirectly([4, 6], [100, 50], standard_rates=[0.03, 0.04])
    >>> f"{found.value:.1f} ({found.low:.3f} to {found.high:.3f})"
    '2.0 (0.959 to 3.678)'

    Reference: Breslow, Day (1987), section 2.3; Garwood (1936) Biometrika 28.
    """
    x, size, rates = _counts(hits, n, standard_rates)
    refuse_rows(rates > 1, "standard_rates must lie in 0 to 1")
    observed, expected = float(x.sum()), float(size @ rates)
    if expected == 0:
        return Estimate.unknown(method="indirect_exact", level=level)
    tail = two_sided(level)
    low = float(gamma_quantile(1 - tail, observed)) if observed else 0.0
    high = float(gamma_quantile(tail, observed + 1))
    rows = round(float(size.sum()))
    return Estimate(
        observed / expected, low / expected, high / expected, rows, float(size.sum()), "indirect_exact", level
    )


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """A funnel plot, one element a person or provider: `z` from the target (on the transformed scale), limits at each level.

    `dispersion` (phi) is the mean squared winsorised z, `between` (tau squared) the variance that additive limits allow.
    `is_out`: beyond the widest limits. nan where nobody was seen.
    """

    value: FloatArray
    target: float
    z: FloatArray
    lower: FloatArray
    upper: FloatArray
    levels: tuple[float, ...]
    dispersion: float
    between: float
    is_out: BoolArray


def funnel(
    hits: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    target: float | None = None,
    over_dispersion: OverDispersion = "additive",
    levels: tuple[float, ...] = (0.95, 0.998),
    winsorise: float = 0.1,
) -> Funnel:
    """Limits within which a share lies by chance, and by the differences that everybody has, on the scale asin sqrt.

    y = asin sqrt(x/n), s = 1/(2 sqrt n), z = (y - asin sqrt target)/s. phi = mean of z^2 with the outer `winsorise` of z
    pulled in on each side. `none`: target -+ z_level s. `multiplicative`: s sqrt(phi) when phi > 1. `additive`:
    sqrt(s^2 + tau^2), tau^2 = (k phi - (k-1)) / (sum w - sum w^2 / sum w), w = 1/s^2, when phi > 1: differences among people
    that the count of errors does not explain. `target` is the pooled share when None. Assumes most people in control.

    >>> found = funnel([5, 6, 4, 30, 5], [100, 100, 100, 100, 100], over_dispersion="none")
    >>> found.is_out.tolist()
    [False, False, False, True, False]

    Reference: Spiegelhalter (2005) Statistics in Medicine 24; Spiegelhalter (2005) Quality and Safety in Health Care 14.
    """
    x, size, _ = _counts(hits, n, n)
    seen = size > 0
    if over_dispersion not in ("none", "multiplicative", "additive"):
        raise ValueError(f"unknown over_dispersion {over_dispersion!r}")
    value = divide(x, size)
    centre = (float(x.sum() / size.sum()) if seen.any() else float("nan")) if target is None else target
    middle = float(np.arcsin(sqrt(centre))) if seen.any() else float("nan")
    error = 1 / (2 * np.sqrt(np.where(seen, size, np.nan)))
    z = (np.arcsin(np.sqrt(value)) - middle) / error
    phi, between = _dispersion(z[seen], error[seen], winsorise)
    width = error
    if phi > 1 and over_dispersion == "multiplicative":
        width = error * sqrt(phi)
    elif phi > 1 and over_dispersion == "additive":
        width = np.sqrt(error**2 + between)
    reach = np.array([normal_quantile(two_sided(level)) for level in levels])
    bounds = middle + np.multiply.outer(np.array([-1.0, 1.0]), reach[:, None] * width)
    lower, upper = np.sin(np.clip(bounds, 0, np.pi / 2)) ** 2
    widest = int(np.argmax(reach))
    with np.errstate(invalid="ignore"):
        out = (value < lower[widest]) | (value > upper[widest])
    return Funnel(value, centre, z, lower, upper, levels, phi, between, out)


def exact_limits(n: npt.ArrayLike, target: float, *, levels: tuple[float, ...] = (0.95, 0.998)) -> FloatArray:
    """Funnel limits of a share from the binomial itself, interpolated between counts: levels x (lower, upper) x sizes.

    With r the smallest count whose P(X <= r) reaches the tail p and a = (P(X <= r) - p)/P(X = r), the limit is (r - a)/n;
    below 0 there is none on that side. For few cases, where the funnel's square roots are too coarse. Assumes the target
    known and cases independent; nan where n is 0.

    >>> exact_limits([100], 0.05, levels=(0.95,)).round(4).ravel().tolist()
    [0.0061, 0.0919]

    Reference: Spiegelhalter (2005) Statistics in Medicine 24, appendix A.1.1.
    """
    from scipy.special import bdtr, bdtrik

    size = vector(n, name="n")
    refuse_rows(size < 0, "n must not be negative")
    if not 0 < target < 1:
        raise ValueError("target must lie between 0 and 1")
    found = np.full((len(levels), 2, len(size)), np.nan)
    there = np.floor(size[size > 0]).astype(np.int64)
    for place, level in enumerate(levels):
        for side, p in enumerate((1 - two_sided(level), two_sided(level))):
            r = np.maximum(np.ceil(np.nan_to_num(bdtrik(p, there, target)) - 1e-9), 0.0)
            until, before = bdtr(r, there, target), np.where(r > 0, bdtr(np.maximum(r - 1, 0), there, target), 0.0)
            found[place, side, size > 0] = (r - (until - p) / (until - before)) / there
    return found


def _dispersion(z: FloatArray, error: FloatArray, winsorise: float) -> tuple[float, float]:
    k = len(z)
    if k < 2:
        return float("nan"), 0.0
    low, high = np.quantile(z, [winsorise, 1 - winsorise])
    phi = float((np.clip(z, low, high) ** 2).mean())
    weight = 1 / error**2
    between = (k * phi - (k - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
    return phi, max(float(between), 0.0)


def _counts(hits: npt.ArrayLike, n: npt.ArrayLike, other: npt.ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    x, size, third = vector(hits, name="hits"), vector(n, name="n"), vector(other, name="standard")
    same_length(hits=x, n=size, standard=third)
    refuse_rows((x < 0) | (x > size), "hits must lie between 0 and n")
    refuse_rows(third < 0, "the standard must not be negative")
    return x, size, third
