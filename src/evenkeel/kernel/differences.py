"""Difference-in-differences of rows before and after, in a changed group and another: one coefficient of a regression."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, codes, columns_of, divide, floats, same_length, weights_of
from .criterion import Criterion
from .effects import Diagnostic, Effect, Measured, Term, as_ratio, asked, judge, plus_minus
from .estimate import Estimate
from .jackknife import jackknife
from .models import least_squares
from .quantiles import normal_quantile, t_quantile, t_tail, two_sided
from .rows import refuse_rows
from .series_terms import is_full_rank

ErrorsOfRows = Literal["auto", "plain", "robust", "cluster"]

ASSUMES = "Without the action the changed group would have moved as the other one did (parallel trends)."


def difference_in_differences(
    values: npt.ArrayLike,
    treated: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    units: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    covariates: npt.ArrayLike | None = None,
    errors: ErrorsOfRows = "auto",
    criterion: str | Criterion | None = None,
    level: float = 0.95,
) -> Effect:
    """How much more the changed group moved than the other: y = a + b T + c A + d T A + covariates; d by least squares.

    `treated`, `after`: 0 or 1 for each row. `units`: running numbers; a level for each unit takes the place of a and b T, so
    only units seen on both sides count. `errors`: `plain` (least squares), `robust` (HC3), `cluster` (CR1, G/(G-1)
    (n-1)/(n-k)); `auto` is cluster where clusters or units are given, else plain. Intervals are Student's with n - k, or
    G - 1, degrees of freedom. The careful one behind the verdict leaves out each cluster (or takes HC3) with Welch's degrees
    of freedom, which few clusters need. nan values are left out. Rates: give them as values and their sizes as weights.

    >>> found = difference_in_differences([5, 6, 5.2, 3, 7, 8, 7.1, 8.2], [1, 1, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0, 1, 1])
    >>> f"{found.difference.value:.2f} ({found.difference.low:.2f} to {found.difference.high:.2f})"
    '-1.55 (-5.49 to 2.39)'

    Reference: Card, Krueger (1994) American Economic Review 84; Bell, McCaffrey (2002) Survey Methodology 28.
    """
    rows = _Rows.of(values, treated, after, units, clusters, weights, covariates)
    kind = ("plain" if rows.cluster is None else "cluster") if errors == "auto" else errors
    if kind not in {"plain", "robust", "cluster"}:
        raise ValueError(f"unknown errors {errors!r}")
    if kind == "cluster" and rows.cluster is None:
        raise ValueError("cluster errors need clusters or units")
    method, columns = f"did_{kind}", rows.columns()
    stop = ""
    freedom = len(columns) - columns.shape[1] - rows.absorbed
    if freedom <= 0 or not is_full_rank(columns):
        none = Estimate.unknown(method=method, level=level, n=len(columns))
        measured = Measured("difference", none, none, none, none, nan)
        stop = (
            "One of the four groups (changed or not, before and after) has no rows, or the terms cannot be told apart."
        )
        return judge("did", measured, criterion=asked(criterion), assumes=ASSUMES, stop=stop)
    fit = least_squares(columns, rows.demeaned(rows.y), rows.w, errors=kind, clusters=rows.cluster)
    value, variance = float(fit[0][0]), float(fit[1][0, 0])
    if kind == "plain":
        # Units' own levels were taken out before the fit, which does not know what they cost.
        variance *= (len(columns) - columns.shape[1]) / freedom
    error = float(np.sqrt(variance))
    n_clusters = 0 if rows.cluster is None else len(np.unique(rows.cluster))
    df = float(n_clusters - 1) if kind == "cluster" else float(freedom)
    difference = _interval(value, error, df, len(columns), method, level)
    careful, half = _careful(rows, columns, value, error, df, level)
    if not np.isfinite(half):
        stop = "Fewer than two changed or two other clusters: chance cannot be told from effect."
    seen = rows.mean(1, 1)
    measured = Measured(
        "difference", as_ratio(difference, seen), difference, as_ratio(careful, seen), careful,
        2 * t_tail(abs(value) / error, df=df) if error > 0 else nan,
    )  # fmt: skip
    means = {f"{who}_{when}": rows.mean(t, a) for t, who in enumerate(("other", "changed"))
             for a, when in enumerate(("before", "after"))}  # fmt: skip
    looks = [Diagnostic(f"mean_{name}", mean, True, f"Mean, {name.replace('_', ' ')}: {mean:.4g}.") for name, mean in
             means.items()]  # fmt: skip
    if rows.cluster is not None:
        says = f"{n_clusters} clusters."
        looks.append(Diagnostic("clusters", n_clusters, n_clusters >= 10, says))
    if rows.left_out:
        looks.append(Diagnostic("left_out", rows.left_out, True, f"{rows.left_out} rows without a value left out."))
    return judge(
        "did", measured, criterion=asked(criterion), assumes=ASSUMES, diagnostics=tuple(looks), stop=stop,
        terms={"effect": Term(difference, value, error)},
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    y: FloatArray
    t: FloatArray
    a: FloatArray
    w: FloatArray
    more: FloatArray
    unit: IntArray | None
    cluster: IntArray | None
    left_out: int

    @classmethod
    def of(
        cls,
        values: npt.ArrayLike,
        treated: npt.ArrayLike,
        after: npt.ArrayLike,
        units: npt.ArrayLike | None,
        clusters: npt.ArrayLike | None,
        weights: npt.ArrayLike | None,
        covariates: npt.ArrayLike | None,
    ) -> _Rows:
        y, t, a = floats(values), floats(treated), floats(after)
        n = same_length(values=y, treated=t, after=a)
        for name, column in (("treated", t), ("after", a)):
            refuse_rows((column != 0) & (column != 1), f"{name} must be 0 or 1")
        refuse_rows(np.isinf(y), "values must be finite or nan")
        w = weights_of(weights, n)
        more = columns_of(covariates, n, name="covariates")
        used = ~np.isnan(y) & (w > 0)
        unit = None if units is None else codes(units, name="units")
        cluster = unit if clusters is None else codes(clusters, name="clusters")
        if unit is not None:
            same_length(values=y, units=unit)
            # A unit seen on one side only says nothing about its own change.
            size = int(unit.max(initial=-1)) + 1
            sides = [np.bincount(unit[used & (a == side)], minlength=size) > 0 for side in (0, 1)]
            used &= (sides[0] & sides[1])[unit]
        return cls(
            y[used], t[used], a[used], w[used], more[used],
            None if unit is None else np.unique(unit[used], return_inverse=True)[1].astype(np.int64),
            None if cluster is None else np.unique(cluster[used], return_inverse=True)[1].astype(np.int64),
            int((~used).sum()),
        )  # fmt: skip

    @property
    def absorbed(self) -> int:
        """How many levels of units were taken out."""
        return 0 if self.unit is None else int(self.unit.max(initial=-1)) + 1

    def demeaned(self, column: FloatArray) -> FloatArray:
        """The column less its unit's weighted mean."""
        if self.unit is None:
            return column
        size = self.absorbed
        sums = np.bincount(self.unit, weights=self.w * column, minlength=size)
        return column - divide(sums, np.bincount(self.unit, weights=self.w, minlength=size))[self.unit]

    def columns(self) -> FloatArray:
        """The effect's column first."""
        both = [self.t * self.a, self.a]
        plain = [] if self.unit is not None else [np.ones_like(self.y), self.t]
        return np.column_stack([self.demeaned(column) for column in (*both, *self.more.T)] + plain)

    def mean(self, treated: int, after: int) -> float:
        rows = (self.t == treated) & (self.a == after)
        return float(divide(self.w[rows] @ self.y[rows], self.w[rows].sum()))


def _careful(
    rows: _Rows, columns: FloatArray, value: float, error: float, df: float, level: float
) -> tuple[Estimate, float]:
    """The widest of the textbook's and the jackknife's interval (HC3 without clusters), and its half."""
    y, n = rows.demeaned(rows.y), len(columns)
    if rows.cluster is None:
        robust = float(np.sqrt(least_squares(columns, y, rows.w, errors="robust")[1][0, 0]))
        error = max(error, robust) if np.isfinite(robust) else error
        return _interval(value, error, df, n, "did_robust", level), error
    cluster = rows.cluster
    size = int(cluster.max()) + 1
    weighted = columns * rows.w[:, None]
    squares = np.zeros((size, columns.shape[1], columns.shape[1]))
    np.add.at(squares, cluster, weighted[:, :, None] * columns[:, None, :])
    sides = np.zeros((size, columns.shape[1]))
    np.add.at(sides, cluster, weighted * y[:, None])

    def figure(kept: npt.NDArray[np.bool_]) -> FloatArray:
        matrix = squares[kept].sum(axis=0)
        scale = np.sqrt(np.maximum(np.diag(matrix), 1e-300))
        if np.linalg.matrix_rank(matrix / np.outer(scale, scale), tol=1e-9) < len(matrix):
            return np.array([np.nan])
        return floats(np.linalg.solve(matrix, sides[kept].sum(axis=0))[:1])

    changed = np.bincount(cluster, weights=rows.t, minlength=size) > 0
    group = changed.astype(np.int64)
    if min(int(changed.sum()), int((~changed).sum())) < 2:
        return _interval(value, nan, df, n, "did_jackknife", level), nan
    found = jackknife(figure, group)
    textbook = t_quantile(two_sided(level), df=df) * error
    half = float(np.maximum(found.careful_half(0, level), textbook))
    return plus_minus(value, half, 1.0, n, "did_jackknife", level), half


def _interval(value: float, error: float, df: float, n: int, method: str, level: float) -> Estimate:
    quantile = t_quantile(two_sided(level), df=df) if df < 1e6 else normal_quantile(two_sided(level))
    return plus_minus(value, error, quantile, n, method, level)
