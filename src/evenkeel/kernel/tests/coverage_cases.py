"""How often intervals cover the truth: exactly where counts are few, else by simulation. `bench/intervals.py` prints it all.

Each case answers the share of intervals that held the truth, for one setting. The nominal level is 95 %.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import (
    Design,
    Estimate,
    WeightedParts,
    bootstrap,
    design_ratio,
    difference_ratio,
    mean,
    post_stratified_mean,
    prediction_powered_mean,
    proportion_bounds,
    quantile,
    ratio,
    recall_by_strata,
    rogan_gladen,
    shrink,
    standardise_directly,
    standardise_indirectly,
    weighted_mean,
    weighted_rate,
)

SIZES = (20, 50, 100, 200)
RATES = (0.90, 0.95, 0.98, 0.99)
Generator = np.random.Generator


def exact_coverage(method: Any, n: int, rates: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The exact coverage of a share's interval at each rate: the sum over all counts that may come."""
    from scipy.special import gammaln, xlog1py, xlogy

    hits = np.arange(n + 1.0)
    low, high = proportion_bounds(hits, n, method=method)
    ways = gammaln(n + 1) - gammaln(hits + 1) - gammaln(n - hits + 1)
    chance = np.exp(ways + xlogy(hits, rates[:, None]) + xlog1py(n - hits, -rates[:, None]))
    held: npt.NDArray[np.float64] = (chance * ((low <= rates[:, None]) & (rates[:, None] <= high))).sum(axis=1)
    return held


def covered(draw: Callable[[Generator], tuple[Estimate, float]], runs: int, seed: int) -> tuple[float, float]:
    """The share of runs whose interval held the truth, and the share that gave an interval at all."""
    rng = np.random.default_rng(seed)
    held = told = 0
    for _ in range(runs):
        found, truth = draw(rng)
        if found.has_interval:
            told += 1
            held += found.low - 1e-12 <= truth <= found.high + 1e-12
    return held / max(told, 1), told / runs


def _population(kind: str, n: int, rate: float, rng: Generator) -> tuple[Any, Any]:
    """Odds and chances of being right of 4,000 decisions, by design; the mean chance is `rate`."""
    people = 4000
    wrong = 1 - rate
    if kind == "two strata":
        heavy = np.arange(people) < 0.8 * people
        return np.where(heavy, n / 2 / (0.8 * people), n / 2 / (0.2 * people)), 1 - np.where(heavy, 0.6, 2.6) * wrong
    if kind == "log-normal":
        size = np.exp(0.7 * rng.standard_normal(people))
        return np.minimum(n * size / size.sum(), 1), np.full(people, rate)
    score = rng.beta(1, 8, people)
    size = np.sqrt(score + 0.02)
    return np.minimum(n * size / size.sum(), 1), 1 - np.minimum(wrong * score / score.mean(), 1)


def of_design(kind: str, how: str, n: int, rate: float) -> Callable[[Generator], tuple[Estimate, float]]:
    def draw(rng: Generator) -> tuple[Estimate, float]:
        pi, right = _population(kind, n, rate, rng)
        drawn = rng.random(len(pi)) < pi
        hits = rng.random(int(drawn.sum())) < right[drawn]
        if how == "weighted_rate":
            return weighted_rate(WeightedParts.of(hits, 1 / pi[drawn])), float(right.mean())
        interval: Any = how
        return design_ratio(hits, None, Design.poisson(pi[drawn]), interval=interval), float(right.mean())

    return draw


def of_values(how: str, n: int) -> Callable[[Generator], tuple[Estimate, float]]:
    def draw(rng: Generator) -> tuple[Estimate, float]:
        y = rng.gamma(4.0, 1.0, n)  # handle times: skewness 1
        if how == "mean":
            return mean(y), 4.0
        if how == "weighted mean":
            return weighted_mean(WeightedParts.of(y, np.exp(0.4 * rng.standard_normal(n)))), 4.0
        if how == "median":
            return quantile(y, p=0.5), 3.6720607
        if how == "quantile .9":
            return quantile(y, p=0.9), 6.6807831
        if how == "bootstrap of the mean":
            return bootstrap(lambda drawn: drawn.mean(axis=-1), y, draws=600, seed=rng), 4.0
        size = rng.integers(1, 12, n).astype(float)
        return ratio(rng.binomial(size.astype(int), rng.beta(6, 4, n)), size), 0.6

    return draw


def of_shares(how: str, n: int) -> Callable[[Generator], tuple[Estimate, float]]:
    def draw(rng: Generator) -> tuple[Estimate, float]:
        if how == "rogan_gladen, errors known":
            seen = 0.1 * 0.9 + 0.9 * 0.05
            return rogan_gladen(rng.binomial(5 * n, seen), 5 * n, sensitivity=0.9, specificity=0.95), 0.1
        if how == "rogan_gladen, errors measured":
            seen = 0.1 * 0.9 + 0.9 * 0.05
            sens, spec = rng.binomial(100, 0.9) / 100, rng.binomial(200, 0.95) / 200
            return rogan_gladen(rng.binomial(5 * n, seen), 5 * n, sensitivity=sens, specificity=spec,
                                sensitivity_n=100, specificity_n=200), 0.1  # fmt: skip
        if how == "post-strata":
            group = rng.random(n) < 0.3
            hits = rng.random(n) < np.where(group, 0.8, 0.97)
            if min(group.sum(), (~group).sum()) < 2:
                return Estimate.unknown(method="post_stratified"), 0.0
            return post_stratified_mean(hits, group.astype(int), sizes=[70_000, 30_000]), 0.7 * 0.97 + 0.3 * 0.8
        if how == "direct standardisation":
            sizes = np.array([n // 2, n // 4, n - n // 2 - n // 4])
            rates = np.array([0.03, 0.08, 0.15])
            return standardise_directly(rng.binomial(sizes, rates), sizes, standard=[1, 2, 1]), float(
                rates @ [0.25, 0.5, 0.25]
            )
        if how == "indirect standardisation":
            return standardise_indirectly([rng.poisson(n * 0.06)], [n], standard_rates=[0.05]), 1.2
        if how == "empirical Bayes":
            rate = rng.beta(18, 2, 60)
            audits = rng.integers(2, n, 60)
            return shrink(rng.binomial(audits, rate), audits).estimate(0), float(rate[0])
        score = rng.beta(2, 2, n * 11)
        y = (rng.random(n * 11) < score).astype(float)
        if how == "ppi++":
            return prediction_powered_mean(y[:n], score[:n], score[n:]), 0.5
        pi = np.full(n, 1 / 11)
        return difference_ratio(
            y[:n], None, Design.poisson(pi), predicted_above=score[:n], predicted_below=None,
            population_above=float(score.sum()), population_below=n * 11,
        ), float(y.mean())  # fmt: skip

    return draw


def of_recall(n: int) -> Callable[[Generator], tuple[Estimate, float]]:
    sizes = np.array([160_000, 30_000, 8000, 2000])
    rates = np.array([0.0005, 0.01, 0.1, 0.5])
    drawn = np.minimum(n, sizes)
    total = (sizes * rates).astype(int)

    def draw(rng: Generator) -> tuple[Estimate, float]:
        hits = rng.hypergeometric(total, sizes - total, drawn)
        found = recall_by_strata(sizes, drawn, hits, flagged=[False, False, True, True])
        return found.estimate, float(total[2:].sum() / total.sum())

    return draw
