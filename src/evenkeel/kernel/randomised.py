"""Two arms that chance made alike: how far apart they are, with bounds that may be looked at every day.

Who looks at an ordinary interval every day and stops when it excludes 0 is wrong about one time in three after sixty days
without any effect. Bounds from a normal mixture hold at all times together.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, nan, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, codes, floats, same_length
from .criterion import Criterion
from .effects import Diagnostic, Effect, Measured, Term, asked, from_logarithm, judge, plus_minus, two_sided_p
from .estimate import Estimate
from .quantiles import normal_quantile, normal_tail, two_sided
from .rows import refuse_rows

Looks = Literal["any", "one"]

ASSUMES = "Chance alone decided who is in which arm, and what one arm got did not reach the other."
# Where the bound is narrowest unless said: a month of 100 to 200 audits a day in each arm.
PLANNED = 4000.0
FEW_IN_ARM, FEW_EVENTS = 30, 10


def mixture_bound(variance: npt.ArrayLike, *, rho: float, level: float = 0.95) -> FloatArray:
    """How far a sum of independent deviations may ever go: sqrt((V + rho) ln((V + rho) / (rho a^2))), a = 1 - `level`.

    `variance`: V, the sum's own variance so far. With probability `level` the sum stays within at all times together.
    Assumes deviations near normal in sum. `rho` says at which V the bound is narrowest (`mixture_rho`).

    >>> mixture_bound([100, 1000], rho=10).round(4).tolist()
    [30.3781, 103.5019]

    Reference: Robbins (1970) Annals of Mathematical Statistics 41; Howard et al. (2021) Annals of Statistics 49.
    """
    if rho <= 0 or not 0 < level < 1:
        raise ValueError("rho must be above 0 and level between 0 and 1")
    v = floats(variance)
    refuse_rows(np.atleast_1d(~(v >= 0)), "variance must be 0 or more")
    return floats(np.sqrt((v + rho) * np.log((v + rho) / (rho * (1 - level) ** 2))))


def mixture_rho(variance: float, *, level: float = 0.95) -> float:
    """The rho whose `mixture_bound` is about the narrowest at this variance: V / (-2 ln a + ln(-2 ln a) + 1), a = 1 - `level`.

    >>> round(mixture_rho(380.0), 5)
    43.27131

    Reference: Waudby-Smith et al. (2024) Annals of Statistics 52, appendix B.
    """
    if not variance > 0 or not 0 < level < 1:
        raise ValueError("variance must be above 0 and level between 0 and 1")
    side = -2 * log(1 - level)
    return variance / (side + log(side) + 1)


def compare_arms(
    values: npt.ArrayLike,
    arm: npt.ArrayLike,
    *,
    size: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    looks: Looks = "any",
    planned: float = PLANNED,
    share: float | None = None,
    criterion: str | Criterion | None = None,
    level: float = 0.95,
) -> Effect:
    """Treated arm (1) against the other (0): difference and ratio of means or shares.

    One row a case, or with `size` one row a batch of so many cases (an arm's day), `values` its errors. Difference m1 - m0,
    variance s1^2/n1 + s0^2/n0; ratio on the logarithm's scale. `looks` any: the normal mixture's bound with V = 1/variance,
    narrowest at `planned` cases an arm, which must not be chosen by looking; one: normal, for a single look at a size fixed
    before. Shares' variances use (x + 1/2)/(n + 1). `clusters` (people, items): rows of one cluster stand or fall together.
    Ten batches an arm or more: variance is multiplied by their dispersion, at least 1. `share` is the treated's intended share
    of cases, where there was one: arms that differ from it by more than chance were not made by chance.

    >>> found = compare_arms([60, 30], [0, 1], size=[1000, 1000], criterion="ratio < 0.9")
    >>> f"{found.difference.value:.3f} ({found.difference.low:.3f} to {found.difference.high:.3f})", found.verdict
    ('-0.030 (-0.060 to -0.000)', 'cannot_tell')

    Reference: Robbins (1970); Waudby-Smith et al. (2024) Annals of Statistics 52; Johari et al. (2022) Operations Research 70.
    """
    if looks not in {"any", "one"}:
        raise ValueError(f"unknown looks {looks!r}")
    if planned <= 0:
        raise ValueError("planned must be above 0")
    y, which = floats(values), codes(arm, name="arm")
    same_length(values=y, arm=which)
    refuse_rows(which > 1, "arm must be 0 or 1")
    refuse_rows(np.isinf(y), "values must be finite or nan")
    n = np.ones(len(y)) if size is None else floats(size)
    refuse_rows(~(n >= 0) | np.isinf(n), "size must be 0 or more")
    refuse_rows((size is not None) & ((y < 0) | (y > n)), "values must lie between 0 and size")
    used = ~np.isnan(y) & (n > 0)
    group = None if clusters is None else codes(clusters, name="clusters")
    arms = [_Arm.of(y, n, used & (which == k), group, size is not None) for k in (0, 1)]
    return _judged(arms, looks, planned, share, asked(criterion), level, int((~used).sum()))


@dataclass(frozen=True, slots=True)
class _Arm:
    n: float
    mean: float
    variance: float  # of one case, with what dispersion or clusters add
    inside: float  # the mean pulled from its bound, for the logarithm
    events: float
    is_share: bool
    dispersion: float

    @classmethod
    def of(cls, y: FloatArray, n: FloatArray, rows: npt.NDArray[np.bool_], group: npt.NDArray[np.int64] | None,
           is_batch: bool) -> _Arm:  # fmt: skip
        x, m = y[rows], n[rows]
        whole = float(m.sum())
        if not whole:
            return cls(0.0, nan, nan, nan, 0.0, is_batch, 1.0)
        mean = float(x.sum()) / whole
        is_share = is_batch or bool(((x == 0) | (x == 1)).all())
        inside = (float(x.sum()) + 0.5) / (whole + 1) if is_share else mean
        variance = inside * (1 - inside) if is_share else float(x.var(ddof=1)) if len(x) > 1 else nan
        factor = 1.0
        if group is not None:
            parts = np.bincount(np.unique(group[rows], return_inverse=True)[1], weights=x - mean * m)
            k = len(parts)
            robust = k / (k - 1) * float(parts @ parts) / whole if k > 1 else nan
            factor = max(robust / variance, 1.0) if variance > 0 else 1.0
        elif is_batch and len(x) >= 10:
            pearson = (x - mean * m) ** 2 / (m * variance)
            factor = max(float(pearson.sum()) / (len(x) - 1), 1.0)
        return cls(whole, mean, variance * factor, inside, float(x.sum()), is_share, factor)


def _judged(
    arms: list[_Arm], looks: str, planned: float, share: float | None, criterion: Criterion | None, level: float,
    left_out: int,
) -> Effect:  # fmt: skip
    other, treated = arms
    n = int(other.n + treated.n)
    method = "normal_mixture" if looks == "any" else "two_arms"
    if not (other.n and treated.n) or not np.isfinite(other.variance + treated.variance):
        none = Estimate.unknown(method=method, level=level, n=n)
        stop = "One of the arms has too few cases."
        measured = Measured("difference", none, none, none, none, nan)
        return judge("ab", measured, criterion=criterion, assumes=ASSUMES, stop=stop)
    value = treated.mean - other.mean
    error = sqrt(treated.variance / treated.n + other.variance / other.n)
    at_plan = sqrt((treated.variance + other.variance) / planned)
    difference = plus_minus(value, error, _width(error, at_plan, looks, level), n, method, level)
    ratio, log_term = _ratio(other, treated, planned, looks, n, method, level)
    measured = Measured("difference", ratio, difference, ratio, difference, _p_value(value, error, at_plan, looks))
    diagnostics = _diagnostics(arms, share, left_out)
    return judge(
        "ab", measured, criterion=criterion, assumes=ASSUMES, diagnostics=diagnostics, stop=_stop(arms, diagnostics),
        terms={"effect": Term(difference, value, error)} | log_term,
    )  # fmt: skip


def _width(error: float, at_plan: float, looks: str, level: float) -> float:
    """The bound in standard errors: the mixture's on the scale where V is the information 1 / error^2."""
    if looks == "one" or error <= 0:
        return normal_quantile(two_sided(level))
    information, planned = 1 / error**2, 1 / at_plan**2
    bound = mixture_bound(information, rho=mixture_rho(planned, level=level), level=level)
    return float(bound) / information / error


def _p_value(value: float, error: float, at_plan: float, looks: str) -> float:
    """The smallest a whose bound excludes 0; valid at all times together when looks are."""
    if looks == "one" or error <= 0:
        return two_sided_p(value, error)
    # rho is fixed at 95 % here: a bound whose rho moved with a would be no bound of one mixture.
    information = 1 / error**2
    rho = mixture_rho(1 / at_plan**2)
    exponent = (value * information) ** 2 / (information + rho)
    return min(sqrt((information + rho) / rho) * exp(-exponent / 2), 1.0)


def _ratio(
    other: _Arm, treated: _Arm, planned: float, looks: str, n: int, method: str, level: float
) -> tuple[Estimate, dict[str, Term]]:
    if not (other.inside > 0 and treated.inside > 0 and other.mean > 0):
        return Estimate.unknown(method=method, level=level, n=n), {}
    squares = treated.variance / treated.inside**2, other.variance / other.inside**2
    error, at_plan = sqrt(squares[0] / treated.n + squares[1] / other.n), sqrt(sum(squares) / planned)
    value = log(treated.inside / other.inside)
    found = from_logarithm(value, error, _width(error, at_plan, looks, level), n, method, level)
    # The half added to both keeps the interval finite; the ratio that is told is the plain one.
    plain = treated.mean / other.mean
    found = Estimate(plain, min(found.low, plain), max(found.high, plain), n, float(n), method, level)
    return found, {"log_ratio": Term(found, value, error)}


def _diagnostics(arms: list[_Arm], share: float | None, left_out: int) -> tuple[Diagnostic, ...]:
    other, treated = arms
    found = [
        Diagnostic("n_other", other.n, other.n >= FEW_IN_ARM, f"{other.n:g} cases in the other arm, {other.mean:.4g}."),
        Diagnostic("n_treated", treated.n, treated.n >= FEW_IN_ARM, f"{treated.n:g} treated, {treated.mean:.4g}."),
    ]
    if share is not None:
        if not 0 < share < 1:
            raise ValueError(f"share must lie between 0 and 1, not {share}")
        whole = other.n + treated.n
        z = (treated.n - share * whole) / sqrt(whole * share * (1 - share))
        p = 2 * normal_tail(abs(z))
        says = f"{treated.n / whole:.1%} of the cases are treated, {share:.0%} was meant (p = {p:.2g})."
        found.append(Diagnostic("sample_ratio", p, p >= 0.0005, says))
    dispersion = max(other.dispersion, treated.dispersion)
    if dispersion > 1:
        says = f"Batches or clusters differ by more than chance: variance times {dispersion:.2f}."
        found.append(Diagnostic("dispersion", dispersion, True, says))
    if left_out:
        found.append(Diagnostic("left_out", left_out, True, f"{left_out} rows without a value or cases left out."))
    return tuple(found)


def _stop(arms: list[_Arm], diagnostics: tuple[Diagnostic, ...]) -> str:
    if any(not each.is_fine for each in diagnostics if each.name == "sample_ratio"):
        return "The arms' sizes differ from what was meant by more than chance: something else decided who got in."
    if min(each.n for each in arms) < FEW_IN_ARM:
        return f"There are too few cases: at least {FEW_IN_ARM} in each arm."
    # Where either of the two outcomes is rare, sums are not near normal yet.
    rare = min(sum(each.events for each in arms), sum(each.n - each.events for each in arms))
    if all(each.is_share for each in arms) and rare < FEW_EVENTS:
        return f"There are too few events: at least {FEW_EVENTS} in both arms together."
    return ""
