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

from .arrays import BoolArray, FloatArray, IntArray, divide, same_length, vector

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
    rows = _Rows.of(dimensions, baseline_errors, baseline_n, current_errors, current_n, pairs)
    if rows.n0.sum() == 0 or rows.n1.sum() == 0:
        return Drivers("no_data", np.nan, np.nan, np.nan, (), ())
    base, now = rows.x0.sum() / rows.n0.sum(), rows.x1.sum() / rows.n1.sum()
    expected = rows.expected_rate()
    mix = float(expected @ rows.n1 / rows.n1.sum() - expected @ rows.n0 / rows.n0.sum())
    change, threshold = float(now - base), -np.log(family_error)
    factor, causes, ranked = np.ones(len(expected)), list[Driver](), list[Driver]()
    for step in range(most_causes):
        found = rows.scan(expected, factor, change, dispersion)
        ranked = ranked or found[:most_ranked]
        best = found[0]
        if best.score < threshold or (step and abs(best.share_of_change) < LEAST_SHARE):
            break
        causes.append(best)
        factor = np.where(rows.inside(best.cell), factor * best.rate_ratio, factor)
    return Drivers(
        _verdict(causes, change, mix, rows, threshold), change, mix, change - mix, tuple(causes), tuple(ranked)
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
    pairs: bool

    @classmethod
    def of(
        cls,
        dimensions: Mapping[str, npt.ArrayLike],
        x0: npt.ArrayLike,
        n0: npt.ArrayLike,
        x1: npt.ArrayLike,
        n1: npt.ArrayLike,
        pairs: bool,
    ) -> _Rows:
        e0, m0 = vector(x0, name="baseline_errors"), vector(n0, name="baseline_n")
        e1, m1 = vector(x1, name="current_errors"), vector(n1, name="current_n")
        same_length(baseline_errors=e0, baseline_n=m0, current_errors=e1, current_n=m1)
        if not ((e0 >= 0) & (e0 <= m0) & (e1 >= 0) & (e1 <= m1)).all():
            raise ValueError("errors must lie between 0 and n")
        coded = [np.unique(np.asarray(column), return_inverse=True) for column in dimensions.values()]
        codes = tuple(code.astype(np.int64) for _, code in coded)
        same_length(baseline_errors=e0, **dict(zip(dimensions, codes, strict=True)))
        return cls(tuple(dimensions), tuple(value for value, _ in coded), codes, e0, m0, e1, m1, pairs)

    def expected_rate(self) -> FloatArray:
        """Each row's baseline rate under main effects: as many errors in every value as there were, no interaction."""
        rate = np.full(len(self.x0), self.x0.sum() / self.n0.sum())
        for _ in range(SWEEPS):
            for code, value in zip(self.codes, self.values, strict=True):
                seen = np.bincount(code, weights=self.x0, minlength=len(value))
                expected = np.bincount(code, weights=self.n0 * rate, minlength=len(value))
                rate = np.minimum(rate * ((seen + PSEUDO_EVENTS) / (expected + PSEUDO_EVENTS))[code], 1.0)
        return rate

    def scan(self, expected: FloatArray, factor: FloatArray, change: float, dispersion: float) -> list[Driver]:
        """Every cell as a driver, best score first."""
        e0, e1 = self.n0 * expected, self.n1 * expected * factor
        found = []
        for dims, flat, size in self._cubes():
            o0, o1, c0, c1, m0, m1 = (
                np.bincount(flat, weights=w, minlength=size) for w in (self.x0, self.x1, e0, e1, self.n0, self.n1)
            )
            llr = _split_llr(o0, o1, c0, c1) / dispersion
            # The baseline of the cell itself, where it has one, corrects what main effects miss.
            ratio = divide((o1 + 0.5) * (c0 + 0.5), (o0 + 0.5) * (c1 + 0.5), empty=1.0)
            excess = o1 - c1 * divide(o0 + 0.5, c0 + 0.5)
            found += [
                (float(llr[k]), dims, int(k), o0[k], m0[k], o1[k], m1[k], excess[k], ratio[k])
                for k in np.flatnonzero(m0 + m1)
            ]
        cells = np.array([len(dims) for _, dims, *_ in found])
        price = {order: float(np.log(max((cells == order).sum(), 1))) for order in (0, 1, 2)}
        total = float(self.n1.sum())
        drivers = [
            Driver(
                cell=self._name(dims, k),
                baseline_errors=float(o0),
                baseline_n=float(m0),
                current_errors=float(o1),
                current_n=float(m1),
                excess=float(excess),
                share_of_change=float(excess) / total / change if change else float("nan"),
                rate_ratio=float(ratio),
                llr=llr,
                score=llr - price[len(dims)],
            )
            for llr, dims, k, o0, m0, o1, m1, excess, ratio in found
        ]
        # Ties go to the cell with fewer conditions, then to the order of names, never to the order of rows.
        return sorted(drivers, key=lambda driver: (-driver.score, len(driver.cell), str(driver.cell)))

    def inside(self, cell: tuple[tuple[str, Any], ...]) -> BoolArray:
        """Which rows lie in the cell."""
        mask = np.ones(len(self.x0), dtype=bool)
        for name, value in cell:
            d = self.names.index(name)
            mask &= self.values[d][self.codes[d]] == value
        return mask

    def _cubes(self) -> Iterator[tuple[tuple[int, ...], IntArray, int]]:
        yield (), np.zeros(len(self.x0), dtype=np.int64), 1
        for d, code in enumerate(self.codes):
            yield (d,), code, len(self.values[d])
        if self.pairs:
            for a, b in combinations(range(len(self.codes)), 2):
                width = len(self.values[b])
                yield (a, b), self.codes[a] * width + self.codes[b], len(self.values[a]) * width

    def _name(self, dims: tuple[int, ...], flat: int) -> tuple[tuple[str, Any], ...]:
        if len(dims) < 2:
            return tuple((self.names[d], self.values[d][flat].item()) for d in dims)
        a, b = dims
        first, second = divmod(flat, len(self.values[b]))
        return (self.names[a], self.values[a][first].item()), (self.names[b], self.values[b][second].item())


def _split_llr(o0: FloatArray, o1: FloatArray, e0: FloatArray, e1: FloatArray) -> FloatArray:
    """Log likelihood ratio of how the errors split over the two periods, against the split that was expected."""
    from scipy.special import xlogy

    total, q = o0 + o1, divide(e1, e0 + e1)
    ratio = xlogy(o1, divide(o1, total * q, empty=1.0)) + xlogy(o0, divide(o0, total * (1 - q), empty=1.0))
    return np.maximum(np.nan_to_num(ratio), 0.0)


def _verdict(causes: list[Driver], change: float, mix: float, rows: _Rows, threshold: float) -> Verdict:
    if any(cause.cell for cause in causes):
        return "localised"
    if causes:
        return "everywhere"
    x0, x1, n0, n1 = (np.array([part.sum()]) for part in (rows.x0, rows.x1, rows.n0, rows.n1))
    is_change = float(_split_llr(x0, x1, n0, n1)[0]) >= threshold
    return "mix" if is_change and abs(mix) > abs(change) / 2 else "none"
