"""Alarms on a chart: jumps by their limits, small lasting shifts by a moving average, both on a budget of false alarms.

The budget says how many false alarms all series together may raise. It is turned into limits series by series, by run
lengths, so that a series with a short baseline gets wider ones: its centre and spread are only roughly known, and limits
that ignore that raise two to three times the alarms they promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, floats
from .charts import Chart, SignArray
from .moving_average import ewma_error

# In control, each detector for itself: a point beyond 3 sigma every 370 points, the average every 500.
RUN_LENGTHS = (370.398, 500.0)
# Of the newest score in the average. With 0.1 a share of 5 % that rises by a sixth is found in 96 of 100 series, with 0.2 in
# 91, at the same number of false alarms; large jumps are the single points' business.
WEIGHT = 0.1
_NEAR = 2e-3
_FEWEST_BASELINE = 2
# 1/freedom and doubts of the centre for which designs are solved; others lie between two, and what is worse still gets the
# last: with fewer than four degrees of freedom no limit is right, and single points are judged by t in any case.
_PLACES = (0.0, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.03, 0.045, 0.07, 0.1, 0.15, 0.25)


@dataclass(frozen=True, slots=True)
class Flag:
    """A point (its position from 0) that a detector singles out, and on which side of the centre: -1 or 1."""

    point: int
    rule: Literal["beyond_limits", "ewma"]
    side: int


@dataclass(frozen=True, slots=True, eq=False)
class Alarms:
    """What the detectors say of each point, in the shape of the chart, time last.

    `beyond` (a jump) and `drifting` (the moving average) are -1, 0 or 1; `average` is the EWMA of the chart's z with half
    limit `average_limit`; `reach` is how far out in z a single point may lie. `rate` is the share of points in control that
    raise an alarm, as designed. `is_ready`: the series has a baseline to judge by.
    """

    beyond: SignArray
    drifting: SignArray
    average: FloatArray
    average_limit: FloatArray
    reach: FloatArray
    rate: float
    is_ready: BoolArray

    @property
    def begin(self) -> BoolArray:
        """The first point of every run of neighbouring flagged points: what a person would be told of."""
        is_flagged = (self.beyond != 0) | (self.drifting != 0)
        before = np.zeros_like(is_flagged)
        before[..., 1:] = is_flagged[..., :-1]
        begun: BoolArray = is_flagged & ~before
        return begun

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flagged points of one series, in order; a jump before a drift."""
        found = [Flag(int(point), "beyond_limits", int(self.beyond[point])) for point in np.flatnonzero(self.beyond)]
        found += [Flag(int(point), "ewma", int(self.drifting[point])) for point in np.flatnonzero(self.drifting)]
        return tuple(sorted(found, key=lambda flag: (flag.point, flag.rule)))


def alarms(chart: Chart, *, false_alarms: float | None = None, weight: float = WEIGHT) -> Alarms:
    """The alarms of a chart, of one series or of all at once.

    Without a budget: the points beyond the chart's own limits, and an EWMA of its z with an in-control run length of 500
    and the exact limits of Roberts at its start.

    `false_alarms`: how many alarms a point of time all series together may raise while nothing changes (1 a week on daily
    points is 1/7). Each series with a baseline gets an even part, shared by both detectors. A score is taken as
    (z + d)/s, d ~ N(0, `unsure`), s^2 ~ chi^2/`freedom`: errors of centre and spread that the series keeps. The limit of
    single points is then Student's t, that of the average solves mean over d, s of 1/run length = rate. The average
    begins at 0 after the baseline and again after each alarm, so that every alarm is a new one; points of the baseline
    raise none where others follow.

    Assumes scores independent in time and the kind of chart right for the data: the default p chart, not the plain one.
    Series without a baseline of two points raise nothing. Raises ValueError for a budget not above 0.

    >>> from evenkeel.kernel import Phases, p_chart
    >>> chart = p_chart([5, 6, 4, 5, 6, 5, 4, 30], [100] * 8, phases=Phases(freeze=7))
    >>> [(flag.point, flag.rule) for flag in alarms(chart).flags]
    [(7, 'beyond_limits')]
    >>> alarms(chart, false_alarms=1 / 7).rate.__round__(4)
    0.1429

    Reference: Jones, Champ, Rigdon (2001) Technometrics 43 (estimated parameters); Lucas, Saccucci (1990) Technometrics 32.
    """
    if not 0 < weight <= 1:
        raise ValueError("weight must lie above 0 and not above 1")
    ready = (chart.baseline_points >= _FEWEST_BASELINE)[..., None]
    freedom = np.where(ready, _first(chart.freedom), np.inf)
    unsure = np.where(ready, np.nan_to_num(chart.unsure), 0.0)
    z = np.where(ready, chart.z, np.nan)
    if false_alarms is None:
        width = _average_width(1 / RUN_LENGTHS[1], freedom, unsure, weight)
        average, _ = _run(z, weight, np.inf, np.inf)
        limit = width * ewma_error(z, weight=weight)
        rate = 1 / RUN_LENGTHS[0] + 1 / RUN_LENGTHS[1]
        drift = _sides(average, limit, z)
        reach = _reach(1 / RUN_LENGTHS[0], freedom, unsure)
        return Alarms(
            chart.beyond, drift, average, np.broadcast_to(limit, z.shape), np.broadcast_to(reach, z.shape), rate,
            ready[..., 0],
        )  # fmt: skip
    if not false_alarms > 0:
        raise ValueError("false_alarms must be above 0")
    rate = min(false_alarms / max(int(ready.sum()), 1), 0.5)
    each = single_rate(rate, weight=weight)
    is_later = np.broadcast_to(~chart.is_baseline, z.shape)
    if not chart.is_baseline.all():
        z = np.where(is_later, z, np.nan)
    reach = np.broadcast_to(_reach(each, freedom, unsure), z.shape)
    steady = sqrt(weight / (2 - weight)) * _average_width(each, freedom, unsure, weight)
    limit = np.broadcast_to(steady, z.shape)
    average, _ = _run(z, weight, reach, limit)
    return Alarms(_sides(z, reach, z), _sides(average, limit, z), average, limit, reach, rate, ready[..., 0])


def alarm_width(rate: float, *, weight: float = WEIGHT) -> float:
    """How far out, in normal standard errors, limits lie when a series in control may raise `rate` alarms a point.

    Half of the budget, roughly, goes to the moving average. Pass it to a chart as its `width` to draw the limits that
    `alarms` judges by.

    >>> round(alarm_width(1 / 370), 2)
    3.19

    Reference: Lucas, Saccucci (1990) Technometrics 32 (combined Shewhart-EWMA).
    """
    from scipy.special import ndtri

    return float(-ndtri(single_rate(rate, weight=weight) / 2))


def alarm_chances(chart: Chart, found: Alarms, *, weight: float = WEIGHT) -> FloatArray:
    """How probable a point as far out, by itself or by its moving average, is without any change; 1 without data.

    Student's t of the point and of the average, allowing for the errors of a short baseline; twice the smaller of the two,
    for looking twice. What `benjamini_hochberg` wants when all series of a day are judged together.

    >>> from evenkeel.kernel import Phases, p_chart
    >>> chart = p_chart([5, 6, 4, 5, 6, 5, 4, 30], [100] * 8, phases=Phases(freeze=7))
    >>> bool(alarm_chances(chart, alarms(chart))[-1] < 0.01)
    True

    Reference: Benjamini, Hochberg (1995) J. Royal Statistical Society B 57.
    """
    from scipy.special import stdtr

    freedom, unsure = chart.freedom, np.nan_to_num(chart.unsure)
    spread = ewma_error(chart.z, weight=weight, unsure=unsure)
    with np.errstate(invalid="ignore"):
        far = np.fmax(np.abs(chart.z) / np.sqrt(1 + unsure), np.abs(found.average) / spread)
        known = ~np.isnan(chart.z) & (freedom > 0)
        # Beyond a million the t is normal to the last digit, and scipy's infinite freedom is not defined.
        chance = 4 * stdtr(np.clip(np.where(known, freedom, 1.0), 1.0, 1e6), -np.where(known, far, 0.0))
    return floats(np.where(known, np.minimum(chance, 1.0), 1.0))


def benjamini_hochberg(chances: npt.ArrayLike, *, false_share: float = 0.05) -> BoolArray:
    """Which of many tests stand when at most `false_share` of what stands may be false; the last axis holds the tests.

    The k smallest stand, k the largest with p_(k) <= k `false_share` / m; nan counts as no test. Assumes tests independent
    or positively related. While nothing changes anywhere, the chance of any alarm is `false_share`: with x false alarms a
    week wanted and one round of tests a day, take x/7.

    >>> benjamini_hochberg([0.001, 0.2, 0.02, 0.9]).tolist()
    [True, False, True, False]

    Reference: Benjamini, Hochberg (1995) J. Royal Statistical Society B 57.
    """
    if not 0 < false_share < 1:
        raise ValueError("false_share must lie between 0 and 1")
    p = floats(chances)
    if not p.shape or not p.shape[-1]:
        return np.zeros(p.shape, dtype=bool)
    there = ~np.isnan(p)
    ranked = np.sort(np.where(there, p, np.inf), axis=-1)
    line = false_share * np.arange(1, p.shape[-1] + 1) / np.maximum(there.sum(axis=-1, keepdims=True), 1)
    passing = np.where(ranked <= line, ranked, -np.inf).max(axis=-1, keepdims=True)
    stands: BoolArray = there & (p <= passing)
    return stands


@lru_cache(maxsize=512)
def single_rate(rate: float, *, weight: float = WEIGHT) -> float:
    """The alarms a point each of two detectors may raise for both together to raise `rate`: a little over half.

    By the Markov chain of an EWMA with limits on single points, both restarting after an alarm. Assumes normal scores.

    >>> round(single_rate(0.005) / 0.005, 2)
    0.54

    Reference: Lucas, Saccucci (1990) Technometrics 32.
    """
    from scipy.special import ndtri

    from .run_length import ewma_width

    low, high = rate / 2, rate
    guess = 0.54 * rate
    for _ in range(6):
        # The two together raise at least the larger, at most the sum: false position closes in at once.
        each = max(low, min(high, guess))
        together = _joint_rate(float(-ndtri(each / 2)), ewma_width(1 / each, weight=weight), weight)
        if abs(together / rate - 1) < _NEAR:
            return each
        low, high = (each, high) if together < rate else (low, each)
        guess = each * rate / together
    return guess


def _joint_rate(single: float, width: float, weight: float, states: int = 161) -> float:
    """Alarms a point of an EWMA that also alarms when one score lies beyond `single`, by Brook and Evans's chain."""
    from scipy.special import ndtr

    reach = width * sqrt(weight / (2 - weight))
    edges = np.linspace(-reach, reach, states + 1)
    middle = (edges[1:] + edges[:-1]) / 2
    steps = np.clip((edges[None, :] - (1 - weight) * middle[:, None]) / weight, -single, single)
    moves = np.diff(ndtr(steps), axis=1)
    return 1 / float(np.linalg.solve(np.eye(states) - moves, np.ones(states))[states // 2])


def _reach(rate: float, freedom: FloatArray, unsure: FloatArray) -> FloatArray:
    from scipy.special import stdtrit

    return floats(-stdtrit(np.clip(freedom, 1.0, 1e6), rate / 2) * np.sqrt(1 + unsure))


def _average_width(rate: float, freedom: FloatArray, unsure: FloatArray, weight: float) -> FloatArray:
    """The EWMA's L for each series, by interpolation between a few solved designs."""
    doubt = unsure.mean(axis=-1, keepdims=True) if unsure.shape[-1] else np.zeros(freedom.shape)
    (i, s), (j, t) = _between(1 / np.clip(freedom, 1.0, 1e6)), _between(doubt)
    rate = float(f"{rate:.6g}")
    found = np.zeros(np.broadcast_shapes(i.shape, j.shape))
    # Only the corners that some series needs are solved: a design takes some 50 ms, and there are 196.
    for right, up, part in ((0, 0, (1 - s) * (1 - t)), (0, 1, (1 - s) * t), (1, 0, s * (1 - t)), (1, 1, s * t)):
        corner = (i + right) * len(_PLACES) + j + up
        for cell in np.unique(corner[part > 0]):
            across, along = divmod(int(cell), len(_PLACES))
            is_here = (corner == cell) & (part > 0)
            found += np.where(is_here, part * _design(rate, _PLACES[across], _PLACES[along], weight), 0.0)
    return found


def _between(values: FloatArray) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """The place at or below each value, and how far it is to the next."""
    known = np.array(_PLACES)
    held = np.clip(values, known[0], known[-1])
    at = np.clip(np.searchsorted(known, held, side="right") - 1, 0, len(known) - 2).astype(np.int64)
    return at, (held - known[at]) / (known[at + 1] - known[at])


@lru_cache(maxsize=4096)
def _design(rate: float, inverse_freedom: float, unsure: float, weight: float) -> float:
    """L with mean over the errors of centre and spread of 1/run length = rate; secant steps on log scale."""
    from scipy.special import gammaincinv

    from .run_length import ewma_width

    known = ewma_width(1 / rate, weight=weight)
    if inverse_freedom <= 1e-5 and unsure <= 1e-6:
        return known
    x, mass = np.polynomial.hermite_e.hermegauss(5)
    shift, chance = x * sqrt(unsure), mass / mass.sum()
    scale, share = np.ones(1), np.ones(1)
    if inverse_freedom > 1e-5:
        half = 0.5 / inverse_freedom
        ends = np.sqrt(gammaincinv(half, np.array([1e-7, 1 - 1e-5])) / half)
        nodes, step = np.polynomial.legendre.leggauss(12)
        scale = ends[0] + (ends[1] - ends[0]) * (nodes + 1) / 2
        log_mass = 2 * half * np.log(scale) - half * scale**2 - np.log(scale)
        share = np.exp(log_mass - log_mass.max()) * step
        share /= share.sum()
    weights = (share[:, None] * chance[None, :]).ravel()

    def excess(log_width: float) -> float:
        width = np.exp(log_width)
        lengths = _run_lengths(np.tile(shift, len(scale)), np.repeat(scale * width, len(shift)), weight)
        return float(np.log((weights / lengths).sum() / rate))

    # The rate falls steeply and smoothly: a few secant steps suffice.
    before, now = np.log(known), np.log(known * 1.05)
    f_before, f_now = excess(before), excess(now)
    for _ in range(30):
        if abs(f_now) < 1e-4 or f_now == f_before:
            break
        after = now - f_now * (now - before) / (f_now - f_before)
        after = min(max(after, now - 0.3), now + 0.3)
        before, f_before, now = now, f_now, after
        f_now = excess(now)
    return float(np.exp(now))


def _run_lengths(shift: FloatArray, width: FloatArray, weight: float) -> FloatArray:
    """Run lengths of the steady EWMA, one a pair of shift and width."""
    reach = width * sqrt(weight / (2 - weight))
    x, mass = np.polynomial.legendre.leggauss(min(max(24, int(3 * float(reach.max()) / weight) + 8), 64))
    y = x * reach[:, None]
    jump = (y[:, None, :] - (1 - weight) * y[:, :, None]) / weight - shift[:, None, None]
    scale = mass * reach[:, None] / (weight * sqrt(2 * np.pi))
    inside = np.linalg.solve(np.eye(len(x)) - np.exp(-(jump**2) / 2) * scale[:, None, :], np.ones((*y.shape, 1)))[
        ..., 0
    ]
    first = np.exp(-((y / weight - shift[:, None]) ** 2) / 2) * scale
    length = 1 + (first * inside).sum(axis=-1)
    # Beyond some 1e10 points the equations cannot tell the length from infinity, nor its sign.
    return floats(np.where(length < 1, np.inf, length))


def _run(z: FloatArray, weight: float, reach: npt.ArrayLike, limit: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """The average, begun anew after a point at which either detector alarms."""
    along = np.ascontiguousarray(np.moveaxis(z, -1, 0))
    single, most = (np.moveaxis(np.broadcast_to(each, z.shape), -1, 0) for each in (reach, limit))
    average = np.empty(along.shape)
    level = np.zeros(along.shape[1:])
    with np.errstate(invalid="ignore"):
        for place, step in enumerate(along):
            level = np.where(np.isnan(step), level, weight * step + (1 - weight) * level)
            average[place] = level
            level = np.where((np.abs(level) > most[place]) | (np.abs(step) > single[place]), 0.0, level)
    return np.ascontiguousarray(np.moveaxis(average, 0, -1)), along


def _sides(values: FloatArray, limit: FloatArray, z: FloatArray) -> SignArray:
    # A point without data cannot raise an alarm, even while the average it inherits stands beyond.
    with np.errstate(invalid="ignore"):
        is_out = (np.abs(values) > limit) & ~np.isnan(z)
        sign: SignArray = np.where(is_out, np.sign(values), 0).astype(np.int8)
    return sign


def _first(values: FloatArray) -> FloatArray:
    """What holds for a whole series, from arrays that repeat it at every point."""
    return values[..., :1] if values.shape[-1] else np.full((*values.shape[:-1], 1), 1.0)
