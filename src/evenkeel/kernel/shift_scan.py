"""Why a table of values differs from its forecast: cells of any order whose leaves moved together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log, nan
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, IntArray, divide, floats, same_length, vector
from .coded import Cell, Coded, Dimension, Where, renumbered
from .estimate import Estimate
from .quantiles import normal_quantile, two_sided

PURE = 0.6  # of a cause's leaves: moved with it
PRICE_OF_A_CAUSE = 6.0
PRICE_OF_A_LEAF = (
    4.0  # deviations are bounded by 1: single leaves reach far less often than normal tails would let them
)
LOOKED_AT = 30
FEW = 5  # leaves
TAIL_AT = 20
SMALLEST_NOISE = 1e-3  # forecasts are not better than a thousandth, rounding of the values included
WHOLE_ORDERS = 6  # dimensions up to which cells of every order are looked at; above, up to three


@dataclass(frozen=True, slots=True, eq=False)
class Shift:
    """A part of a table that moved away from its forecast.

    `deviation` is the mean of the leaves' deviations (real - predict) / max(real, predict), `purity` the share of
    leaves that moved with it; `excess` is real - predict inside, `share` that of the whole's. `rows` are the leaves' numbers.
    """

    where: Where
    real: float
    predict: float
    deviation: float
    purity: float
    excess: float
    share: Estimate
    score: float
    leaves: int
    also_known_as: tuple[Where, ...]
    rows: IntArray

    @property
    def rate_ratio(self) -> float:
        """Real over predicted; nan without a prediction."""
        return self.real / self.predict if self.predict else nan


@dataclass(frozen=True, slots=True, eq=False)
class Shifts:
    """What the scan says; `change` is real - predict of the whole table, `noise` the usual deviation of a leaf."""

    verdict: Literal["no data", "no change", "global shift", "localised"]
    change: float
    causes: tuple[Shift, ...]
    noise: float


def explain_shift(
    dimensions: Mapping[str, npt.ArrayLike | Dimension],
    real: npt.ArrayLike,
    predict: npt.ArrayLike,
    *,
    most_causes: int = 20,
    level: float = 0.95,
) -> Shifts:
    """Finds the cells of any order in which an additive measure left its forecast, one row a leaf.

    Deviations are d = (real - predict) / max(real, predict), leaves without either left out; sigma is the robust standard
    deviation of d (1.4826 MAD). A cell of N leaves with mean m gains N m^2 / (2 sigma^2), priced at ln(cells of its order) + 6,
    single leaves + 4. The best cell is a cause if at least 60 % of its leaves moved its way, by 3 sigma or half of m; its
    leaves are then explained and the search goes on.
    Of cells with the same leaves the one with the fewest conditions counts. Assumes that most leaves are as forecast; a table
    where all moved alike is a global shift.

    >>> a, b = [1, 1, 2, 2, 3, 3] * 6, [1, 2] * 18
    >>> predict = [100.0 + k for k in range(36)]
    >>> real = [p * (0.5 if x == 2 else 1.01 if k % 4 else 0.99) for k, (p, x) in enumerate(zip(predict, a))]
    >>> [cause.where for cause in explain_shift({"a": a, "b": b}, real, predict).causes]
    [(('a', 2),)]

    Reference: Li et al. (2019) ISSRE (Squeeze: leaves of a cause move together); Kalander (2022) RiskLoc, arXiv 2205.10004
    (deviations relative to both values); the gain is the Gaussian log likelihood ratio.
    """
    v, f = vector(real, name="real"), vector(predict, name="predict")
    same_length(real=v, predict=f)
    coded = Coded.of(dimensions, rows=len(v))
    active = np.flatnonzero((v != 0) | (f != 0))
    change = float(v.sum() - f.sum())
    if not active.size or not coded.names:
        return Shifts("no data", nan if not len(v) else change, (), nan)
    table = coded.take(active)
    deviation = _deviations(v[active], f[active])
    middle = float(np.median(deviation))
    noise = max(1.4826 * float(np.median(np.abs(deviation - middle))), SMALLEST_NOISE)
    error = noise * 1.2533 / np.sqrt(len(deviation))  # of a median
    is_global = abs(middle) > max(0.5 * noise, 6 * error) and _all_alike(table, deviation, middle, noise)
    found = _Search(table, deviation - middle if is_global else deviation, noise).causes(most_causes)
    whole = float(change)
    z = normal_quantile(two_sided(level))
    causes = tuple(_shift(coded, active, one, v, f, whole, noise, z, level) for one in found)
    verdict: Literal["no change", "global shift", "localised"]
    verdict = "localised" if causes else "global shift" if is_global else "no change"
    return Shifts(verdict, change, causes, noise)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    cells: tuple[Cell, ...]  # the same leaves under other names
    leaves: IntArray
    mean: float
    purity: float
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class _Cuboid:
    """All cells of one choice of dimensions."""

    choice: tuple[int, ...]
    key: IntArray
    count: FloatArray
    price: float


class _Search:
    def __init__(self, table: Coded, deviation: FloatArray, noise: float):
        self.table, self.left, self.deviation, self.noise = table, deviation.copy(), deviation, noise
        self.cuboids = list(_cuboids(table))
        self.starts = np.cumsum([0, *(len(one.count) for one in self.cuboids)])
        self.count = np.concatenate([one.count for one in self.cuboids])
        self.price = np.concatenate([np.full(len(one.count), one.price) for one in self.cuboids])
        self.sum = np.concatenate([np.bincount(one.key, self.left, len(one.count)) for one in self.cuboids])

    def causes(self, most: int) -> list[_Found]:
        found = list[_Found]()
        barred = np.zeros(len(self.sum), dtype=bool)
        while len(found) < most:
            best = self._best(barred)
            if best is None:
                break
            found.append(best)
            self._explain(best.leaves)
        return found

    def _best(self, barred: BoolArray) -> _Found | None:
        # Where single leaves scatter more widely than the middle says, a few of them say less.
        noise = np.where(self.count < FEW, self.noise * self._tail(), self.noise)
        gain = divide(self.sum**2, self.count, empty=0.0) / (2 * noise**2)
        score = np.where(barred, -np.inf, gain - self.price)
        good = np.flatnonzero(score > 0)
        if not good.size:
            return None
        top = good[np.argsort(-score[good], kind="stable")]
        for flat in top[:LOOKED_AT].tolist():
            leaves, cell = self._leaves(flat)
            values = self.left[leaves]
            mean = float(values.mean())
            moved = values * np.sign(mean) >= min(3 * self.noise, abs(mean) / 2)
            purity = float(moved.mean())
            if purity >= PURE:
                return self._named(flat, cell, leaves, mean, purity, float(score[flat]))
            barred[flat] = True
        return self._best(barred) if len(top) > LOOKED_AT else None

    def _tail(self) -> float:
        """The 20th largest deviation left over against that of a normal distribution, at least 1."""
        rest = np.abs(self.left)
        if len(rest) <= 10 * TAIL_AT:
            return 1.0
        seen = float(np.partition(rest, len(rest) - TAIL_AT)[len(rest) - TAIL_AT])
        return max(1.0, seen / (self.noise * normal_quantile(1 - TAIL_AT / 2 / len(rest))))

    def _leaves(self, flat: int) -> tuple[IntArray, Cell]:
        k = int(np.searchsorted(self.starts, flat, side="right")) - 1
        one = self.cuboids[k]
        leaves = np.flatnonzero(one.key == flat - self.starts[k])
        return leaves, tuple((place, int(self.table.codes[place][leaves[0]])) for place in one.choice)

    def _named(self, flat: int, cell: Cell, leaves: IntArray, mean: float, purity: float, score: float) -> _Found:
        """The simplest of the cells that hold exactly these leaves."""
        held = [(place, codes[leaves]) for place, codes in enumerate(self.table.codes)]
        implied = [(place, int(codes[0])) for place, codes in held if (codes == codes[0]).all()]
        names = list[Cell]()
        for order in range(1, len(cell) + 1):
            for chosen in combinations(implied, order):
                if not any(set(name) < set(chosen) for name in names) and self._holds(chosen, len(leaves)):
                    names.append(chosen)
        return _Found(tuple(names) or (cell,), leaves, mean, purity, score)

    def _holds(self, cell: Cell, count: int) -> bool:
        return int(np.count_nonzero(self.table.inside(cell))) == count

    def _explain(self, leaves: IntArray) -> None:
        gone = self.left[leaves]
        for k, one in enumerate(self.cuboids):
            start, end = self.starts[k], self.starts[k + 1]
            self.sum[start:end] -= np.bincount(one.key[leaves], gone, int(end - start))
        self.left[leaves] = 0.0


def _cuboids(table: Coded) -> Iterator[_Cuboid]:
    places = range(len(table.codes))
    deepest = len(places) if len(places) <= WHOLE_ORDERS else 3
    groups: dict[int, list[tuple[tuple[int, ...], IntArray, FloatArray]]] = {}
    known: dict[tuple[int, ...], tuple[IntArray, int]] = {(): (np.zeros(table.rows, dtype=np.int64), 1)}
    for order in range(1, deepest + 1):
        for choice in combinations(places, order):
            before, size = known[choice[:-1]]
            last = choice[-1]
            key, size = before * table.sizes[last] + table.codes[last], size * table.sizes[last]
            if size > 4 * table.rows + 1024:
                key, size = renumbered(key, None)
            known[choice] = key, size
            groups.setdefault(order, []).append((choice, key, floats(np.bincount(key, minlength=size))))
    for order, group in groups.items():
        cells = sum(int(np.count_nonzero(count)) for _, _, count in group)
        for choice, key, count in group:
            of_one = PRICE_OF_A_LEAF if order == len(places) else PRICE_OF_A_CAUSE
            yield _Cuboid(choice, key, count, log(max(cells, 1)) + of_one)


def _deviations(v: FloatArray, f: FloatArray) -> FloatArray:
    """(real - predict) / the larger of the two: noise that is Gaussian relative to either has no heavy tail here."""
    return (v - f) / np.maximum(np.maximum(np.abs(v), np.abs(f)), np.abs(v - f) / 2)


def _all_alike(table: Coded, deviation: FloatArray, middle: float, noise: float) -> bool:
    """Whether the leaves moved by much the same everywhere, so that no value of a dimension stands for the middle."""
    for codes, size in zip(table.codes, table.sizes, strict=True):
        counts = np.bincount(codes, minlength=size)
        means = divide(np.bincount(codes, deviation, size), counts)
        some = counts >= 5
        if some.any() and (np.sign(middle) * means[some] <= abs(middle) / 2).any():
            return False
    return True


def _shift(
    coded: Coded,
    active: IntArray,
    found: _Found,
    v: FloatArray,
    f: FloatArray,
    whole: float,
    noise: float,
    z: float,
    level: float,
) -> Shift:
    rows = active[found.leaves]
    real, predict = float(v[rows].sum()), float(f[rows].sum())
    # A leaf's forecast is off by noise times its value; causes are sums of leaves.
    error = z * noise * float(np.sqrt((f[rows] ** 2).sum()))
    value, half = (divide([real - predict, error], [whole, abs(whole)])).tolist()
    share = Estimate(value, value - half, value + half, len(rows), float(len(rows)), "forecast noise", level)
    first, *others = found.cells
    return Shift(
        where=coded.where(first), real=real, predict=predict, deviation=found.mean, purity=found.purity,
        excess=real - predict, share=share, score=found.score, leaves=len(rows),
        also_known_as=tuple(coded.where(cell) for cell in others), rows=rows,
    )  # fmt: skip
