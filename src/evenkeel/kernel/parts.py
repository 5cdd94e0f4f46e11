"""A change of a pooled rate as mix + rate + remainder, over many dimensions at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import FloatArray, divide
from .coded import Coded
from .decomposition import kitagawa
from .expected import fit_factors, rates, sums

DENSE = 30.0  # n of a leaf and window from which its own rate is better than a model's


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """`change` = `mix` + `rate` + `remainder`; `mix_by_dimension` are the mixes of one dimension alone."""

    change: float
    mix: float
    rate: float
    remainder: float
    mix_by_dimension: dict[str, float]


def parts_of_change(
    before: Coded,
    now: Coded,
    o0: FloatArray,
    n0: FloatArray,
    o1: FloatArray,
    n1: FloatArray,
    r0: FloatArray,
    r1: FloatArray,
) -> Parts:
    """Das Gupta's two parts over rates p0 and p1 of both windows for every kind of work.

    mix = half of [mean p0 now - mean p0 before] + [mean p1 now - mean p1 before], rate the same with windows and rates
    exchanged. `r0` and `r1` are the baseline model's rates of the rows before and now. p0, p1 are observed rates where all
    work lies in leaves of 30 or more in both windows, else fitted main effects of each window.
    """
    total0, total1 = float(n0.sum()), float(n1.sum())
    change = float(o1.sum()) / total1 - float(o0.sum()) / total0
    by_dimension = {
        name: kitagawa_mix(a, b, o0, n0, o1, n1, size)
        for name, a, b, size in zip(before.names, before.codes, now.codes, before.sizes, strict=True)
    }
    if before is now and bool(((n0 >= DENSE) & (n1 >= DENSE))[(n0 > 0) | (n1 > 0)].all()):
        of_leaves = kitagawa(o0, n0, o1, n1)
        return Parts(change, of_leaves.mix, of_leaves.rate, change - of_leaves.mix - of_leaves.rate, by_dimension)
    pooled, factors = fit_factors(now.codes, now.sizes, o1, n1)
    old = rates(before.codes, pooled, factors, len(o0))
    new = rates(now.codes, pooled, factors, len(o1))
    p0_before, p0_now = float((r0 * n0).sum()) / total0, float((r1 * n1).sum()) / total1
    p1_before, p1_now = float((old * n0).sum()) / total0, float((new * n1).sum()) / total1
    mix = ((p0_now - p0_before) + (p1_now - p1_before)) / 2
    rate = ((p1_now - p0_now) + (p1_before - p0_before)) / 2
    return Parts(change, mix, rate, change - mix - rate, by_dimension)


def kitagawa_mix(
    a: np.ndarray, b: np.ndarray, o0: FloatArray, n0: FloatArray, o1: FloatArray, n1: FloatArray, size: int
) -> float:
    """The mix of one dimension alone; a value that one window lacks lends that window its other rate."""
    x0, m0, x1, m1 = sums(a, o0, size), sums(a, n0, size), sums(b, o1, size), sums(b, n1, size)
    rate0, rate1 = divide(x0, m0), divide(x1, m1)
    rate0, rate1 = np.where(m0 > 0, rate0, rate1), np.where(m1 > 0, rate1, rate0)
    share = m1 / m1.sum() - m0 / m0.sum()
    return float(np.nan_to_num((rate0 + rate1) / 2) @ share)
