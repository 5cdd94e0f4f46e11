"""Mix or rate: how much of a change in a rate comes from different work, how much from different errors on the same work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, divide, same_length, vector


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
    r0, r1 = divide(x0, n0), divide(x1, n1)
    r0, r1 = np.where(n0 > 0, r0, r1), np.where(n1 > 0, r1, r0)
    r0, r1 = np.nan_to_num(r0), np.nan_to_num(r1)
    s0, s1 = divide(n0, n0.sum()), divide(n1, n1.sum())
    middle = float(s0 @ r0 + s1 @ r1) / 2
    rate, mix = (s0 + s1) / 2 * (r1 - r0), ((r0 + r1) / 2 - middle) * (s1 - s0)
    if not len(x0):
        return Decomposition(np.nan, np.nan, np.nan, rate, mix)
    return Decomposition(float(s1 @ r1 - s0 @ r0), float(rate.sum()), float(mix.sum()), rate, mix)
