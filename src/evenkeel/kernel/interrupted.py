"""One series, interrupted by an action: what the level and slope did, beyond trend, season and chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, columns_of, floats, same_length, vector
from .criterion import Criterion
from .effects import (
    Course,
    Diagnostic,
    Effect,
    Measured,
    Term,
    as_difference,
    as_ratio,
    asked,
    from_logarithm,
    judge,
    plus_minus,
    two_sided_p,
)
from .estimate import Estimate
from .models import Fit, fit_model
from .quantiles import beta_quantile, normal_quantile, t_quantile, two_sided
from .rows import refuse_rows
from .series_terms import Season, carried_over, is_full_rank, look_at_runs, season_columns

Family = Literal["auto", "poisson", "gaussian"]
ErrorsOfSeries = Literal["quasi", "plain", "hac"]

ASSUMES = "Without the action the series would have gone on along its trend and season, and nothing else happened then."
FEW_BEFORE, FEW_AFTER = 8, 4


def interrupted_series(
    values: npt.ArrayLike,
    time: npt.ArrayLike,
    *,
    start: float,
    size: npt.ArrayLike | None = None,
    family: Family = "auto",
    trend: bool = True,
    slope: bool = False,
    centre: float | None = None,
    seasons: Sequence[Season] = (),
    covariates: npt.ArrayLike | None = None,
    wait: float = 0.0,
    errors: ErrorsOfSeries = "quasi",
    criterion: str | Criterion | None = None,
    level: float = 0.95,
    design: str = "its",
) -> Effect:
    """The effect of an action that begins at `start` on one series: interrupted time series.

    log E(y) = log size + a + d A + b t + s A (t - centre) + season (`poisson`), or E(y) without the logarithm (`gaussian`);
    A = 1 from `start` on. `trend` has b, `slope` has s, `centre` is the last point before `start` unless said. The effect is
    d, with a slope d + s mean(t - centre) over the points after: the geometric mean ratio. `auto`: poisson with a `size`
    (audits, population, days) or for whole numbers of 0 or more. Points from `start` until `start` + `wait` count for
    neither side; nan and points of size 0 are left out.

    `errors`: `quasi` multiplies the variance by the dispersion X2 / (n - p); `plain` does not; `hac` is Newey and West's, for
    errors that carry over. Intervals are normal. The careful one behind the verdict takes the widest of quasi (dispersion at
    least 1) and hac, times sqrt((1+r)/(1-r)), r the corrected correlation of neighbouring errors, and Student's t.
    Terms: level, slope. Raises ValueError where rows do not fit; unknown where the points cannot tell the terms apart.

    >>> found = interrupted_series([20, 22, 19, 21, 20, 22, 20, 21, 10, 11, 9, 10], range(12), start=8, trend=False)
    >>> f"{found.ratio.value:.3f}", found.scale
    ('0.485', 'ratio')

    Reference: Lopez Bernal, Cummins, Gasparrini (2017) IJE 46; Newey, West (1987) Econometrica 55.
    """
    series = _Series.of(values, time, start, size, family, covariates, wait)
    asked_for = asked(criterion)
    method = f"its_{'poisson' if series.is_poisson else 'gaussian'}_{errors}"
    columns = _columns(series, trend, slope, centre, seasons)
    looks = _looks(series)
    if series.is_poisson and (series.total(False) == 0 or series.total(True) == 0):
        return _without_events(series, asked_for, looks, level, design)
    if not is_full_rank(columns) or len(columns) <= columns.shape[1]:
        stop = "The points cannot tell the model's terms apart: there are too few, or none on one side."
        return _unknown(series, asked_for, looks, stop, method, level, design)
    fit = fit_model(columns, series.values, offset=series.offset, is_poisson=series.is_poisson, errors=errors)
    return _effect(series, fit, columns, slope, asked_for, looks, method, level, design)


@dataclass(frozen=True, slots=True, eq=False)
class _Series:
    values: FloatArray
    time: FloatArray
    size: FloatArray | None
    covariates: FloatArray
    is_after: BoolArray
    is_poisson: bool
    start: float
    left_out: int

    @classmethod
    def of(
        cls,
        values: npt.ArrayLike,
        time: npt.ArrayLike,
        start: float,
        size: npt.ArrayLike | None,
        family: str,
        covariates: npt.ArrayLike | None,
        wait: float,
    ) -> _Series:
        y, t = floats(values), vector(time, name="time")
        sizes = None if size is None else floats(size)
        more = columns_of(covariates, len(t), name="covariates")
        same_length(values=y, time=t, size=y if sizes is None else sizes)
        refuse_rows(np.isinf(y), "values must be finite or nan")
        used = ~np.isnan(y) & ~((t >= start) & (t < start + wait))
        if sizes is not None:
            refuse_rows(~(np.isnan(sizes) | (sizes >= 0)) | np.isinf(sizes), "size must be 0 or more")
            used &= sizes > 0
        if family not in {"auto", "poisson", "gaussian"}:
            raise ValueError(f"unknown family {family!r}")
        is_count = bool(((y[used] >= 0) & (y[used] % 1 == 0)).all())
        is_poisson = family == "poisson" or (family == "auto" and (sizes is not None or is_count))
        if is_poisson:
            refuse_rows(used & (y < 0), "counts must be 0 or more")
        order = np.flatnonzero(used)[np.argsort(t[used], kind="stable")]
        # Rows of one moment in any order must give the same: the values themselves settle it.
        order = order[np.lexsort((y[order], t[order]))]
        kept = None if sizes is None else sizes[order]
        return cls(y[order], t[order], kept, more[order], t[order] >= start, is_poisson, start, int((~used).sum()))

    @property
    def offset(self) -> FloatArray | None:
        return None if self.size is None else floats(np.log(self.size))

    @property
    def rate(self) -> FloatArray:
        return self.values if self.size is None else self.values / self.size

    def total(self, after: bool) -> float:
        return float(self.values[self.is_after == after].sum())

    def weight(self, after: bool) -> float:
        side = self.is_after == after
        return float(side.sum() if self.size is None else self.size[side].sum())

    @property
    def seen_after(self) -> float:
        """Mean or rate after."""
        weight = self.weight(True)
        if not weight:
            return nan
        is_rate = self.is_poisson or self.size is None
        return self.total(True) / weight if is_rate else float(self.rate[self.is_after].mean())


def _columns(series: _Series, trend: bool, slope: bool, centre: float | None, seasons: Sequence[Season]) -> FloatArray:
    """Intercept, level[, slope][, trend], season, covariates; time is moved and scaled so that no column dwarfs another."""
    t, after = series.time, series.is_after.astype(np.float64)
    before = t[~series.is_after]
    middle = (float(before[-1]) if before.size else series.start) if centre is None else centre
    parts = [np.ones_like(t), after]
    if slope:
        parts.append(after * (t - middle))
    if trend:
        parts.append(t - (t.mean() if t.size else 0.0))
    return np.column_stack([*parts, season_columns(t, seasons), series.covariates])


def _effect(
    series: _Series, fit: Fit, columns: FloatArray, slope: bool, criterion: Criterion | None,
    looks: tuple[Diagnostic, ...], method: str, level: float, design: str,
) -> Effect:  # fmt: skip
    n, terms = columns.shape
    average = np.zeros(terms)
    average[1] = 1.0
    if slope:
        average[2] = float(columns[series.is_after, 2].mean())
    z = two_sided(level)

    shared = carried_over(fit.residuals, terms)
    freedom = max(n * (1 - shared) / (1 + shared) - terms, 1.0)
    told = from_logarithm if series.is_poisson else plus_minus

    def estimate(weights: FloatArray, covariance: FloatArray, quantile: float) -> tuple[Estimate, float, float]:
        value = float(weights @ fit.coefficients)
        error = max(float(weights @ covariance @ weights), 0.0) ** 0.5
        return told(value, error, quantile, n, method, level), value, error

    main, value, error = estimate(average, fit.covariance, normal_quantile(z))
    widened = fit.careful * (1 + shared) / (1 - shared)
    careful, _, _ = estimate(average, widened, t_quantile(z, df=freedom))
    named = {"level": np.eye(terms)[1]} | ({"slope": np.eye(terms)[2]} if slope else {})
    parts = {name: Term(*estimate(one, fit.covariance, normal_quantile(z))) for name, one in named.items()}
    seen = series.seen_after
    both, both_careful = _both(main, seen, series.is_poisson), _both(careful, seen, series.is_poisson)
    dispersion = Diagnostic("dispersion", fit.dispersion, True, f"Variance over the model's own: {fit.dispersion:.3g}.")
    return judge(
        design,
        Measured("ratio" if series.is_poisson else "difference", *both, *both_careful, two_sided_p(value, error)),
        criterion=criterion,
        assumes=ASSUMES,
        diagnostics=(dispersion, look_at_runs(fit.residuals), *_placebo(series, columns, slope), *looks),
        stop=_too_few(series),
        terms={"effect": Term(main, value, error), **parts},
        course=_course(series, fit, columns, slope, normal_quantile(z)),
    )


def _both(found: Estimate, seen: float, is_ratio: bool) -> tuple[Estimate, Estimate]:
    return (found, as_difference(found, seen)) if is_ratio else (as_ratio(found, seen), found)


def _course(series: _Series, fit: Fit, columns: FloatArray, slope: bool, z: float) -> Course:
    """What would have been: the model with the action's own columns at 0."""
    without = columns.copy()
    without[:, 1 : 3 if slope else 2] = 0.0
    centre = without @ fit.coefficients
    half = z * np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", without, fit.covariance, without), 0.0))
    low, high = centre - half, centre + half
    if series.is_poisson:
        centre, low, high = (np.exp(np.minimum(line, 700.0)) for line in (centre, low, high))
    return Course(series.time, series.rate, centre, low, high, series.is_after)


def _placebo(series: _Series, columns: FloatArray, slope: bool) -> tuple[Diagnostic, ...]:
    """The same model before the action, as if it had begun half-way: it should find nothing."""
    before = ~series.is_after
    kept = np.delete(columns[before], 2 if slope else [], axis=1)
    kept[:, 1] = np.arange(len(kept)) >= len(kept) // 2
    enough = len(kept) >= max(2 * FEW_BEFORE, kept.shape[1] + 4)
    if not enough or not is_full_rank(kept) or (series.is_poisson and not series.values[before].sum()):
        return ()
    offset = None if series.offset is None else series.offset[before]
    fit = fit_model(kept, series.values[before], offset=offset, is_poisson=series.is_poisson, errors="quasi")
    p = two_sided_p(float(fit.coefficients[1]), float(np.sqrt(fit.careful[1, 1])))
    says = "Half-way before the action, where nothing happened, the same model finds"
    found = f"{says} {'nothing' if not p < 0.01 else 'a change as well'} (p = {p:.3f})."
    return (Diagnostic("placebo", p, not p < 0.01, found),)


def _looks(series: _Series) -> tuple[Diagnostic, ...]:
    after = int(series.is_after.sum())
    before = len(series.time) - after
    found = [
        Diagnostic("points_before", before, before >= FEW_BEFORE, f"{before} points before the action."),
        Diagnostic("points_after", after, after >= FEW_AFTER, f"{after} points after it."),
    ]
    if series.left_out:
        says = f"{series.left_out} points left out: no value, no cases, or the time to wait."
        found.append(Diagnostic("left_out", series.left_out, True, says))
    return tuple(found)


def _too_few(series: _Series) -> str:
    after = int(series.is_after.sum())
    if len(series.time) - after < 3 or after < 2:
        return "There are too few points on one side: at least 3 before and 2 after."
    return ""


def _unknown(
    series: _Series, criterion: Criterion | None, looks: tuple[Diagnostic, ...], stop: str, method: str,
    level: float, design: str,
) -> Effect:  # fmt: skip
    none = Estimate.unknown(method=method, level=level, n=len(series.time))
    measured = Measured("ratio" if series.is_poisson else "difference", none, none, none, none, nan)
    return judge(design, measured, criterion=criterion, assumes=ASSUMES, diagnostics=looks, stop=stop)


def _without_events(
    series: _Series, criterion: Criterion | None, looks: tuple[Diagnostic, ...], level: float, design: str
) -> Effect:
    """No event after (or before): no model has a maximum there, but the split of the events is exactly binomial."""
    method, n, events = "exact_conditional", len(series.time), series.total(False)
    before, after = series.weight(False), series.weight(True)
    if not events or not after:
        stop = "There is no event before the action to compare with." if before and after else "One side has no points."
        return _unknown(series, criterion, looks, stop, method, level, design)
    tail = 1 - two_sided(level)
    most = float(beta_quantile(1 - tail, 1.0, events))
    ratio = Estimate(0.0, 0.0, most / (1 - most) * before / after, n, events, method, level)
    change = Estimate(-events / before, nan, nan, n, events, method, level)
    says = "There is no event after: trend and season cannot be taken out, the two sides are compared as they are."
    looks = (*looks, Diagnostic("no_events", 0.0, False, says))
    p_value = min(2 * (before / (before + after)) ** events, 1.0)
    measured = Measured("ratio", ratio, change, ratio, change, p_value)
    return judge(design, measured, criterion=criterion, assumes=ASSUMES, diagnostics=looks, stop=_too_few(series))
