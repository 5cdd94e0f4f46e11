"""Errors of figures from whole clusters: leave each out in turn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .arrays import BoolArray, FloatArray, IntArray


def jackknife(figures: Callable[[BoolArray], FloatArray], group: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Values, standard errors and degrees of freedom of figures that a set of kept clusters gives.

    `group` tells for each cluster which of several independent groups (changed, not changed) it belongs to. Within a group of
    G clusters V = (G-1)/G sum (t_-g - mean t_-.)^2; groups add up; degrees of freedom are Welch's, V^2 / sum V_k^2/(G_k-1). A
    group of one adds nothing, and the figure then has no error (nan) when no other group has two clusters. Assumes clusters
    independent.

    Reference: Efron (1982) The Jackknife, chapter 3; Bell, McCaffrey (2002) Survey Methodology 28; Satterthwaite (1946).
    """
    everything = np.ones(len(group), dtype=bool)
    values = figures(everything)
    left_out = np.full((len(group), len(values)), np.nan)
    for g in range(len(group)):
        kept = everything.copy()
        kept[g] = False
        left_out[g] = figures(kept)
    variance, spread = np.zeros(len(values)), np.zeros(len(values))
    enough = np.zeros(len(values), dtype=bool)
    for name in np.unique(group):
        rows = left_out[group == name]
        known = np.isfinite(rows)
        count = known.sum(axis=0)
        some = np.maximum(count, 1)
        mean = np.where(known, rows, 0.0).sum(axis=0) / some
        squares = np.where(known, (rows - mean) ** 2, 0.0).sum(axis=0)
        # A cluster without which the figure cannot be had is what the figure rests on: no error can be given.
        part = np.where(count == len(rows), squares * (some - 1) / some, np.nan)
        if len(rows) > 1:
            variance += part
            spread += part**2 / (len(rows) - 1)
            enough |= count == len(rows)
        else:
            variance += np.where(known[0], 0.0, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = np.where(spread > 0, variance**2 / spread, len(group) - 1.0)
    errors = np.where(enough, np.sqrt(variance), np.nan)
    return values, errors, np.maximum(freedom, 1.0)
