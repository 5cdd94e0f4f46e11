"""The search of `explain_rate` on cubes alone: cells of one and two dimensions of any two windows, at any number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, nan

import numpy as np

from .arrays import FloatArray, divide
from .coded import Cell, Where
from .daily_cubes import Cube
from .estimate import Estimate
from .explaining import Cause, Explanation, Verdict
from .quantiles import normal_quantile, two_sided
from .scan import SAME_WORK, Scan, Scored, Side, Sums
from .synonyms import SAME, level_ranks

LEAST_SHARE = 0.1


def explain_cubes(
    baseline: Cube,
    current: Cube,
    *,
    hierarchies: Sequence[Sequence[str]] = (),
    family_error: float = 0.05,
    dispersion: float = 1.0,
    most_causes: int = 8,
    level: float = 0.95,
) -> Explanation:
    """Says why a rate changed between two windows from their cubes alone: causes of up to two conditions, no rows.

    Score, price and order of the search are those of `explain_rate`. What a cause explains is exact in every cell that shares
    a dimension with it, and elsewhere follows from its pairs by conditional independence. mix is the change of the frozen
    model's mean rate, scaled to the baseline, rate what is left of the change; the threshold is the cautious one.

    >>> from evenkeel.kernel import count_cube, fit_rate_model
    >>> model = fit_rate_model({"site": ["A", "B", "C"]}, [50, 50, 50], n=[1000] * 3)
    >>> then, now = (count_cube(model, {"site": ["A", "B", "C"]}, x, n=[1000] * 3) for x in ([50] * 3, [50, 150, 52]))
    >>> [cause.where for cause in explain_cubes(then, now).causes]
    [(('site', 'B'),)]

    Reference: Kulldorff (1997) Communications in Statistics 26 (scan statistic).
    """
    if not baseline.total[2] or not current.total[2]:
        return Explanation("no data", nan, nan, nan, nan, {}, (), None, (), nan, 0.0, dispersion)
    scan = _CubeScan(baseline, current, dispersion)
    (x0, f0, n0), (x1, f1, n1) = baseline.total.tolist(), current.total.tolist()
    change = x1 / n1 - x0 / n0
    mix = (f1 / n1 - f0 / n0) * (x0 / f0 if f0 else 1.0)
    threshold = -log(-log(1 - family_error))
    causes, everywhere = list[Cause](), list[Cause]()
    ranks = level_ranks(baseline.model.names, scan.sizes, hierarchies)
    while len(causes) < most_causes:
        best = scan.best()[0]
        cell, also = scan.named(best.cell, ranks)
        best = best if cell == best.cell else scan.look(cell)
        if best.score < threshold or (not cell and everywhere):
            break
        cause = scan.cause(best, also, change, level)
        if causes and abs(cause.share.value) < LEAST_SHARE:
            break
        (causes if cell else everywhere).append(cause)
        scan.multiply(cell, best.ratio)
    verdict = _verdict(causes, everywhere, change, mix, x0 + x1, n0, n1, dispersion)
    by_dimension = {name: scan.mix_of(place) for place, name in enumerate(baseline.model.names)}
    return Explanation(
        verdict, change, mix, change - mix, 0.0, by_dimension, tuple(causes), everywhere[0] if everywhere else None, (),
        threshold, 0.0, dispersion,
    )  # fmt: skip


class _CubeScan(Scan):
    """A scan whose sums are there from the start."""

    def __init__(self, baseline: Cube, current: Cube, dispersion: float):
        nothing = Side((), np.zeros(0), np.zeros(0))
        self.before = self.now = nothing
        self.baseline, self.current = baseline, current
        self.sizes, self.dispersion = tuple(len(values) for values in baseline.model.values), dispersion
        self.layout, self.is_deep = baseline.model.layout, False
        self.o0, self.e0 = baseline.events, baseline.expected
        self.o1, self.e1 = current.events, current.expected.copy()
        self.n0 = self.n1 = None
        self.whole = np.array([baseline.total[0], baseline.total[1], current.total[0], current.total[1]])
        self._first = self.e1.copy()
        self._prepare()

    def look(self, cell: Cell, *, outside: object = None) -> Scored:
        """One cell, from the sums."""
        if not cell:
            return self.scored(cell, Sums(*self.whole.tolist()))
        k = self.layout.flat(cell)
        return self.scored(cell, Sums(float(self.o0[k]), float(self.e0[k]), float(self.o1[k]), float(self.e1[k])))

    def multiply(self, cell: Cell, factor: float) -> None:
        """Expect `factor` times as much in a cell now, and what follows from it in all others."""
        if not cell:
            self.e1 = self.e1 * factor
            self.whole[3] *= factor
            return
        inside = self._inside(cell)
        total = float(self.e1[self.layout.flat(cell)])
        more = (factor - 1) * total
        for choice, a, b in self.layout.parts():
            part = inside[choice[0]]
            if len(choice) == 2:
                part = np.outer(part, inside[choice[1]]).ravel()
            # Independent within the cause; exact where one of the two is a condition of it.
            self.e1[a:b] += more * part
        self.whole[3] += more

    def _inside(self, cell: Cell) -> list[FloatArray]:
        """For each dimension how the expected events of a cell spread over its values."""
        found = []
        conditions = dict(cell)
        for place, size in enumerate(self.sizes):
            if place in conditions:
                spread = np.zeros(size)
                spread[conditions[place]] = 1.0
            else:
                spread = np.ones(size)
                for condition in cell:
                    spread = spread * self._with(place, condition)
                if len(cell) == 2:
                    spread = divide(spread, self._margin(place), empty=0.0)
                spread = divide(spread, np.full(size, spread.sum()), empty=0.0)
            found.append(spread)
        return found

    def _with(self, place: int, condition: tuple[int, int]) -> FloatArray:
        other, code = condition
        a, b = self._span((min(place, other), max(place, other)))
        table = self.e1[a:b].reshape(self.sizes[min(place, other)], self.sizes[max(place, other)])
        return table[:, code] if place < other else table[code]

    def _margin(self, place: int) -> FloatArray:
        a, b = self._span((place,))
        return self.e1[a:b]

    def _span(self, choice: tuple[int, ...]) -> tuple[int, int]:
        k = self.layout.choices.index(choice)
        return int(self.layout.starts[k]), int(self.layout.starts[k + 1])

    def mix_of(self, place: int) -> float:
        """One dimension's mix alone, over observed rates."""
        a, b = self._span((place,))
        (x0, n0), (x1, n1) = ((cube.events[a:b], cube.n[a:b]) for cube in (self.baseline, self.current))
        r0, r1 = divide(x0, n0), divide(x1, n1)
        r0, r1 = np.where(n0 > 0, r0, r1), np.where(n1 > 0, r1, r0)
        return float(np.nan_to_num((r0 + r1) / 2) @ (n1 / n1.sum() - n0 / n0.sum()))

    def named(self, cell: Cell, ranks: Sequence[float]) -> tuple[Cell, tuple[Cell, ...]]:
        """The simplest name of a cell: one condition where the other adds nothing, the coarsest of the same rows."""
        n = self.current.n
        if len(cell) == 2:
            size = n[self.layout.flat(cell)]
            for part in sorted(cell, key=lambda part: ranks[part[0]]):
                if size >= SAME_WORK * n[self.layout.flat((part,))]:
                    return self.named((part,), ranks)
        if len(cell) != 1:
            return cell, ()
        (place, code), found = cell[0], [cell]
        own = float(n[self.layout.flat(cell)])
        for other in (other for other in range(len(self.sizes)) if other != place):
            a, b = self._span((min(place, other), max(place, other)))
            table = n[a:b].reshape(self.sizes[min(place, other)], self.sizes[max(place, other)])
            both = table[:, code] if other < place else table[code]
            c, d = self._span((other,))
            same = divide(both, own + n[c:d] - both, empty=0.0)
            if same.max() >= SAME:
                found.append(((other, int(same.argmax())),))
        found.sort(key=lambda one: (ranks[one[0][0]], one))
        return found[0], tuple(found[1:])

    def cause(self, best: Scored, also: Sequence[Cell], change: float, level: float) -> Cause:
        """A cell in the words of the caller, with intervals."""
        k = self.layout.flat(best.cell) if best.cell else None
        n0, n1 = (float(cube.total[2] if k is None else cube.n[k]) for cube in (self.baseline, self.current))
        z, sums = normal_quantile(two_sided(level)), best.sums
        error = float(np.sqrt(self.dispersion * (1 / (sums.o1 + 0.5) + 1 / (sums.o0 + best.prior + 0.5))))
        expected, whole = sums.e1 * best.own_level, change * float(self.current.total[2])
        ends = [best.ratio * float(np.exp(sign * z * error)) for sign in (-1, 1)]
        shares = sorted(expected * (end - 1) / whole if whole else nan for end in ends)

        def estimate(value: float, low: float, high: float) -> Estimate:
            return Estimate(value, low, high, int(n1), sums.o0 + sums.o1, "likelihood ratio", level)

        excess = sums.o1 - expected
        return Cause(
            where=self._where(best.cell), baseline_events=sums.o0, baseline_n=n0, current_events=sums.o1, current_n=n1,
            expected=expected, rate_ratio=estimate(best.ratio, *ends), excess=excess,
            share=estimate(excess / whole if whole else nan, *shares), llr=best.llr, score=best.score,
            also_known_as=tuple(self._where(cell) for cell in also),
        )  # fmt: skip

    def _where(self, cell: Cell) -> Where:
        model = self.baseline.model
        return tuple((model.names[place], model.values[place][code]) for place, code in cell)


def _verdict(
    causes: Sequence[Cause],
    everywhere: Sequence[Cause],
    change: float,
    mix: float,
    x: float,
    n0: float,
    n1: float,
    phi: float,
) -> Verdict:
    if causes:
        return "localised"
    if everywhere:
        return "global shift"
    pooled = x / (n0 + n1)
    error = (phi * pooled * (1 - pooled) * (1 / n0 + 1 / n1)) ** 0.5
    is_change = abs(change) > normal_quantile(0.995) * error
    return "mix shift" if is_change and abs(mix) > abs(change) / 2 else "no change"
