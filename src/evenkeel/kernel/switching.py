"""Switching between normal, tightened and reduced inspection, and how the whole scheme behaves in the long run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from .acceptance import Distribution, acceptance_curve
from .arrays import FloatArray, floats
from .standard_plans import InspectionLevel, PlanType, StandardPlan, code_letter, standard_plan, tighter_accept

Stage = Literal["normal", "tightened", "reduced", "stopped"]

ENOUGH_SCORE = 30  # switching score for reduced inspection
RECENT = 5  # lots that normal and tightened inspection look back on


@dataclass(frozen=True, slots=True)
class Switching:
    """Where a supplier's inspection stands; `after` gives where it stands after a lot.

    `since_rejection`: normal: lots since the last rejected one (0: none in sight); `streak`: tightened: accepted in
    a row; `rejected`: rejected while tightened; `score`: the switching score.

    Rules (ISO 2859-1:1999, 9.3): normal -> tightened when 2 of 5 successive lots are rejected; tightened -> normal when 5
    successive are accepted; tightened -> stopped when 5 are rejected there, until the supplier has put things right; normal
    -> reduced when the score reaches 30 (and production is steady: the caller's to say); reduced -> normal when a lot is
    rejected, or accepted with errors between the plan's numbers.

    >>> state = Switching()
    >>> for accepted in (True, False, True, False):
    ...     state = state.after(accepted=accepted)
    >>> state.stage
    'tightened'

    Reference: ISO 2859-1:1999, section 9.3; MIL-STD-105E (1989), section 4.7.
    """

    stage: Stage = "normal"
    since_rejection: int = 0
    streak: int = 0
    rejected: int = 0
    score: int = 0

    def after(self, *, accepted: bool, gains: int = 0, in_gap: bool = False, is_steady: bool = True) -> Switching:
        """The state after a lot. `gains`: what it adds to the score (`score_gain`); `in_gap`: `ends_reduced` of its plan.

        A lot sent in again after it was rejected must not be counted. Raises ValueError when inspection is stopped.
        """
        if self.stage == "stopped":
            raise ValueError("inspection is stopped: begin again with Switching(stage='tightened')")
        if self.stage == "reduced":
            return self if accepted and not in_gap and is_steady else Switching()
        if self.stage == "tightened":
            if accepted:
                return Switching() if self.streak + 1 == RECENT else replace(self, streak=self.streak + 1)
            stops = self.rejected + 1 == RECENT
            return Switching(stage="stopped") if stops else replace(self, streak=0, rejected=self.rejected + 1)
        if not accepted:
            return Switching(stage="tightened") if self.since_rejection else Switching(since_rejection=1)
        score = self.score + gains if gains else 0
        if score >= ENOUGH_SCORE and is_steady:
            return Switching(stage="reduced")
        since = (self.since_rejection + 1) % RECENT if self.since_rejection else 0
        return replace(self, since_rejection=since, score=min(score, ENOUGH_SCORE))


def score_gain(plan: StandardPlan, errors: list[int]) -> int:
    """What an accepted lot adds to the switching score; 0 means that the score starts again.

    Single plans: 2 when accept is 0 or 1; else 3 when the lot would also have passed at the next smaller AQL. Double plans:
    3 when accepted on the first sample; multiple: by the third.

    >>> plan = standard_plan(5000, aql=1.5)
    >>> score_gain(plan, [5]), score_gain(plan, [6])
    (3, 0)

    Reference: ISO 2859-1:1999, section 9.3.3.
    """
    if plan.plan.verdict(errors) != "accept":
        return 0
    if plan.plan_type != "single":
        return 3 if len(errors) <= (1 if plan.plan_type == "double" else 3) else 0
    tighter = tighter_accept(plan)
    if tighter is None:
        return 2
    return 3 if sum(errors) <= tighter else 0


@dataclass(frozen=True, slots=True, eq=False)
class SchemeCharacteristics:
    """The scheme in the long run, one element a quality `p`.

    `accept`, `average_sample` are over all lots; `normal`, `tightened`, `reduced` the shares of lots inspected so; `stops`
    how often a lot ends in a stop (each is followed by tightened inspection here).
    """

    p: FloatArray
    accept: FloatArray
    average_sample: FloatArray
    normal: FloatArray
    tightened: FloatArray
    reduced: FloatArray
    stops: FloatArray


def scheme_characteristics(
    lot: int,
    p: npt.ArrayLike,
    *,
    aql: float,
    level: InspectionLevel = "II",
    plan_type: PlanType = "single",
    distribution: Distribution = "binomial",
    allows_reduced: bool = True,
) -> SchemeCharacteristics:
    """The OC and ASN of the scheme with its switching rules, exactly: the stationary shares of a Markov chain of lots.

    Assumes one quality `p` for all lots, lots independent, production steady, and inspection that begins again, tightened,
    after a stop. The chain's states are those of `Switching`: normal (lots since the last rejection x score), tightened
    (streak x rejections), reduced.

    >>> scheme = scheme_characteristics(5000, [0.005, 0.03], aql=1.5)
    >>> scheme.reduced.round(3).tolist(), scheme.tightened.round(3).tolist()
    ([0.993, 0.0], [0.0, 0.914])

    Reference: Schilling, Sheesley (1978) Journal of Quality Technology 10; Stephens, Larson (1967) JQT 1.
    """
    quality = np.atleast_1d(floats(p))
    letter = code_letter(lot, level=level)
    plans = {
        stage: standard_plan(lot, aql=aql, letter=letter, inspection=stage, plan_type=plan_type)
        for stage in ("normal", "tightened", "reduced")
    }
    # A sample larger than the lot is the lot; a finite lot's distribution needs plans that fit, so those stay independent.
    curves = {
        stage: acceptance_curve(
            found.plan, quality, distribution=distribution, lot=lot if distribution != "binomial" else None
        )
        for stage, found in plans.items()
    }
    gain, amount = _gains(plans["normal"], quality, distribution, lot)
    stays = _stays_reduced(plans["reduced"], quality, distribution, lot)
    states = _states(amount) if allows_reduced else _states(0)
    found = np.array(
        [
            _long_run(states, amount if allows_reduced else 0, *chances)
            for chances in zip(curves["normal"].accept, gain, curves["tightened"].accept, stays, strict=True)
        ]
    ).reshape(len(quality), 4)
    normal, tightened, reduced, stops = found.T
    shares = {"normal": normal, "tightened": tightened, "reduced": reduced}
    accept = sum((shares[stage] * curves[stage].accept for stage in shares), np.zeros(len(quality)))
    sample = sum((shares[stage] * curves[stage].average_sample for stage in shares), np.zeros(len(quality)))
    return SchemeCharacteristics(quality, accept, sample, normal, tightened, reduced, stops)


def _gains(plan: StandardPlan, p: FloatArray, distribution: Distribution, lot: int) -> tuple[FloatArray, int]:
    """The chance that a lot is accepted and adds to the score, and by how much."""
    from .acceptance import AcceptancePlan

    numbers = plan.plan
    size = lot if distribution != "binomial" else None
    if plan.plan_type == "single":
        tighter = tighter_accept(plan)
        accept = numbers.accept[0] if tighter is None else tighter
        early = AcceptancePlan(numbers.sizes, (accept,), (accept + 1,))
        return acceptance_curve(early, p, distribution=distribution, lot=size).accept, 2 if tighter is None else 3
    # Accepted within the first stages: the same stages with a last one that rejects whatever is not accepted.
    stages = 1 if plan.plan_type == "double" else 3
    if numbers.accept[stages - 1] < 0:
        return np.zeros(len(p)), 3
    early = AcceptancePlan(
        numbers.sizes[:stages], numbers.accept[:stages], (*numbers.reject[: stages - 1], numbers.accept[stages - 1] + 1)
    )
    return acceptance_curve(early, p, distribution=distribution, lot=size).accept, 3


def _stays_reduced(plan: StandardPlan, p: FloatArray, distribution: Distribution, lot: int) -> FloatArray:
    """The chance that a lot is accepted without falling into the gap."""
    from .acceptance import AcceptancePlan

    numbers = plan.plan
    strict = AcceptancePlan(numbers.sizes, numbers.accept, (*numbers.reject[:-1], numbers.accept[-1] + 1))
    size = lot if distribution != "binomial" else None
    return acceptance_curve(strict, p, distribution=distribution, lot=size).accept


def _states(amount: int) -> list[Switching]:
    scores = range(0, ENOUGH_SCORE, amount) if amount else (0,)
    normal = [Switching(since_rejection=since, score=score) for since in range(RECENT) for score in scores]
    tightened = [
        Switching(stage="tightened", streak=streak, rejected=rejected)
        for streak in range(RECENT)
        for rejected in range(RECENT)
    ]
    return [*normal, *tightened, *([Switching(stage="reduced")] if amount else [])]


def _long_run(
    states: list[Switching], amount: int, accept: float, gain: float, tight: float, stays: float
) -> tuple[float, float, float, float]:
    place = {state: number for number, state in enumerate(states)}
    chain, stopping = np.zeros((len(states), len(states))), np.zeros(len(states))
    for number, state in enumerate(states):
        if state.stage == "normal":
            gained = min(gain, accept) if amount else 0.0
            moves = [
                (gained, state.after(accepted=True, gains=amount)),
                (accept - gained, state.after(accepted=True)),
                (1 - accept, state.after(accepted=False)),
            ]
        elif state.stage == "tightened":
            moves = [(tight, state.after(accepted=True)), (1 - tight, state.after(accepted=False))]
        else:
            moves = [(stays, state), (1 - stays, state.after(accepted=False))]
        for chance, after in moves:
            if after.stage == "stopped":
                stopping[number] += chance
                after = Switching(stage="tightened")
            chain[number, place[after]] += chance
    share = _stationary(chain)
    of = {
        stage: float(share[[state.stage == stage for state in states]].sum())
        for stage in ("normal", "tightened", "reduced")
    }
    return of["normal"], of["tightened"], of["reduced"], float(share @ stopping)


def _stationary(chain: FloatArray) -> FloatArray:
    """The long-run shares from the start state; a state that is never left takes all."""
    n = len(chain)
    # Solving (I - P + 1 pi0) instead of I - P picks the start's recurrent class even where there are several.
    start = np.zeros(n)
    start[0] = 1.0
    leak = 1e-12
    share = np.linalg.solve((np.eye(n) - (1 - leak) * chain).T, leak * start)
    share = np.maximum(share, 0)
    return np.asarray(share / share.sum())
