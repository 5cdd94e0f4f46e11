"""How often a careful interval clears its bound: what a plan must promise, since the verdict obeys that interval.

Its width is itself random (dispersion, carried errors, spreads of few sites), so it is drawn with a seed and its distribution
averaged over. Same arguments, same answer.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from .arrays import BoolArray, FloatArray, IntArray, floats
from .models import newey_west_lags
from .quantiles import t_quantile

DRAWS, SEED = 2000, 20261122


def series_power(
    gap: float, is_after: BoolArray, weight: FloatArray, spread: FloatArray, *, trend: bool, carried: float,
    is_count: bool, alpha: float,
) -> float:  # fmt: skip
    """Of the level in one series: `weight` is the information that the model takes each point to have about its own level (or
    logarithm), `spread` its true variance over the model's.

    Draws points' errors, each sharing `carried` with the one before, fits level (and trend), and repeats what
    `interrupted_series` does for its careful interval. Assumes points' errors near normal on that scale.
    """
    from scipy.special import ndtr, stdtrit

    n = len(is_after)
    time = np.arange(n) - (n - 1) / 2
    plain = np.column_stack([np.ones(n), is_after, *([time] if trend else [])]).astype(np.float64)
    columns = plain * np.sqrt(weight)[:, None]
    p = columns.shape[1]
    inverse = np.linalg.inv(columns.T @ columns)
    influence = columns @ inverse[1]
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, n))
    for t in range(1, n) if carried else ():
        noise[:, t] = carried * noise[:, t - 1] + sqrt(1 - carried**2) * noise[:, t]
    noise *= np.sqrt(spread)
    estimate = noise @ influence
    residual = noise - (noise @ columns @ inverse) @ columns.T
    squares = (residual**2).sum(axis=1)
    dispersion = squares / (n - p)
    base = inverse[1, 1] * (np.maximum(dispersion, 1.0) if is_count else dispersion)
    part = residual * influence
    hac, lags = (part**2).sum(axis=1), newey_west_lags(n)
    for lag in range(1, lags + 1):
        hac = hac + 2 * (1 - lag / (lags + 1)) * (part[:, lag:] * part[:, :-lag]).sum(axis=1)
    hac = np.maximum(hac, 0.0) * n / (n - p)
    shared = np.clip((residual[:, 1:] * residual[:, :-1]).sum(axis=1) / squares + (p + 1) / n, 0.0, 0.95)
    wide = np.sqrt(np.maximum(base, hac) * (1 + shared) / (1 - shared))
    freedom = np.maximum(n * (1 - shared) / (1 + shared) - p, 1.0)
    half = stdtrit(freedom, 1 - alpha / 2) * wide
    return float(ndtr((gap - half) / float(estimate.std())).mean())


def sites_power(gap: float, variance: FloatArray, sizes: IntArray, alpha: float) -> float:
    """Of two groups of sites with `variance` a site: the wider of Welch's interval and one with a common variance."""
    from scipy.special import ndtr, stdtrit

    rng = np.random.default_rng(SEED)
    freedom = sizes - 1
    spread = variance * rng.chisquare(freedom, (DRAWS, 2)) / freedom
    parts = spread / sizes
    welch_freedom = parts.sum(axis=1) ** 2 / (parts**2 / freedom).sum(axis=1)
    welch = stdtrit(welch_freedom, 1 - alpha / 2) * np.sqrt(parts.sum(axis=1))
    common = (spread * freedom).sum(axis=1) / freedom.sum() * (1 / sizes).sum()
    pooled = t_quantile(1 - alpha / 2, df=float(freedom.sum())) * np.sqrt(common)
    error = sqrt(float(floats(variance / sizes).sum()))
    return float(ndtr((gap - np.maximum(welch, pooled)) / error).mean())
