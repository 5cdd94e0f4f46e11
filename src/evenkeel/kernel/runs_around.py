"""The run chart: shifts seen from the median alone, by Anhoej's two rules."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, IntArray
from .charts import Chart, Lines, assemble, medians_of, of_baseline, series_of
from .phases import EVERYTHING, Phases


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Runs around a line, one number a series: `is_shift` where the longest run is too long or crossings are too few.

    `useful` counts points that lie off the line; `most_run` = round(log2 useful) + 3 and `least_crossings`, the 5 % point of
    a binomial (useful - 1, 1/2), are what chance allows.
    """

    useful: IntArray
    longest: IntArray
    most_run: IntArray
    crossings: IntArray
    least_crossings: IntArray
    is_shift: BoolArray


def run_chart(values: npt.ArrayLike, *, phases: Phases = EVERYTHING) -> Chart:
    """Values around the baseline's median, time last; there are no limits, so nothing lies beyond. Judge it by `runs`.

    Assumes nothing of the distribution, only that points are independent. nan is a point without data.

    >>> chart = run_chart([19, 23, 17, 20, 18], phases=Phases(freeze=3))
    >>> float(chart.centre[0]), chart.value.shape
    (19.0, (5,))

    Reference: Anhoej, Olesen (2014) PLoS ONE 9.
    """
    x = series_of(values, name="values")

    def draw(cut: slice, used: BoolArray) -> Lines:
        value = x[..., cut]
        centre = medians_of(of_baseline(value, used))
        none = np.full(centre.shape, np.nan)
        return Lines(value, centre, none, none, np.full(value.shape, np.nan), none, none, none)

    return assemble(draw, kind="run", method="run", shape=x.shape, phases=phases)


def runs(chart: Chart, *, exclude: tuple[int, ...] = (), cut: slice = slice(None)) -> Runs:
    """The longest run and the crossings of a chart's values around its centre line, in the part `cut`.

    Assumes independent points; for one part of a chart at a time, since runs end where the centre moves. Points on the line
    and points without data are left out, as are those in `exclude` (numbers of the whole chart). A shift is a run longer
    than, or crossings fewer than, chance allows; the best single rule for 10 to 60 points.

    >>> found = runs(run_chart([1, 2, 1, 2, 1, 5, 6, 5, 7, 6, 5, 6, 7, 8], phases=Phases(freeze=5)))
    >>> int(found.longest), int(found.most_run), bool(found.is_shift)
    (11, 6, True)

    Reference: Anhoej, Olesen (2014) PLoS ONE 9; Schilling (2012) Mathematics Magazine 85 (longest run).
    """
    distance = np.array(chart.value - chart.centre)
    distance[..., list(exclude)] = np.nan
    side = np.nan_to_num(np.sign(distance[..., cut])).astype(np.int8)
    useful = (side != 0).sum(axis=-1)
    # Move what is useful to the front, in order, so that runs bridge points on the line.
    order = np.argsort(side == 0, axis=-1, kind="stable")
    packed = np.take_along_axis(side, order, axis=-1)
    changes = (packed[..., 1:] * packed[..., :-1] < 0).sum(axis=-1)
    length, longest = np.zeros(side.shape[:-1], dtype=np.int64), np.zeros(side.shape[:-1], dtype=np.int64)
    before = np.zeros(side.shape[:-1], dtype=np.int8)
    for place in range(packed.shape[-1]):
        now = packed[..., place]
        length = np.where(now == 0, 0, np.where(now == before, length + 1, 1))
        longest, before = np.maximum(longest, length), now
    most = np.where(useful > 0, np.round(np.log2(np.maximum(useful, 1))) + 3, 0).astype(np.int64)
    least = _binomial_quantile(0.05, np.maximum(useful - 1, 0))
    return Runs(
        useful=useful.astype(np.int64),
        longest=longest,
        most_run=most,
        crossings=changes.astype(np.int64),
        least_crossings=least,
        is_shift=(useful > 0) & ((longest > most) | (changes < least)),
    )


def _binomial_quantile(p: float, n: FloatArray | IntArray) -> IntArray:
    """The smallest k with P(X <= k) >= p, X binomial(n, 1/2)."""
    from scipy.special import bdtr

    whole = np.asarray(n, dtype=np.int64)
    found = np.zeros(whole.shape, dtype=np.int64)
    for size in np.unique(whole):
        steps = np.arange(int(size) + 1)
        below = bdtr(steps.astype(float), int(size), 0.5)
        found[whole == size] = int(np.argmax(below >= p - 1e-12))
    return found
