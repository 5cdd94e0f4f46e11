"""How long a plan to prove an effect must run with the audits at hand; one that cannot see its own target is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, log, sqrt
from typing import Literal

import numpy as np

from .arrays import floats
from .careful_power import series_power, sites_power
from .criterion import Criterion
from .effects import asked
from .power import two_shares_power
from .quantiles import normal_below, normal_quantile
from .randomised import PLANNED, mixture_rho

PlanDesign = Literal["ab", "its", "freeze", "did"]

MOST_WEEKS = 520
PATHS, LOOKS_A_WEEK, MOST_LOOKED_AT = 4000, 7, 156


@dataclass(frozen=True, slots=True)
class EffectPlan:
    """What a plan can see. `weeks` and `audits` after the start are the fewest that reach `power`; None where none do.

    `power_at_deadline` and `smallest_at_deadline` (the rate that would be seen with this power) are those of `deadline` weeks,
    None without a deadline. `refusal` is empty for a plan that can see its own target, and else says what would do.
    """

    design: str
    rate: float
    target: float
    per_week: float
    power: float
    weeks: int | None
    audits: int | None
    deadline: float | None
    power_at_deadline: float | None
    smallest_at_deadline: float | None
    refusal: str

    @property
    def is_enough(self) -> bool:
        """Whether the plan can see its own target in time."""
        return not self.refusal


class CannotSeeTarget(ValueError):
    """A plan too weak for its own target; the sentence says what would do."""


def refuse_weak_plan(plan: EffectPlan) -> EffectPlan:
    """The plan, or CannotSeeTarget when it cannot see its own target in time.

    >>> refuse_weak_plan(plan_effect(0.05, 0.035, per_week=2800)).weeks
    3

    Reference: Hoenig, Heisey (2001) American Statistician 55 (power belongs before the data).
    """
    if plan.refusal:
        raise CannotSeeTarget(plan.refusal)
    return plan


def plan_effect(
    rate: float,
    target: float,
    *,
    per_week: float,
    design: PlanDesign = "ab",
    deadline: float | None = None,
    power: float = 0.8,
    alpha: float = 0.05,
    criterion: str | Criterion | None = None,
    weeks_before: int = 26,
    deviation: float | None = None,
    dispersion: float = 1.0,
    carried: float = 0.0,
    sites: int = 8,
    treated_sites: int | None = None,
    looks: Literal["one", "any"] = "one",
    planned: float = PLANNED,
) -> EffectPlan:
    """How many weeks until an action that moves the error rate from `rate` to `target` is seen with this `power`.

    `per_week`: audits a week in all. `deviation`: for means instead of rates, the standard deviation of one case. `criterion`:
    what must be shown (no effect must be excluded, unless said). `dispersion`: variance over chance's. Designs:

    - `ab`: half of the audits in each arm. `looks` one: R's power.prop.test; any: daily looks, mixture narrowest at `planned`
      cases an arm, first crossing in 4,000 seeded paths.
    - `its`: one series with trend, `weeks_before` weeks before; `freeze`: the same without a trend. `carried` is the
      correlation of neighbouring weeks' errors. The careful interval's own width is drawn 2,000 times with a seed.
    - `did`: `treated_sites` of `sites` change (half unless said), `weeks_before` weeks before; the careful interval over
      sites, drawn likewise.

    Assumes the effect is there from the first week on and lasts. Raises ValueError for shares outside 0 to 1.

    >>> plan = plan_effect(0.05, 0.04, per_week=1500, deadline=6)
    >>> plan.audits, plan.weeks, plan.is_enough
    (13490, 9, False)
    >>> plan.refusal
    'In 6 weeks the plan sees 0.04 instead of 0.05 with a power of 63 %, not 80 %: it would need 9 weeks (13490 audits).'

    Reference: Fleiss, Levin, Paik (2003), chapter 4; Zhang, Wagner, Ross-Degnan (2011) J. Clinical Epidemiology 64.
    """
    _check(rate, target, per_week, deviation, power, alpha, dispersion, carried, weeks_before)
    bound = _bound(rate, target, asked(criterion))
    world = _World(rate, bound, per_week, deviation, dispersion, carried, weeks_before, alpha)
    powers: dict[str, Callable[[float, float], float]] = {
        "ab": world.two_arms,
        "its": lambda aim, weeks: world.series(aim, weeks, trend=True),
        "freeze": lambda aim, weeks: world.series(aim, weeks, trend=False),
        "did": lambda aim, weeks: world.sites(aim, weeks, sites, treated_sites or sites // 2),
    }
    if design not in powers:
        raise ValueError(f"unknown design {design!r}")
    if looks == "any" and design == "ab":
        return _looked_at_daily(world, target, power, deadline, planned)
    at = powers[design]
    weeks = _fewest(lambda w: at(target, w) >= power, MOST_WEEKS)
    audits = None if weeks is None else ceil(weeks * per_week)
    if design == "ab" and weeks is not None:
        # Whole audits in each arm, not whole weeks.
        one = _fewest(lambda n: world.two_arms(target, 2 * n / per_week) >= power, ceil(MOST_WEEKS * per_week))
        audits = None if one is None else 2 * one
    reached = None if deadline is None else at(target, deadline)
    smallest = None if deadline is None else _smallest_seen(lambda aim: at(aim, deadline), bound, target, power)
    return _plan(design, world, target, power, weeks, audits, deadline, reached, smallest)


def _plan(
    design: str, world: _World, target: float, power: float, weeks: int | None, audits: int | None,
    deadline: float | None, reached: float | None, smallest: float | None,
) -> EffectPlan:  # fmt: skip
    refusal = ""
    if weeks is None:
        refusal = f"No plan of up to {MOST_WEEKS} weeks sees {target:g} instead of {world.rate:g}: take more audits."
    elif deadline is not None and deadline < weeks:
        refusal = (
            f"In {deadline:g} weeks the plan sees {target:g} instead of {world.rate:g} with a power of "
            f"{reached or 0:.0%}, not {power:.0%}: it would need {weeks} weeks ({audits} audits)."
        ).replace("%", " %")
    return EffectPlan(
        design, world.rate, target, world.per_week, power, weeks, audits, deadline, reached, smallest, refusal
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _World:
    rate: float
    bound: float
    per_week: float
    deviation: float | None
    dispersion: float
    carried: float
    weeks_before: int
    alpha: float

    def variance(self, rate: float) -> float:
        """Of one case."""
        plain = rate * (1 - rate) if self.deviation is None else self.deviation**2
        return plain * self.dispersion

    def two_arms(self, aim: float, weeks: float) -> float:
        n = self.per_week * weeks / 2
        if n <= 0:
            return 0.0
        if self.bound == self.rate and self.deviation is None:
            return two_shares_power(n / self.dispersion, first=self.rate, second=aim, alpha=self.alpha)
        error = sqrt((self.variance(self.rate) + self.variance(aim)) / n)
        return normal_below(abs(aim - self.bound) / error - normal_quantile(1 - self.alpha / 2))

    def series(self, aim: float, weeks: float, *, trend: bool) -> float:
        """From the information of weekly counts on the logarithm's scale, or of weekly means."""
        after = int(weeks)
        n = self.weeks_before + after
        terms = 3 if trend else 2
        if after < 2 or self.weeks_before < 3 or n < terms + 2:
            return 0.0
        is_after = np.arange(n) >= self.weeks_before
        level = np.where(is_after, aim, self.rate)
        case = np.where(is_after, self.variance(aim), self.variance(self.rate))
        if self.deviation is None:
            # The model takes counts for Poisson; binomial ones vary a little less, over-dispersed ones more.
            if aim <= 0 or self.bound <= 0:
                return 1.0
            weight, spread = self.per_week * level, case / level
            gap = abs(log(aim) - log(self.bound))
        else:
            weight, spread = self.per_week / case, np.ones(n)
            gap = abs(aim - self.bound)
        return series_power(
            gap, is_after, weight, spread, trend=trend, carried=self.carried, is_count=self.deviation is None,
            alpha=self.alpha,
        )  # fmt: skip

    def sites(self, aim: float, weeks: float, sites: int, treated: int) -> float:
        if not 2 <= treated <= sites - 2:
            raise ValueError("did needs at least two treated sites and two others")
        each = self.per_week / sites
        before, after = each * self.weeks_before, each * weeks
        if before <= 0 or after <= 0:
            return 0.0
        usual = self.variance(self.rate) * (1 / before + 1 / after)
        changed = self.variance(self.rate) / before + self.variance(aim) / after
        sizes = np.array([treated, sites - treated])
        return sites_power(abs(aim - self.bound), np.array([changed, usual]), sizes, self.alpha)


def _fewest(is_enough: Callable[[int], bool], most: int) -> int | None:
    """The smallest number up to `most` that is enough, given that more is enough too."""
    low, high = 1, most
    if not is_enough(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return low


def _smallest_seen(power_of: Callable[[float], float], bound: float, target: float, power: float) -> float | None:
    """The aim nearest to the bound, on the target's side, that is seen with this power; None when none is."""
    far = (0.0 if target < bound else 1.0) if 0 <= target <= 1 and 0 <= bound <= 1 else bound + 64 * (target - bound)
    far = far if far > 0 or bound > 1 else bound * 1e-3
    if power_of(far) < power:
        return None
    near = bound
    for _ in range(40):
        middle = (near + far) / 2
        near, far = (near, middle) if power_of(middle) >= power else (middle, far)
    return far


def _looked_at_daily(
    world: _World, target: float, power: float, deadline: float | None, planned: float
) -> EffectPlan:  # fmt: skip
    """The share of paths that have crossed the mixture's bound by each daily look."""
    looks = MOST_LOOKED_AT * LOOKS_A_WEEK
    each = world.per_week / 2 / LOOKS_A_WEEK
    both = world.variance(world.rate) + world.variance(target)
    n = each * np.arange(1, looks + 1)
    variance = n * both
    rng = np.random.default_rng(20261122)
    steps = rng.standard_normal((PATHS, looks), dtype=np.float32) * np.float32(sqrt(each * both))
    sums = np.cumsum(steps, axis=1) + (n * abs(target - world.bound)).astype(np.float32)
    rho = mixture_rho(planned * both, level=1 - world.alpha)
    bound = np.sqrt((variance + rho) * np.log((variance + rho) / (rho * world.alpha**2)))
    # A path stays found once it was: the plan stops there.
    found = np.maximum.accumulate(sums > floats(bound).astype(np.float32), axis=1).mean(axis=0)
    enough = np.flatnonzero(found >= power)
    weeks = int(enough[0]) // LOOKS_A_WEEK + 1 if enough.size else None
    audits = ceil(2 * n[enough[0]]) if enough.size else None
    reached = None
    if deadline is not None:
        last = min(max(int(deadline * LOOKS_A_WEEK), 1), looks)
        reached = float(found[last - 1])
    return _plan("ab", world, target, power, weeks, audits, deadline, reached, None)


def _bound(rate: float, target: float, criterion: Criterion | None) -> float:
    """The rate that must be excluded: the criterion's end that lies between no effect and the target."""
    if criterion is None:
        return rate
    side = criterion.low if target > rate else criterion.high
    if not np.isfinite(side):
        raise ValueError(f"the criterion {criterion.text!r} and the target point in different directions")
    bound = rate * side if criterion.scale == "ratio" else rate + side
    if (target - bound) * (target - rate) <= 0:
        raise ValueError(f"a target of {target:g} does not fulfil {criterion.text!r} itself: aim further")
    return bound


def _check(
    rate: float, target: float, per_week: float, deviation: float | None, power: float, alpha: float,
    dispersion: float, carried: float, weeks_before: int,
) -> None:  # fmt: skip
    if rate == target:
        raise ValueError("rate and target must differ")
    if deviation is None and not (0 < rate < 1 and 0 <= target < 1):
        raise ValueError(f"rate and target must be shares between 0 and 1, not {rate:g} and {target:g}")
    if deviation is not None and deviation <= 0:
        raise ValueError("deviation must be above 0")
    if not (per_week > 0 and dispersion > 0):
        raise ValueError("per_week and dispersion must be above 0")
    if not (0 < power < 1 and 0 < alpha < 1):
        raise ValueError("power and alpha must lie between 0 and 1")
    if not 0 <= carried < 1:
        raise ValueError("carried must lie in 0 to 1, below 1")
    if weeks_before < 1:
        raise ValueError("weeks_before must be 1 or more")
