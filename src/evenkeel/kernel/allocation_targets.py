"""How many to draw from each stratum so that several figures at once are known well enough, at the least cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, same_length, vector
from .quantiles import normal_quantile, two_sided
from .rows import refuse_rows

_STEPS = 500
_ENOUGH = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class TargetAllocation:
    """`n` by stratum, half the width that each target's interval is expected to have, and what it costs."""

    n: IntArray
    half_widths: FloatArray
    cost: float

    @property
    def total(self) -> int:
        """All rows together."""
        return int(self.n.sum())


def allocate_targets(
    sizes: npt.ArrayLike,
    members: npt.ArrayLike,
    half_widths: npt.ArrayLike,
    *,
    rates: npt.ArrayLike,
    cost: npt.ArrayLike | None = None,
    minimum: int = 0,
    is_ratio: bool = False,
    level: float = 0.95,
) -> TargetAllocation:
    """The cheapest allocation by which every target's share is known to +- its half width.

    `members`: targets x strata, True where a stratum belongs to the target; strata may belong to several (a queue, a vendor,
    the whole). Minimises sum c_h n_h under sum_h W_h^2 S_h^2 (1/n_h - 1/N_h) <= (half width / z)^2 for every target, W_h =
    N_h / N of the target, by Chromy's multipliers: n_h = sqrt(sum_t a_t A_th / c_h), a_t <- a_t (reached_t / wanted_t)^2.
    With `is_ratio` rows are drawn one by one and weighed by Hajek's ratio (`weighted_rate`), so that what differs between
    strata counts too: S_h^2 = p_h (1 - p_h) + (p_h - P)^2, P the target's share.
    The answer is rounded up, so it costs at most one row a stratum more than the least. A stratum in no target gets
    `minimum`. Raises ValueError for a target without strata.

    >>> plan = allocate_targets([900, 100], [[True, True], [False, True]], [0.03, 0.08], rates=[0.9, 0.8])
    >>> plan.n.tolist(), plan.half_widths.round(3).tolist()
    ([245, 50], [0.03, 0.079])

    Reference: Bethel (1989) Survey Methodology 15; Chromy (1987) Proceedings of the ASA's survey section.
    """
    size = vector(sizes, name="sizes")
    refuse_rows((size < 1) | (size % 1 != 0), "sizes must be whole numbers of 1 or more")
    rate = vector(rates, name="rates")
    refuse_rows((rate < 0) | (rate > 1), "rates must lie in 0 to 1")
    price = np.ones(len(size)) if cost is None else vector(cost, name="cost")
    refuse_rows(price <= 0, "cost must be positive")
    same_length(sizes=size, rates=rate, cost=price)
    wanted = vector(half_widths, name="half_widths")
    refuse_rows(wanted <= 0, "half_widths must be positive")
    belongs = np.asarray(members, dtype=bool).reshape(len(wanted), len(size))
    if not belongs.any(axis=1).all():
        raise ValueError("each target must have a stratum")
    total = belongs @ size
    variance = np.broadcast_to(rate * (1 - rate) * size / np.maximum(size - 1, 1), belongs.shape)
    if is_ratio:
        variance = variance + (rate[None, :] - (belongs @ (size * rate) / total)[:, None]) ** 2
    share = (belongs * size[None, :] / total[:, None]) ** 2 * variance
    z = normal_quantile(two_sided(level))
    # What a census leaves out of sight is nothing, so it is added on both sides.
    bound = (wanted / z) ** 2 + (share / size).sum(axis=1)
    least = np.minimum(float(minimum), size)
    n = np.ceil(_solved(share, bound, price, size, least) - 1e-6)
    n = np.clip(n, least, size)
    left = np.where(n > 0, 1 / np.maximum(n, 1), 0.0) - np.where(n > 0, 1 / size, 0.0)
    reached = z * np.sqrt(np.maximum((share * left).sum(axis=1), 0.0))
    return TargetAllocation(n.astype(np.int64), reached, float(n @ price))


def _solved(share: FloatArray, bound: FloatArray, price: FloatArray, size: FloatArray, least: FloatArray) -> FloatArray:
    """The continuous optimum between `least` and `size`, on the safe side."""
    if not len(bound):
        return least
    weight = np.full(len(bound), float(size.sum()) ** 2 / max(len(bound), 1))

    def placed() -> FloatArray:
        free = np.sqrt(np.maximum(weight @ share, 0.0) / price)
        # A stratum whose rows are all alike needs one.
        return np.clip(np.where((share > 0).any(axis=0), np.maximum(free, 1e-6), least), least, size)

    n = placed()
    for _step in range(_STEPS):
        used = (share / np.maximum(n, 1e-12)).sum(axis=1) / bound
        weight = np.maximum(weight * used**2, 1e-300)
        before, n = n, placed()
        if np.abs(n - before).max() <= _ENOUGH * max(float(n.max()), 1.0):
            break
    # The multipliers come near from both sides; a common factor puts the rest right.
    for _step in range(60):
        over = float(((share / np.maximum(n, 1e-12)).sum(axis=1) / bound).max(initial=0.0))
        if over <= 1 + 1e-9:
            break
        n = np.minimum(n * over, size)
    return n
