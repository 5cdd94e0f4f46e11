"""Normal scores of skewed shares, and back: cube roots for the beta-binomial."""

from __future__ import annotations

import numpy as np

from .arrays import FloatArray, floats

# Below this a residual is as good as symmetric, and the formula divides by the skewness.
_SYMMETRIC = 1e-6
_FEW_STEPS = 4
_CLOSE = 1e-6
_BISECTIONS = 40


def normal_score(residual: FloatArray, skewness: FloatArray) -> FloatArray:
    """z as far out in a normal as the standardised `residual` is in a gamma (Pearson III) of this skewness g.

    z = 6/g ((1 + g r/2)^(1/3) - 1) + g/6. A residual below the gamma's support gets a score far out, never nan.

    >>> normal_score(np.array([0.0, 3.0]), np.array([0.5, 0.5])).round(3).tolist()
    [0.083, 2.544]

    Reference: Wilson, Hilferty (1931) Proc. National Academy of Sciences 17.
    """
    g = np.where(np.abs(skewness) < _SYMMETRIC, _SYMMETRIC, skewness)
    return floats(6 / g * (np.cbrt(1 + g * residual / 2) - 1) + g / 6)


def beta_score(x: FloatArray, a: FloatArray, b: FloatArray) -> FloatArray:
    """z as far out in a normal as `x` is in a beta(a, b), by the cube root of F = (x/a) / ((1-x)/b).

    >>> beta_score(np.array([0.5, 0.9]), np.array([8.0, 8.0]), np.array([8.0, 8.0])).round(3).tolist()
    [0.0, 3.916]

    Reference: Paulson (1942) Annals of Mathematical Statistics 13.
    """
    ratio = np.cbrt(np.clip(x, 0, 1) / a)
    other = np.cbrt(np.clip(1 - x, 0, 1) / b)
    # Both sides times the cube root of (1-x)/b, so that x = 1 is no division by 0.
    return ((1 - 1 / (9 * b)) * ratio - (1 - 1 / (9 * a)) * other) / np.sqrt(ratio**2 / (9 * b) + other**2 / (9 * a))


def share_score(value: FloatArray, p: FloatArray, n: FloatArray, inflation: FloatArray) -> FloatArray:
    """z of a share whose variance is p(1-p)/n times `inflation`: a binomial share where that is 1, a beta share far above.

    Scores of the two are mixed by the part f = 1 - 1/inflation of the variance that lies between points.

    >>> n = np.array([400.0]); p = np.array([0.05])
    >>> [float(share_score(np.array([0.1]), p, n, np.array([f]))[0].round(2)) for f in (1.0, 2.0, 4.0)]
    [4.04, 2.77, 1.98]

    Reference: Kleinman (1973) JASA 68 (moments); Wilson, Hilferty (1931); Paulson (1942).
    """
    chance = p * (1 - p)
    error = np.sqrt(chance * inflation / n)
    chance_score = normal_score((value - p) / error, (1 - 2 * p) / np.sqrt(n * chance) * np.sqrt(inflation))
    between = np.maximum(1 - 1 / inflation, 0.0)
    if not (between > 0).any():
        return chance_score
    worth = np.maximum(n / inflation - 1, 0.5)
    return (1 - between) * chance_score + between * beta_score(value, p * worth, (1 - p) * worth)


def share_at(score: FloatArray, p: FloatArray, n: FloatArray, inflation: FloatArray) -> FloatArray:
    """The inverse of `share_score`: the share at a normal score, within 0 to 1; by secant steps.

    >>> n = np.array([400.0]); p = np.array([0.05]); f = np.array([2.0])
    >>> float(share_at(np.array([2.77]), p, n, f)[0].round(3))
    0.1

    Reference: Kleinman (1973) JASA 68.
    """
    score, p, n, inflation = np.broadcast_arrays(score, p, n, inflation)
    error = np.sqrt(p * (1 - p) * inflation / n)
    between = np.maximum(1 - 1 / inflation, 0.0)
    skewness = (1 - 2 * p) / np.sqrt(n * p * (1 - p)) * np.sqrt(inflation) * (1 + between)
    # A gamma of the same skewness is near; secant steps do the rest, and what they miss is bracketed.
    at = np.clip(p + _residual_at(score, skewness) * error, 0, 1)
    f = share_score(at, p, n, inflation) - score
    before, f_before = at, f
    at = np.clip(at - 0.5 * f * error, 0, 1)
    for _ in range(_FEW_STEPS):
        f = share_score(at, p, n, inflation) - score
        step = np.where(f == f_before, 0.0, f * (at - before) / np.where(f == f_before, 1.0, f - f_before))
        before, f_before = at, f
        at = np.clip(at - step, 0, 1)
    is_at_end = ((before <= 0) & (f > 0)) | ((before >= 1) & (f < 0))
    is_rough = ~((np.abs(f) < _CLOSE) | is_at_end)
    at = before
    is_rough |= np.sign(at - p) * np.sign(score) < 0
    if is_rough.any():
        at[is_rough] = _bracketed(score[is_rough], p[is_rough], n[is_rough], inflation[is_rough])
    return at


def _residual_at(score: FloatArray, skewness: FloatArray) -> FloatArray:
    """The inverse of `normal_score`."""
    g = np.where(np.abs(skewness) < _SYMMETRIC, _SYMMETRIC, skewness)
    return 2 / g * ((1 + g / 6 * (score - g / 6)) ** 3 - 1)


def _bracketed(score: FloatArray, p: FloatArray, n: FloatArray, inflation: FloatArray) -> FloatArray:
    """Bisection between the centre and 0 or 1; an end where even that is likelier than the score."""
    low, high = np.where(score < 0, 0.0, p), np.where(score < 0, p, 1.0)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        is_below = share_score(middle, p, n, inflation) < score
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    return (low + high) / 2
