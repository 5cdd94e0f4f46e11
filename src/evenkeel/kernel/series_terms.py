"""The columns of a model of one series in time: level, slope, trend, season, and how like its errors are to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import FloatArray
from .effects import Diagnostic
from .quantiles import chi_square_tail


@dataclass(frozen=True, slots=True)
class Season:
    """A pattern that repeats every `period` points of time: `harmonics` pairs of sine and cosine, or a level for each of the
    `period` places when None."""

    period: float
    harmonics: int | None = 2

    def columns(self, time: FloatArray) -> FloatArray:
        """One column a term, (n, terms); constant ones are left to the intercept."""
        if self.harmonics is None:
            place = np.mod(np.floor(time), round(self.period))
            return np.column_stack([place == k for k in range(1, round(self.period))]).astype(np.float64)
        angle = 2 * np.pi * time / self.period
        # At half a period the sine is 0 at every whole time: a column of nothing.
        waves = [f(k * angle) for k in range(1, self.harmonics + 1) for f in (np.sin, np.cos)]
        kept = [wave for wave in waves if np.abs(wave).max(initial=0) > 1e-9]
        return np.column_stack([np.zeros((len(time), 0)), *kept])

    def check(self) -> None:
        """Raises ValueError when it cannot be a season."""
        if not self.period >= 2:
            raise ValueError(f"the period of a season must be 2 or more, not {self.period:g}")
        if self.harmonics is None:
            if self.period % 1:
                raise ValueError("a season with a level for each place needs a whole period")
        elif not 1 <= self.harmonics <= self.period / 2:
            raise ValueError(f"harmonics must lie in 1 to half of the period, not {self.harmonics}")


def season_columns(time: FloatArray, seasons: Sequence[Season]) -> FloatArray:
    """All seasons' columns side by side."""
    for season in seasons:
        season.check()
    return np.column_stack([np.zeros((len(time), 0)), *(season.columns(time) for season in seasons)])


def lag_correlations(residuals: FloatArray, lags: int) -> FloatArray:
    """Correlation of residuals with those 1, 2, ... `lags` points before; 0 where nothing varies."""
    total = float(residuals @ residuals)
    if total <= 0:
        return np.zeros(lags)
    return np.array([float(residuals[k:] @ residuals[:-k]) / total for k in range(1, lags + 1)])


def carried_over(residuals: FloatArray, terms: int) -> float:
    """How much of one point's error the next one shares, 0 to 0.95: the first lag's correlation, less its bias.

    Fitting `terms` coefficients to n points pulls it down by about (terms + 1) / n (Marriott, Pope 1954).
    """
    if len(residuals) < 4:
        return 0.0
    first = float(lag_correlations(residuals, 1)[0]) + (terms + 1) / len(residuals)
    return min(max(first, 0.0), 0.95)


def look_at_runs(residuals: FloatArray) -> Diagnostic:
    """Ljung and Box's test that errors do not carry over from one point to the next."""
    n = len(residuals)
    lags = max(min(10, n // 5), 1)
    if n < 8:
        return Diagnostic("autocorrelation", np.nan, True, "Too few points to see whether errors come in runs.")
    r = lag_correlations(residuals, lags)
    q = n * (n + 2) * float((r**2 / (n - np.arange(1, lags + 1))).sum())
    p = chi_square_tail(q, df=lags)
    # A run of like errors is what makes intervals too short; errors that alternate make them too wide.
    is_fine = p >= 0.05 or float(r[0]) <= 0
    says = (
        "Errors of neighbouring points are not alike."
        if is_fine
        else f"Errors come in runs (lag 1: {r[0]:.2f}): a season is missing, or errors last; see hac errors."
    )
    return Diagnostic("autocorrelation", p, is_fine, f"{says} Ljung-Box p = {p:.3f}, {lags} lags.")


def is_full_rank(columns: FloatArray) -> bool:
    """Whether the rows can tell all columns apart."""
    if len(columns) < columns.shape[1]:
        return False
    scale: FloatArray = np.sqrt((columns**2).sum(axis=0))
    if not scale.all():
        return False
    rank = int(np.linalg.matrix_rank(columns / scale, tol=1e-9))
    return rank == int(columns.shape[1])
