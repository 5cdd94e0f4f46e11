"""How large a deviation becomes by chance in days that were chosen because some of them crossed a limit."""

from __future__ import annotations

import numpy as np

from .quantiles import normal_quantile


def least_after_choice(chance: float, *, limit_chance: float, share: float = 1.0) -> float:
    """The standard score of the whole that is passed with probability `chance` where a limit's crossing chose it.

    `limit_chance` is how often a point crosses by chance, `share` the part of the information that the choice saw. Above its
    limit L a normal score is about exponential with mean 1 / L, what came after the choice is normal:
    z = sqrt(share) (L + E / L) + sqrt(1 - share) N. With share 1 that is nearly the score of probability chance x limit_chance,
    with 0 that of `chance`. Assumes that all that was seen is as extreme as what crossed, which is cautious. Raises ValueError
    for chances outside 0 to 0.5 and shares outside 0 to 1.

    >>> [round(least_after_choice(0.025, limit_chance=1 / 200, share=share), 2) for share in (0, 0.2, 1)]
    [1.96, 3.12, 4.01]

    Reference: Fithian, Sun, Taylor (2014) arXiv 1410.2597; Grushka (1972) Analytical Chemistry 44 (the convolution).
    """
    if not (0 < chance <= 0.5 and 0 < limit_chance <= 0.5 and 0 <= share <= 1):
        raise ValueError("chances must lie between 0 and 0.5, share between 0 and 1")
    limit = normal_quantile(1 - limit_chance)
    low, high = 0.0, limit + 12.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _tail(middle, limit, share) > chance else (low, middle)
    return (low + high) / 2


def _tail(z: float, limit: float, share: float) -> float:
    """P(sqrt(share) (L + E / L) + sqrt(1 - share) N > z)."""
    from scipy.special import log_ndtr, ndtr

    spread = (1 - share) ** 0.5
    away = z - share**0.5 * limit
    if share == 0:
        return float(ndtr(-away))
    slope = limit / share**0.5
    if spread < 1e-6:
        return float(np.exp(-slope * away)) if away > 0 else 1.0
    tail = (slope * spread) ** 2 / 2 - slope * away + log_ndtr(away / spread - slope * spread)
    return float(ndtr(-away / spread) + np.exp(tail))
