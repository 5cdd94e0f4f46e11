"""Made-up actions without any effect, or with a known one: how often a design says that it worked.

Used in short by the tests and at length by bench/change_effects.py, so that the manual's table and the tests are of one kind.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import (
    Effect,
    coaching_effect,
    compare_arms,
    counterfactual_series,
    frozen_baseline,
    interrupted_series,
    plan_effect,
    staggered_effect,
)

Case = Callable[[np.random.Generator], Effect]
WORKED = "ratio < 1"


def carried(rng: np.random.Generator, shape: tuple[int, ...], r: float) -> npt.NDArray[np.float64]:
    """Standard normal errors along the last axis, each sharing r with the one before."""
    noise = rng.standard_normal(shape)
    for t in range(1, shape[-1]):
        noise[..., t] = r * noise[..., t - 1] + np.sqrt(1 - r * r) * noise[..., t]
    return noise


def one_series(r: float, *, before: int = 36, after: int = 18, ratio: float = 1.0, spread: float = 0.1) -> Case:
    """Weekly errors among 600 audits with a trend, days differing by `spread`, each sharing r with the one before."""

    def run(rng: np.random.Generator) -> Effect:
        t = np.arange(before + after)
        rate = 0.05 * np.exp(0.004 * t + spread * carried(rng, t.shape, r)) * np.where(t >= before, ratio, 1.0)
        return interrupted_series(
            rng.binomial(600, np.minimum(rate, 1.0)), t, start=before, size=np.full(len(t), 600.0), criterion=WORKED
        )

    return run


def frozen(r: float) -> Case:
    """As above without a trend, against a frozen baseline."""

    def run(rng: np.random.Generator) -> Effect:
        t = np.arange(40)
        rate = 0.05 * np.exp(0.1 * carried(rng, t.shape, r))
        return frozen_baseline(rng.binomial(600, rate), t, start=26, size=np.full(40, 600.0), criterion=WORKED)

    return run


def roll_out(starts: list[float], r: float, *, times: int = 24) -> Case:
    """Units with levels of their own, common shocks, errors that last."""
    places = np.array(starts)

    def run(rng: np.random.Generator) -> Effect:
        units = len(places)
        y = rng.normal(10, 2, (units, 1)) + rng.normal(0, 1, times) + carried(rng, (units, times), r)
        unit = np.repeat(np.arange(units), times)
        return staggered_effect(
            y.ravel(), unit, np.tile(np.arange(times), units), places[unit], criterion="difference < 0"
        )

    return run


def without_action(step: float, controls: int, r: float = 0.0, *, before: int = 60, after: int = 20) -> Case:
    """A level that drifts by `step` noises a day, and controls that wander."""

    def run(rng: np.random.Generator) -> Effect:
        n = before + after
        x = np.cumsum(rng.normal(0, 0.3, (n, controls)), axis=0) + rng.normal(size=(n, controls))
        y = 20 + x.sum(axis=1) + np.cumsum(rng.normal(0, step, n)) + carried(rng, (n,), r)
        return counterfactual_series(
            y, np.arange(n), start=before, controls=x if controls else None, criterion="difference < 0"
        )

    return run


def picked(wander: float, people: int = 60) -> Case:
    """The worst quarter by a month's audits is coached, to no effect; true rates wander between the months."""

    def run(rng: np.random.Generator) -> Effect:
        usual = rng.normal(-2.5, 0.4, people)
        rates = [1 / (1 + np.exp(-usual - wander * rng.normal(size=people))) for _ in range(2)]
        n = rng.integers(30, 150, (2, people))
        x = [rng.binomial(n[k], rates[k]) for k in range(2)]
        worst = x[0] / n[0] > np.quantile(x[0] / n[0], 0.75)
        return coaching_effect(x[0], n[0], x[1], n[1], worst, criterion=WORKED)

    return run


NULLS: dict[str, Case] = {
    "its, errors independent": one_series(0.0),
    "its, errors share .3": one_series(0.3),
    "its, errors share .5": one_series(0.5),
    "its, 12 + 6 weeks": one_series(0.0, before=12, after=6),
    "freeze, errors independent": frozen(0.0),
    "freeze, errors share .3": frozen(0.3),
    "did, 4 of 8 units": roll_out([12] * 4 + [np.inf] * 4, 0.5),
    "did, 2 of 10 units": roll_out([12] * 2 + [np.inf] * 8, 0.5),
    "did, 3 waves of 3, 3 never": roll_out([6] * 3 + [11] * 3 + [16] * 3 + [np.inf] * 3, 0.5),
    "did, stepped, all in the end": roll_out([5, 5, 9, 9, 13, 13, 17, 17], 0.5),
    "counterfactual, no control": without_action(0.0, 0),
    "counterfactual, drift .3, no control": without_action(0.3, 0),
    "counterfactual, drift .1, 2 controls": without_action(0.1, 2),
    "counterfactual, errors share .5": without_action(0.0, 1, 0.5),
    "coaching, rates last": picked(0.0),
    "coaching, rates wander": picked(0.5),
}


def share_effective(case: Case, runs: int, seed: int) -> float:
    """How often the verdict is effective."""
    rng = np.random.default_rng(seed)
    return float(np.mean([case(rng).verdict == "effective" for _ in range(runs)]))


def peeking(
    runs: int, seed: int, *, looks: int = 60, each: int = 200, rates: tuple[float, float] = (0.05, 0.05)
) -> dict[str, float]:
    """Daily looks at two arms: how often each rule has said by the end that they differ, and after how many looks (median)."""
    from evenkeel.kernel import mixture_bound, mixture_rho

    rng = np.random.default_rng(seed)
    x = np.stack([rng.binomial(each, p, (runs, looks)) for p in rates]).cumsum(axis=2)
    n = each * np.arange(1, looks + 1)
    p = (x + 0.5) / (n + 1)
    variance = (p * (1 - p)).sum(axis=0)
    gap = np.abs(x[1] - x[0]) / n
    naive = gap > 1.959964 * np.sqrt(variance / n)
    rho = mixture_rho(4000.0)  # the bound is the same on any scale: here variance is counted in cases of one arm
    bound = mixture_bound(n.astype(float), rho=rho) / n
    mixture = gap > bound * np.sqrt(variance)
    found = mixture.any(axis=1)
    return {
        "one look": float(naive[:, -1].mean()),
        "daily": float(naive.any(axis=1).mean()),
        "weekly": float(naive[:, 6::7].any(axis=1).mean()),
        "mixture": float(found.mean()),
        "median look": float(np.median(np.where(found, mixture.argmax(axis=1) + 1, looks + 1))),
    }


def planned_power(design: str, runs: int, seed: int) -> tuple[float, float, int]:
    """The power that a plan promises for its own number of weeks, what happens, and the weeks."""
    rate, target, per_week = {"its": (0.05, 0.04, 2000.0), "freeze": (0.05, 0.04, 900.0), "did": (0.05, 0.04, 4000.0),
                              "ab": (0.05, 0.04, 1500.0)}[design]  # fmt: skip
    kind: str = design
    found = plan_effect(rate, target, per_week=per_week, design=kind)  # type: ignore[arg-type]
    assert found.weeks is not None
    promised = plan_effect(rate, target, per_week=per_week, design=kind, deadline=found.weeks).power_at_deadline  # type: ignore[arg-type]
    assert promised is not None
    rng = np.random.default_rng(seed)
    hits = [_planned(design, rate, target, per_week, found.weeks, rng) for _ in range(runs)]
    return promised, float(np.mean(hits)), found.weeks


def _planned(design: str, rate: float, target: float, per_week: float, weeks: int, rng: np.random.Generator) -> bool:
    t = np.arange(26 + weeks)
    level = np.where(t >= 26, target, rate)
    size = np.full(len(t), per_week)
    if design == "its":
        found = interrupted_series(rng.binomial(size.astype(int), level), t, start=26, size=size, criterion=WORKED)
    elif design == "freeze":
        found = interrupted_series(
            rng.binomial(size.astype(int), level), t, start=26, size=size, trend=False, criterion=WORKED
        )
    elif design == "did":
        each = int(per_week / 8)
        rates = np.full((8, len(t)), rate)
        rates[:4] = level
        shares = rng.binomial(each, rates) / each
        unit = np.repeat(np.arange(8), len(t))
        starts = np.where(unit < 4, 26.0, np.inf)
        found = staggered_effect(shares.ravel(), unit, np.tile(t, 8), starts, criterion="difference < 0")
    else:
        n = int(per_week * weeks / 2)
        x = rng.binomial(n, [rate, target])
        found = compare_arms(x, [0, 1], size=[n, n], looks="one", criterion="difference < 0")
    return found.verdict == "effective"
