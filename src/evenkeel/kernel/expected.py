"""The rate that each kind of work should have: a main-effects log-linear model fitted to counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, divide, floats
from .cell_loops import fit_and_sum
from .machine_code import pays

PSEUDO_EVENTS = 10.0  # pulls the factor of a thin value towards 1
SWEEPS = 4, 12  # for many rows, and for few, where they cost nothing
FEW_ROWS = 20_000
CONVERGED = 1e-3  # of every factor in a sweep

Codes = Sequence[npt.NDArray[Any]]


def fit_factors(
    codes: Codes, sizes: Sequence[int], events: FloatArray, n: FloatArray
) -> tuple[float, list[FloatArray]]:
    """The pooled rate and a factor for every value of every dimension, by iterative proportional fitting.

    Each sweep sets factor_d(v) *= (events(v) + c) / (expected(v) + c) for one dimension after the other, c = 10, so that the
    model has as many events in every value as there were and no interaction. Nothing observed: rate 0, factors 1.
    """
    total = float(n.sum())
    pooled = float(events.sum()) / total if total else 0.0
    factors = [np.ones(size) for size in sizes]
    seen = [sums(code, events, size) for code, size in zip(codes, sizes, strict=True)]
    expected = n * pooled
    is_fast = pays(len(n))
    hoped = sums(codes[0], expected, sizes[0]) if codes else np.zeros(0)
    for _ in range(SWEEPS[len(n) <= FEW_ROWS] if pooled else 0):
        furthest = 0.0
        for place, code in enumerate(codes):
            step = (seen[place] + PSEUDO_EVENTS) / (hoped + PSEUDO_EVENTS)
            factors[place] = factors[place] * step
            following = (place + 1) % len(codes)
            if is_fast:
                hoped = fit_and_sum(code, step, codes[following], expected, sizes[following])
            else:
                expected *= step[code]
                hoped = sums(codes[following], expected, sizes[following])
            furthest = max(furthest, float(np.abs(step - 1).max(initial=0.0)))
        if furthest < CONVERGED:
            break
    # The last word belongs to the whole, so that the parts of a change add up to it.
    return pooled * float(divide([events.sum()], [expected.sum()], empty=1.0)[0]), factors


def rates(codes: Codes, pooled: float, factors: Sequence[FloatArray], rows: int) -> FloatArray:
    """The model's rate of every row; may pass 1 for few rows, so that the sums over all rows stay those of the data."""
    found = np.full(rows, pooled)
    for code, factor in zip(codes, factors, strict=True):
        found *= factor[code]
    return found


def sums(code: npt.NDArray[Any], weights: FloatArray | None, size: int) -> FloatArray:
    """The weights added up by code."""
    return floats(np.bincount(code, weights=weights, minlength=size))
