"""Quantiles of the normal, t, beta and gamma distributions.

They come from scipy.special, imported on first use: scipy.stats has the same numbers and takes two seconds to import.
"""

from __future__ import annotations

import numpy.typing as npt

from .arrays import FloatArray, floats


def two_sided(level: float) -> float:
    """The upper tail point of a central interval: (1 + level) / 2. Raises ValueError outside (0, 1).

    >>> two_sided(0.95)
    0.975

    Reference: Neyman (1937) Philosophical Transactions A 236 (equal tails).
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return (1 + level) / 2


def normal_tail(z: float) -> float:
    """P(Z > z), Z standard normal."""
    from scipy.special import ndtr

    return float(ndtr(-z))


def normal_below(z: float) -> float:
    """P(Z <= z), Z standard normal."""
    from scipy.special import ndtr

    return float(ndtr(z))


def binomial_quantile(p: float, n: npt.ArrayLike, chance: float) -> FloatArray:
    """The real k with P(X <= k) = p, X binomial(n, chance), P continued between whole numbers; `n` may be real."""
    from scipy.special import bdtrik

    return floats(bdtrik(p, n, chance))


def normal_quantile(p: float) -> float:
    """z with P(Z <= z) = p, Z standard normal."""
    from scipy.special import ndtri

    return float(ndtri(p))


def t_quantile(p: float, *, df: float) -> float:
    """t with P(T <= t) = p, T Student with `df` degrees of freedom (a real number above 0).

    >>> round(t_quantile(0.975, df=10), 6)
    2.228139

    Reference: Student (1908) Biometrika 6.
    """
    from scipy.special import stdtrit

    return float(stdtrit(df, p))


def beta_quantile(p: npt.ArrayLike, a: npt.ArrayLike, b: npt.ArrayLike) -> FloatArray:
    """x with P(X <= x) = p, X beta(a, b); element by element."""
    from scipy.special import betaincinv

    return floats(betaincinv(a, b, p))


def beta_below(x: npt.ArrayLike, a: npt.ArrayLike, b: npt.ArrayLike) -> FloatArray:
    """P(X <= x), X beta(a, b); element by element."""
    from scipy.special import betainc

    return floats(betainc(a, b, x))


def gamma_quantile(p: npt.ArrayLike, shape: npt.ArrayLike) -> FloatArray:
    """x with P(X <= x) = p, X gamma with this shape and scale 1; element by element."""
    from scipy.special import gammaincinv

    return floats(gammaincinv(shape, p))


def f_quantile(p: float, above: float, below: float) -> float:
    """x with P(X <= x) = p, X Fisher's F with `above` and `below` degrees of freedom (real numbers)."""
    from scipy.special import fdtri

    return float(fdtri(above, below, p))


def chi_square_tail(x: float, *, df: float) -> float:
    """P(X > x), X chi-square with `df` degrees of freedom."""
    from scipy.special import chdtrc

    return float(chdtrc(df, x))


def t_tail(t: float, *, df: float) -> float:
    """P(T > t), T Student with `df` degrees of freedom."""
    from scipy.special import stdtr

    return float(stdtr(df, -t))
