"""Whether a person changes: counts that forget, and a cumulative sum that remembers just long enough."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, same_length, vector, weights_of
from .quantiles import beta_quantile, two_sided
from .rows import refuse_rows


@dataclass(frozen=True, slots=True)
class Forgetting:
    """After each outcome: the rate now, its interval, and how many outcomes it still stands on."""

    rate: FloatArray
    low: FloatArray
    high: FloatArray
    n_effective: FloatArray


def forgetting_rate(
    is_right: npt.ArrayLike,
    *,
    half_life: float = 50.0,
    prior_right: float = 1.0,
    prior_wrong: float = 1.0,
    level: float = 0.95,
) -> Forgetting:
    """The rate of being right now: beta counts that lose half their weight every `half_life` outcomes.

    Assumes outcomes in the order of time, 1 right, 0 wrong, or a probability of being right. With d = 2^(-1/half_life):
    a_t = d a_(t-1) + x_t, b_t = d b_(t-1) + 1 - x_t, rate (a + prior_right) / (a + b + both priors), equal-tailed beta
    interval. Raises BadRows outside 0 to 1.

    >>> now = forgetting_rate([1] * 100 + [0] * 50, half_life=20)
    >>> round(float(now.rate[99]), 2), round(float(now.rate[-1]), 2)
    (0.97, 0.19)

    Reference: Raftery, Karny, Ettler (2010) Technometrics 52 (forgetting); West, Harrison (1997), discount factors.
    """
    x = vector(is_right, name="is_right")
    refuse_rows((x < 0) | (x > 1), "is_right must lie between 0 and 1")
    if half_life <= 0:
        raise ValueError("half_life must be above 0")
    keep = 0.5 ** (1 / half_life)
    a, b = _discounted(x, keep) + prior_right, _discounted(1 - x, keep) + prior_wrong
    tail = two_sided(level)
    return Forgetting(
        a / (a + b), beta_quantile(1 - tail, a, b), beta_quantile(tail, a, b), a + b - prior_right - prior_wrong
    )


def _discounted(x: FloatArray, keep: float) -> FloatArray:
    """y_t = keep y_(t-1) + x_t, as one bidiagonal system."""
    from scipy.linalg import solve_banded

    if not x.size:
        return x
    bands = np.stack([np.ones(x.size), np.full(x.size, -keep)])
    return np.asarray(solve_banded((1, 0), bands, x), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class AccuracyCusum:
    """The sum after each outcome, the first outcome at which it passed `limit` (-1: never), and where the run began."""

    path: FloatArray
    limit: float
    alarm: int
    since: int


def accuracy_cusum(
    is_right: npt.ArrayLike,
    *,
    good: float = 0.95,
    bad: float = 0.90,
    limit: float = 4.0,
    weights: npt.ArrayLike | None = None,
) -> AccuracyCusum:
    """Page's cumulative sum for a fall of a person's accuracy from `good` to `bad`.

    Assumes independent outcomes in the order of time, 1 right, 0 wrong. S_t = max(0, S_(t-1) + log of the likelihood
    ratio of bad over good); an alarm where S passes `limit`. Without a change alarms lie at least exp(limit) outcomes apart
    on average, mostly far more: simulate before promising a number.
    `since` is the outcome after the last zero before the alarm, the likeliest moment of the change. `weights` scale each
    step (a gold item against an agreed one).

    >>> seen = accuracy_cusum([1] * 60 + [0, 1] * 20, good=0.95, bad=0.8)
    >>> seen.alarm, seen.since
    (66, 60)

    Reference: Page (1954) Biometrika 41; Reynolds, Stoumbos (1999) J. Quality Technology 31 (Bernoulli CUSUM).
    """
    x = vector(is_right, name="is_right")
    refuse_rows((x < 0) | (x > 1), "is_right must lie between 0 and 1")
    if not 0 < bad < good < 1:
        raise ValueError("bad must lie below good, both between 0 and 1")
    weight = weights_of(weights, len(x))
    same_length(is_right=x, weights=weight)
    step = weight * (x * log(bad / good) + (1 - x) * log((1 - bad) / (1 - good)))
    walk = np.concatenate([[0.0], np.cumsum(step)])
    path = (walk - np.minimum.accumulate(walk))[1:]
    over = np.flatnonzero(path > limit)
    if not over.size:
        return AccuracyCusum(path, limit, -1, -1)
    alarm = int(over[0])
    zeros = np.flatnonzero(path[:alarm] <= 0)
    return AccuracyCusum(path, limit, alarm, int(zeros[-1]) + 1 if zeros.size else 0)
