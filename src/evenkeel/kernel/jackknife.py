"""Errors of figures from whole clusters: leave each out in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .arrays import BoolArray, FloatArray, IntArray
from .quantiles import t_quantile, two_sided


@dataclass(frozen=True, slots=True, eq=False)
class Jackknifed:
    """One element a figure: its value, standard error with Welch's degrees of freedom, and those of a common variance.

    Welch's take each group's spread as its own. With two clusters in a group that spread may be near 0 by chance; then the
    common one, pooled over the groups, is the wider and the more careful.
    """

    values: FloatArray
    errors: FloatArray
    freedom: FloatArray
    pooled_errors: FloatArray
    pooled_freedom: float

    def half(self, k: int, level: float) -> float:
        """Half of Welch's interval."""
        return t_quantile(two_sided(level), df=float(self.freedom[k])) * float(self.errors[k])

    def careful_half(self, k: int, level: float) -> float:
        """Half of the wider of the two intervals."""
        pooled = t_quantile(two_sided(level), df=self.pooled_freedom) * float(self.pooled_errors[k])
        return float(np.fmax(self.half(k, level), pooled)) if np.isfinite(self.errors[k]) else float("nan")


def jackknife(figures: Callable[[BoolArray], FloatArray], group: IntArray) -> Jackknifed:
    """Values and errors of figures that a set of kept clusters gives.

    `group` tells for each cluster which of several independent groups (changed, not changed) it belongs to. Within a group of
    G clusters V = (G-1)/G sum (t_-g - mean t_-.)^2; groups add up; Welch's degrees of freedom are V^2 / sum V_k^2/(G_k-1). A
    common variance is sum (G_k-1) G_k V_k / sum (G_k-1), over each G_k, with sum (G_k-1) degrees of freedom. A group of one
    adds nothing, and the figure has no error (nan) when no group has two clusters. Assumes clusters independent.

    Reference: Efron (1982) The Jackknife, chapter 3; Bell, McCaffrey (2002) Survey Methodology 28; Welch (1947).
    """
    everything = np.ones(len(group), dtype=bool)
    values = figures(everything)
    left_out = np.full((len(group), len(values)), np.nan)
    for g in range(len(group)):
        kept = everything.copy()
        kept[g] = False
        left_out[g] = figures(kept)
    variance, spread, common = np.zeros(len(values)), np.zeros(len(values)), np.zeros(len(values))
    enough, freedom, over = np.zeros(len(values), dtype=bool), 0, 0.0
    for name in np.unique(group):
        rows = left_out[group == name]
        size = len(rows)
        known = np.isfinite(rows).all(axis=0)
        if size == 1:
            # A cluster without which the figure cannot be had is what the figure rests on: no error can be given.
            variance += np.where(known, 0.0, np.nan)
            continue
        part = np.where(known, ((rows - rows.mean(axis=0)) ** 2).sum(axis=0) * (size - 1) / size, np.nan)
        variance += part
        spread += part**2 / (size - 1)
        common += (size - 1) * size * part
        freedom += size - 1
        over += 1 / size
        enough |= known
    with np.errstate(divide="ignore", invalid="ignore"):
        welch = np.where(spread > 0, variance**2 / spread, max(freedom, 1))
    return Jackknifed(
        values=values,
        errors=np.where(enough, np.sqrt(variance), np.nan),
        freedom=np.maximum(welch, 1.0),
        pooled_errors=np.where(enough, np.sqrt(common / max(freedom, 1) * over), np.nan),
        pooled_freedom=float(max(freedom, 1)),
    )
