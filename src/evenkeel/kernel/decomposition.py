"""Mix or rate: how much of a change in a rate comes from different work, how much from different errors on the same work.

`kitagawa` splits over the cells of one dimension, `das_gupta` over any number of factors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import factorial, fsum

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, divide, floats, same_length, vector


@dataclass(frozen=True, slots=True)
class Decomposition:
    """`change` = `rate` + `mix` exactly; the arrays split both by cell and add up to them."""

    change: float
    rate: float
    mix: float
    rate_by_cell: FloatArray
    mix_by_cell: FloatArray


def kitagawa(
    baseline_hits: npt.ArrayLike,
    baseline_n: npt.ArrayLike,
    current_hits: npt.ArrayLike,
    current_n: npt.ArrayLike,
) -> Decomposition:
    """The change of a pooled rate over the cells of one dimension, split into rate and mix.

    With r the rate and s the share of work of each cell, before (0) and now (1): rate = sum (s0+s1)/2 (r1-r0), mix =
    sum ((r0+r1)/2 - m) (s1-s0), where m, the mean of the two pooled rates, only spreads the mix over cells more fairly.
    A cell that is empty in one period lends that period its other rate, so that it counts as mix. Weights may be real.
    Everything is nan when a period is empty. Raises ValueError unless 0 <= hits <= n.

    >>> parts = kitagawa([10, 10], [100, 50], [5, 20], [50, 100])
    >>> f"{parts.change:.4f} = {parts.rate:.4f} + {parts.mix:.4f}"
    '0.0333 = 0.0000 + 0.0333'

    Reference: Kitagawa (1955) JASA 50; Das Gupta (1993) US Bureau of the Census P23-186.
    """
    x0, n0 = vector(baseline_hits, name="baseline_hits"), vector(baseline_n, name="baseline_n")
    x1, n1 = vector(current_hits, name="current_hits"), vector(current_n, name="current_n")
    same_length(baseline_hits=x0, baseline_n=n0, current_hits=x1, current_n=n1)
    if not ((x0 >= 0) & (x0 <= n0) & (x1 >= 0) & (x1 <= n1)).all():
        raise ValueError("hits must lie between 0 and n")
    return _split(x0, n0, x1, n1)


def kitagawa_of_means(
    baseline_sums: npt.ArrayLike,
    baseline_weights: npt.ArrayLike,
    current_sums: npt.ArrayLike,
    current_weights: npt.ArrayLike,
) -> Decomposition:
    """As `kitagawa`, of a pooled weighted mean: sums of weight times value, of any sign, and the weights, 0 or more.

    >>> parts = kitagawa_of_means([20.0, 90.0], [10, 30], [60.0, 30.0], [30, 10])
    >>> f"{parts.change:.3f} = {parts.rate:.3f} + {parts.mix:.3f}"
    '-0.500 = 0.000 + -0.500'

    Raises ValueError for a weight below 0. Reference: as for `kitagawa`.
    """
    x0, n0 = vector(baseline_sums, name="baseline_sums"), vector(baseline_weights, name="baseline_weights")
    x1, n1 = vector(current_sums, name="current_sums"), vector(current_weights, name="current_weights")
    same_length(baseline_sums=x0, baseline_weights=n0, current_sums=x1, current_weights=n1)
    if not ((n0 >= 0) & (n1 >= 0)).all():
        raise ValueError("weights must not be below 0")
    return _split(x0, n0, x1, n1)


def _split(x0: FloatArray, n0: FloatArray, x1: FloatArray, n1: FloatArray) -> Decomposition:
    r0, r1 = divide(x0, n0), divide(x1, n1)
    r0, r1 = np.where(n0 > 0, r0, r1), np.where(n1 > 0, r1, r0)
    r0, r1 = np.nan_to_num(r0), np.nan_to_num(r1)
    s0, s1 = divide(n0, n0.sum()), divide(n1, n1.sum())
    middle = float(s0 @ r0 + s1 @ r1) / 2
    rate, mix = (s0 + s1) / 2 * (r1 - r0), ((r0 + r1) / 2 - middle) * (s1 - s0)
    if not len(x0):
        return Decomposition(np.nan, np.nan, np.nan, rate, mix)
    return Decomposition(float(s1 @ r1 - s0 @ r0), float(rate.sum()), float(mix.sum()), rate, mix)


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """`change` = `current` - `baseline` = sum of `effects`, one a factor, exactly."""

    baseline: float
    current: float
    effects: dict[str, float]

    @property
    def change(self) -> float:
        """How much the rate changed."""
        return self.current - self.baseline


def das_gupta(
    baseline: Mapping[str, npt.ArrayLike],
    current: Mapping[str, npt.ArrayLike],
    *,
    rate: Callable[[Mapping[str, FloatArray]], float] | None = None,
) -> Effects:
    """The change of a rate that is a function of several factors, split into one effect a factor; the effects add up exactly.

    Each factor's effect is its change averaged over all orders in which the factors could have changed one after another
    (the others at the old or the new value): sum over sets S of the others |S|! (k-1-|S|)! / k! [f(S and it) - f(S)]. `rate`
    of the factors' values; the sum of their product by cell when None. Factors are numbers or arrays of one shape. Cost
    2^k rates, so up to about 12 factors. Raises ValueError when the two sides name different factors.

    >>> split = das_gupta({"earnings": 10930, "share": 0.717892}, {"earnings": 16591, "share": 0.825974})
    >>> {name: round(effect, 3) for name, effect in split.effects.items()}, round(split.change, 3)
    ({'earnings': 4369.913, 'share': 1487.262}, 5857.175)

    Reference: Das Gupta (1993) Standardization and Decomposition of Rates, US Bureau of the Census P23-186.
    """
    if set(baseline) != set(current) or not baseline:
        raise ValueError("baseline and current must name the same factors")
    names = list(baseline)
    old, new = ({name: floats(side[name]) for name in names} for side in (baseline, current))
    of = rate or (lambda factors: float(np.sum(np.prod(np.broadcast_arrays(*factors.values()), axis=0))))
    k = len(names)
    known = [
        of({name: (new if chosen >> place & 1 else old)[name] for place, name in enumerate(names)})
        for chosen in range(2**k)
    ]
    weights = [factorial(size) * factorial(k - 1 - size) / factorial(k) for size in range(k)]
    effects = {
        name: fsum(
            weights[chosen.bit_count()] * (known[chosen | 1 << place] - known[chosen])
            for chosen in range(2**k)
            if not chosen >> place & 1
        )
        for place, name in enumerate(names)
    }
    return Effects(known[0], known[-1], effects)


def structure_factors(counts: npt.ArrayLike) -> list[FloatArray]:
    """The share of each cell of a cross-table as a product of one factor a dimension, for `das_gupta`.

    Factor i is the geometric mean, over sets S of the other dimensions, of N(S and i) / N(S), N the table's sums over all
    other dimensions; so no dimension comes first. Their product is counts / sum. Cells that are empty have factors of 0.
    Das Gupta splits structure against rate first, and then the structure by its factors at the mean of the two rates.

    >>> age, sex = structure_factors([[10.0, 30.0], [20.0, 40.0]])
    >>> (age * sex).round(2).tolist()
    [[0.1, 0.3], [0.2, 0.4]]

    Reference: Das Gupta (1993), chapter 6.
    """
    table = floats(counts)
    k = table.ndim

    def summed(kept: int) -> FloatArray:
        away = tuple(axis for axis in range(k) if not kept >> axis & 1)
        return np.broadcast_to(table.sum(axis=away, keepdims=True), table.shape)

    factors = []
    for axis in range(k):
        logs = np.zeros(table.shape)
        for chosen in range(2**k):
            if chosen >> axis & 1:
                continue
            size = chosen.bit_count()
            weight = factorial(size) * factorial(k - 1 - size) / factorial(k)
            ratio = divide(summed(chosen | 1 << axis), summed(chosen), empty=0.0)
            logs += weight * np.log(np.where(ratio > 0, ratio, 1.0))
        factors.append(np.where(table > 0, np.exp(logs), 0.0))
    return factors
