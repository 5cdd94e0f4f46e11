"""EWMA: the moving average of scores that notices small lasting shifts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, divide
from .charts import series_of


def ewma(
    z: npt.ArrayLike,
    *,
    weight: float = 0.2,
    width: npt.ArrayLike = 2.962,
    is_steady: bool = False,
    start: npt.ArrayLike = 0.0,
) -> tuple[FloatArray, FloatArray]:
    """The moving average E_t = w z_t + (1-w) E_(t-1), E_0 = `start`, and its half limit L sqrt(w/(2-w) (1 - (1-w)^2t)).

    Time is last; `width` (L) and `start` are one number, or one a series. Assumes `z` standardised and independent in
    control. A nan leaves the average as it was. `is_steady` uses the limit that is reached in the long run, from the first
    point on. Raises ValueError unless 0 < weight <= 1.

    >>> average, limit = ewma([1.0, 1.0, 1.0], weight=0.5, width=3.0)
    >>> average.tolist(), limit.round(3).tolist()
    ([0.5, 0.75, 0.875], [1.5, 1.677, 1.718])

    Reference: Roberts (1959) Technometrics 1; NIST/SEMATECH e-Handbook 6.3.2.4.
    """
    if not 0 < weight <= 1:
        raise ValueError("weight must lie above 0 and not above 1")
    steps = series_of(z, name="z")
    missing = np.isnan(steps)
    has_gaps = bool(missing.any())
    # Time first, so that a step over ten thousand series reads neighbouring numbers.
    along = np.ascontiguousarray(np.moveaxis(steps, -1, 0))
    average = np.empty(along.shape)
    level = np.broadcast_to(np.asarray(start, dtype=np.float64), along.shape[1:])
    for place, step in enumerate(along):
        level = weight * np.where(np.isnan(step), level, step) + (1 - weight) * level if has_gaps else (
            weight * step + (1 - weight) * level)  # fmt: skip
        average[place] = level
    found = np.ascontiguousarray(np.moveaxis(average, 0, -1))
    reach = np.asarray(width, dtype=np.float64)[..., None] * ewma_error(steps, weight=weight, is_steady=is_steady)
    return found, np.broadcast_to(reach, found.shape)


def ewma_error(z: FloatArray, *, weight: float, is_steady: bool = False, unsure: npt.ArrayLike = 0.0) -> FloatArray:
    """The standard deviation of E_t; with `unsure`, the variance of a centre learned from the baseline, in it.

    Var E_t = w/(2-w) (1 - (1-w)^2t) + unsure (1 - (1-w)^t)^2: an error of the centre moves every score the same way.
    """
    missing = np.isnan(z)
    age = np.maximum(np.cumsum(~missing, axis=-1), 1) if missing.any() else np.arange(1, z.shape[-1] + 1)
    left = np.zeros(age.shape) if is_steady else (1 - weight) ** age
    return np.sqrt(divide(weight * (1 - left**2), 2 - weight) + np.asarray(unsure) * (1 - left) ** 2)
