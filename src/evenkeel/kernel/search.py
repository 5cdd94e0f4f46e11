"""The search behind `explain_rate`: leaves, expected events, the scan, explaining away, and the words of the answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import BoolArray, FloatArray, IntArray, divide
from .chosen import least_after_choice
from .coded import Cell, Coded, Where
from .estimate import Estimate
from .expected import fit_factors, rates, sums
from .explaining import EXEMPLARS, Cause, Explanation, Verdict
from .noise import evidence, noise_between, noise_of_repeats
from .parts import Parts, parts_of_change
from .quantiles import normal_quantile, two_sided
from .scan import Scan, Scored, Side
from .synonyms import level_ranks, synonyms
from .threshold import Threshold

FEW = 5_000
LEAST_SHARE = 0.1  # of the change: what explains less is not worth an investigation of its own
LEAST_AGAINST = 3.0  # times as much of what moved against the first cause
PRICE_OF_A_CAUSE = 3.0  # when two ways to tell the same change are compared
_LOOKED_FOR = 40  # of the best cells, for one that moved as the whole did
OWN_EVIDENCE = 0.5  # of a later cause's LLR: must stand on rows that no earlier cause claims


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """What was asked, checked and coded. `is_counted`: rows are cells with counts, not single decisions."""

    coded: Coded
    events: FloatArray
    n: FloatArray
    is_current: BoolArray
    is_counted: bool
    period: IntArray | None
    hierarchies: tuple[tuple[str, ...], ...]
    family_error: float
    deepest: int
    most_causes: int
    most_ranked: int
    most_unproven: int
    level: float
    seed: int
    is_measured: bool = False
    alarm_chance: float | None = None
    alarm_share: float = 1.0
    known: tuple[tuple[Where, float], ...] = ()
    least_share: float = LEAST_SHARE


def answer(asked: Question) -> Explanation:
    """The whole search."""
    if not asked.n[asked.is_current].sum() or not asked.n[~asked.is_current].sum():
        return Explanation("no data", np.nan, np.nan, np.nan, np.nan, {}, (), None, (), (), np.nan, 0.0, 1.0)
    world = World.of(asked)
    scan = world.scan(asked.deepest)
    threshold = Threshold(scan, family_error=asked.family_error, seed=asked.seed)
    if asked.alarm_chance is None:
        paths = [_path(world, asked, scan, threshold, may_be_all=True)]
        if paths[0].steps and not paths[0].steps[0].scored.cell:
            # Two large parts may look like the whole at first: what they explain without it decides.
            scan.start_again(world.e1)
            paths.append(_path(world, asked, scan, threshold, may_be_all=False))
    else:
        paths = _after_alarm(world, asked, scan, asked.alarm_chance)
    best = max(paths, key=lambda path: path.worth)
    causes = [world.cause(asked, step) for step in best.steps if step.scored.cell]
    everywhere = [world.cause(asked, step) for step in best.steps if not step.scored.cell]
    ranked = world.ranked(asked) if asked.most_ranked else ()
    return Explanation(
        verdict=_verdict(world, bool(causes), bool(everywhere), threshold.value),
        change=world.parts.change, mix=world.parts.mix, rate=world.parts.rate, remainder=world.parts.remainder,
        mix_by_dimension=world.parts.mix_by_dimension, causes=tuple(causes),
        everywhere=everywhere[0] if everywhere else None, unproven=_unproven(world, asked, scan, best), ranked=ranked,
        threshold=threshold.value, noise=world.noise, dispersion=world.dispersion,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A cause at the moment it was taken: its score, and the events expected until then in its rows."""

    scored: Scored
    also: tuple[Cell, ...]
    expected: float


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Causes one after the other, and their scores together."""

    steps: tuple[Step, ...]
    worth: float


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Both windows as the scan sees them, coded rows or leaves, with what to expect in each."""

    before: Coded
    now: Coded
    o0: FloatArray
    n0: FloatArray
    e0: FloatArray
    w0: FloatArray | None
    o1: FloatArray
    n1: FloatArray
    e1: FloatArray
    w1: FloatArray | None
    parts: Parts
    noise: float
    dispersion: float
    ranks: list[float]
    is_share: bool

    @classmethod
    def of(cls, asked: Question) -> World:
        """Cells that come several times become one leaf; decisions stay as they are."""
        before, now = asked.coded.take(~asked.is_current), asked.coded.take(asked.is_current)
        o0, n0 = asked.events[~asked.is_current], asked.n[~asked.is_current]
        o1, n1 = asked.events[asked.is_current], asked.n[asked.is_current]
        noise, repeats = 0.0, np.ones(len(o0))
        if asked.is_counted:
            leaf, leaves = asked.coded.leaf()
            first = np.zeros(leaves, dtype=np.int64)
            first[leaf[::-1]] = np.arange(len(leaf))[::-1]
            before = now = asked.coded.take(first)
            leaf0, leaf1 = leaf[~asked.is_current], leaf[asked.is_current]
            repeats = sums(leaf0, None, leaves)
            noise = noise_of_repeats(leaf0, leaves, o0, n0) if (repeats > 1).any() else 0.0
            o0, n0, o1, n1 = (
                sums(leaf0, o0, leaves),
                sums(leaf0, n0, leaves),
                sums(leaf1, o1, leaves),
                sums(leaf1, n1, leaves),
            )
            if not (repeats > 1).any():
                noise = noise_between(o0, n0, o1, n1)
        sizes = asked.coded.sizes
        pooled, factors = fit_factors(before.codes, sizes, o0, n0)
        r0 = rates(before.codes, pooled, factors, len(o0))
        r1 = rates(now.codes, pooled, factors, len(o1))
        e0, e1 = n0 * r0, n1 * r1
        for where, factor in asked.known:
            e1[now.among(where)] *= factor
        parts = parts_of_change(before, now, o0, n0, o1, n1, r0, r1)
        dispersion = _dispersion(asked, before, o0, e0)
        return cls(
            before, now, o0, n0, e0, evidence(e0, noise, repeats=repeats), o1, n1, e1, evidence(e1, noise), parts, noise,
            dispersion, level_ranks(asked.coded.names, sizes, asked.hierarchies), not asked.is_measured,
        )  # fmt: skip

    def scan(self, deepest: int) -> Scan:
        """A fresh search."""
        # Of few, a part may go wrong as a whole: then what went right before is most of the evidence. Of many it adds nothing.
        is_few = self.is_share and float(self.n0.sum() + self.n1.sum()) <= FEW
        n0, n1 = (self.n0, self.n1) if is_few else (None, None)
        before = Side(self.before.codes, self.o0, self.e0, self.w0, n0)
        now = Side(self.now.codes, self.o1, self.e1.copy(), self.w1, n1)
        return Scan(before, now, self.before.sizes, dispersion=self.dispersion, deepest=deepest)

    def cause(self, asked: Question, step: Step) -> Cause:
        """A step in the words of the caller, with intervals."""
        cell, scored = step.scored.cell, step.scored
        in0, in1 = self.before.inside(cell), self.now.inside(cell)
        sums_ = scored.sums
        ratio, expected = scored.ratio, step.expected * scored.own_level
        ends = _ends(self, asked, scored)
        whole = float(self.n1.sum()) * self.parts.change
        count, effective = int(self.n1[in1].sum()), sums_.o1 + sums_.o0
        o1 = float(self.o1[in1].sum())

        def estimate(value: float, low: float, high: float) -> Estimate:
            return Estimate(
                value, min(low, high), max(low, high), count, float(effective), "likelihood ratio", asked.level
            )

        shares = [expected * (end - 1) / whole if whole else np.nan for end in ends]
        return Cause(
            where=self.now.where(cell), baseline_events=float(self.o0[in0].sum()), baseline_n=float(self.n0[in0].sum()),
            current_events=o1, current_n=float(self.n1[in1].sum()), expected=expected,
            rate_ratio=estimate(ratio, *ends), excess=o1 - expected,
            share=estimate((o1 - expected) / whole if whole else np.nan, shares[0], shares[1]),
            llr=scored.llr, score=scored.score, also_known_as=tuple(self.now.where(other) for other in step.also),
            rows=_exemplars(asked, cell),
        )  # fmt: skip

    def ranked(self, asked: Question) -> tuple[Cause, ...]:
        """The first look at all cells."""
        scan = self.scan(min(asked.deepest, 2))
        return tuple(
            self.cause(asked, Step(one, (), _sum_inside(self, scan, one.cell))) for one in scan.best(asked.most_ranked)
        )


def _after_alarm(world: World, asked: Question, scan: Scan, chance: float) -> list[Path]:
    """The paths that chance does not tell of a whole that was chosen because it crossed a limit.

    The whole is there only if so large a ratio is rare among such wholes; parts only if they explain more than the whole
    does by itself, which the choice says nothing of. Together they may err as often as one search.
    """
    threshold = Threshold(scan, family_error=asked.family_error / 2, seed=asked.seed)
    whole = scan.look(())
    least = least_after_choice(asked.family_error / 3, limit_chance=chance, share=asked.alarm_share) ** 2 / 2
    paths = [Path((), 0.0)]
    if whole.llr >= least:
        paths.append(_path(world, asked, scan, threshold, may_be_all=True, least_whole=least))
        scan.start_again(world.e1)
    parts = _path(world, asked, scan, threshold, may_be_all=False)
    gain = sum(step.scored.score for step in parts.steps) + scan.look(()).llr - whole.llr
    is_along = bool(parts.steps) and _excess(world, parts.steps[0].scored, parts.steps[0].expected) * _rise(world) > 0
    if is_along and (threshold.is_passed(gain) or parts.steps[0].scored.score >= least + threshold.value):
        paths.append(parts)
    return paths


def _path(
    world: World, asked: Question, scan: Scan, threshold: Threshold, *, may_be_all: bool, least_whole: float = 0.0
) -> Path:
    steps, worth = list[Step](), 0.0
    claimed = np.zeros(len(world.o1), dtype=bool)
    rise = _rise(world)
    gross = way = 0.0
    for _ in range(asked.most_causes):
        best = next((one for one in scan.best(2) if one.cell or (may_be_all and one.llr >= least_whole)), None)
        if best is None or not threshold.is_passed(best.score):
            break
        same = synonyms(scan.now, world.n1, best.cell, world.ranks)
        if same[0] != best.cell:
            best = scan.look(same[0])
        expected = _sum_inside(world, scan, best.cell)
        excess = _excess(world, best, expected)
        if best.cell and not steps and _most_excess(world, asked, best, expected) < asked.least_share * abs(rise):
            # Surely there, and surely not what moved the whole: explained away without a name.
            scan.multiply(best.cell, best.ratio)
            continue
        if best.cell and any(step.scored.cell for step in steps):
            gross_now = max(abs(rise), gross + abs(excess))
            # Against the first cause, not against the whole: many may have become better while some became worse.
            least = asked.least_share * (1 if excess * way >= 0 else LEAST_AGAINST)
            own = scan.look(best.cell, outside=~claimed)
            if abs(excess) < least * gross_now or own.llr < OWN_EVIDENCE * best.llr:
                break
        elif best.cell == () and any(not step.scored.cell for step in steps):
            break
        steps.append(Step(best, tuple(same[1:]), expected))
        worth += best.score - PRICE_OF_A_CAUSE
        scan.multiply(best.cell, best.ratio)
        if best.cell:
            claimed |= world.now.inside(best.cell)
            gross += abs(excess)
            way = way or excess
    return Path(tuple(steps), worth)


def _unproven(world: World, asked: Question, scan: Scan, path: Path) -> tuple[Cause, ...]:
    """What differs most beside the causes and moved as the whole did, best first.

    Not explained away one after the other: what may be chance has explained nothing.
    """
    if not asked.most_unproven:
        return ()
    scan.start_again(world.e1)
    for step in path.steps:
        scan.multiply(step.scored.cell, step.scored.ratio)
    found, known = list[Cause](), {step.scored.cell for step in path.steps}
    for best in scan.best(_LOOKED_FOR):
        if best.cell and best.cell not in known and (best.ratio > 1) == (world.parts.change > 0):
            same = synonyms(scan.now, world.n1, best.cell, world.ranks)
            known |= {best.cell, *same}
            step = Step(scan.look(same[0]), tuple(same[1:]), _sum_inside(world, scan, same[0]))
            found.append(world.cause(asked, step))
        if len(found) == asked.most_unproven:
            break
    return tuple(found)


def _rise(world: World) -> float:
    """How many events came beyond those expected."""
    return float(world.o1.sum() - world.e1.sum())


def _sum_inside(world: World, scan: Scan, cell: Cell) -> float:
    return float(scan.now.expected[world.now.inside(cell)].sum())


def _excess(world: World, best: Scored, expected: float) -> float:
    return float(world.o1[world.now.inside(best.cell)].sum()) - expected * best.own_level


def _most_excess(world: World, asked: Question, best: Scored, expected: float) -> float:
    """The larger end, in size, of the interval of what a part explains."""
    return max(abs(expected * best.own_level * (end - 1)) for end in _ends(world, asked, best))


def _ends(world: World, asked: Question, scored: Scored) -> tuple[float, float]:
    """The interval of the factor by which a part's rate rose."""
    z = normal_quantile(two_sided(asked.level))
    sums_ = scored.sums
    error = np.sqrt(world.dispersion * (1 / (sums_.o1 + 0.5) + 1 / (sums_.o0 + scored.prior + 0.5)))
    return float(scored.ratio * np.exp(-z * error)), float(scored.ratio * np.exp(z * error))


def _dispersion(asked: Question, before: Coded, o0: FloatArray, e0: FloatArray) -> float:
    """The factor by which cells scatter more than counts would: from rows for measured values, from periods if given."""
    if asked.is_measured:
        free = max(len(o0) - sum(size - 1 for size in before.sizes) - 1, 1)
        return max(float(divide((o0 - e0) ** 2, e0, empty=0.0).sum()) / free, 1e-12)
    if asked.period is None or asked.is_counted:
        return 1.0
    period = asked.period[~asked.is_current]
    square, count = 0.0, 0
    periods = int(period.max(initial=0)) + 1
    for codes, size in zip(before.codes, before.sizes, strict=True):
        key = codes.astype(np.int64) * periods + period
        o, e = (sums(key, values, size * periods).reshape(size, periods) for values in (o0, e0))
        some = e.sum(axis=1) >= 5 * periods
        if not some.any():
            continue
        e = e[some] * divide(o[some].sum(axis=1), e[some].sum(axis=1), empty=0.0)[:, None]
        square += float(divide((o[some] - e) ** 2, e, empty=0.0).sum())
        count += int(some.sum()) * (len(np.unique(period)) - 1)
    return max(square / count, 1.0) if count else 1.0


def _exemplars(asked: Question, cell: Cell) -> IntArray:
    rows = np.flatnonzero(asked.is_current & (asked.events > 0))
    for place, code in cell:
        rows = rows[asked.coded.codes[place][rows] == code]
    if len(rows) <= EXEMPLARS:
        return rows
    return np.asarray(rows[np.linspace(0, len(rows) - 1, EXEMPLARS).round().astype(np.int64)], dtype=np.int64)


def _verdict(world: World, has_causes: bool, is_everywhere: bool, threshold: float) -> Verdict:
    if has_causes:
        return "localised"
    if is_everywhere:
        return "global shift"
    error = 0.0
    for expected, weight, n in ((world.e0, world.w0, world.n0), (world.e1, world.w1, world.n1)):
        error += float((expected if weight is None else expected / weight).sum()) / float(n.sum()) ** 2
    error = (world.dispersion * error) ** 0.5
    is_change = abs(world.parts.change) > normal_quantile(0.995) * error
    return "mix shift" if is_change and abs(world.parts.mix) > abs(world.parts.change) / 2 else "no change"
