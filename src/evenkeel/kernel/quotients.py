"""A figure over another figure, when only the two estimates are at hand."""

from __future__ import annotations

from math import exp, inf, log, nan, sqrt

from .estimate import Estimate


def quotient(above: Estimate, below: Estimate) -> Estimate:
    """The ratio of two figures that are estimated apart, with an interval from theirs.

    Assumes both above 0 and uncorrelated: figures of the same rows usually rise together, and then this interval is too
    wide. On logarithms, where the delta method has var(log a/b) = var(log a) + var(log b); each side of the interval takes
    the sides of the two intervals that lead there, so skewed intervals stay skewed: log upper = log(a/b) +
    sqrt(log(a_high / a)^2 + log(b / b_low)^2). Unknown when `below` is not above 0; without an interval when its own
    reaches 0. `n` and the effective size are the smaller of the two.

    >>> made = quotient(Estimate(90.0, 80.0, 100.0, 50, 50.0, "t"), Estimate(30.0, 30.0, 30.0, 9, 9.0, "counted"))
    >>> f"{made.value:.2f} ({made.low:.2f} to {made.high:.2f}), n {made.n}"
    '3.00 (2.67 to 3.33), n 9'

    Reference: Donner, Zou (2012) Statistical Methods in Medical Research 21; Zou, Donner (2008) Statistics in Medicine 27.
    """
    n, effective = min(above.n, below.n), min(above.n_effective, below.n_effective)
    level, method = max(above.level, below.level), "quotient_log_delta"
    if not (above.is_known and below.is_known) or below.value <= 0 or above.value < 0:
        return Estimate.unknown(method=method, level=level, n=n)
    value = above.value / below.value
    if not (above.has_interval and below.has_interval) or below.low <= 0:
        return Estimate(value, nan, nan, n, effective, method, level)
    if above.value == 0:
        return Estimate(0.0, 0.0, above.high / below.low, n, effective, method, level)
    down = sqrt(_log(above.value, above.low) ** 2 + _log(below.high, below.value) ** 2)
    up = sqrt(_log(above.high, above.value) ** 2 + _log(below.value, below.low) ** 2)
    return Estimate(value, value * exp(-down), value * exp(up), n, effective, method, level)


def _log(larger: float, smaller: float) -> float:
    return log(larger / smaller) if smaller > 0 else inf
