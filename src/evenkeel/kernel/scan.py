"""Cells of one, two and three dimensions, scored by how far their events in two windows lie from what was expected.

Sums over cells are additive, so explaining a cause away touches its own rows only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, IntArray, divide, floats
from .coded import Cell
from .cubes import Layout
from .expected import PSEUDO_EVENTS

BEAM = 60  # cells of two dimensions that are looked at with every third
SCREENED = 300_000  # rows; of more, a systematic part says which third conditions are worth a look
LOOKED_AT = 12
ENOUGH = 2_000  # rows of a pair for a guess at what to expect of its parts
SAME_WORK = 0.99
THIRDS = 4  # values of a further dimension that hold enough of a pair to be found, on average


@dataclass(slots=True, eq=False)
class Side:
    """One window's rows: codes by dimension, events, and the events to expect.

    `weight` is how much of a row's events counts as independent evidence: 1 where counts are Poisson, less where their
    variance grows faster. All sums that are scored are weighted with it. `n` is how many could have been events, where
    they are counted: then what did not happen is evidence too.
    """

    codes: tuple[npt.NDArray[Any], ...]
    events: FloatArray
    expected: FloatArray
    weight: FloatArray | None = None
    n: FloatArray | None = None

    def rows(self, cell: Cell) -> IntArray:
        """The rows inside a cell, in order."""
        if not cell:
            return np.arange(len(self.events))
        (place, code), *more = cell
        inside = self.codes[place] == code
        for place, code in more:
            inside &= self.codes[place] == code
        return np.flatnonzero(inside)

    def thinned(self, step: int) -> Side:
        """Every so-manieth row."""
        codes = tuple(np.ascontiguousarray(code[::step]) for code in self.codes)
        weight = None if self.weight is None else self.weight[::step]
        return Side(codes, self.events[::step], self.expected[::step], weight)

    def weighted(self, values: FloatArray, rows: IntArray | slice = slice(None)) -> FloatArray:
        """Events or expected of some rows as evidence."""
        return values[rows] if self.weight is None else values[rows] * self.weight[rows]


@dataclass(frozen=True, slots=True)
class Sums:
    """Events and expected events of a cell, before and now, as evidence; of n0 and n1, nan where that was not counted."""

    o0: float
    e0: float
    o1: float
    e1: float
    n0: float = np.nan
    n1: float = np.nan


@dataclass(frozen=True, slots=True)
class Scored:
    """A cell with its sums; `llr` is the log likelihood ratio over the dispersion, `score` that less the price of looking."""

    cell: Cell
    score: float
    llr: float
    sums: Sums
    prior: float

    @property
    def own_level(self) -> float:
        """The cell's baseline against the model's, drawn towards it; half an event keeps an empty one finite."""
        return (self.sums.o0 + self.prior + 0.5) / (self.sums.e0 + self.prior + 0.5)

    @property
    def ratio(self) -> float:
        """By how much the rate rose against its own baseline."""
        return (self.sums.o1 + 0.5) / ((self.sums.e1 + 0.5) * self.own_level)


class Scan:
    """The state of a search: what is expected now, given the causes found so far."""

    def __init__(self, before: Side, now: Side, sizes: Sequence[int], *, dispersion: float = 1.0, deepest: int = 3):
        self.before, self.now, self.sizes, self.dispersion = before, now, tuple(sizes), dispersion
        self.layout = Layout.of(sizes, pairs=deepest > 1)
        self.is_deep = deepest > 2 and len(sizes) > 2
        self.o0, self.e0, self.o1, self.e1 = (np.zeros(self.layout.size) for _ in range(4))
        for side, o, e in ((before, self.o0, self.e0), (now, self.o1, self.e1)):
            some = np.flatnonzero(side.events)
            self.layout.add([code[some] for code in side.codes], side.weighted(side.events, some), o)
            self.layout.add(side.codes, side.weighted(side.expected), e)
        self.n0 = self.n1 = None
        if before.n is not None and now.n is not None:
            self.n0, self.n1 = np.zeros(self.layout.size), np.zeros(self.layout.size)
            self.layout.add(before.codes, before.weighted(before.n), self.n0)
            self.layout.add(now.codes, now.weighted(now.n), self.n1)
        self._first = self.e1.copy()
        self._prepare()

    def start_again(self, expected: FloatArray) -> None:
        """Forget what was explained: `expected` are the current rows' events of the beginning."""
        self.now.expected = expected.copy()
        self.e1 = self._first.copy()

    def _prepare(self) -> None:
        self.kept = np.flatnonzero((self.o0 + self.o1 > 0) & ~self._superfluous())
        self.order = self.layout.orders()[self.kept]
        # How unsure the main effect of each value is, from the events it was fitted to.
        self.unsure = tuple(
            1 / (self.o0[a:b] + PSEUDO_EVENTS) for choice, a, b in self.layout.parts() if len(choice) == 1
        )
        self.interaction = interaction_variance(self.layout, self.o0, self.e0)
        self.prior = self._priors()
        count = [int(np.count_nonzero(self.order == k)) for k in (1, 2)]
        third = count[1] * THIRDS * max(len(self.sizes) - 2, 1)
        self.price = np.log(np.maximum([1, *count, third], 1))
        self.cost = self._costs()

    def best(self, most: int = 1) -> list[Scored]:
        """The best cells given what is explained, best first; ties go to fewer conditions, then to the order of cells."""
        kept = self.kept
        llr = self._llr(self.o0[kept], self.o1[kept], self.e0[kept], self.e1[kept], self.prior)
        if self.n0 is not None and self.n1 is not None:
            llr += self._quiet(*(x[kept] for x in (self.o0, self.o1, self.e0, self.e1, self.n0, self.n1)))
        score = llr - self.cost[kept]
        top = np.argsort(-score, kind="stable")[:most]
        found = [self.look(()), *(self._at(int(k), float(llr[k])) for k in top)]
        pairs = np.flatnonzero(self.order == 2)
        # Where every pair holds the same work as one of the two (teams in their sites), there is nothing to deepen.
        if self.is_deep and len(pairs):
            beam = pairs[np.argsort(-llr[pairs], kind="stable")[:BEAM]]
            found += self._deeper([self.layout.cell(int(kept[k])) for k in beam])
        known = {one.cell: one for one in found}
        return sorted(known.values(), key=lambda one: (-one.score, len(one.cell), one.cell))[: max(most, 1)]

    def look(self, cell: Cell, *, outside: BoolArray | None = None) -> Scored:
        """One cell, from its rows; only from rows of the current window `outside`, and their like before, when given."""
        parts, counts = list[float](), list[float]()
        for side in (self.before, self.now):
            rows = side.rows(cell)
            if outside is not None and side is self.now:
                rows = rows[outside[rows]]
            parts += [float(side.weighted(values, rows).sum()) for values in (side.events, side.expected)]
            if self.n0 is not None and side.n is not None:
                counts.append(float(side.weighted(side.n, rows).sum()))
        return self.scored(cell, Sums(*parts, *counts))

    def scored(self, cell: Cell, sums: Sums) -> Scored:
        """A cell with the sums given."""
        prior = self.prior_of(cell)
        o0, o1, e0, e1 = (floats([x]) for x in (sums.o0, sums.o1, sums.e0, sums.e1))
        llr = float(self._llr(o0, o1, e0, e1, prior)[0])
        if sums.n0 == sums.n0:
            llr += float(self._quiet(o0, o1, e0, e1, floats([sums.n0]), floats([sums.n1]))[0])
        return Scored(cell, llr - self.price_of(cell), llr, sums, prior)

    def multiply(self, cell: Cell, factor: float) -> None:
        """Expect `factor` times as much of the present rows of a cell."""
        if not cell:
            self.now.expected = self.now.expected * factor
            self.e1 *= factor
            return
        rows = self.now.rows(cell)
        more = self.now.weighted(self.now.expected, rows) * (factor - 1)
        self.layout.add([code[rows] for code in self.now.codes], more, self.e1)
        self.now.expected[rows] *= factor

    def price_of(self, cell: Cell) -> float:
        """What having looked at many cells takes off a cell's ratio; nothing for the whole."""
        is_laid_out = cell and tuple(place for place, _ in cell) in self.layout.choices
        return float(self.cost[self.layout.flat(cell)] if is_laid_out else self.price[len(cell)])

    def prior_of(self, cell: Cell) -> float:
        """How many baseline events the model's word for a cell is worth; nothing for one dimension, which is fitted."""
        if len(cell) < 2:
            return 0.0
        return float(1 / (self.interaction + sum(self.unsure[place][code] for place, code in cell)))

    def _llr(self, o0: Any, o1: Any, e0: Any, e1: Any, prior: Any) -> FloatArray:
        return split_llr(o0 + prior, o1, e0 + prior, e1) / self.dispersion

    def _quiet(self, o0: Any, o1: Any, e0: Any, e1: Any, n0: Any, n1: Any) -> FloatArray:
        """The same of what did not happen; with the events' part it makes the binomial ratio."""
        seen = [np.maximum(n - x, 1e-9) for n, x in ((n0, o0), (n1, o1))]
        # A model of rates may expect more events than there are rows; that nothing else can happen is more than it knows.
        hoped = [np.maximum(n - x, np.minimum(0.5, n / 2)) for n, x in ((n0, e0), (n1, e1))]
        quiet = [np.maximum(part, 1e-9) for part in (*seen, *hoped)]
        return split_llr(*quiet) / self.dispersion

    def _superfluous(self) -> BoolArray:
        """Pairs of values that hold the same work as one of the two: a team in its own site."""
        work, known = self.e0 + self.e1, dict[int, FloatArray]()
        found = np.zeros(self.layout.size, dtype=bool)
        for choice, a, b in self.layout.parts():
            if len(choice) == 1:
                known[choice[0]] = work[a:b]
            else:
                least = np.minimum(known[choice[0]][:, None], known[choice[1]][None, :]).ravel()
                found[a:b] = work[a:b] >= SAME_WORK * least
        return found

    def _costs(self) -> FloatArray:
        """Each cell's price: the choice of dimensions first, then the value in it, all alike.

        So a market of nine pays for nine and not for the thousand people beside it. Over the cells of as many conditions
        exp(-price) adds up to 1, as where every cell pays for all.
        """
        found, is_kept = np.zeros(self.layout.size), np.zeros(self.layout.size, dtype=bool)
        is_kept[self.kept] = True
        count = [int(np.count_nonzero(is_kept[a:b])) for _choice, a, b in self.layout.parts()]
        for (choice, a, b), cells in zip(self.layout.parts(), count, strict=True):
            choices = sum(
                bool(many) and len(other) == len(choice)
                for (other, _a, _b), many in zip(self.layout.parts(), count, strict=True)
            )
            found[a:b] = np.log(max(cells, 1)) + np.log(max(choices, 1))
        return found

    def _priors(self) -> FloatArray:
        prior = np.zeros(self.layout.size)
        for choice, a, b in self.layout.parts():
            if len(choice) == 2:
                first, second = (self.unsure[place] for place in choice)
                prior[a:b] = (1 / (self.interaction + first[:, None] + second[None, :])).ravel()
        return prior[self.kept]

    def _at(self, k: int, llr: float) -> Scored:
        flat = int(self.kept[k])
        counts = () if self.n0 is None or self.n1 is None else (float(self.n0[flat]), float(self.n1[flat]))
        sums = Sums(float(self.o0[flat]), float(self.e0[flat]), float(self.o1[flat]), float(self.e1[flat]), *counts)
        return Scored(self.layout.cell(flat), llr - float(self.cost[flat]), llr, sums, float(self.prior[k]))

    def _deeper(self, pairs: list[Cell]) -> Iterator[Scored]:
        """For each pair of values its best cell with one condition more; all pairs in one pass over their rows."""
        step = max(1, -(-(len(self.before.events) + len(self.now.events)) // SCREENED))
        sides = [side if step == 1 else side.thinned(step) for side in (self.before, self.now)]
        tables = [self._tables(side, pairs) for side in sides]
        level = np.array([self.interaction + sum(self.unsure[place][code] for place, code in pair) for pair in pairs])
        best = np.zeros(len(pairs))
        found: list[Cell] = list(pairs)
        for place, size in enumerate(self.sizes):
            (o0, e0), (o1, e1) = ((x[place].reshape(-1, size) for x in table) for table in tables)
            prior = 1 / (level[:, None] + self.unsure[place])
            llr = self._llr(o0 * step, o1 * step, e0 * step, e1 * step, prior)
            top = llr.argmax(axis=1)
            for k, pair in enumerate(pairs):
                if llr[k, top[k]] > best[k] and all(place != other for other, _ in pair):
                    best[k], found[k] = llr[k, top[k]], tuple(sorted([*pair, (place, int(top[k]))]))
        # Expected events come from a part of the rows here: the best are looked at whole.
        for k in np.argsort(-best, kind="stable")[:LOOKED_AT]:
            if best[k] > self.price[3] - self.price[2]:
                yield self.look(found[k])

    def _tables(self, side: Side, pairs: list[Cell]) -> tuple[list[FloatArray], list[FloatArray]]:
        lists = [side.rows(pair) for pair in pairs]
        rows, pair = np.concatenate(lists), np.repeat(np.arange(len(pairs)), [len(one) for one in lists])
        some = np.flatnonzero(side.events[rows])
        hit_rows, hit_pair = rows[some], pair[some]
        events = side.weighted(side.events, hit_rows)
        thin = [-(-len(one) // ENOUGH) or 1 for one in lists]
        lists = [one[::every] for one, every in zip(lists, thin, strict=True)]
        lengths = [len(one) for one in lists]
        rows, pair = np.concatenate(lists), np.repeat(np.arange(len(pairs)), lengths)
        expected = side.weighted(side.expected, rows) * np.repeat(thin, lengths)
        o, e = list[FloatArray](), list[FloatArray]()
        for code, size in zip(side.codes, self.sizes, strict=True):
            o.append(floats(np.bincount(hit_pair * size + code[hit_rows], weights=events, minlength=len(pairs) * size)))
            e.append(floats(np.bincount(pair * size + code[rows], weights=expected, minlength=len(pairs) * size)))
        return o, e


def interaction_variance(layout: Layout, o0: FloatArray, e0: FloatArray) -> float:
    """The variance of what main effects miss in a baseline, as a share of the expected, from its cells of two dimensions.

    Solves sum (O - E)^2 / (E + v E^2) = degrees of freedom (Pearson); a table whose one dimension nests in the other has none.
    """
    seen, hoped, free = [], [], 0
    for choice, a, b in layout.parts():
        if len(choice) < 2:
            continue
        some = (e0[a:b] > 0.5).reshape([layout.sizes[place] for place in choice])
        count = int(some.sum())
        of_table = count - int(some.any(axis=0).sum()) - int(some.any(axis=1).sum()) + 1
        if of_table > 0.2 * count:
            seen.append(o0[a:b][some.ravel()])
            hoped.append(e0[a:b][some.ravel()])
            free += of_table
    if not free:
        return 1.0
    square, e = (np.concatenate(seen) - np.concatenate(hoped)) ** 2, np.concatenate(hoped)
    return solve_variance(square, e, e, free)


def solve_variance(
    square: FloatArray, poisson: FloatArray, level: FloatArray, free: float, *, most: float = 4.0
) -> float:
    """v >= 0 with sum square / (poisson + v level^2) = free; 0 where the counts scatter no more than by chance."""
    if free <= 0 or (square / poisson).sum() <= free:
        return 0.0
    low, high = 0.0, most
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if (square / (poisson + middle * level**2)).sum() > free else (low, middle)
    return high


def split_llr(o0: FloatArray, o1: FloatArray, e0: FloatArray, e1: FloatArray) -> FloatArray:
    """Log likelihood ratio of how events split over the two windows, against the split that was expected."""
    from scipy.special import xlogy

    total, q = o0 + o1, divide(e1, e0 + e1)
    ratio = xlogy(o1, divide(o1, total * q, empty=1.0)) + xlogy(o0, divide(o0, total * (1 - q), empty=1.0))
    return np.maximum(np.nan_to_num(floats(ratio), nan=0.0, posinf=0.0), 0.0)
