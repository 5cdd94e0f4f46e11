"""What a series would have been: a level that drifts, and other series that the action did not touch.

CausalImpact's question, answered without simulation. Given how fast the level drifts (relative to the noise) and how far
controls may pull, everything else follows in closed form: Student's t for whatever is predicted. Those two unknowns are
averaged over a grid, each place weighed by how well it explains the series before the action. So a level that merely seems
still does not make the interval too short, as the single likeliest value does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, columns_of, floats, same_length, vector
from .criterion import Criterion
from .effects import Course, Diagnostic, Effect, Measured, as_ratio, asked, judge
from .estimate import Estimate
from .local_level import CAREFUL_STEP, LocalLevel, Predicted
from .quantiles import two_sided
from .rows import refuse_rows
from .series_terms import Season, look_at_runs, season_columns

ASSUMES = "The controls were not touched by the action, and their relation to the series stayed as it was before."
ASSUMES_ALONE = "Without the action the series would have gone on around its last level and season."


def counterfactual_series(
    values: npt.ArrayLike,
    time: npt.ArrayLike,
    *,
    start: float,
    controls: npt.ArrayLike | None = None,
    seasons: Sequence[Season] = (),
    wait: float = 0.0,
    criterion: str | Criterion | None = None,
    level: float = 0.95,
) -> Effect:
    """The mean of the series after `start` less what it would have been, by a local level with regression on controls.

    y_t = u_t + x_t b + season + e_t, u_t = u_(t-1) + w_t; only points before `start` are learnt from. `controls`: (n,) or
    (n, k), other series over the same time that the action cannot have touched. With q = var w / var e and b normal with
    precision 1/pull^2, prediction is Student's t with n - p degrees of freedom; q and pull are averaged over by their
    marginal likelihood. The careful interval behind the verdict expects ten times as much drift. One row a point of time;
    nan values are left out (before) or not counted (after). `difference` is the mean effect a point, `ratio` what was seen
    over what was expected. Raises ValueError for nan controls.

    >>> import numpy as np
    >>> x = np.sin(np.arange(60.0)) + np.arange(60) / 30
    >>> y = 5 + 2 * x + np.cos(7 * np.arange(60.0)) / 10 + 3 * (np.arange(60) >= 45)
    >>> found = counterfactual_series(y, range(60), start=45, controls=x)
    >>> round(found.difference.value), found.p_value < 0.001
    (3, True)

    Reference: Brodersen et al. (2015) Annals of Applied Statistics 9; Harvey (1989), section 3.4 (concentrated likelihood).
    """
    data = _Data.of(values, time, start, controls, seasons, wait)
    asked_for, assumes = asked(criterion), ASSUMES if data.controls.shape[1] else ASSUMES_ALONE
    n, p = int(data.known.sum()), data.flat.shape[1] + 1
    looks = _looks(data, n)
    after = data.is_after & ~np.isnan(data.y)
    if n < p + 3 or not after.any():
        none = Estimate.unknown(method="local_level", level=level, n=n)
        stop = "There are too few points before the action." if n < p + 3 else "There are no points after the start."
        measured = Measured("difference", none, none, none, none, nan)
        return judge(
            "counterfactual", measured, criterion=asked_for, assumes=assumes, diagnostics=looks, stop=stop
        )  # fmt: skip
    fits = data.fit()
    weights = after / after.sum()
    seen = float(data.y[after].mean())
    expected, tail = fits.predict(weights[None, :]), two_sided(level)

    def told(by: Predicted, method: str) -> Estimate:
        low, middle, high = (seen - float(by.quantile(p)[0]) for p in (tail, 0.5, 1 - tail))
        return Estimate(middle, low, high, n, float(n), method, level)

    difference = told(expected, "local_level_averaged")
    careful = told(fits.predict(weights[None, :], usual_step=CAREFUL_STEP), "local_level_drifting")
    careful = Estimate(
        difference.value, min(careful.low, difference.low), max(careful.high, difference.high), n, float(n),
        careful.method, level,
    )  # fmt: skip
    below = float(expected.below(np.array([seen]))[0])
    measured = Measured(
        "difference",
        as_ratio(difference, seen),
        difference,
        as_ratio(careful, seen),
        careful,
        2 * min(below, 1 - below),
    )
    return judge(
        "counterfactual",
        measured,
        criterion=asked_for,
        assumes=assumes,
        diagnostics=(*_placebo(data), look_at_runs(fits.innovations), _drift(fits), *looks),
        course=_course(data, fits, tail),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Data:
    y: FloatArray
    time: FloatArray
    flat: FloatArray  # columns without a prior: season
    controls: FloatArray  # standardised by the time before
    known: BoolArray  # learnt from
    is_after: BoolArray
    dropped: int

    @classmethod
    def of(
        cls, values: npt.ArrayLike, time: npt.ArrayLike, start: float, controls: npt.ArrayLike | None,
        seasons: Sequence[Season], wait: float,
    ) -> _Data:  # fmt: skip
        y, t = floats(values), vector(time, name="time")
        n = same_length(values=y, time=t)
        refuse_rows(np.isinf(y), "values must be finite or nan")
        x = columns_of(controls, n, name="controls")
        order = np.argsort(t, kind="stable")
        again = np.zeros(n, dtype=bool)
        again[order[1:]] = np.diff(t[order]) == 0
        refuse_rows(again, "a point of time occurs twice")
        y, t, x = y[order], t[order], x[order]
        known = (t < start) & ~np.isnan(y)
        middle = x[known].mean(axis=0) if known.any() else np.zeros(x.shape[1])
        spread = x[known].std(axis=0) if known.any() else np.zeros(x.shape[1])
        # A control that stood still before says nothing about how the series follows it.
        moves = spread > 1e-9 * np.maximum(np.abs(middle), 1e-300)
        x = (x[:, moves] - middle[moves]) / spread[moves]
        flat = season_columns(t, seasons)
        return cls(y, t, flat, x, known, t >= start + wait, int((~moves).sum()))

    def fit(self) -> LocalLevel:
        return LocalLevel.of(self.y, self.time, self.known, flat=self.flat, controls=self.controls)

    def until(self, start: float) -> _Data:
        rows = self.known
        early = self.time[rows] < start
        return _Data(self.y[rows], self.time[rows], self.flat[rows], self.controls[rows], early, ~early, 0)


def _course(data: _Data, fits: LocalLevel, tail: float) -> Course:
    n = len(data.y)
    expected, low, high = np.full(n, nan), np.full(n, nan), np.full(n, nan)
    later = np.arange(n) > fits.last
    rows = np.eye(n)[later]
    if rows.size:
        # The band is that of what would have been seen, point by point.
        expected[later], half = fits.predict(rows).band(tail)
        low[later], high[later] = expected[later] - half, expected[later] + half
    return Course(data.time, data.y, expected, low, high, data.is_after)


def _placebo(data: _Data) -> tuple[Diagnostic, ...]:
    """The last third of the time before, as if the action had begun there."""
    times = data.time[data.known]
    if len(times) < 3 * (data.flat.shape[1] + 5):
        return ()
    early = data.until(float(times[len(times) * 2 // 3]))
    expected = early.fit().predict((early.is_after / early.is_after.sum())[None, :])
    below = float(expected.below(np.array([early.y[early.is_after].mean()]))[0])
    p = 2 * min(below, 1 - below)
    says = "Begun a third earlier, where nothing happened, the same model finds"
    return (Diagnostic("placebo", p, p >= 0.01, f"{says} {'nothing' if p >= 0.01 else 'a change too'} (p = {p:.3f})."),)


def _drift(fits: LocalLevel) -> Diagnostic:
    says = f"The level drifts by {fits.mean_step:.2g} of the noise a point."
    return Diagnostic("drift", fits.mean_step, fits.mean_step < 1, says)


def _looks(data: _Data, n: int) -> tuple[Diagnostic, ...]:
    after = int((data.is_after & ~np.isnan(data.y)).sum())
    looks = [
        Diagnostic("points_before", n, n >= 20, f"{n} points before the action."),
        Diagnostic("points_after", after, after >= 1, f"{after} points after it."),
        Diagnostic("controls", data.controls.shape[1], True, f"{data.controls.shape[1]} controls."),
    ]
    if data.dropped:
        says = f"{data.dropped} controls did not move before the action and are left out."
        looks.append(Diagnostic("still_controls", data.dropped, True, says))
    return tuple(looks)
