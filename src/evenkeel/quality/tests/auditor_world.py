"""Made-up audits by people who err, checked as a rule of second audits says: what the figures make of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import Estimate, WeightedParts, rogan_gladen, weighted_rate
from evenkeel.quality.rules.checks import Odds, settle_odds

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Auditors:
    """How often auditors find right what is right, and wrong what is wrong."""

    sensitivity: float = 0.9
    specificity: float = 0.9

    def judge(self, right: Flags, rng: np.random.Generator) -> Flags:
        """Whether each decision is found right."""
        return rng.random(len(right)) < np.where(right, self.sensitivity, 1 - self.specificity)


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month's figures: as judged, freed from auditors' errors, and how many cases that took."""

    naive: Estimate
    corrected: Estimate
    seconds: int
    settled: int


def month(*, audits: int, accuracy: float, auditors: Auditors, odds: Odds, rng: np.random.Generator) -> Month:
    """A month of audits, of which some are audited again and some settled by experts, who do not err.

    The same weights and the same formulas as the metrics auditor_sensitivity, auditor_specificity and accuracy_corrected.
    """
    right = rng.random(audits) < accuracy
    first, second = auditors.judge(right, rng), auditors.judge(right, rng)
    check_pi = np.where(first, odds.of(is_right=True), odds.of(is_right=False))
    checked = rng.random(audits) < check_pi
    agreed = first == second
    settle_pi = np.where(agreed, settle_odds(odds, agreed=True), settle_odds(odds, agreed=False))
    settled = checked & (rng.random(audits) < settle_pi)
    weight = 1 / (check_pi * settle_pi)
    sens = _parts(first[settled & right], weight[settled & right])
    spec = _parts(~first[settled & ~right], weight[settled & ~right])
    naive = weighted_rate(WeightedParts.of(first.astype(np.float64)))
    corrected = rogan_gladen(
        naive.value * naive.n_effective,
        naive.n_effective,
        sensitivity=sens.ratio,
        specificity=spec.ratio,
        sensitivity_n=weighted_rate(sens).n_effective,
        specificity_n=weighted_rate(spec).n_effective,
    )
    return Month(naive=naive, corrected=corrected, seconds=int(checked.sum()), settled=int(settled.sum()))


def _parts(hits: Flags, weights: npt.NDArray[np.float64]) -> WeightedParts:
    return WeightedParts.of(hits.astype(np.float64), weights=weights)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How often intervals held the truth over many months, how wide they were, and how far off on average."""

    naive: float
    corrected: float
    naive_bias: float
    corrected_bias: float
    naive_width: float
    corrected_width: float
    seconds: float
    settled: float


def coverage(*, months: int, audits: int, accuracy: float, auditors: Auditors, odds: Odds, seed: int) -> Coverage:
    """Many months of the same floor."""
    rng = np.random.default_rng(seed)
    made = [month(audits=audits, accuracy=accuracy, auditors=auditors, odds=odds, rng=rng) for _ in range(months)]

    def share(name: str) -> float:
        return float(np.mean([getattr(each, name).low <= accuracy <= getattr(each, name).high for each in made]))

    def mean(name: str, what: str) -> float:
        return float(np.mean([getattr(getattr(each, name), what) for each in made]))

    return Coverage(
        naive=share("naive"),
        corrected=share("corrected"),
        naive_bias=mean("naive", "value") - accuracy,
        corrected_bias=mean("corrected", "value") - accuracy,
        naive_width=mean("naive", "high") - mean("naive", "low"),
        corrected_width=mean("corrected", "high") - mean("corrected", "low"),
        seconds=float(np.mean([each.seconds for each in made])),
        settled=float(np.mean([each.settled for each in made])),
    )
