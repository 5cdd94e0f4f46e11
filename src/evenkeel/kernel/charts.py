"""Control charts: which points differ from the baseline by more than the process itself does.

The default is for rates of many decisions. Plain p limits assume that nothing but chance differs from day to day, and
raise 14 false alarms in 100 points as soon as days differ a little; so the spread between baseline points is measured and
limits are widened by it. Two detectors run: rule 1 (a point beyond its limits) for jumps and an EWMA of standardised
residuals for small lasting shifts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, divide, same_length, vector
from .proportions import proportion_bounds
from .quantiles import binomial_quantile, normal_tail

Spread = Literal["beta_binomial", "laney", "binomial"]

# Mean moving range of two normal values in standard deviations, 2 / sqrt(pi); tables round it to 1.128.
D2 = 2 / np.sqrt(np.pi)
MOST_OF_RANGES = 3.267  # upper control limit of a range of two, over its mean


@dataclass(frozen=True, slots=True)
class Flag:
    """A point (its position from 0) that a rule singles out, and on which side of the centre: -1 or 1."""

    point: int
    rule: Literal["beyond_limits", "ewma"]
    side: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, one element a point. `value`, `z` are nan for a point without data, which no rule looks at.

    `z` is the distance from the centre in standard errors, `ewma` its moving average with limits -+`ewma_limit`.
    `spread` says by how much the process varies beyond chance: Laney's sigma_z, the intra-class correlation of the
    beta-binomial, the sigma of an individuals chart, 1 for a plain p chart. `baseline_points` were used for the centre.
    `interval_low`, `interval_high`: Wilson's interval of each rate, nan for charts of single values.
    """

    value: FloatArray
    centre: float
    lower: FloatArray
    upper: FloatArray
    z: FloatArray
    ewma: FloatArray
    ewma_limit: FloatArray
    interval_low: FloatArray
    interval_high: FloatArray
    flags: tuple[Flag, ...]
    spread: float
    baseline_points: int
    method: str


def p_chart(
    hits: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    spread: Spread = "beta_binomial",
    baseline: int | None = None,
    exclude: Sequence[int] = (),
    width: float = 3.0,
    ewma_weight: float = 0.2,
    ewma_width: float = 2.962,
    level: float = 0.95,
) -> Chart:
    """A chart of a rate, point after point in time.

    `hits` and `n` have one number a point and may be effective sizes (rate times effective n, effective n). Centre and
    spread come from the first `baseline` points (all when None) without those in `exclude`, and stay frozen after, so
    that a shift does not hide itself. With p the pooled rate, a point's standard error is sqrt(p(1-p)/n) times

    - `beta_binomial` (default): sqrt(1 + (n-1) rho), rho by the method of moments. Assumes daily rates vary around p.
    - `laney`: mean moving range of the plain z scores / d2. Assumes the same factor for small and large points.
    - `binomial`: 1. Assumes pure chance; for small single series only.

    Limits of the default are binomial quantiles at n over the squared factor, with tails of `width` normal standard errors:
    with few errors a day the plain p -+ 3 standard errors flags several times too often. The other two keep the textbook's
    p -+ `width` standard errors, cut to [0, 1]. The EWMA starts at 0. Defaults give an in-control run length near 370 for
    rule 1 and 500 for the EWMA alone, somewhat less when the baseline is short; the EWMA also alarms too often where points
    hold less than one expected error, so chart weeks there. Raises ValueError unless 0 <= hits <= n.

    >>> chart = p_chart([5, 6, 4, 5, 6, 5, 4, 30], [100] * 8, baseline=7)
    >>> [(flag.point, flag.rule) for flag in chart.flags], round(chart.centre, 3)
    ([(7, 'beyond_limits'), (7, 'ewma')], 0.05)

    Reference: Laney (2002) Quality Engineering 14; Kleinman (1973) JASA 68; Lucas, Saccucci (1990) Technometrics 32.
    """
    x, size = vector(hits, name="hits"), vector(n, name="n")
    points = same_length(hits=x, n=size)
    low, high = proportion_bounds(x, size, level=level)
    used = _baseline(points, baseline, exclude) & (size > 0)
    value = divide(x, size)
    centre = float(x[used].sum() / size[used].sum()) if used.any() else np.nan
    # A baseline without a single hit would have limits of width 0, and the first hit would be an alarm.
    inside = centre if 0 < centre < 1 else float((x[used].sum() + 0.5) / (size[used].sum() + 1))
    plain = np.sqrt(inside * (1 - inside) * divide(1.0, size))
    factor, measured = _over_dispersion(spread, value, size, used, centre, plain)
    error = plain * factor
    if spread == "beta_binomial":
        limits = _binomial_limits(inside, divide(size, factor**2, empty=0.0), width)
    else:
        limits = np.clip(centre - width * error, 0, 1), np.clip(centre + width * error, 0, 1)
    return _chart(
        value=value,
        centre=centre,
        error=error,
        limits=limits,
        interval=(low, high),
        spread=measured,
        baseline_points=int(used.sum()),
        ewma_settings=(ewma_weight, ewma_width),
        method=f"p_{spread}",
    )


def individuals_chart(
    values: npt.ArrayLike,
    *,
    baseline: int | None = None,
    exclude: Sequence[int] = (),
    centre: float | None = None,
    sigma: float | None = None,
    width: float = 3.0,
    ewma_weight: float = 0.2,
    ewma_width: float = 2.962,
) -> Chart:
    """A chart of single values (the I of I-MR): mean -+ `width` sigma, sigma = mean moving range / (2 / sqrt(pi)).

    Assumes values near normal and not correlated in time. nan is a point without data. `centre` and `sigma` replace what
    the baseline would give, where a standard sets them. Excluded and missing points are left out before ranges are taken;
    then ranges beyond their own limit of 3.267 times the mean are, once, so that one outlier does not hide itself.

    >>> chart = individuals_chart([10, 11, 10, 9, 10, 11, 9, 20], baseline=7)
    >>> [flag.point for flag in chart.flags if flag.rule == "beyond_limits"]
    [7]

    Reference: Montgomery, Introduction to Statistical Quality Control, section 6.4; Nelson (1982) J. Quality Technology 14.
    """
    value = np.asarray(values, dtype=np.float64)
    if value.ndim != 1 or np.isinf(value).any():
        raise ValueError("values must have one dimension and be finite or nan")
    used = _baseline(len(value), baseline, exclude) & ~np.isnan(value)
    middle = (float(value[used].mean()) if used.any() else np.nan) if centre is None else centre
    scale = _moving_range_sigma(value[used], screened=True) if sigma is None else sigma
    none = np.full(value.shape, np.nan)
    return _chart(
        value=value,
        centre=middle,
        error=np.full(value.shape, scale),
        limits=(np.full(value.shape, middle - width * scale), np.full(value.shape, middle + width * scale)),
        interval=(none, none),
        spread=scale,
        baseline_points=int(used.sum()),
        ewma_settings=(ewma_weight, ewma_width),
        method="individuals",
    )


def ewma(
    z: npt.ArrayLike, *, weight: float = 0.2, width: float = 2.962, is_steady: bool = False
) -> tuple[FloatArray, FloatArray]:
    """The moving average E_t = w z_t + (1-w) E_(t-1), E_0 = 0, and its half limit L sqrt(w/(2-w) (1 - (1-w)^2t)).

    Assumes `z` standardised and independent in control. A nan leaves the average as it was. `is_steady` uses the limit
    that is reached in the long run, from the first point on. Raises ValueError unless 0 < weight <= 1.

    >>> average, limit = ewma([1.0, 1.0, 1.0], weight=0.5, width=3.0)
    >>> average.tolist(), limit.round(3).tolist()
    ([0.5, 0.75, 0.875], [1.5, 1.677, 1.718])

    Reference: Roberts (1959) Technometrics 1; NIST/SEMATECH e-Handbook 6.3.2.4.
    """
    if not 0 < weight <= 1:
        raise ValueError("weight must lie above 0 and not above 1")
    steps = vector(np.nan_to_num(np.asarray(z, dtype=np.float64), nan=0.0), name="z")
    there = ~np.isnan(np.asarray(z, dtype=np.float64))
    average = np.empty(len(steps))
    level = 0.0
    for position, (step, is_there) in enumerate(zip(steps.tolist(), there.tolist(), strict=True)):
        level = weight * step + (1 - weight) * level if is_there else level
        average[position] = level
    age = np.maximum(np.cumsum(there), 1)
    reached = np.ones(len(steps)) if is_steady else 1 - (1 - weight) ** (2 * age)
    return average, width * np.sqrt(weight / (2 - weight) * reached)


def _binomial_limits(centre: float, n: FloatArray, width: float) -> tuple[FloatArray, FloatArray]:
    """The rates beyond which a count lies with the probability of a normal value `width` standard errors out."""
    lower, upper = np.full(n.shape, np.nan), np.full(n.shape, np.nan)
    there, tail = n > 0, normal_tail(width)
    size = n[there]
    if not size.size or not 0 < centre < 1:
        return lower, upper
    # P(X >= u) = tail at u = quantile + 1; where even 0 (or n) is likelier than the tail there is no limit on that side.
    has_lower = size * np.log1p(-centre) < np.log(tail)
    has_upper = size * np.log(centre) < np.log(tail)
    lower[there] = np.where(has_lower, binomial_quantile(tail, size, centre) / size, 0.0)
    upper[there] = np.where(has_upper, (binomial_quantile(1 - tail, size, centre) + 1) / size, 1.0)
    return np.clip(lower, 0, 1), np.clip(upper, 0, 1)


def _baseline(points: int, baseline: int | None, exclude: Sequence[int]) -> BoolArray:
    if any(not 0 <= point < points for point in exclude):
        raise ValueError("exclude holds a point that is not there")
    used = np.arange(points) < (points if baseline is None else baseline)
    used[list(exclude)] = False
    return used


def _over_dispersion(
    spread: Spread, value: FloatArray, n: FloatArray, used: BoolArray, centre: float, plain: FloatArray
) -> tuple[FloatArray, float]:
    """The factor on each point's binomial standard error, and the one number behind it."""
    if spread == "binomial":
        return np.ones_like(n), 1.0
    if spread == "laney":
        sigma = _moving_range_sigma(divide(value - centre, plain, empty=0.0)[used])
        return np.full_like(n, sigma), sigma
    if spread == "beta_binomial":
        rho = _intraclass_correlation(value[used], n[used], centre)
        return np.sqrt(1 + np.maximum(n - 1, 0) * rho), rho
    raise ValueError(f"unknown spread {spread!r}")


def _intraclass_correlation(rate: FloatArray, n: FloatArray, centre: float) -> float:
    """rho from Pearson's X2 = sum n (r-p)^2 / p(1-p), whose mean is sum (1 - n/N) (1 + (n-1) rho); 0 when smaller."""
    chance = centre * (1 - centre)
    if len(n) < 2 or not chance > 0:
        return 0.0
    pearson = float((n * (rate - centre) ** 2).sum()) / chance
    freedom = 1 - n / n.sum()
    room = float((freedom * (n - 1)).sum())
    return min(max((pearson - float(freedom.sum())) / room, 0.0), 1.0) if room > 0 else 0.0


def _moving_range_sigma(values: FloatArray, *, screened: bool = False) -> float:
    if len(values) < 2:
        return np.nan
    ranges = np.abs(np.diff(values))
    if screened:
        ranges = ranges[ranges <= MOST_OF_RANGES * ranges.mean()]
    return float(ranges.mean() / D2)


def _chart(
    *,
    value: FloatArray,
    centre: float,
    error: FloatArray,
    limits: tuple[FloatArray, FloatArray],
    interval: tuple[FloatArray, FloatArray],
    spread: float,
    baseline_points: int,
    ewma_settings: tuple[float, float],
    method: str,
) -> Chart:
    # Without any spread there is nothing to standardise by: z stays nan, and rule 1 alone speaks.
    z = divide(value - centre, error)
    average, limit = ewma(z, weight=ewma_settings[0], width=ewma_settings[1])
    lower, upper = limits
    slack = 1e-12 * max(abs(centre), 1.0)
    beyond = np.where(value > upper + slack, 1, np.where(value < lower - slack, -1, 0))
    # A point without data cannot raise an alarm, even while the average it inherits stands beyond.
    drifting = np.where(np.isnan(z) | (np.abs(average) <= limit), 0, np.sign(average)).astype(int)
    flags = [Flag(int(point), "beyond_limits", int(beyond[point])) for point in np.flatnonzero(beyond)]
    flags += [Flag(int(point), "ewma", int(drifting[point])) for point in np.flatnonzero(drifting)]
    return Chart(
        value=value,
        centre=centre,
        lower=lower,
        upper=upper,
        z=z,
        ewma=average,
        ewma_limit=limit,
        interval_low=interval[0],
        interval_high=interval[1],
        flags=tuple(sorted(flags, key=lambda flag: (flag.point, flag.rule))),
        spread=spread,
        baseline_points=baseline_points,
        method=method,
    )
