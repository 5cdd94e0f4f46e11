"""Cumulative sums: tabular, with a head start, and for single right-or-wrong cases (Bernoulli)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray
from .charts import SignArray, series_of

_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums above (0 or more) and below (0 or less), in standard errors; `beyond` is -1 or 1 where one passed `limit`.

    `began` is the last point at which the sum on the alarm's side was 0, plus one: the classical estimate of when the
    shift began; -1 where there is no alarm.
    """

    above: FloatArray
    below: FloatArray
    beyond: SignArray
    began: npt.NDArray[np.int64]
    limit: float


def cusum(z: npt.ArrayLike, *, slack: float = 0.5, limit: float = 5.0, head_start: float = 0.0) -> Sums:
    """The tabular sums C+ = max(0, C+ + z - k) and C- = min(0, C- + z + k), alarm beyond h. Time is last.

    Assumes `z` standardised and independent in control. `slack` (k) is half of the shift looked for, `limit` h;
    `head_start` is where both begin (h/2 is Lucas and Crosier's fast initial response). A nan leaves sums as they were
    and raises no alarm. `cusum_run_length` has the run lengths. Raises ValueError for a negative setting.

    >>> found = cusum([0.0, 1.5, 2.0, 2.5, 2.0], limit=4.0)
    >>> found.above.tolist(), found.beyond.tolist(), found.began.tolist()
    ([0.0, 1.0, 2.5, 4.5, 6.0], [0, 0, 0, 1, 1], [-1, -1, -1, 1, 1])

    Reference: Page (1954) Biometrika 41; Lucas, Crosier (1982) Technometrics 24; Montgomery, section 9.1.
    """
    if slack < 0 or limit <= 0 or head_start < 0:
        raise ValueError("slack and head_start must not be negative, limit must be above 0")
    steps = series_of(z, name="z")
    along = np.ascontiguousarray(np.moveaxis(steps, -1, 0))
    has_gaps = bool(np.isnan(along).any())
    above, below = np.empty(along.shape), np.empty(along.shape)
    high, low = np.full(along.shape[1:], head_start), np.full(along.shape[1:], -head_start)
    for place, step in enumerate(along):
        up, down = np.maximum(high + (step - slack), 0.0), np.minimum(low + (step + slack), 0.0)
        if has_gaps:
            gone = np.isnan(step)
            up, down = np.where(gone, high, up), np.where(gone, low, down)
        above[place], below[place] = high, low = up, down
    sign = (above > limit).astype(np.int8) - (below < -limit).astype(np.int8)
    if has_gaps:
        sign[np.isnan(along)] = 0
    began = np.full(along.shape, -1, dtype=np.int64)
    if sign.any():
        at = np.arange(along.shape[0]).reshape(-1, *[1] * (along.ndim - 1))
        for side, sums in ((1, above), (-1, below)):
            since = np.maximum.accumulate(np.where(sums == 0, at, -1), axis=0) + 1
            began = np.where(sign == side, since, began)
    return Sums(_last(above), _last(below), _last(sign), _last(began), limit)


@dataclass(frozen=True, slots=True)
class BernoulliDesign:
    """A sum over single cases: add 1 - 1/`steps` for a wrong one, take 1/`steps` for a right one, alarm at `limit` or more.

    `steps` is whole, so that the sum moves on a lattice and run lengths are exact; `p1` is the bad share that it fits, near
    the one asked for. `in_control` and `at_p1` are the cases until an alarm, on average.
    """

    p0: float
    p1: float
    steps: int
    limit: float
    in_control: float
    at_p1: float


def bernoulli_design(p0: float, p1: float, *, run_length: float) -> BernoulliDesign:
    """The sum whose cases to a false alarm are at least `run_length` on average, tuned to a rise from `p0` to `p1`.

    The log-likelihood ratio of p1 to p0, scaled so that steps are 1 - g and -g, g = -ln((1-p1)/(1-p0)) /
    ln(p1(1-p0)/(p0(1-p1))); 1/g is rounded to a whole number of steps. Run lengths solve the Markov chain on the lattice.
    Assumes independent cases. Raises ValueError unless 0 < p0 < p1 < 1.

    >>> found = bernoulli_design(0.01, 0.05, run_length=5000)
    >>> found.steps, round(found.limit, 3), found.in_control >= 5000, round(found.at_p1)
    (40, 2.65, True, 96)

    Reference: Reynolds, Stoumbos (1999) J. Quality Technology 31.
    """
    if not 0 < p0 < p1 < 1:
        raise ValueError("p0 and p1 must satisfy 0 < p0 < p1 < 1")
    gain = -np.log1p(-p1) + np.log1p(-p0)
    steps = max(round(float(np.log(p1 * (1 - p0) / (p0 * (1 - p1))) / gain)), 1)
    low, high = 1, steps
    while _lattice_run_length(p0, steps, high) < run_length:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _lattice_run_length(p0, steps, middle) >= run_length else (middle, high)
    cells = high if _lattice_run_length(p0, steps, low) < run_length else low
    return BernoulliDesign(
        p0, _bad_share(p0, steps), steps, cells / steps,
        _lattice_run_length(p0, steps, cells), _lattice_run_length(_bad_share(p0, steps), steps, cells),
    )  # fmt: skip


def bernoulli_cusum(wrong: npt.ArrayLike, *, design: BernoulliDesign) -> Sums:
    """The sum of `design` over single cases (1 wrong, 0 right, nan unknown), time last; it looks for a rise only.

    After an alarm it goes on. Where audits come one by one it notices a rise before any chart of daily shares could.

    >>> design = bernoulli_design(0.01, 0.05, run_length=5000)
    >>> bernoulli_cusum([0, 0, 1, 1, 1, 1, 1], design=design).beyond.tolist()
    [0, 0, 0, 0, 1, 1, 1]

    Reference: Reynolds, Stoumbos (1999) J. Quality Technology 31.
    """
    x = series_of(wrong, name="wrong")
    if not np.isin(x[~np.isnan(x)], (0.0, 1.0)).all():
        raise ValueError("wrong must hold 0, 1 or nan only")
    # In whole lattice steps, so that a sum of many tenths ends exactly at its limit.
    found = cusum(x * design.steps, slack=1.0, limit=round(design.limit * design.steps) - 0.5)
    sign = np.maximum(found.beyond, 0).astype(np.int8)
    began = np.where(sign == 1, found.began, -1)
    return Sums(found.above / design.steps, np.zeros(x.shape), sign, began, design.limit)


def _last(along: npt.NDArray[_Kind]) -> npt.NDArray[_Kind]:
    """Time moved from the first axis to the last."""
    return np.ascontiguousarray(np.moveaxis(along, 0, -1))


def _bad_share(p0: float, steps: int) -> float:
    """The p1 whose likelihood ratio has exactly these steps; by bisection, as the ratio of steps falls in p1."""
    low, high = p0, 1 - 1e-12
    for _ in range(200):
        middle = (low + high) / 2
        ratio = np.log(middle * (1 - p0) / (p0 * (1 - middle))) / (-np.log1p(-middle) + np.log1p(-p0))
        low, high = (middle, high) if ratio > steps else (low, middle)
    return (low + high) / 2


def _lattice_run_length(p: float, steps: int, cells: int) -> float:
    """Cases until the sum, at 0 first, reaches `cells` lattice steps: up by steps - 1 with p, else down by 1, not below 0."""
    from scipy.linalg import solve_banded

    # One diagonal below (a right case), steps - 1 above (a wrong one).
    up = min(steps - 1, cells - 1)
    bands = np.zeros((up + 2, cells))
    bands[up] = 1.0
    bands[up, 0] -= 1 - p
    bands[up + 1, : cells - 1] = -(1 - p)
    if steps - 1 <= cells - 1:
        bands[up - (steps - 1), steps - 1 :] -= p
    return float(solve_banded((1, up), bands, np.ones(cells))[0])
