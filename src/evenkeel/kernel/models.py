"""Linear and Poisson models with their errors: statsmodels' fits, loaded on first use, as plain arrays.

Its import takes seconds and brings pandas along, so nothing here may be imported with the face.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import exp, floor, log
from typing import Any

import numpy as np

from .arrays import FloatArray, IntArray, floats


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients with the covariance that was asked for, and a careful one: the wider of quasi and hac."""

    coefficients: FloatArray
    covariance: FloatArray
    careful: FloatArray
    residuals: FloatArray
    dispersion: float


def fit_model(
    columns: FloatArray,
    values: FloatArray,
    *,
    offset: FloatArray | None = None,
    is_poisson: bool = False,
    errors: str = "quasi",
) -> Fit:
    """A Poisson model with a logarithmic link, or least squares, of rows in the order of time.

    `residuals` are Pearson's over the square root of the dispersion. The careful covariance is the quasi one, dispersion at
    least 1 for counts, scaled up to where no coefficient's hac error is larger.
    """
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    n, p = columns.shape
    family: Any = families.Poisson() if is_poisson else families.Gaussian()
    with _quietly():
        model = GLM(values, columns, family=family, offset=offset if is_poisson else None)
        plain = model.fit(scale=1.0)
        pearson = floats(plain.resid_pearson)
        # What is left of equal values is the last bits of the arithmetic, not a pattern.
        pearson = np.where(np.abs(pearson) > 1e-12 * np.abs(values).max(initial=1.0), pearson, 0.0)
        dispersion = float(pearson @ pearson) / (n - p)
        naive = floats(plain.cov_params())
        hac = np.zeros_like(naive)
        if dispersion > 0:
            kinds = {"maxlags": newey_west_lags(n), "use_correction": True}
            hac = floats(model.fit(start_params=plain.params, cov_type="HAC", cov_kwds=kinds).cov_params())
    quasi = naive * dispersion
    asked = {"quasi": quasi, "plain": naive if is_poisson else quasi, "hac": hac}
    if errors not in asked:
        raise ValueError(f"unknown errors {errors!r}")
    base = naive * max(dispersion, 1.0) if is_poisson else quasi
    scale = np.sqrt(dispersion) if dispersion > 0 else 1.0
    return Fit(floats(plain.params), asked[errors], _wider(base, hac), pearson / scale, dispersion)


def newey_west_lags(n: int) -> int:
    """How many lags Newey and West's errors look back: 4 (n/100)^(2/9)."""
    wanted = floor(4 * exp(2 / 9 * log(n / 100)))
    return max(min(wanted, n - 2), 0)


def least_squares(
    columns: FloatArray, values: FloatArray, weights: FloatArray, *, errors: str, clusters: IntArray | None = None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Weighted least squares: coefficients, their covariance by `errors` (plain, robust, cluster), residuals."""
    from statsmodels.regression.linear_model import WLS

    with _quietly():
        model = WLS(values, columns, weights=weights)
        if errors == "cluster":
            fit = model.fit(cov_type="cluster", cov_kwds={"groups": clusters, "use_correction": True})
        else:
            fit = model.fit(cov_type={"plain": "nonrobust", "robust": "HC3"}[errors])
        return floats(fit.params), floats(fit.cov_params()), floats(fit.resid)


def _wider(base: FloatArray, other: FloatArray) -> FloatArray:
    """`base` with each coefficient's error raised to that of `other` where it is larger, correlations kept."""
    here, there = np.diag(base), np.diag(other)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.sqrt(np.where((here > 0) & (there > here), there / here, 1.0))
    return floats(base * np.outer(factor, factor))


@contextmanager
def _quietly() -> Iterator[None]:
    # A fit without spread or at a bound warns; what it found is looked at by the caller.
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
