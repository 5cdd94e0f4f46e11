"""Units over time, some of them changed at some time: what the change did, against units not yet changed.

The usual regression with a dummy for "changed" compares late starters with early ones, as if those had not changed: where
effects grow, its answer can have the wrong sign. Here only untouched cells teach what would have been (imputation).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, IntArray, codes, divide, floats, same_length, vector, weights_of
from .criterion import Criterion
from .effects import Course, Diagnostic, Effect, EventStudy, Measured, Term, as_ratio, asked, judge, plus_minus
from .estimate import Estimate
from .jackknife import Jackknifed, jackknife
from .quantiles import t_tail
from .rows import refuse_rows

ASSUMES = (
    "Without the action, changed units would have moved as those not yet changed did (parallel trends), "
    "and nobody acted before the start."
)
MOST_HORIZONS = 12


def staggered_effect(
    values: npt.ArrayLike,
    units: npt.ArrayLike,
    time: npt.ArrayLike,
    starts: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    criterion: str | Criterion | None = None,
    level: float = 0.95,
    design: str = "did",
) -> Effect:
    """The mean effect over changed cells of a roll-out, in one wave or several: difference-in-differences by imputation.

    One row a unit and time: `units`, `clusters` are running numbers, `starts` the unit's start, inf (or nan) for never.
    y = a_unit + b_time is fitted by weighted least squares to untouched cells (time < start) alone; the effect is the weighted
    mean of y - a - b over changed ones. With one wave and no holes that is the classic difference-in-differences. A
    changed cell whose unit was never seen before, or at whose time nobody is untouched any more, is left out.

    Standard error: jackknife over clusters (units unless said), Student's t with Welch's degrees of freedom over changed and
    never-changed clusters; the careful interval is the wider of that and one with a common variance. The placebo repeats all
    of it with every start moved back. nan values are left out. Raises ValueError where a unit has two starts or a cell occurs
    twice.

    >>> units, time = [0] * 4 + [1] * 4 + [2] * 4 + [3] * 4, [0, 1, 2, 3] * 4
    >>> values = [5, 6, 4.1, 5, 7, 8, 6, 6.9, 4, 5, 6, 7, 6, 7.1, 8, 9.1]
    >>> found = staggered_effect(values, units, time, [2] * 8 + [float("inf")] * 8)
    >>> round(found.difference.value, 2), found.diagnostic("changed_clusters").value
    (-3.0, 2)

    Reference: Borusyak, Jaravel, Spiess (2024) Review of Economic Studies 91; Goodman-Bacon (2021) J. Econometrics 225.
    """
    panel = _Panel.of(values, units, time, starts, weights, clusters)
    found = _measure(panel, level, horizons=MOST_HORIZONS)
    back = _back(panel)
    placebo = _measure(back, level, horizons=MOST_HORIZONS) if back is not None else None
    difference, careful = found.estimate(0), found.estimate(0, is_careful=True)
    ratios = as_ratio(difference, found.seen), as_ratio(careful, found.seen)
    measured = Measured("difference", ratios[0], difference, ratios[1], careful, found.p_value(0))
    stop = ""
    if found.changed < 2 or found.clusters - found.changed + found.waves < 2:
        stop = (
            "Fewer than two changed or two comparable units: chance cannot be told from effect. "
            "For one changed unit use the counterfactual design, with the others as controls."
        )
    return judge(
        design,
        measured,
        criterion=asked(criterion),
        assumes=ASSUMES,
        diagnostics=_looks(panel, found, placebo),
        stop=stop,
        terms={"effect": Term(difference, difference.value, float(found.jackknifed.errors[0]))},
        course=found.course,
        study=_study(found, placebo),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Panel:
    """Cells sorted by unit and time; times are places in the order of all times."""

    y: FloatArray
    unit: IntArray
    at: IntArray
    start: FloatArray  # as a place among the times, inf for never
    w: FloatArray
    cluster: IntArray
    times: FloatArray
    left_out: int

    @classmethod
    def of(
        cls,
        values: npt.ArrayLike,
        units: npt.ArrayLike,
        time: npt.ArrayLike,
        starts: npt.ArrayLike,
        weights: npt.ArrayLike | None,
        clusters: npt.ArrayLike | None,
    ) -> _Panel:
        y, t = floats(values), vector(time, name="time")
        u = codes(units, name="units")
        g = u if clusters is None else codes(clusters, name="clusters")
        s = np.where(np.isnan(floats(starts)), inf, floats(starts))
        same_length(values=y, units=u, time=t, starts=s, clusters=g)
        w = weights_of(weights, len(y))
        refuse_rows(np.isinf(y), "values must be finite or nan")
        used = ~np.isnan(y) & (w > 0)
        order = np.flatnonzero(used)[np.lexsort((t[used], u[used]))]
        times, at = np.unique(t[order], return_inverse=True)
        u, s, at = u[order], s[order], at.astype(np.int64)
        is_same = u[1:] == u[:-1]
        again = np.concatenate([[False], is_same & (at[1:] == at[:-1])]) if len(u) else np.zeros(0, dtype=bool)
        refuse_rows(_at(again, order, len(y)), "a unit has two rows for one time")
        two = np.concatenate([[False], is_same & (s[1:] != s[:-1])]) if len(u) else np.zeros(0, dtype=bool)
        refuse_rows(_at(two, order, len(y)), "a unit has two starts")
        place = np.where(np.isinf(s), inf, np.searchsorted(times, s).astype(np.float64))
        _, unit = np.unique(u, return_inverse=True)
        _, cluster = np.unique(g[order], return_inverse=True)
        return cls(
            y[order], unit.astype(np.int64), at, place, w[order], cluster.astype(np.int64), times, int((~used).sum())
        )

    @property
    def is_changed(self) -> BoolArray:
        return self.at >= self.start

    def only(self, rows: BoolArray, start: FloatArray) -> _Panel:
        return _Panel(
            self.y[rows], self.unit[rows], self.at[rows], start[rows], self.w[rows], self.cluster[rows], self.times, 0
        )


def _at(is_bad: BoolArray, order: IntArray, n: int) -> BoolArray:
    bad = np.zeros(n, dtype=bool)
    bad[order[is_bad]] = True
    return bad


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Element 0 of each array is the whole effect, the others are distances from the start."""

    jackknifed: Jackknifed
    distances: IntArray
    cells: IntArray
    clusters: int
    changed: int
    waves: int
    usable: int
    dropped: int
    seen: float
    course: Course | None
    level: float

    def estimate(self, k: int, *, is_careful: bool = False) -> Estimate:
        found, n, method = self.jackknifed, int(self.cells[k]), "did_imputation"
        value = float(found.values[k])
        if not np.isfinite(value):
            return Estimate.unknown(method=method, level=self.level, n=n)
        half = found.careful_half(k, self.level) if is_careful else found.half(k, self.level)
        return plus_minus(value, half, 1.0, n, method, self.level)

    def p_value(self, k: int) -> float:
        error, df = float(self.jackknifed.errors[k]), float(self.jackknifed.freedom[k])
        if not np.isfinite(error) or error <= 0:
            return nan
        return 2 * t_tail(abs(float(self.jackknifed.values[k])) / error, df=df)


def _measure(panel: _Panel, level: float, *, horizons: int) -> _Found:
    after = panel.is_changed
    parts = _Parts.of(panel)
    everything = np.ones(parts.n_clusters, dtype=bool)
    would, is_usable = parts.would_be(everything)
    distance = np.where(after, panel.at - np.where(np.isinf(panel.start), 0, panel.start), -1).astype(np.int64)
    last = int(distance[after & is_usable].max(initial=-1))
    sets = [after, *[after & (distance == k) for k in range(min(last + 1, horizons))]]

    def means(kept: BoolArray) -> FloatArray:
        guess, known = parts.would_be(kept)
        use = known & kept[panel.cluster] & is_usable
        gap = np.where(use, panel.y - np.where(known, guess, 0.0), 0.0)
        weights = [np.where(use & rows, panel.w, 0.0) for rows in sets]
        return np.array([float(divide(gap @ w, w.sum())) for w in weights])

    changed_clusters = np.unique(panel.cluster[after & is_usable])
    group = np.isin(np.arange(parts.n_clusters), changed_clusters).astype(np.int64)
    rows = after & is_usable
    weight = panel.w[rows].sum()
    return _Found(
        jackknifed=jackknife(means, group),
        distances=np.arange(len(sets) - 1),
        cells=np.array([int((one & is_usable).sum()) for one in sets]),
        clusters=parts.n_clusters,
        changed=len(changed_clusters),
        waves=len(np.unique(panel.start[rows])),
        usable=int(rows.sum()),
        dropped=int((after & ~is_usable).sum()),
        seen=float(panel.y[rows] @ panel.w[rows] / weight) if weight else nan,
        course=_course(panel, would, is_usable),
        level=level,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """What each cluster adds to the equations of the time effects once its units' own levels are taken out."""

    panel: _Panel
    matrices: FloatArray  # cluster, time, time
    sides: FloatArray  # cluster, time
    seen: FloatArray  # unit, time: weight of untouched cells
    unit_cluster: IntArray
    n_clusters: int

    @classmethod
    def of(cls, panel: _Panel) -> _Parts:
        n_units, n_times = int(panel.unit.max(initial=-1)) + 1, len(panel.times)
        n_clusters = int(panel.cluster.max(initial=-1)) + 1
        free = ~panel.is_changed
        seen, sums = np.zeros((n_units, n_times)), np.zeros((n_units, n_times))
        seen[panel.unit[free], panel.at[free]] = panel.w[free]
        sums[panel.unit[free], panel.at[free]] = panel.w[free] * panel.y[free]
        cluster = np.zeros(n_units, dtype=np.int64)
        cluster[panel.unit] = panel.cluster
        total = seen.sum(axis=1)
        matrices, sides = np.zeros((n_clusters, n_times, n_times)), np.zeros((n_clusters, n_times))
        for u in np.flatnonzero(total):
            w, g = seen[u], cluster[u]
            matrices[g] += np.diag(w) - np.outer(w, w) / total[u]
            sides[g] += sums[u] - w * sums[u].sum() / total[u]
        return cls(panel, matrices, sides, seen, cluster, n_clusters)

    def would_be(self, kept: BoolArray) -> tuple[FloatArray, BoolArray]:
        """What every cell would have been, from untouched cells of the kept clusters, and for which cells that is known."""
        panel = self.panel
        untouched = ~panel.is_changed & kept[panel.cluster]
        if not untouched.any():
            return np.zeros(len(panel.y)), np.zeros(len(panel.y), dtype=bool)
        matrix, side = self.matrices[kept].sum(axis=0), self.sides[kept].sum(axis=0)
        by_time = np.linalg.lstsq(matrix, side, rcond=1e-10)[0]
        weight = np.where(untouched, panel.w, 0.0)
        n_units = len(self.unit_cluster)
        level = divide(
            np.bincount(panel.unit, weights=weight * (panel.y - by_time[panel.at]), minlength=n_units),
            np.bincount(panel.unit, weights=weight, minlength=n_units),
        )
        group = self._groups(untouched)
        units, times = group[: len(level)], group[len(level) :]
        known = (units[panel.unit] == times[panel.at]) & ~np.isnan(level[panel.unit])
        return np.nan_to_num(level)[panel.unit] + by_time[panel.at], known

    def _groups(self, rows: BoolArray) -> IntArray:
        """Units and times that untouched cells tie together: only within such a group are levels comparable."""
        from scipy.sparse import coo_matrix
        from scipy.sparse.csgraph import connected_components

        n_units, n_times = self.seen.shape
        size = n_units + n_times
        here, there = self.panel.unit[rows], n_units + self.panel.at[rows]
        graph = coo_matrix((np.ones(len(here)), (here, there)), shape=(size, size))
        return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _course(panel: _Panel, would: FloatArray, is_usable: BoolArray) -> Course | None:
    """The mean over changed units at each time, and what it would have been."""
    ever = np.isfinite(panel.start) & is_usable
    if not ever.any():
        return None
    places = np.unique(panel.at[ever])
    weight = np.bincount(panel.at[ever], weights=panel.w[ever], minlength=len(panel.times))[places]

    def mean(y: FloatArray) -> FloatArray:
        sums = np.bincount(panel.at[ever], weights=panel.w[ever] * y[ever], minlength=len(panel.times))[places]
        return divide(sums, weight)

    none = np.full(len(places), nan)
    first = float(panel.start[ever].min())
    return Course(panel.times[places], mean(panel.y), mean(would), none, none, places >= first)


def _back(panel: _Panel) -> _Panel | None:
    """Untouched cells alone, every start moved back by a third of the shortest time before it, at least one point."""
    finite = panel.start[np.isfinite(panel.start)]
    if not finite.size:
        return None
    steps = max(int(finite.min()) // 3, 1)
    if finite.min() - steps < 1:
        return None
    kept = panel.only(~panel.is_changed, panel.start - steps)
    return kept if kept.is_changed.any() else None


def _study(found: _Found, placebo: _Found | None) -> EventStudy:
    distances, effects = list[int](), list[Estimate]()
    if placebo is not None:
        steps = len(placebo.distances)
        distances += [int(k) - steps for k in placebo.distances]
        effects += [placebo.estimate(k + 1) for k in range(steps)]
    distances += [int(k) for k in found.distances]
    effects += [found.estimate(k + 1) for k in range(len(found.distances))]
    return EventStudy(np.array(distances, dtype=np.int64), tuple(effects))


def _looks(panel: _Panel, found: _Found, placebo: _Found | None) -> tuple[Diagnostic, ...]:
    looks = [
        Diagnostic("changed_clusters", found.changed, found.changed >= 4, f"{found.changed} changed clusters."),
        Diagnostic(
            "other_clusters", found.clusters - found.changed, found.clusters - found.changed >= 4 or found.waves > 1,
            f"{found.clusters - found.changed} never changed, {found.waves} waves.",
        ),
    ]  # fmt: skip
    if placebo is not None:
        p = placebo.p_value(0)
        says = "With the start moved back to where nothing had happened, the same design finds"
        what = "a change as well: trends were not parallel" if p < 0.05 else "nothing"
        looks.append(Diagnostic("placebo", p, not p < 0.05, f"{says} {what} (p = {p:.3f})."))
    else:
        looks.append(Diagnostic("placebo", nan, True, "Too few times before the start to try a placebo."))
    if found.dropped:
        says = f"{found.dropped} changed cells have nothing untouched to compare with and are left out."
        looks.append(Diagnostic("not_comparable", found.dropped, found.dropped < found.usable, says))
    if panel.left_out:
        looks.append(Diagnostic("left_out", panel.left_out, True, f"{panel.left_out} rows without a value left out."))
    return tuple(looks)
