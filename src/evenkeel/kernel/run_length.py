"""Average run lengths: how long until an alarm, exactly, and the limits that give a wanted one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import sqrt

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, floats

# Of the Gauss-Legendre rule for smooth kernels: with these the published run lengths come out to every printed digit.
_NODES = 64
_MOST = 1e12


def shewhart_run_length(shift: npt.ArrayLike, *, width: float = 3.0) -> FloatArray:
    """Points until one lies beyond -+ `width` when the mean has moved by `shift` standard errors: 1/P(|Z + shift| > width).

    Assumes independent normal scores and known limits.

    >>> shewhart_run_length([0, 1]).round(2).tolist()
    [370.4, 43.89]

    Reference: Montgomery, Introduction to Statistical Quality Control, section 5.3.
    """
    from scipy.special import ndtr

    moved = floats(shift)
    return floats(1 / (ndtr(moved - width) + ndtr(-moved - width)))


def cusum_run_length(
    shift: npt.ArrayLike,
    *,
    slack: float = 0.5,
    limit: float = 5.0,
    head_start: float = 0.0,
    is_two_sided: bool = True,
) -> FloatArray:
    """Points until a tabular CUSUM alarms when the mean has moved by `shift` standard errors, from its start on.

    One side solves L(z) = 1 + L(0) F(k - z) + int_0^h L(y) f(y + k - z) dy on Gauss-Legendre nodes; two sides join by
    L = (L+(s) L-(0) + L-(s) L+(0) - L+(0) L-(0)) / (L+(0) + L-(0)), s the head start. Assumes independent normal scores and
    known limits.

    >>> cusum_run_length([0, 1], limit=4).round(4).tolist()
    [167.6838, 8.3831]

    Reference: Goel, Wu (1971) Technometrics 13; Lucas, Crosier (1982) Technometrics 24.
    """
    moved = np.atleast_1d(floats(shift))
    above = _one_side(moved, slack, limit, head_start)
    if not is_two_sided:
        found = above[1]
    else:
        below = _one_side(-moved, slack, limit, head_start)
        found = (above[1] * below[0] + below[1] * above[0] - above[0] * below[0]) / (above[0] + below[0])
    return found.reshape(np.shape(shift))


def ewma_run_length(
    shift: npt.ArrayLike, *, weight: float = 0.2, width: float = 2.962, is_steady: bool = True
) -> FloatArray:
    """Points until an EWMA alarms when the mean has moved by `shift` standard errors, from its start at 0 on.

    `is_steady`: the limit of the long run from the first point on, L(x) = 1 + 1/w int L(y) f((y - (1-w) x)/w) dy on
    Gauss-Legendre nodes. Otherwise the exact limits, narrower at first: survival is carried from point to point until they
    have settled. Assumes independent normal scores and known limits.

    >>> ewma_run_length([0, 1], weight=0.1, width=2.814).round(4).tolist()
    [499.5796, 10.3307]

    Reference: Crowder (1987) Technometrics 29; Knoth (2003) Statistical Papers 44.
    """
    moved = np.atleast_1d(floats(shift))
    steady = _steady_ewma(moved, weight, width)
    found = steady[1][:, 0] if is_steady else _varying_ewma(moved, weight, width, steady)
    return found.reshape(np.shape(shift))


@lru_cache(maxsize=256)
def cusum_limit(run_length: float, *, slack: float = 0.5, head_start_share: float = 0.0) -> float:
    """The limit h at which the two-sided CUSUM runs `run_length` points in control; `head_start_share` of h to begin with.

    Assumes as `cusum_run_length`. Raises ValueError for a run length not above 1.

    >>> round(cusum_limit(500), 6)
    5.070704

    Reference: Montgomery, section 9.1; R package spc (xcusum.crit).
    """

    def length(limit: float) -> float:
        return float(cusum_run_length(0.0, slack=slack, limit=limit, head_start=head_start_share * limit))

    return _solve(length, run_length, 0.2, 8.0)


@lru_cache(maxsize=256)
def ewma_width(run_length: float, *, weight: float = 0.2, is_steady: bool = True) -> float:
    """The width L at which the EWMA runs `run_length` points in control.

    Assumes as `ewma_run_length`. Raises ValueError for a run length not above 1.

    >>> round(ewma_width(500), 6)
    2.962178

    Reference: Lucas, Saccucci (1990) Technometrics 32; R package spc (xewma.crit).
    """
    return _solve(
        lambda width: float(ewma_run_length(0.0, weight=weight, width=width, is_steady=is_steady)), run_length, 0.5, 4.0
    )


def _solve(length: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    from scipy.optimize import brentq

    if not 1 < wanted < _MOST:
        raise ValueError("run_length must lie above 1")
    while length(high) < wanted:
        low, high = high, high * 1.4
    while length(low) > wanted:
        low, high = low / 1.4, low
    return float(brentq(lambda at: np.log(length(at) / wanted), low, high, xtol=1e-12, rtol=1e-13))


def _nodes(low: float, high: float, count: int = _NODES) -> tuple[FloatArray, FloatArray]:
    x, weight = np.polynomial.legendre.leggauss(count)
    return floats(low + (high - low) * (x + 1) / 2), floats(weight * (high - low) / 2)


def _density(x: FloatArray) -> FloatArray:
    return np.exp(-(x**2) / 2) / sqrt(2 * np.pi)


def _one_side(shift: FloatArray, slack: float, limit: float, start: float) -> tuple[FloatArray, FloatArray]:
    """Run lengths of an upper CUSUM from 0 and from `start`, one a shift."""
    from scipy.special import ndtr

    y, weight = _nodes(0, limit)
    drift = (slack - shift)[:, None, None]
    states = np.concatenate([[0.0], y])
    # Unknowns: L at 0, then at the nodes.
    matrix = np.empty((len(shift), len(states), len(states)))
    matrix[:, :, :1] = ndtr(drift - states[None, :, None])
    matrix[:, :, 1:] = _density(y[None, None, :] + drift - states[None, :, None]) * weight
    found = np.linalg.solve(np.eye(len(states)) - matrix, np.ones((len(shift), len(states), 1)))[..., 0]
    at_start = 1 + found[:, 0] * ndtr(drift[:, 0, 0] - start)
    at_start += (_density(y - start + drift[:, 0]) * weight * found[:, 1:]).sum(axis=-1)
    return floats(found[:, 0]), floats(at_start)


def _steady_ewma(shift: FloatArray, weight: float, width: float) -> tuple[FloatArray, FloatArray]:
    """Nodes, and run lengths (shift x states) from 0 first and then from each node."""
    reach = width * sqrt(weight / (2 - weight))
    # The kernel is as narrow as w, so a small w needs more nodes to see it.
    y, mass = _nodes(-reach, reach, max(_NODES // 2, int(6 * reach / weight) + 24))
    kernel = _density((y[None, None] - (1 - weight) * y[None, :, None]) / weight - shift[:, None, None]) / weight * mass
    inside = np.linalg.solve(np.eye(len(y)) - kernel, np.ones((len(shift), len(y), 1)))[..., 0]
    first = 1 + (_density(y / weight - shift[:, None]) / weight * mass * inside).sum(axis=-1)
    return y, np.concatenate([first[:, None], inside], axis=-1)


def _varying_ewma(shift: FloatArray, weight: float, width: float, steady: tuple[FloatArray, FloatArray]) -> FloatArray:
    x, mass = np.polynomial.legendre.leggauss(len(steady[0]))
    long_run = sqrt(weight / (2 - weight))
    total = np.ones(len(shift))
    state, held = np.zeros(1), np.ones((len(shift), 1))
    age, left = 0, 1.0
    while left > 1e-9:
        age, left = age + 1, (1 - weight) ** (2 * (age + 1))
        reach = width * long_run * sqrt(1 - left)
        nodes = x * reach
        move = _density((nodes[None, None] - (1 - weight) * state[None, :, None]) / weight - shift[:, None, None])
        held = (held[:, :, None] * move).sum(axis=1) / weight * (mass * reach)
        state = nodes
        total += held.sum(axis=-1)
    # From here on the limits stand still: each survivor lives as long as the steady chart lets it, less the point counted.
    return floats(total + (held * (steady[1][:, 1:] - 1)).sum(axis=-1))
