"""Charts of single values: individuals and their moving ranges."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, divide
from .charts import (
    D2,
    MOST_OF_RANGES,
    Chart,
    Lines,
    assemble,
    mean_of,
    moving_range_sigma,
    moving_ranges,
    of_baseline,
    series_of,
)
from .phases import EVERYTHING, Phases


def individuals_chart(
    values: npt.ArrayLike,
    *,
    phases: Phases = EVERYTHING,
    centre: npt.ArrayLike | None = None,
    sigma: npt.ArrayLike | None = None,
    width: float = 3.0,
) -> Chart:
    """A chart of single values (the I of I-MR), time last: mean -+ `width` sigma, sigma = mean moving range / (2/sqrt(pi)).

    Assumes values near normal and not correlated in time. nan is a point without data. `centre` and `sigma` (one number, or
    one a series) replace what the baseline would give, where a standard sets them. Excluded and missing points are left
    out before ranges are taken; then ranges beyond their own limit of 3.267 times the mean are, once, so that one outlier
    does not hide itself.

    >>> chart = individuals_chart([10, 11, 10, 9, 10, 11, 9, 20], phases=Phases(freeze=7))
    >>> chart.flagged
    (7,)

    Reference: Montgomery, Introduction to Statistical Quality Control, section 6.4; Nelson (1982) J. Quality Technology 14.
    """
    x = series_of(values, name="values")

    def draw(cut: slice, used: BoolArray) -> Lines:
        value = x[..., cut]
        base = of_baseline(value, used)
        middle = mean_of(base) if centre is None else np.asarray(centre, dtype=np.float64)[..., None]
        scale = moving_range_sigma(base, screened=True) if sigma is None else np.asarray(sigma, dtype=float)[..., None]
        seen = (~np.isnan(base)).sum(axis=-1, keepdims=True)
        # Neighbouring ranges share a value, so m - 1 of them are worth about 0.62 (m - 1) squares.
        freedom = np.maximum(0.62 * (seen - 1.0), 1.0) if sigma is None else np.full(seen.shape, np.inf)
        unsure = divide(1.0, seen) if centre is None else np.zeros(seen.shape)
        return Lines(
            value, middle, middle - width * scale, middle + width * scale, divide(value - middle, scale),
            scale, freedom, unsure,
        )  # fmt: skip

    return assemble(draw, kind="i", method="individuals", shape=x.shape, phases=phases)


def moving_range_chart(values: npt.ArrayLike, *, phases: Phases = EVERYTHING) -> Chart:
    """The MR of I-MR: |x_t - x_(t-1)|, nan at the first point; limits 0 and 3.267 times the mean range of the baseline.

    Assumes what the individuals chart does. A missing point is bridged, an excluded one ends no range of its own but is
    left out of the mean. `z` is the range over its mean, less 1, in standard deviations of a range of two.

    >>> chart = moving_range_chart([310, 288, 297, 298, 307, 303])
    >>> round(float(chart.centre[1]), 1), round(float(chart.upper[1]), 2)
    (9.0, 29.4)

    Reference: Montgomery, Introduction to Statistical Quality Control, section 6.4.
    """
    x = series_of(values, name="values")

    def draw(cut: slice, used: BoolArray) -> Lines:
        value = np.full(x[..., cut].shape, np.nan)
        value[..., 1:] = moving_ranges(x[..., cut])
        base = np.where(used, x[..., cut], np.nan)
        between = moving_ranges(base)
        centre = mean_of(between)
        spread = centre / D2
        return Lines(
            value,
            centre,
            np.zeros_like(centre),
            MOST_OF_RANGES * centre,
            divide(value - centre, spread * np.sqrt(2 - 4 / np.pi)),
            spread,
            np.maximum(0.62 * ((~np.isnan(base)).sum(axis=-1, keepdims=True) - 1.0), 1.0),
            divide(1.0, (~np.isnan(between)).sum(axis=-1, keepdims=True)),
        )

    return assemble(draw, kind="mr", method="moving_range", shape=x.shape, phases=phases)
