"""The effect plan: what it says, the sign over it, and whether the audits at hand can see its target at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from math import ceil, sqrt
from statistics import NormalDist
from typing import Any, Literal, get_args

from evenkeel.kernel import plan_effect

Comparison = Literal["before_after", "with_controls", "matched", "staggered", "coaching"]
Aim = Literal["improve", "keep"]
Dimension = Literal["", "organisation", "site", "team", "queue"]
COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
DIMENSIONS: tuple[Dimension, ...] = ("organisation", "site", "team", "queue")

POWER = 0.8
WEEK = timedelta(days=7)
BASELINE_WEEKS = range(4, 53)
WINDOW_WEEKS = range(2, 53)
RUN_IN_WEEKS = range(14)
# A trend through fewer weeks is a guess, and the placebo half-way needs as many on each side.
TREND_WEEKS = 16
FEWEST_COACHED = 5
MOST_SOUGHT_WEEKS = 520
_HALVINGS = 5


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """An effect plan as a document. Amounts are in the metric's own unit: 0.02 is two points of a share.

    `changed` are the units that the action touches with their starts, `others` those compared with (ids as text), both of
    `dimension`; empty where the scope itself is the one series. `aim` improve: at least `least` better; keep: no more than
    `least` off either way. `expected` is what the action is thought to bring. `past` is what its power was worked out from.
    """

    metric: str
    better: Literal["up", "down"]
    unit: str
    scope: Mapping[str, str | None]
    comparison: Comparison
    dimension: Dimension
    changed: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    coached: int
    aim: Aim
    least: float
    expected: float
    starts_on: str
    baseline_weeks: int
    run_in_weeks: int
    window_weeks: int
    has_trend: bool
    extension_weeks: int
    negative_control: str
    past: Mapping[str, float | int | None]

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Frozen:
        """The inverse of `written`."""
        said = dict(document)
        said["changed"] = tuple((str(unit), str(day)) for unit, day in said["changed"])
        said["others"] = tuple(said["others"])
        return cls(**said)

    def written(self) -> dict[str, Any]:
        """The document as JSON can hold it."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @property
    def first_day(self) -> date:
        """The first day of the baseline."""
        return self.start - self.baseline_weeks * WEEK

    @property
    def start(self) -> date:
        """The first day of the action, anywhere."""
        return date.fromisoformat(self.starts_on)

    @property
    def until(self) -> date:
        """The first day after the window, which begins when the last unit has run in."""
        last = max((date.fromisoformat(day) for _unit, day in self.changed), default=self.start)
        return last + (self.run_in_weeks + self.window_weeks) * WEEK

    @property
    def is_share(self) -> bool:
        """Whether the metric is a share, which is modelled as what is unwanted of it."""
        return self.unit == "percent"

    @property
    def sign(self) -> int:
        """Improvement is `sign` times the difference of what is modelled."""
        return 1 if not self.is_share and self.better == "up" else -1

    @property
    def criterion(self) -> str:
        """What must be true, in the kernel's words, of the difference of what is modelled."""
        if self.aim == "keep":
            return f"difference between {-self.least:.9g} and {self.least:.9g}"
        if self.sign < 0:
            return f"difference <= {-self.least:.9g}" if self.least else "difference < 0"
        return f"difference >= {self.least:.9g}" if self.least else "difference > 0"


def sha256_of(document: Mapping[str, Any]) -> str:
    """The SHA-256 of a document with sorted keys and no blanks: whoever holds the document can repeat it.

    >>> sha256_of({"b": 1, "a": 2}) == sha256_of({"a": 2, "b": 1})
    True
    """
    said = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def fault_in_plan(plan: Frozen, *, today: date) -> tuple[str, str] | None:
    """What is wrong with a plan before any figure is read: (field, code), or None."""
    changed, others = {unit for unit, _day in plan.changed}, set(plan.others)
    starts = [date.fromisoformat(day) for _unit, day in plan.changed]
    is_panel = plan.comparison in ("matched", "staggered")
    checks: tuple[tuple[bool, str, str], ...] = (
        (plan.start <= today, "starts_on", "past"),
        (plan.baseline_weeks not in BASELINE_WEEKS, "baseline_weeks", "range"),
        (plan.window_weeks not in WINDOW_WEEKS, "window_weeks", "range"),
        (plan.run_in_weeks not in RUN_IN_WEEKS, "run_in_weeks", "range"),
        (plan.extension_weeks not in range(plan.window_weeks + 1), "extension_weeks", "range"),
        (plan.has_trend and plan.baseline_weeks < TREND_WEEKS, "baseline_weeks", "trend"),
        (plan.least < 0 or (plan.aim == "keep" and plan.least == 0), "least", "amount"),
        (plan.aim == "improve" and plan.expected <= plan.least, "expected", "beyond"),
        (bool(changed & others), "others", "both"),
        (is_panel and min(len(changed), len(others)) < 2 and plan.comparison == "matched", "others", "two"),
        (plan.comparison == "staggered" and len(changed) < 2, "changed", "two"),
        (plan.comparison == "staggered" and len(set(starts)) < 2 and not others, "changed", "waves"),
        (plan.comparison == "with_controls" and not others, "others", "none"),
        (is_panel and any((day - plan.start).days % 7 for day in starts), "changed", "weeks"),
        (is_panel and bool(starts) and min(starts) != plan.start, "changed", "first"),
        (plan.comparison == "coaching" and plan.coached < FEWEST_COACHED, "coached", "five"),
        (plan.comparison == "coaching" and not plan.is_share, "metric", "share"),
        (plan.negative_control == plan.metric, "negative_control", "same"),
    )
    return next(((field, code) for is_wrong, field, code in checks if is_wrong), None)


@dataclass(frozen=True, kw_only=True)
class Past:
    """What the baseline holds: the rate (or mean) of what is modelled, effective audits a week, how they vary.

    `dispersion` is the variance of weeks (people, for coaching) over chance's, at least 1; `deviation` of one case, for
    means. `others_a_week` are audits of people not coached.
    """

    rate: float
    per_week: float
    weeks: int
    dispersion: float
    deviation: float | None = None
    others_a_week: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Power:
    """What the plan can see in its window; `weeks` and `audits` are the fewest that would do, None where none do."""

    power: float
    weeks: int | None
    audits: int | None
    is_enough: bool


def power_of(plan: Frozen, past: Past) -> Power:
    """The chance that the plan, in its window, comes to the verdict it hopes for, if the action does what is expected.

    Improve: `kernel.plan_effect` on the careful interval, with the plan's own criterion. Keep: both sides must be excluded
    while nothing changes; by Bonferroni 2 p - 1 of the weaker side's p (Schuirmann 1987 J. Pharmacokinetics 15). Coaching:
    normal, with audits of coached and others. Raises ValueError where the target is no share.
    """
    if plan.comparison == "coaching":
        return _of_coaching(plan, past)
    if plan.aim == "improve":
        found = _planned(plan, past, past.rate, past.rate + plan.sign * plan.expected, plan.criterion, POWER)
        return _power(found.power_at_deadline or 0.0, found.weeks, plan, past)
    sides = [past.rate - plan.least, past.rate + plan.least]
    if plan.is_share:
        # A rate below 0 or above 1 needs no excluding.
        sides = [side for side in sides if 0 < side < 1]
    if not sides:
        raise ValueError("the margin covers everything")
    found_sides = [_planned(plan, past, side, past.rate, None, (1 + POWER) / 2) for side in sides]
    weeks = [side.weeks for side in found_sides]
    worst = min(side.power_at_deadline or 0.0 for side in found_sides)
    most = None if any(each is None for each in weeks) else max(each or 0 for each in weeks)
    return _power(max(2 * worst - 1, 0.0), most, plan, past)


def smallest_seen(plan: Frozen, past: Past) -> float | None:
    """The least expected improvement that the plan could show in its own window; None where even the largest is too little.

    By halving, to a thirtieth of what is possible, for each question costs the search of a plan: no share of what is unwanted
    falls below 0, no mean by more than itself.
    """
    if plan.aim != "improve":
        return None

    def is_seen(expected: float) -> bool:
        try:
            return power_of(replace(plan, expected=expected), past).is_enough
        except ValueError:
            return False

    low, high = max(plan.expected, plan.least), abs(past.rate) * 0.99
    if high <= low or not is_seen(high):
        return None
    for _step in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_seen(middle) else (middle, high)
    return high


def _planned(plan: Frozen, past: Past, rate: float, target: float, criterion: str | None, power: float) -> Any:
    if plan.comparison in ("matched", "staggered"):
        changed = len(plan.changed)
        # Waves: who has not begun yet stands in for who never does.
        others = max(len(plan.others), 2)
        design: dict[str, Any] = {"design": "did", "sites": changed + others, "treated_sites": changed}
    else:
        design = {"design": "its" if plan.has_trend else "freeze"}
    return plan_effect(
        rate, target, per_week=past.per_week, deadline=plan.window_weeks, power=power, criterion=criterion,
        weeks_before=past.weeks, deviation=past.deviation, dispersion=past.dispersion, **design,
    )  # fmt: skip


def _power(power: float, weeks: int | None, plan: Frozen, past: Past) -> Power:
    audits = None if weeks is None else ceil(weeks * past.per_week)
    return Power(power=power, weeks=weeks, audits=audits, is_enough=weeks is not None and weeks <= plan.window_weeks)


def _of_coaching(plan: Frozen, past: Past) -> Power:
    target = past.rate - plan.expected if plan.aim == "improve" else past.rate
    if not 0 <= target < 1:
        raise ValueError(f"a target of {target:g} is no share")
    variance = (past.rate * (1 - past.rate) + target * (1 - target)) / 2 * past.dispersion
    gap = plan.expected - plan.least if plan.aim == "improve" else plan.least
    z = NormalDist().inv_cdf(0.975)

    def at(weeks: float) -> float:
        a_week = min(past.per_week, past.others_a_week)
        if a_week <= 0:
            return 0.0
        error = sqrt(variance * (1 / past.per_week + 1 / past.others_a_week) / weeks)
        one = NormalDist().cdf(gap / error - z) if error else 1.0
        return one if plan.aim == "improve" else max(2 * one - 1, 0.0)

    weeks = _fewest(lambda week: at(week) >= POWER)
    return _power(at(plan.window_weeks), weeks, plan, past)


def _fewest(is_enough: Callable[[int], bool]) -> int | None:
    low, high = 1, MOST_SOUGHT_WEEKS
    if not is_enough(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return low


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value
