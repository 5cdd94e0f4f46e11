"""How many audits are enough: for an interval of a given width, to see a fall, to tell two apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf, sqrt

import numpy as np

from .allocation import sample_size_finite
from .arrays import FloatArray, IntArray
from .proportions import ProportionMethod, proportion_bounds
from .quantiles import normal_below, normal_quantile, t_quantile, two_sided
from .sequential import confidence_sequence

MOST = 2**40  # no sample is larger than that


def share_sample_size(
    rate: float,
    *,
    half_width: float,
    method: ProportionMethod | None = None,
    population: float = inf,
    design_effect: float = 1.0,
    level: float = 0.95,
) -> int:
    """The fewest audits with which the interval around `rate` is at most +-`half_width` wide on average of its two sides.

    With Wilson's interval, or `method`'s. `design_effect`: variance over that of a simple sample (weights, clusters:
    `cluster_effect`); `population`: how many there are in all. Raises ValueError for a width outside (0, 0.5).

    >>> share_sample_size(0.95, half_width=0.02), share_sample_size(0.95, half_width=0.02, population=1000)
    (469, 320)

    Reference: Newcombe (1998) Statistics in Medicine 17; Cochran (1977) Sampling Techniques, chapter 4.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"rate must lie in 0 to 1, not {rate}")
    if not 0 < half_width < 0.5:
        raise ValueError(f"half_width must lie between 0 and 0.5, not {half_width}")
    if design_effect <= 0:
        raise ValueError("design_effect must be positive")

    def fits(n: int) -> bool:
        low, high = proportion_bounds(rate * n, n, method=method or "wilson", level=level)
        return float(high - low) / 2 <= half_width

    n = _smallest(fits) * design_effect
    return ceil(n - 1e-9) if np.isinf(population) else min(sample_size_finite(n, population), ceil(population))


def mean_sample_size(deviation: float, *, half_width: float, level: float = 0.95) -> int:
    """The fewest values with which Student's interval is expected within +-`half_width`, given their standard deviation.

    >>> mean_sample_size(30.0, half_width=5.0)
    141

    Reference: Desu, Raghavarao (1990) Sample Size Methodology, section 1.2.
    """
    if deviation <= 0 or half_width <= 0:
        raise ValueError("deviation and half_width must be positive")
    tail = two_sided(level)
    return _smallest(lambda n: n > 1 and t_quantile(tail, df=n - 1) * deviation / sqrt(n) <= half_width)


@dataclass(frozen=True, slots=True)
class Detection:
    """A test for a fall: flag at `flag_at` errors or more among `n`; it flags by mistake with `false_alarm`, and a real
    fall with `power`."""

    n: int
    flag_at: int
    false_alarm: float
    power: float


def detection(n: int, *, usual: float, fallen: float, false_alarm: float = 0.05) -> Detection:
    """What `n` golds or audits can see, when accuracy falls from `usual` to `fallen`: the exact binomial test.

    Flags at the fewest errors that occur with probability at most `false_alarm` while accuracy is as usual.

    >>> found = detection(200, usual=0.95, fallen=0.90)
    >>> found.flag_at, round(found.power, 3)
    (16, 0.857)

    Reference: Clopper, Pearson (1934) Biometrika 26 (exact binomial tails).
    """
    _fall(usual, fallen, false_alarm)
    low, high = 0, n + 1
    while low < high:
        middle = (low + high) // 2
        chance = _tail(middle, n, 1 - usual)
        low, high = (low, middle) if chance <= false_alarm else (middle + 1, high)
    return Detection(n, low, _tail(low, n, 1 - usual), _tail(low, n, 1 - fallen))


def detection_sample_size(
    *, usual: float, fallen: float, power: float = 0.8, false_alarm: float = 0.05, most: int = 200_000
) -> Detection:
    """The fewest golds or audits that see the fall with at least `power`, now and with any larger number.

    Power goes up and down by one in a saw-tooth as n grows; the answer is the smallest n after which it never falls short
    again within the next tooth. Raises ValueError when `most` are not enough.

    >>> found = detection_sample_size(usual=0.95, fallen=0.90, power=0.8)
    >>> found.n, found.flag_at
    (191, 16)

    Reference: Chernick, Liu (2002) American Statistician 56 (saw-toothed power).
    """
    _fall(usual, fallen, false_alarm)
    if not 0 < power < 1:
        raise ValueError("power must lie between 0 and 1")
    # The normal approximation brackets the answer; exact power is then computed for all n in the bracket at once.
    p0, p1 = 1 - usual, 1 - fallen
    z = normal_quantile(1 - false_alarm) * sqrt(p0 * (1 - p0)) + normal_quantile(power) * sqrt(p1 * (1 - p1))
    guess = (max(z, 0.1) / (p1 - p0)) ** 2
    last = min(ceil(guess * 2 + 10 / p1 + 50), most)
    n = np.arange(1, last + 1)
    flag_at = _flags(n, p0, false_alarm)
    reached = _tails(flag_at, n, p1) >= power
    short = np.flatnonzero(~reached)
    first = int(n[short[-1]]) + 1 if short.size else 1
    if first > last:
        raise ValueError(f"{most} are not enough to see a fall from {usual:g} to {fallen:g} with power {power:g}")
    return detection(first, usual=usual, fallen=fallen, false_alarm=false_alarm)


def two_shares_power(
    n: float, *, first: float, second: float, alpha: float = 0.05, other_n: float | None = None
) -> float:
    """The power of the two-sided test between two shares, `n` audits each (`other_n` for the second).

    Normal approximation: Phi((|d| - z s0) / s1), s0 from the pooled share, s1 from the two.

    >>> round(two_shares_power(50, first=0.5, second=0.75), 3)
    0.74

    Reference: Fleiss, Levin, Paik (2003) Statistical Methods for Rates and Proportions, chapter 4; R power.prop.test.
    """
    if not (0 <= first <= 1 and 0 <= second <= 1):
        raise ValueError("shares must lie in 0 to 1")
    m = n if other_n is None else other_n
    pooled = (n * first + m * second) / (n + m)
    null = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    real = sqrt(first * (1 - first) / n + second * (1 - second) / m)
    gap = abs(first - second) - normal_quantile(1 - alpha / 2) * null
    if real == 0:
        return 1.0 if gap > 0 else 0.0
    return normal_below(gap / real)


def two_shares_sample_size(*, first: float, second: float, power: float = 0.8, alpha: float = 0.05) -> int:
    """The fewest audits each that tell two shares apart with this power.

    >>> two_shares_sample_size(first=0.50, second=0.75, power=0.90)
    77

    Reference: Fleiss, Levin, Paik (2003), chapter 4; R power.prop.test (76.65).
    """
    if first == second:
        raise ValueError("first and second must differ")
    return _smallest(lambda n: two_shares_power(n, first=first, second=second, alpha=alpha) >= power)


def two_means_power(n: int, *, difference: float, deviation: float, alpha: float = 0.05) -> float:
    """The power of Student's two-sided test between two means, `n` values each: noncentral t (the near tail).

    >>> round(two_means_power(20, difference=1.0, deviation=1.0), 7)
    0.8689528

    Reference: Student's test; R power.t.test.
    """
    from scipy.special import nctdtr

    if deviation <= 0:
        raise ValueError("deviation must be positive")
    df = 2 * (n - 1)
    shift = abs(difference) / deviation * sqrt(n / 2)
    return float(1 - nctdtr(df, shift, t_quantile(1 - alpha / 2, df=df)))


def two_means_sample_size(*, difference: float, deviation: float, power: float = 0.8, alpha: float = 0.05) -> int:
    """The fewest values each that tell two means apart with this power.

    >>> two_means_sample_size(difference=1.0, deviation=1.0, power=0.90)
    23

    Reference: R power.t.test (22.02).
    """
    if difference == 0:
        raise ValueError("difference must not be 0")
    return _smallest(
        lambda n: n > 1 and two_means_power(n, difference=difference, deviation=deviation, alpha=alpha) >= power
    )


def cluster_effect(size: float, alike: float) -> float:
    """The design effect of clusters of `size` rows with intra-class correlation `alike`: 1 + (size - 1) alike.

    >>> cluster_effect(10, 0.05)
    1.45

    Reference: Kish (1965) Survey Sampling, section 5.4.
    """
    return 1 + (size - 1) * alike


def assisted_sample_size(n: float, *, correlation: float, unlabelled: float = inf) -> int:
    """How many labels do with a score's help (PPI++, GREG) what `n` do alone: n (1 - r^2 N/(N+n)), r their correlation.

    >>> assisted_sample_size(1000, correlation=0.8)
    360

    Reference: Angelopoulos, Duchi, Zrnic (2023) arXiv 2311.01453, section 4.
    """
    if not -1 <= correlation <= 1:
        raise ValueError("correlation must lie in -1 to 1")
    gain = 1.0 if np.isinf(unlabelled) else unlabelled / (unlabelled + n)
    return ceil(n * (1 - correlation**2 * gain) - 1e-9)


def corrected_sample_size(n: float, *, sensitivity: float, specificity: float, rate: float) -> int:
    """How many audits by an erring auditor do what `n` by a perfect one do at this true rate (Rogan-Gladen, errors known).

    n a(1-a) / (r(1-r) (sensitivity + specificity - 1)^2), a the rate that the auditor sees.

    >>> corrected_sample_size(1000, sensitivity=0.85, specificity=0.95, rate=0.125)
    1822

    Reference: Rogan, Gladen (1978) American Journal of Epidemiology 107.
    """
    gain = sensitivity + specificity - 1
    if gain <= 0 or not 0 < rate < 1:
        raise ValueError("sensitivity + specificity must pass 1 and rate lie between 0 and 1")
    seen = rate * sensitivity + (1 - rate) * (1 - specificity)
    return ceil(n * seen * (1 - seen) / (rate * (1 - rate) * gain**2) - 1e-9)


def anytime_sample_size(rate: float, *, half_width: float, level: float = 0.95) -> int:
    """After how many answers `confidence_sequence` around `rate` is within +-`half_width`: the price of peeking.

    >>> anytime_sample_size(0.95, half_width=0.02), share_sample_size(0.95, half_width=0.02)
    (1652, 469)

    Reference: Robbins (1970) Annals of Mathematical Statistics 41.
    """
    if not 0 < half_width < 0.5:
        raise ValueError(f"half_width must lie between 0 and 0.5, not {half_width}")

    def fits(n: int) -> bool:
        low, high = confidence_sequence(rate * n, n, level=level)
        return float(high[0] - low[0]) / 2 <= half_width

    return _smallest(fits)


def _fall(usual: float, fallen: float, false_alarm: float) -> None:
    if not 0 <= fallen < usual <= 1:
        raise ValueError(f"fallen must lie below usual, both in 0 to 1, not {fallen} and {usual}")
    if not 0 < false_alarm < 1:
        raise ValueError("false_alarm must lie between 0 and 1")


def _tail(k: int, n: int, p: float) -> float:
    """P(X >= k), X binomial(n, p)."""
    return float(_tails(np.array([k]), np.array([n]), p)[0])


def _tails(k: IntArray, n: IntArray, p: float) -> FloatArray:
    from scipy.special import betainc

    inside = (k > 0) & (k <= n)
    found = betainc(np.where(inside, k, 1), np.where(inside, n - k + 1, 1), p)
    return np.where(k <= 0, 1.0, np.where(k > n, 0.0, found))


def _flags(n: IntArray, p: float, false_alarm: float) -> IntArray:
    """The fewest errors whose tail is at most `false_alarm`, for each n, by halving all together."""
    low, high = np.zeros(n.shape, dtype=np.int64), n + 1
    while (low < high).any():
        middle = (low + high) // 2
        enough = _tails(middle, n, p) <= false_alarm
        low, high = np.where(enough | (low >= high), low, middle + 1), np.where(enough & (low < high), middle, high)
    return low


def _smallest(is_enough: Callable[[int], bool]) -> int:
    """The smallest n from 1 that is enough, given that more is enough too."""
    high = 1
    while not is_enough(high):
        high *= 2
        if high > MOST:
            raise ValueError("no sample is large enough for that")
    low = high // 2 + 1 if high > 1 else 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return low
