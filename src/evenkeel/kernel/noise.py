"""How much counts scatter beyond chance, and what a count is then worth as evidence.

The variance of a count is E + v E^2: chance, and a scatter that does not shrink with traffic (a minute, a day, a shift is
better or worse). A count then weighs 1 / (1 + v E) of itself, so that a few huge leaves cannot outvote all others.
"""

from __future__ import annotations

import numpy as np

from .arrays import FloatArray, IntArray, divide
from .expected import sums
from .scan import solve_variance

FEWEST = 8  # leaves or repeats below which no scatter is estimated


def noise_of_repeats(leaf: IntArray, leaves: int, events: FloatArray, n: FloatArray) -> float:
    """v from leaves counted several times in the baseline (minutes, days): Pearson around each leaf's own rate."""
    total, size = sums(leaf, events, leaves), sums(leaf, n, leaves)
    rate = divide(total, size, empty=0.0)[leaf]
    part = divide(n, size[leaf], empty=1.0)
    level = n * rate
    some = (level > 0.5) & (part < 1)
    if np.count_nonzero(some) < FEWEST:
        return 0.0
    level, part, rate = level[some], part[some], rate[some]
    square = (events[some] - level) ** 2 / np.maximum(1 - part, 0.05)
    found = solve_variance(square, level * np.maximum(1 - rate, 0.05), level, float(len(level)))
    # Its upper limit: noise taken for smaller than it is would be named a cause.
    return found * (1 + 1.645 * float(np.sqrt(2 / len(level))))


def noise_between(o0: FloatArray, n0: FloatArray, o1: FloatArray, n1: FloatArray) -> float:
    """v from leaves counted once in each window: the median of their squared log ratios, so that causes do not count as noise.

    All of it is taken for the current window's: the baseline may have been long.
    """
    some = (o0 >= 5) & (n1 * divide(o0, n0, empty=0.0) >= 5) & (o1 > 0)
    if np.count_nonzero(some) < FEWEST:
        return 0.0
    o0, n0, o1, n1 = o0[some], n0[some], o1[some], n1[some]
    ratio = np.log(o1 * n0 / (o0 * n1))
    square, chance = (ratio - np.median(ratio)) ** 2, 1 / o0 + 1 / o1
    low, high = 0.0, 4.0
    middle_of_chi = 0.4549364231195728  # median of chi-squared with one degree of freedom
    if np.median(square / chance) <= middle_of_chi:
        return 0.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if np.median(square / (chance + middle)) > middle_of_chi else (low, middle)
    return high


def evidence(expected: FloatArray, noise: float, *, repeats: FloatArray | float = 1.0) -> FloatArray | None:
    """What each count is worth, `repeats` being how many counts it is the sum of; None when all are worth all."""
    return None if noise == 0 else 1 / (1 + noise * expected / np.maximum(repeats, 1.0))
