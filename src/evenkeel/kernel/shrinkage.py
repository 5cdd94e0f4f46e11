"""Many people, few audits each: every person's rate leans on everybody's, the more the fewer audits there are.

A person with 3 of 3 right is not better than one with 190 of 200. The people's true rates are taken as drawn from one
beta distribution a group (a queue, a vendor); it is estimated from all of them (empirical Bayes), and each person's
posterior follows in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, codes, same_length, vector
from .estimate import Estimate
from .quantiles import beta_below, beta_quantile, two_sided
from .rows import refuse_rows

# Beyond this many pseudo-audits people cannot be told apart, and the likelihood is flat.
MOST_CONCENTRATED = 1e5
LEAST_CONCENTRATED = 1e-2


@dataclass(frozen=True, slots=True)
class BetaPrior:
    """How true rates are spread over people: beta(a, b). `people` and `n` are the people and audits behind it."""

    a: float
    b: float
    negative_log_likelihood: float
    people: int
    n: float

    @property
    def mean(self) -> float:
        """The mean rate over people."""
        return self.a / (self.a + self.b)

    @property
    def strength(self) -> float:
        """a + b: how many audits the prior is worth."""
        return self.a + self.b


@dataclass(frozen=True, slots=True)
class Shrunk:
    """One row a person: posterior mean, interval, P(rate < target). nan where there was nothing to learn a prior from."""

    mean: FloatArray
    low: FloatArray
    high: FloatArray
    below_target: FloatArray
    n: FloatArray
    has_own_prior: BoolArray
    priors: dict[int, BetaPrior]
    level: float

    def estimate(self, person: int) -> Estimate:
        """The estimate of one person; `n` counts her own audits alone."""
        n = float(self.n[person])
        ends = float(self.mean[person]), float(self.low[person]), float(self.high[person])
        return Estimate(*ends, round(n), n, "beta_binomial_posterior", self.level)


def beta_binomial(hits: npt.ArrayLike, n: npt.ArrayLike) -> BetaPrior:
    """The beta distribution of people's rates by maximum likelihood: -sum_i [ln B(a+x, b+n-x) - ln B(a, b)] least.

    Assumes each person's hits binomial given her rate, and rates drawn from one beta. `hits` and `n` have one number a
    person; they may be effective sizes. People without audits do not count. Where people differ no more than chance
    would make them, a + b ends at its bound of 100,000. Raises ValueError unless 0 <= hits <= n, or when nobody has
    an audit.

    >>> prior = beta_binomial([9, 18, 30, 7, 19], [10, 20, 40, 12, 20])
    >>> round(prior.mean, 2)
    0.82

    Reference: Griffiths (1973) Biometrics 29; Morris (1983) JASA 78.
    """
    from scipy.optimize import minimize

    x, size = _checked(hits, n)
    x, size = x[size > 0], size[size > 0]
    if not size.size:
        raise ValueError("nobody has an audit to learn from")
    mean = (x.sum() + 0.5) / (size.sum() + 1)
    low, high = np.log(LEAST_CONCENTRATED), np.log(MOST_CONCENTRATED)
    fits = [
        minimize(
            _negative_log_likelihood,
            # Two starts: one narrow, one wide, because the likelihood is flat towards strong priors.
            np.array([np.log(mean / (1 - mean)), np.log(strength)]),
            args=(x, size),
            jac=True,
            method="L-BFGS-B",
            bounds=[(-20.0, 20.0), (low, high)],
            options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500},
        )
        for strength in (5.0, 200.0)
    ]
    best = min(fits, key=lambda fit: float(fit.fun))
    a, b = _shape(best.x)
    return BetaPrior(a, b, float(best.fun), int(size.size), float(size.sum()))


def shrink(
    hits: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    groups: npt.ArrayLike | None = None,
    target: float = 0.95,
    level: float = 0.95,
    minimum_people: int = 8,
    most_strength: float = MOST_CONCENTRATED,
) -> Shrunk:
    """Each person's rate under the prior of her group: posterior beta(a + x, b + n - x).

    Assumes people of a group exchangeable before the audits are seen. `groups` are running numbers, one a person; a group
    with fewer than `minimum_people` audited people uses the prior of everybody (`has_own_prior` tells). Intervals are
    equal-tailed and take the prior as known, so with few people they are a little short. A person without audits gets
    the prior itself. `most_strength` caps how many audits a prior is worth: from few audits people look alike, and an
    uncapped prior would then say of everybody that she is surely the mean.

    >>> shrunk = shrink([3, 190], [3, 200], target=0.9)
    >>> bool(shrunk.mean[0] < 1.0), shrunk.below_target.shape
    (True, (2,))

    Reference: Casella (1985) American Statistician 39.
    """
    x, size = _checked(hits, n)
    group = np.zeros(len(x), dtype=np.int64) if groups is None else codes(groups, name="groups")
    same_length(hits=x, groups=group)
    mean, low, high, below = (np.full(len(x), np.nan) for _ in range(4))
    own, priors = np.zeros(len(x), dtype=bool), dict[int, BetaPrior]()
    if (size > 0).any():
        everybody = beta_binomial(x, size)
        for number in np.unique(group):
            here = group == number
            is_own = groups is None or int((size[here] > 0).sum()) >= minimum_people
            prior = beta_binomial(x[here], size[here]) if is_own and groups is not None else everybody
            prior = _at_most(prior, most_strength)
            a, b = prior.a + x[here], prior.b + size[here] - x[here]
            priors[int(number)], own[here], mean[here] = prior, is_own, a / (a + b)
            low[here], high[here] = beta_quantile(1 - two_sided(level), a, b), beta_quantile(two_sided(level), a, b)
            below[here] = beta_below(target, a, b)
    return Shrunk(mean, low, high, below, size, own, priors, level)


@dataclass(frozen=True, slots=True)
class FlagList:
    """People flagged as below target, with what the posteriors say about the list itself.

    `expected_false`: how many of the flagged are expected to meet the target after all; `expected_missed`: how many of the
    others are expected to be below it.
    """

    people: tuple[int, ...]
    expected_false: float
    expected_missed: float
    target: float
    certainty: float


def flag_below(shrunk: Shrunk, *, target: float, certainty: float = 0.95) -> FlagList:
    """Who is below target with posterior probability of `certainty` or more, and how many of them wrongly.

    `shrunk` must have been made with the same `target`. The posteriors of the flagged give the expected number of false
    flags, sum (1 - P(below)); it is at most (1 - certainty) times the flagged, however many people are looked at. People
    without a posterior are not flagged. Raises ValueError unless `certainty` lies between 0 and 1.

    >>> found = flag_below(shrink([30, 190, 99], [60, 200, 100], target=0.9), target=0.9)
    >>> found.people, found.expected_false < 0.05
    ((0,), True)

    Reference: Newton, Noueiry, Sarkar, Ahlquist (2004) Biostatistics 5 (direct posterior bound on false flags).
    """
    if not 0 < certainty < 1:
        raise ValueError(f"certainty must lie between 0 and 1, not {certainty}")
    below = np.nan_to_num(shrunk.below_target)
    known = np.isfinite(shrunk.below_target)
    flagged = known & (below >= certainty)
    return FlagList(
        people=tuple(int(person) for person in np.flatnonzero(flagged)),
        expected_false=float((1 - below[flagged]).sum()),
        expected_missed=float(below[known & ~flagged].sum()),
        target=target,
        certainty=certainty,
    )


def _at_most(prior: BetaPrior, strength: float) -> BetaPrior:
    if prior.strength <= strength:
        return prior
    part = strength / prior.strength
    return replace(prior, a=prior.a * part, b=prior.b * part)


def _checked(hits: npt.ArrayLike, n: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    x, size = vector(hits, name="hits"), vector(n, name="n")
    same_length(hits=x, n=size)
    refuse_rows(~((x >= 0) & (x <= size + 1e-9)), "hits must lie between 0 and n")
    return np.minimum(x, size), size


def _shape(point: FloatArray) -> tuple[float, float]:
    mean, strength = 1 / (1 + np.exp(-point[0])), np.exp(point[1])
    return float(mean * strength), float((1 - mean) * strength)


def _negative_log_likelihood(point: FloatArray, x: FloatArray, n: FloatArray) -> tuple[float, FloatArray]:
    from scipy.special import betaln, digamma

    a, b = _shape(point)
    value = float((betaln(a, b) - betaln(a + x, b + n - x)).sum())
    common = digamma(a + b) - digamma(a + b + n)
    by_a: Any = (digamma(a) - digamma(a + x) - common).sum()
    by_b: Any = (digamma(b) - digamma(b + n - x) - common).sum()
    mean, strength = a / (a + b), a + b
    # Chain rule to logit of the mean and log of the strength, where the surface is close to a bowl.
    gradient = np.array([(by_a - by_b) * strength * mean * (1 - mean), by_a * a + by_b * b])
    return value, gradient
