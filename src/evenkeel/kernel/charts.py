"""The control chart as a result: series x time arrays with centre, limits and scores, whatever the kind of chart.

Every kind takes arrays whose last axis is time (one series or ten thousand at once), leaves points without data out, and
ends here: centre and limits of each phase, standardised distances, and which points lie beyond. Detectors over the scores
(moving averages, sums, run rules, alarms on a budget) are files of their own and read any chart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, divide, floats
from .phases import Phases
from .rows import refuse_rows

SignArray = npt.NDArray[np.int8]

# Mean moving range of two normal values in standard deviations, 2 / sqrt(pi); tables round it to 1.128.
D2 = 2 / np.sqrt(np.pi)
MOST_OF_RANGES = 3.267  # upper control limit of a range of two, over its mean


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A chart; each array has the shape of the data, time last. nan marks a point without data, which no rule looks at.

    `z` is the distance from the centre in standard errors, as the kind of chart defines it; `beyond` is -1 or 1 for a point
    outside its limits. `spread` says by how much the process varies beyond chance: Laney's sigma_z, the intra-class
    correlation of the beta-binomial, sigma of a chart of values, 1 for a plain chart of counts. `freedom` are the degrees
    of freedom behind that spread (infinite where it is given by theory), `unsure` the variance of the centre over the
    variance of one point: both say how far a short baseline can be trusted. `is_baseline` marks the points that set limits.
    """

    kind: str
    value: FloatArray
    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    z: FloatArray
    beyond: SignArray
    spread: FloatArray
    freedom: FloatArray
    unsure: FloatArray
    is_baseline: BoolArray
    method: str

    @property
    def flagged(self) -> tuple[int, ...]:
        """The points beyond their limits, from 0; of a chart of one series."""
        return tuple(int(point) for point in np.flatnonzero(self.beyond))

    @property
    def baseline_points(self) -> FloatArray:
        """How many points with data set the limits, one number a series."""
        return floats((self.is_baseline & ~np.isnan(self.value)).sum(axis=-1))


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """What a kind of chart says about one phase; anything that broadcasts against the values."""

    value: FloatArray
    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    z: FloatArray
    spread: FloatArray
    freedom: FloatArray
    unsure: FloatArray


def assemble(
    draw: Callable[[slice, BoolArray], Lines],
    *,
    kind: str,
    method: str,
    shape: tuple[int, ...],
    phases: Phases,
) -> Chart:
    """The chart whose every phase `draw` gives; what the kinds have in common."""
    stages = list(phases.stages(shape[-1]))
    drawn = [(draw(cut, used), (*shape[:-1], cut.stop - cut.start)) for cut, used in stages]

    def joined(name: str) -> FloatArray:
        parts = [np.broadcast_to(getattr(lines, name), size) for lines, size in drawn]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)

    value, centre, lower, upper = (joined(name) for name in ("value", "centre", "lower", "upper"))
    return Chart(
        kind=kind,
        value=value,
        centre=centre,
        lower=lower,
        upper=upper,
        z=joined("z"),
        beyond=_outside(value, centre, lower, upper),
        spread=joined("spread"),
        freedom=joined("freedom"),
        unsure=joined("unsure"),
        is_baseline=np.concatenate([used for _cut, used in stages]),
        method=method,
    )


def _outside(value: FloatArray, centre: FloatArray, lower: FloatArray, upper: FloatArray) -> SignArray:
    # Without slack a constant series would be flagged for the last bit of its own mean.
    slack = 1e-12 * np.maximum(np.abs(centre), 1.0)
    above = value > upper + slack
    below = value < lower - slack
    sign: SignArray = above.astype(np.int8) - below.astype(np.int8)
    return sign


def series_of(values: npt.ArrayLike, *, name: str) -> FloatArray:
    """`values` as float64 with time last; nan is a missing point, infinity is refused with its rows."""
    array = floats(values)
    if array.ndim < 1:
        raise ValueError(f"{name} must have time as its last dimension")
    refuse_rows(np.isinf(array).any(axis=tuple(range(array.ndim - 1))), f"{name} must hold finite numbers or nan only")
    return array


def counts_of(above: npt.ArrayLike, below: npt.ArrayLike, *, names: tuple[str, str]) -> tuple[FloatArray, FloatArray]:
    """Counts and their sizes in one shape, 0 and 0 where either is missing; refused where they do not fit."""
    x, n = series_of(above, name=names[0]), series_of(below, name=names[1])
    if x.shape[-1] != n.shape[-1]:
        raise ValueError(f"{names[0]} and {names[1]} must have the same length")
    x, n = np.broadcast_arrays(x, n)
    missing = np.isnan(x) | np.isnan(n)
    if missing.any():
        x, n = np.where(missing, 0.0, x), np.where(missing, 0.0, n)
    before = tuple(range(x.ndim - 1))
    refuse_rows((x < 0).any(axis=before), f"{names[0]} must not be negative")
    refuse_rows((n < 0).any(axis=before), f"{names[1]} must not be negative")
    return x, n


def of_baseline(values: FloatArray, used: BoolArray) -> FloatArray:
    """The points that set limits; without a copy where all do."""
    return values if used.all() else values[..., used]


def mean_of(values: FloatArray, there: BoolArray | None = None) -> FloatArray:
    """Mean over time of what is there, kept as a last axis of one; nan where nothing is."""
    seen = ~np.isnan(values) if there is None else there
    if seen.all() and values.shape[-1]:
        return floats(values.mean(axis=-1, keepdims=True))
    return divide(np.where(seen, values, 0.0).sum(axis=-1, keepdims=True), seen.sum(axis=-1, keepdims=True))


def medians_of(values: FloatArray) -> FloatArray:
    """Median over time of what is there, kept as a last axis of one; nan where nothing is."""
    found = np.full((*values.shape[:-1], 1), np.nan)
    has = (~np.isnan(values)).any(axis=-1)
    if has.any():
        found[has, 0] = np.nanmedian(values[has], axis=-1)
    return found


def moving_ranges(values: FloatArray) -> FloatArray:
    """|x_t - the x before it|; a missing point is bridged, as if it had not been. nan where there is none before."""
    missing = np.isnan(values)
    if not missing.any():
        return np.abs(np.diff(values, axis=-1))
    at = np.where(missing, 0, np.arange(values.shape[-1]))
    last = np.take_along_axis(values, np.maximum.accumulate(at, axis=-1), axis=-1)
    found: FloatArray = np.abs(values[..., 1:] - last[..., :-1])
    return found


def moving_range_sigma(values: FloatArray, *, screened: bool) -> FloatArray:
    """Mean moving range / d2; `screened` leaves out, once, ranges beyond 3.267 times their mean. nan below two points."""
    ranges = moving_ranges(values)
    mean = mean_of(ranges)
    if screened and ranges.size:
        with np.errstate(invalid="ignore"):
            kept = ranges <= MOST_OF_RANGES * mean
        mean = mean_of(ranges, kept)
    return floats(mean / D2)
