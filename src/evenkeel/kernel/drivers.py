"""Where a change of a rate sits: a likelihood-ratio scan over cells of one and two dimensions that explains away.

Counts decide, not ratios: a cell with 3 of 4 wrong says less than one with 60 of 900. The whole competes as a candidate
of its own, so a change that happened everywhere is not blamed on one site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, IntArray, divide, floats, same_length, vector

Verdict = Literal["no_data", "none", "mix", "everywhere", "localised"]

PSEUDO_EVENTS = 10.0  # pulls the factor of a thin value towards 1 in the expected rates
SWEEPS = 4
LEAST_SHARE = 0.1  # of the change: what explains less is not worth an investigation of its own


@dataclass(frozen=True, slots=True)
class Driver:
    """A cell and what it did. `cell` names (dimension, value) pairs; the empty cell is the whole.

    `excess` is the number of current errors beyond what the cell's baseline and its present work lead to expect, negative
    for an improvement; `share_of_change` is that over all current rows, as a share of the whole change. `llr` is the log
    likelihood ratio of a changed against an unchanged cell, `score` the same less the price of having looked at many.
    """

    cell: tuple[tuple[str, Any], ...]
    baseline_errors: float
    baseline_n: float
    current_errors: float
    current_n: float
    excess: float
    share_of_change: float
    rate_ratio: float
    llr: float
    score: float

    @property
    def baseline_rate(self) -> float:
        """Errors over rows before; nan without rows."""
        return self.baseline_errors / self.baseline_n if self.baseline_n else float("nan")

    @property
    def current_rate(self) -> float:
        """Errors over rows now; nan without rows."""
        return self.current_errors / self.current_n if self.current_n else float("nan")


@dataclass(frozen=True, slots=True)
class Drivers:
    """What the scan found. `change` = `mix` + `rate`; `ranked` is the first look at all cells, best first.

    `causes` come one after the other, each after the ones before it are explained away. `verdict`: `localised` when some
    cell is a cause, `everywhere` when only the whole is, `mix` when different work explains most of a change without any
    cause, `none` when nothing stands out.
    """

    verdict: Verdict
    change: float
    mix: float
    rate: float
    causes: tuple[Driver, ...]
    ranked: tuple[Driver, ...]


def find_drivers(
    dimensions: Mapping[str, npt.ArrayLike],
    baseline_errors: npt.ArrayLike,
    baseline_n: npt.ArrayLike,
    current_errors: npt.ArrayLike,
    current_n: npt.ArrayLike,
    *,
    pairs: bool = True,
    family_error: float = 0.05,
    dispersion: float = 1.0,
    most_causes: int = 3,
    most_ranked: int = 20,
) -> Drivers:
    """Ranks the cells of one and (with `pairs`) two dimensions by how much they explain of a change in a rate.

    One row a combination of values (or one a decision): `dimensions` maps each name to the rows' values, numbers or
    text; errors and n before and now stand beside. Assumes errors rare enough for Poisson counts (cautious where they are
    not), independent but for `dispersion`, their variance over that (estimate it from the baseline weeks).

    Expected rates come from a main-effects model of the baseline (proportional fitting), so work that moved between cells
    is no cause. A cell with errors O0, O1 against E0, E1 expected scores O1 ln(O1 / O q) + O0 ln(O0 / O (1-q)), O = O0+O1,
    q = E1 / (E0+E1), less ln(cells of that order). The best is taken while it passes ln(1 / `family_error`), its factor
    goes into the expectation, and the scan repeats. Raises ValueError unless 0 <= errors <= n.

    >>> found = find_drivers({"site": ["A", "B", "C"]}, [50, 50, 50], [1000] * 3, [50, 150, 52], [1000] * 3)
    >>> found.verdict, [cause.cell for cause in found.causes], round(found.causes[0].excess)
    ('localised', [(('site', 'B'),)], 100)

    Reference: Kulldorff (1997) Communications in Statistics 26 (scan statistic); Deming, Stephan (1940) (fitting).
    """
    rows = _Rows.of(dimensions, baseline_errors, baseline_n, current_errors, current_n)
    if rows.n0.sum() == 0 or rows.n1.sum() == 0:
        return Drivers("no_data", np.nan, np.nan, np.nan, (), ())
    expected = rows.expected_rate()
    change = float(rows.x1.sum() / rows.n1.sum() - rows.x0.sum() / rows.n0.sum())
    mix = float(expected @ rows.n1 / rows.n1.sum() - expected @ rows.n0 / rows.n0.sum())
    scan = _Scan.of(rows, expected, change, dispersion, pairs)
    threshold, factor = -np.log(family_error), np.ones(len(expected))
    causes, ranked = list[Driver](), list[Driver]()
    for step in range(most_causes):
        found = scan.best(factor, most_ranked)
        ranked = ranked or found
        best = found[0]
        if best.score < threshold or (step and abs(best.share_of_change) < LEAST_SHARE):
            break
        causes.append(best)
        factor = np.where(rows.inside(best.cell), factor * best.rate_ratio, factor)
    return Drivers(
        verdict=_verdict(causes, change, mix, rows, threshold),
        change=change,
        mix=mix,
        rate=change - mix,
        causes=tuple(causes),
        ranked=tuple(ranked),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    names: tuple[str, ...]
    values: tuple[npt.NDArray[Any], ...]
    codes: tuple[IntArray, ...]
    x0: FloatArray
    n0: FloatArray
    x1: FloatArray
    n1: FloatArray

    @classmethod
    def of(
        cls,
        dimensions: Mapping[str, npt.ArrayLike],
        x0: npt.ArrayLike,
        n0: npt.ArrayLike,
        x1: npt.ArrayLike,
        n1: npt.ArrayLike,
    ) -> _Rows:
        e0, m0 = vector(x0, name="baseline_errors"), vector(n0, name="baseline_n")
        e1, m1 = vector(x1, name="current_errors"), vector(n1, name="current_n")
        same_length(baseline_errors=e0, baseline_n=m0, current_errors=e1, current_n=m1)
        if not ((e0 >= 0) & (e0 <= m0) & (e1 >= 0) & (e1 <= m1)).all():
            raise ValueError("errors must lie between 0 and n")
        coded = [np.unique(np.asarray(column), return_inverse=True) for column in dimensions.values()]
        codes = tuple(code.astype(np.int64) for _, code in coded)
        same_length(baseline_errors=e0, **dict(zip(dimensions, codes, strict=True)))
        return cls(tuple(dimensions), tuple(value for value, _ in coded), codes, e0, m0, e1, m1)

    def expected_rate(self) -> FloatArray:
        """Each row's baseline rate under main effects: as many errors in every value as there were, no interaction."""
        rate = np.full(len(self.x0), self.x0.sum() / self.n0.sum())
        for _ in range(SWEEPS):
            for code, value in zip(self.codes, self.values, strict=True):
                seen = _sums(code, self.x0, len(value))
                expected = _sums(code, self.n0 * rate, len(value))
                rate = np.minimum(rate * ((seen + PSEUDO_EVENTS) / (expected + PSEUDO_EVENTS))[code], 1.0)
        return rate

    def inside(self, cell: tuple[tuple[str, Any], ...]) -> BoolArray:
        """Which rows lie in the cell."""
        mask = np.ones(len(self.x0), dtype=bool)
        for name, value in cell:
            d = self.names.index(name)
            mask &= self.values[d][self.codes[d]] == value
        return mask

    def name(self, dims: tuple[int, ...], flat: int) -> tuple[tuple[str, Any], ...]:
        """The (dimension, value) pairs of a cell, from its number within its dimensions."""
        found = []
        for d in reversed(dims):
            flat, code = divmod(flat, len(self.values[d]))
            found.append((self.names[d], self.values[d][code].item()))
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class _Cube:
    """All cells of one choice of dimensions, with the sums that stay the same from one cause to the next."""

    dims: tuple[int, ...]
    flat: IntArray
    o0: FloatArray
    o1: FloatArray
    n0: FloatArray
    n1: FloatArray
    e0: FloatArray


@dataclass(frozen=True, slots=True)
class _Scan:
    rows: _Rows
    expected_now: FloatArray
    cubes: tuple[_Cube, ...]
    price: tuple[float, ...]  # of having looked at many cells, by number of dimensions
    change: float
    dispersion: float

    @classmethod
    def of(cls, rows: _Rows, expected: FloatArray, change: float, dispersion: float, pairs: bool) -> _Scan:
        cubes, looked = list[_Cube](), [0, 0, 0]
        for dims in _choices(len(rows.codes), pairs):
            flat, size = np.zeros(len(rows.x0), dtype=np.int64), 1
            for d in dims:
                flat, size = flat * len(rows.values[d]) + rows.codes[d], size * len(rows.values[d])
            sums = (_sums(flat, w, size) for w in (rows.x0, rows.x1, rows.n0, rows.n1, rows.n0 * expected))
            cubes.append(_Cube(dims, flat, *sums))
            looked[len(dims)] += int(np.count_nonzero(cubes[-1].n0 + cubes[-1].n1))
        price = tuple(float(np.log(max(count, 1))) for count in looked)
        return cls(rows, rows.n1 * expected, tuple(cubes), price, change, dispersion)

    def best(self, factor: FloatArray, most: int) -> list[Driver]:
        """The best cells given what was explained so far, best first."""
        now = self.expected_now * factor
        found = [driver for cube in self.cubes for driver in self._best_of(cube, now, most)]
        # Ties go to the cell with fewer conditions, then to the order of names, never to the order of rows.
        return sorted(found, key=lambda driver: (-driver.score, len(driver.cell), str(driver.cell)))[:most]

    def _best_of(self, cube: _Cube, now: FloatArray, most: int) -> Iterator[Driver]:
        e1 = _sums(cube.flat, now, len(cube.o0))
        llr = _split_llr(cube.o0, cube.o1, cube.e0, e1) / self.dispersion
        # The cell's own baseline corrects what main effects miss; half an event keeps an empty one finite.
        ratio = (cube.o1 + 0.5) * (cube.e0 + 0.5) / ((cube.o0 + 0.5) * (e1 + 0.5))
        excess = cube.o1 - e1 * (cube.o0 + 0.5) / (cube.e0 + 0.5)
        everywhere = float(self.rows.n1.sum()) * self.change
        top = np.argsort(-llr, kind="stable")[:most]
        for k in top[cube.n0[top] + cube.n1[top] > 0].tolist():
            yield Driver(
                cell=self.rows.name(cube.dims, k),
                baseline_errors=float(cube.o0[k]),
                baseline_n=float(cube.n0[k]),
                current_errors=float(cube.o1[k]),
                current_n=float(cube.n1[k]),
                excess=float(excess[k]),
                share_of_change=float(excess[k]) / everywhere if everywhere else float("nan"),
                rate_ratio=float(ratio[k]),
                llr=float(llr[k]),
                score=float(llr[k]) - self.price[len(cube.dims)],
            )


def _choices(dimensions: int, pairs: bool) -> Iterator[tuple[int, ...]]:
    for order in (0, 1, 2) if pairs else (0, 1):
        yield from combinations(range(dimensions), order)


def _sums(code: IntArray, weights: FloatArray, size: int) -> FloatArray:
    return floats(np.bincount(code, weights=weights, minlength=size))


def _split_llr(o0: FloatArray, o1: FloatArray, e0: FloatArray, e1: FloatArray) -> FloatArray:
    """Log likelihood ratio of how the errors split over the two periods, against the split that was expected."""
    from scipy.special import xlogy

    total, q = o0 + o1, divide(e1, e0 + e1)
    ratio = xlogy(o1, divide(o1, total * q, empty=1.0)) + xlogy(o0, divide(o0, total * (1 - q), empty=1.0))
    return np.maximum(np.nan_to_num(floats(ratio)), 0.0)


def _verdict(causes: list[Driver], change: float, mix: float, rows: _Rows, threshold: float) -> Verdict:
    if any(cause.cell for cause in causes):
        return "localised"
    if causes:
        return "everywhere"
    x0, x1, n0, n1 = (floats([part.sum()]) for part in (rows.x0, rows.x1, rows.n0, rows.n1))
    is_change = float(_split_llr(x0, x1, n0, n1)[0]) >= threshold
    return "mix" if is_change and abs(mix) > abs(change) / 2 else "none"
