"""Normal scores of skewed shares, and back: cube roots for the beta-binomial."""

from __future__ import annotations

import numpy as np

from .arrays import FloatArray

# Below this a residual is as good as symmetric, and the formula divides by the skewness.
_SYMMETRIC = 1e-6
_MOST_STEPS = 18


def normal_score(residual: FloatArray, skewness: FloatArray) -> FloatArray:
    """z as far out in a normal as the standardised `residual` is in a gamma (Pearson III) of this skewness g.

    z = 6/g ((1 + g r/2)^(1/3) - 1) + g/6. A residual below the gamma's support gets a score far out, never nan.

    >>> normal_score(np.array([0.0, 3.0]), np.array([0.5, 0.5])).round(3).tolist()
    [0.083, 2.544]

    Reference: Wilson, Hilferty (1931) Proc. National Academy of Sciences 17.
    """
    g = np.where(np.abs(skewness) < _SYMMETRIC, _SYMMETRIC, skewness)
    return 6 / g * (np.cbrt(1 + g * residual / 2) - 1) + g / 6


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
    """The inverse of `share_score`: the share at a normal score, within 0 to 1; by false position.

    >>> n = np.array([400.0]); p = np.array([0.05]); f = np.array([2.0])
    >>> float(share_at(np.array([2.77]), p, n, f)[0].round(3))
    0.1

    Reference: Kleinman (1973) JASA 68.
    """
    score, p, n, inflation = np.broadcast_arrays(score, p, n, inflation)
    low, high = np.where(score < 0, 0.0, p), np.where(score < 0, p, 1.0)
    # Illinois' false position: keeps the bracket, and halves the weight of an end that does not move.
    f_low = share_score(low, p, n, inflation) - score
    f_high = share_score(high, p, n, inflation) - score
    for _ in range(_MOST_STEPS):
        with np.errstate(invalid="ignore", divide="ignore"):
            at = np.where(f_high > f_low, high - f_high * (high - low) / (f_high - f_low), high)
        at = np.clip(np.nan_to_num(at, nan=0.5), low, high)
        f = share_score(at, p, n, inflation) - score
        is_low = f < 0
        f_high, f_low = np.where(is_low, f_high * 0.5, f_high), np.where(is_low, f_low, f_low * 0.5)
        low, f_low = np.where(is_low, at, low), np.where(is_low, f, f_low)
        high, f_high = np.where(is_low, high, at), np.where(is_low, f_high, f)
        if not (np.abs(f) > 1e-6).any():
            break
    return at
