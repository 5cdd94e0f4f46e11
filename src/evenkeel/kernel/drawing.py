"""Drawing with odds: priority samples of heavy-tailed weights, draws with replacement in proportion to size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, same_length, vector
from .estimate import Estimate
from .quantiles import normal_quantile, two_sided
from .rows import refuse_rows


@dataclass(frozen=True, slots=True, eq=False)
class PrioritySample:
    """`rows` by falling priority; `tau`, the first priority left out; `weights`, what each row's size counts as."""

    rows: IntArray
    tau: float
    weights: FloatArray
    sizes: FloatArray

    def total(self, part: npt.ArrayLike | None = None, *, level: float = 0.95) -> Estimate:
        """The total size of everything, or of the part of the sampled rows that `part` marks: sum max(size, tau).

        Variance sum tau max(0, tau - size), unbiased; interval on the log scale. Nothing of a part drawn: unknown.
        """
        inside = np.ones(len(self.rows), bool) if part is None else np.asarray(part, dtype=bool)
        same_length(rows=self.rows, part=inside)
        n = int(inside.sum())
        if n == 0:
            return Estimate.unknown(method="priority", level=level)
        value = float(self.weights[inside].sum())
        variance = float((self.tau * np.maximum(self.tau - self.sizes[inside], 0)).sum())
        factor = float(np.exp(normal_quantile(two_sided(level)) * variance**0.5 / value)) if value else 1.0
        return Estimate(value, value / factor, value * factor, n, float(n), "priority", level)


def priority_sample(u: npt.ArrayLike, sizes: npt.ArrayLike, *, k: int) -> PrioritySample:
    """The `k` rows with the largest size / u: for sums of heavy-tailed sizes (views, reports, money) over any part.

    Assumes `u` uniform and independent (`keyed_u`). A row's size counts as max(size, tau), tau the (k+1)-th priority; with
    fewer than k rows everything is drawn and tau is 0. Samples of disjoint sets merge by keeping the largest priorities.
    Rows of size 0 are never drawn. Raises ValueError for a negative size.

    >>> drawn = priority_sample([0.5, 0.2, 0.9, 0.4], [10.0, 1.0, 3.0, 2.0], k=2)
    >>> drawn.rows.tolist(), drawn.tau, drawn.total().value
    ([0, 1], 5.0, 15.0)

    Reference: Duffield, Lund, Thorup (2007) Journal of the ACM 54.
    """
    key, size = vector(u, name="u"), vector(sizes, name="sizes")
    same_length(u=key, sizes=size)
    refuse_rows(size < 0, "sizes must not be negative")
    refuse_rows((key <= 0) | (key >= 1), "u must lie between 0 and 1")
    possible = np.flatnonzero(size > 0)
    priority = size[possible] / key[possible]
    order = np.argsort(-priority, kind="stable")
    rows = possible[order[:k]].astype(np.int64)
    tau = float(priority[order[k]]) if len(order) > k else 0.0
    return PrioritySample(rows, tau, np.maximum(size[rows], tau), size[rows])


def pps_sample(sizes: npt.ArrayLike, *, draws: int, seed: int | np.random.Generator) -> IntArray:
    """`draws` rows, one after another with chances in proportion to size; a row may come again.

    For `hansen_hurwitz`, whose `chance` is sizes[row] / sum(sizes). To be replayed by id and without repeats, take
    `sequential_poisson_sample`. Raises ValueError for a negative size or when all are 0.

    >>> pps_sample([0.0, 1.0, 0.0], draws=3, seed=1).tolist()
    [1, 1, 1]

    Reference: Hansen, Hurwitz (1943) Annals of Mathematical Statistics 14.
    """
    size = vector(sizes, name="sizes")
    refuse_rows(size < 0, "sizes must not be negative")
    if size.sum() == 0:
        raise ValueError("sizes are all 0: there is nothing to draw")
    return np.random.default_rng(seed).choice(len(size), size=draws, p=size / size.sum()).astype(np.int64)
