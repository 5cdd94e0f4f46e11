"""Acceptance sampling: look at some items of a delivery, accept or reject it, and know both risks beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, floats

Distribution = Literal["binomial", "hypergeometric", "poisson"]
Verdict = Literal["accept", "reject", "continue"]


@dataclass(frozen=True, slots=True, eq=False)
class Characteristics:
    """How a plan behaves, one element a quality level `p`.

    `accept`: probability of acceptance (the OC curve). `average_sample`: items looked at until the verdict (ASN).
    `average_outgoing`: share of errors that leaves when rejected lots are looked at whole and put right (AOQ), and
    `average_inspected` the items looked at then (ATI); both nan without a lot size.
    """

    p: FloatArray
    accept: FloatArray
    average_sample: FloatArray
    average_outgoing: FloatArray
    average_inspected: FloatArray


@dataclass(frozen=True, slots=True)
class AcceptancePlan:
    """Stages of `sizes` items; after each the errors so far decide: accept at `accept` or fewer, reject at `reject` or more.

    -1 in `accept`: the stage cannot accept. The last stage decides always; where a reduced plan leaves a gap between its
    last numbers, errors inside the gap accept the lot and end reduced inspection (`ends_reduced`).

    >>> plan = AcceptancePlan((125, 125), (3, 8), (7, 9))
    >>> plan.verdict([2]), plan.verdict([5]), plan.verdict([5, 3])
    ('accept', 'continue', 'accept')

    Reference: MIL-STD-105E (1989); Schilling, Neubauer (2017) Acceptance Sampling in Quality Control.
    """

    sizes: tuple[int, ...]
    accept: tuple[int, ...]
    reject: tuple[int, ...]

    def __post_init__(self) -> None:
        stages = len(self.sizes)
        if not stages or len(self.accept) != stages or len(self.reject) != stages:
            raise ValueError("sizes, accept and reject must have one number a stage")
        if min(self.sizes) < 1:
            raise ValueError("each stage must look at one item at least")
        for number, (most, least) in enumerate(zip(self.accept, self.reject, strict=True), 1):
            if not -1 <= most < least:
                raise ValueError(f"stage {number}: accept must be -1 or more and below reject, not {most} and {least}")

    @property
    def most(self) -> int:
        """Items looked at when every stage is needed."""
        return sum(self.sizes)

    def verdict(self, errors: list[int]) -> Verdict:
        """What the errors found in each stage so far say. Raises ValueError for more stages or errors than there can be."""
        if len(errors) > len(self.sizes):
            raise ValueError(f"the plan has {len(self.sizes)} stages, not {len(errors)}")
        seen = 0
        for stage, found in enumerate(errors):
            if not 0 <= found <= self.sizes[stage]:
                raise ValueError(f"stage {stage + 1}: errors must lie in 0 to {self.sizes[stage]}, not {found}")
            seen += found
            if seen <= self.accept[stage]:
                return "accept"
            if seen >= self.reject[stage]:
                return "reject"
            if stage + 1 == len(self.sizes):
                return "accept"
        return "continue"

    def ends_reduced(self, errors: list[int]) -> bool:
        """Whether the last stage's errors lie between its numbers: accepted, but the next lot is inspected normally."""
        last = len(self.sizes) - 1
        return len(errors) == last + 1 and self.accept[last] < sum(errors) < self.reject[last]

    def characteristics(
        self, p: npt.ArrayLike, *, distribution: Distribution = "binomial", lot: int | None = None
    ) -> Characteristics:
        """OC, ASN, AOQ and ATI at these shares of errors, exact (see `acceptance_curve`)."""
        return acceptance_curve(self, p, distribution=distribution, lot=lot)

    def outgoing_limit(self, lot: int, *, distribution: Distribution = "binomial") -> float:
        """AOQL: the worst average share of errors that leaves, over all incoming qualities, to four digits."""
        # Two passes: where the peak is, then how high.
        grid = np.linspace(0, 1, 401)
        peak = int(np.argmax(self.characteristics(grid, distribution=distribution, lot=lot).average_outgoing))
        fine = np.linspace(grid[max(peak - 1, 0)], grid[min(peak + 1, 400)], 401)
        return float(self.characteristics(fine, distribution=distribution, lot=lot).average_outgoing.max())


def acceptance_curve(
    plan: AcceptancePlan, p: npt.ArrayLike, *, distribution: Distribution = "binomial", lot: int | None = None
) -> Characteristics:
    """How a plan behaves at shares of errors `p`, by exact recursion over stages and errors so far.

    `binomial`: items independent, or a very large lot. `hypergeometric`: a lot of exactly `lot` items, of which
    round(p lot) are wrong. `poisson`: `p` errors an item, of which an item may have several. ASN counts whole stages. AOQ =
    p sum over stages P(accepted there) (lot - items looked at) / lot. Raises ValueError for a lot smaller than the plan.

    >>> curve = acceptance_curve(AcceptancePlan((125,), (3,), (4,)), [0.01, 0.04])
    >>> curve.accept.round(6).tolist()
    [0.962551, 0.259304]

    Reference: Schilling, Neubauer (2017), chapters 5 to 7.
    """
    share = np.atleast_1d(floats(p))
    if not ((share >= 0) & ((share <= 1) | (distribution == "poisson"))).all():
        raise ValueError("p must lie between 0 and 1")
    if distribution not in ("binomial", "hypergeometric", "poisson"):
        raise ValueError(f"unknown distribution {distribution!r}")
    if distribution == "hypergeometric" and lot is None:
        raise ValueError("the hypergeometric distribution needs the lot's size")
    if lot is not None and lot < plan.most and distribution == "hypergeometric":
        raise ValueError(f"the plan may look at {plan.most} items, more than the lot's {lot}")
    if distribution == "hypergeometric" and lot is not None:
        share = np.round(share * lot) / lot
    state = np.ones((len(share), 1))
    accepted, sample, kept, looked_at = (np.zeros(len(share)) for _ in range(4))
    drawn = 0
    for stage, size in enumerate(plan.sizes):
        sample += size * _chance(state, drawn, share, distribution, lot).sum(axis=1)
        drawn += size
        state = _drawn_on(state, size, share, distribution, most=plan.reject[stage] - 1)
        is_last = stage + 1 == len(plan.sizes)
        edge = state.shape[1] if is_last else min(plan.accept[stage] + 1, state.shape[1])
        won = _chance(state, drawn, share, distribution, lot)[:, :edge].sum(axis=1)
        accepted += won
        if lot is not None:
            kept += won * max(lot - drawn, 0) / lot
            looked_at += won * min(drawn, lot)
        state = state.copy()
        state[:, :edge] = 0
    nothing = np.full(len(share), np.nan)
    outgoing = nothing if lot is None else share * kept
    inspected = nothing if lot is None else looked_at + (1 - accepted) * lot
    return Characteristics(share, np.clip(accepted, 0, 1), sample, outgoing, inspected)


def find_plan(
    *,
    good: float,
    bad: float,
    producer_risk: float = 0.05,
    consumer_risk: float = 0.10,
    distribution: Distribution = "binomial",
    lot: int | None = None,
    most: int = 1_000_000,
) -> AcceptancePlan:
    """The smallest single plan that accepts `good` deliveries and rejects `bad` ones as surely as asked.

    P(accept | good) >= 1 - producer_risk and P(accept | bad) <= consumer_risk. Raises ValueError when `good` is not below
    `bad`, or no plan of at most `most` items (the lot, when hypergeometric) can do it.

    >>> plan = find_plan(good=0.05, bad=0.15, producer_risk=0.05, consumer_risk=0.075)
    >>> plan.sizes, plan.accept
    ((80,), (7,))

    Reference: Guenther (1969) Journal of Quality Technology 1.
    """
    if not 0 <= good < bad or (bad > 1 and distribution != "poisson"):
        raise ValueError(f"good must lie below bad, both in 0 to 1, not {good} and {bad}")
    if not (0 < producer_risk < 1 and 0 < consumer_risk < 1):
        raise ValueError("the risks must lie between 0 and 1")
    if distribution == "hypergeometric":
        if lot is None:
            raise ValueError("the hypergeometric distribution needs the lot's size")
        most = lot
    c, n = 0, 1
    while n <= most:
        n = _smallest_n(c, bad, consumer_risk, distribution, lot, start=n, most=most)
        if n <= most and _at_most(c, n, good, distribution, lot) >= 1 - producer_risk:
            return AcceptancePlan((n,), (c,), (c + 1,))
        c += 1
    raise ValueError(f"no plan of at most {most} items keeps both risks")


def _smallest_n(
    c: int, bad: float, risk: float, distribution: Distribution, lot: int | None, *, start: int, most: int
) -> int:
    """The smallest n with P(X <= c | bad) <= risk; most + 1 when there is none. It grows with c, hence `start`."""
    low, high = max(start, c + 1), max(start, c + 1)
    while high <= most and _at_most(c, high, bad, distribution, lot) > risk:
        low, high = high + 1, min(high * 2, most) if high < most else most + 1
    if high > most:
        return most + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _at_most(c, middle, bad, distribution, lot) <= risk else (middle + 1, high)
    return low


def _at_most(c: int, n: int, p: float, distribution: Distribution, lot: int | None) -> float:
    from scipy.special import bdtr, pdtr

    if distribution == "poisson":
        return float(pdtr(c, n * p))
    if distribution == "binomial":
        return float(bdtr(c, n, p)) if c < n else 1.0
    plan = AcceptancePlan((n,), (c,), (c + 1,))
    return float(acceptance_curve(plan, [p], distribution="hypergeometric", lot=lot).accept[0])


def _drawn_on(state: FloatArray, size: int, p: FloatArray, distribution: Distribution, *, most: int) -> FloatArray:
    """The state after `size` more items, errors 0..most; what lies beyond is rejected. Independent draws throughout:
    a finite lot is put right by `_chance`, because its path weights are those of independent draws times a factor of
    the errors so far alone."""
    step = _pmf(size, p, distribution, most)
    after = np.zeros((len(p), most + 1))
    for before in range(min(state.shape[1], most + 1)):
        after[:, before:] += state[:, before : before + 1] * step[:, : most + 1 - before]
    return after


def _pmf(size: int, p: FloatArray, distribution: Distribution, most: int) -> FloatArray:
    from scipy.special import gammaln, xlog1py, xlogy

    k = np.arange(most + 1.0)
    if distribution == "poisson":
        return floats(np.exp(xlogy(k, size * p[:, None]) - size * p[:, None] - gammaln(k + 1)))
    ways = gammaln(size + 1) - gammaln(k + 1) - gammaln(np.maximum(size - k, 0) + 1)
    found = np.exp(ways + xlogy(k, p[:, None]) + xlog1py(np.maximum(size - k, 0), -p[:, None]))
    return np.where(k > size, 0.0, found)


def _chance(state: FloatArray, drawn: int, p: FloatArray, distribution: Distribution, lot: int | None) -> FloatArray:
    """Probabilities of the states: C(N-n, D-d) / C(N, D) / (q^d (1-q)^(n-d)) times the independent ones in a finite lot."""
    if distribution != "hypergeometric" or lot is None:
        return state
    from scipy.special import gammaln, xlog1py, xlogy

    wrong, d = np.round(p * lot)[:, None], np.arange(float(state.shape[1]))
    rest, left = lot - drawn, wrong - d
    possible = (left >= 0) & (left <= rest)
    inside = np.clip(left, 0, rest)
    log_ways = gammaln(rest + 1) - gammaln(inside + 1) - gammaln(rest - inside + 1)
    log_all = gammaln(lot + 1) - gammaln(wrong + 1) - gammaln(lot - wrong + 1)
    q = p[:, None]
    # q is 0 or 1 only where d is 0 or n, and xlogy makes that 0 log 0 = 0.
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.exp(log_ways - log_all - xlogy(d, q) - xlog1py(np.maximum(drawn - d, 0), -q))
    return np.where(possible & (state > 0), state * np.where(np.isfinite(factor), factor, 0.0), 0.0)
