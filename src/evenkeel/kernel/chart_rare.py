"""Charts of rare events: how many cases (g) or how much time (t) lies between them. Each has two conventions, named."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, divide, floats
from .charts import Chart, Lines, assemble, mean_of, medians_of, moving_range_sigma, of_baseline, series_of
from .phases import EVERYTHING, Phases
from .quantiles import normal_below
from .rows import refuse_rows

# Nelson's exponent: x^(1/3.6) of an exponential time is nearly normal.
NELSON = 1 / 3.6


def g_chart(
    between: npt.ArrayLike,
    *,
    convention: Literal["three_sigma", "probability"] = "three_sigma",
    phases: Phases = EVERYTHING,
    width: float = 3.0,
) -> Chart:
    """Cases between events, time last, one number an event; nan where unknown (before the first).

    `three_sigma`: mean -+ `width` sqrt(mean (mean+1)), cut at 0, centre line at the median (qicharts2, Benneyan).
    `probability`: geometric quantiles at the tails of `width` normal deviations and at one half, p = 1/(mean+1) (Minitab
    and others): the upper limit is far higher, a lower one exists. On the same data one may flag what the other does not,
    so the chart's `method` names the convention. Assumes a constant chance per case. Raises BadRows below 0.

    >>> between = [23, 39, 15, 8, 60, 2, 11]
    >>> [round(float(g_chart(between, convention=name).upper[0]), 1) for name in ("three_sigma", "probability")]
    [91.8, 152.0]

    Reference: Benneyan (2001) Health Care Management Science 4; Kaminsky et al. (1992) J. Quality Technology 24.
    """
    x = _waits(between)
    if convention not in ("three_sigma", "probability"):
        raise ValueError(f"unknown convention {convention!r}")

    def draw(cut: slice, used: BoolArray) -> Lines:
        value = x[..., cut]
        base = of_baseline(value, used)
        mean = mean_of(base)
        error = np.sqrt(mean * (mean + 1))
        if convention == "three_sigma":
            centre, lower, upper = medians_of(base), np.maximum(mean - width * error, 0.0), mean + width * error
        else:
            lower, centre, upper = (_geometric(tail, mean) for tail in _tails(width))
        seen = (~np.isnan(base)).sum(axis=-1, keepdims=True)
        return Lines(
            value, centre, lower, upper, divide(value - mean, error), error, np.full(mean.shape, np.inf),
            divide(1.0, seen),
        )  # fmt: skip

    return assemble(draw, kind="g", method=f"g_{convention}", shape=x.shape, phases=phases)


def t_chart(
    between: npt.ArrayLike,
    *,
    convention: Literal["nelson", "probability"] = "nelson",
    phases: Phases = EVERYTHING,
    width: float = 3.0,
) -> Chart:
    """Time between events, time last, one number an event; nan where unknown (before the first).

    `nelson`: an individuals chart of t^(1/3.6), turned back (qicharts2). `probability`: quantiles of the exponential
    distribution with the baseline's mean, at the tails of `width` normal deviations and at one half (Minitab's, with a
    Weibull shape of 1). Assumes a constant rate. Raises BadRows below 0.

    >>> chart = t_chart([16, 20, 5, 8, 33, 1, 12], convention="probability")
    >>> float(chart.centre[0].round(3)), float(chart.upper[0].round(2))
    (9.407, 89.68)

    Reference: Nelson (1994) J. Quality Technology 26; Montgomery, section 7.3.5.
    """
    x = _waits(between)
    if convention not in ("nelson", "probability"):
        raise ValueError(f"unknown convention {convention!r}")
    power = x**NELSON

    def draw(cut: slice, used: BoolArray) -> Lines:
        value = x[..., cut]
        root = power[..., cut]
        base = of_baseline(root, used)
        middle, sigma = mean_of(base), moving_range_sigma(base, screened=True)
        seen = (~np.isnan(base)).sum(axis=-1, keepdims=True)
        z = divide(root - middle, sigma)
        if convention == "nelson":
            ends = (np.maximum(middle + side * width * sigma, 0.0) for side in (-1, 0, 1))
            lower, centre, upper = (end ** (1 / NELSON) for end in ends)
        else:
            mean = mean_of(of_baseline(value, used))
            lower, centre, upper = (-mean * np.log1p(-tail) for tail in _tails(width))
        return Lines(value, centre, lower, upper, z, sigma, np.maximum(0.62 * (seen - 1.0), 1.0), divide(1.0, seen))

    return assemble(draw, kind="t", method=f"t_{convention}", shape=x.shape, phases=phases)


def _waits(between: npt.ArrayLike) -> FloatArray:
    x = series_of(between, name="between")
    with np.errstate(invalid="ignore"):
        refuse_rows((x < 0).any(axis=tuple(range(x.ndim - 1))), "between must not be negative")
    return x


def _tails(width: float) -> tuple[float, float, float]:
    return normal_below(-width), 0.5, normal_below(width)


def _geometric(below: float, mean: FloatArray) -> FloatArray:
    """The smallest number of cases x with P(X <= x) >= below, X geometric from 0 with this mean."""
    with np.errstate(divide="ignore"):
        steps = divide(np.log1p(-below), np.log(divide(mean, mean + 1)), empty=0.0)
    return floats(np.maximum(np.ceil(steps - 1e-9) - 1, 0.0))
