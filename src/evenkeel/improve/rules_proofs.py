"""The effect check: a frozen plan and the figures give one verdict, whoever runs it and however often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from math import inf, isfinite, nan
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import (
    Effect,
    Estimate,
    against_negative_control,
    coaching_effect,
    counterfactual_series,
    frozen_baseline,
    interrupted_series,
    staggered_effect,
)

from .rules_plans import WEEK, Frozen, Past

FloatArray = npt.NDArray[np.float64]
Verdict = Literal["effective", "not_effective", "cannot_tell"]
# Six decimals of an audit: figures come back from the database as they went in, to the last digit.
DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One series by weeks: `values` is the metric, `sizes` its effective audits (0: none that week).

    `start` is the week in which the action reached it, None for never. `name` is for the chart.
    """

    name: str
    start: int | None
    values: tuple[float | None, ...]
    sizes: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class OfPeople:
    """Everybody with audits: the metric before and in the window, effective audits, and who was coached. No names, no ids."""

    before: tuple[float, ...]
    n_before: tuple[float, ...]
    after: tuple[float, ...]
    n_after: tuple[float, ...]
    coached: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All that a check rests on: series from `first_day` on, or people; the same of the metric that must not move."""

    first_day: str
    units: tuple[Unit, ...] = ()
    people: OfPeople | None = None
    control: tuple[Unit, ...] = ()
    control_people: OfPeople | None = None
    volume: float = 0.0

    def written(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return _plain(asdict(self))  # type: ignore[no-any-return]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Figures:
        """The inverse of `written`."""

        def units(rows: Sequence[Mapping[str, Any]]) -> tuple[Unit, ...]:
            return tuple(
                Unit(name=row["name"], start=row["start"], values=tuple(row["values"]), sizes=tuple(row["sizes"]))
                for row in rows
            )

        def people(said: Mapping[str, Any] | None) -> OfPeople | None:
            return None if said is None else OfPeople(**{name: tuple(each) for name, each in said.items()})

        return cls(
            first_day=data["first_day"],
            units=units(data["units"]),
            people=people(data["people"]),
            control=units(data["control"]),
            control_people=people(data["control_people"]),
            volume=data["volume"],
        )


@dataclass(frozen=True, kw_only=True)
class Look:
    """One look at whether something that the design rests on holds."""

    name: str
    value: float | None
    is_fine: bool


@dataclass(frozen=True, kw_only=True)
class Proved:
    """What a check says. `improvement` is in the metric's own unit, above 0 for better; its interval is the careful one.

    `plain` is what the same data say at first sight, `luck` the part of it that picking people for a bad month brings by
    itself (coaching only). `course`: by week, what was seen and what would have been. `study`: improvement by weeks from the
    start. `control` is the change of the metric that must not move.
    """

    verdict: Verdict
    because: str
    design: str
    improvement: Estimate
    p_value: float | None
    looks: tuple[Look, ...]
    course: Mapping[str, list[Any]]
    study: tuple[Mapping[str, Any], ...]
    control: Mapping[str, Any] | None
    plain: float | None = None
    luck: float | None = None

    def written(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return _plain(asdict(self) | {"improvement": self.improvement.to_dict()})  # type: ignore[no-any-return]


def prove(plan: Frozen, figures: Figures) -> Proved:
    """Run the plan's own design on the figures and judge it by the plan's own criterion.

    Beyond the kernel's verdict: an effect counts only where the placebo, the same model where nothing happened, finds
    nothing, and where the metric that must not move has not moved. Both were fixed with the plan.
    """
    effect = _effect(plan, figures.units, figures.people, plan.criterion)
    control = None
    if plan.negative_control and (figures.control or figures.control_people):
        control = _effect(plan, figures.control, figures.control_people, None, is_control=True)
        if control.careful.is_known:
            effect = against_negative_control(effect, control)
    verdict, because = _because(effect)
    named = {each.name: each for each in effect.diagnostics}
    plain, luck = (named[name].value if name in named else None for name in ("plain_change", "regression_to_the_mean"))
    return Proved(
        verdict=verdict,
        because=because,
        design=effect.design,
        improvement=turned(effect.careful, plan.sign),
        p_value=_number(effect.p_value),
        looks=tuple(
            Look(name=each.name, value=_number(each.value), is_fine=bool(each.is_fine)) for each in effect.diagnostics
        ),
        course=_course(plan, effect, figures),
        study=_study(plan, effect),
        control=None if control is None else control.careful.to_dict(),
        plain=None if plain is None else _number(plan.sign * plain),
        luck=None if luck is None else _number(plan.sign * luck),
    )


def turned(estimate: Estimate, sign: int) -> Estimate:
    """The estimate, or its opposite with the ends exchanged.

    >>> turned(Estimate(-0.03, -0.05, -0.01, 9, 9.0, "its"), -1).low
    0.01
    """
    if sign > 0:
        return estimate
    return replace(estimate, value=-estimate.value, low=-estimate.high, high=-estimate.low)


def past_of(plan: Frozen, figures: Figures) -> Past:
    """What the baseline says for the plan's power. Raises ValueError where it holds nothing."""
    if plan.comparison == "coaching":
        return _past_of_people(plan, figures.people)
    weeks = plan.baseline_weeks
    is_panel = plan.comparison in ("matched", "staggered")
    used = [unit for unit in figures.units if is_panel or unit.start is not None]
    values = np.array([_modelled(plan, unit)[:weeks] for unit in used], dtype=np.float64)
    sizes = np.array([unit.sizes[:weeks] for unit in used], dtype=np.float64)
    counted = sizes.sum(axis=0) > 0
    if not counted.any():
        raise ValueError("no audits")
    n = sizes.sum()
    rate = float(np.nansum(np.nan_to_num(values) * sizes) / n)
    if plan.is_share and not 0 < rate < 1:
        # Nothing unwanted was seen: half an event, as for any rate that is not known to be 0.
        rate = 0.5 / float(n) if rate <= 0 else 1 - 0.5 / float(n)
    each = sizes > 0
    variance = rate * (1 - rate) if plan.is_share else _variance(values, sizes)
    level = np.nansum(np.nan_to_num(values) * sizes, axis=1) / np.maximum(sizes.sum(axis=1), 1e-9)
    gaps = np.where(each, (np.nan_to_num(values) - level[:, None]) ** 2 * sizes, 0.0).sum()
    freedom = max(int(each.sum()) - len(used), 1)
    dispersion = max(float(gaps / freedom / variance), 1.0) if variance > 0 and plan.is_share else 1.0
    return Past(
        rate=rate,
        per_week=float(n / counted.sum()),
        weeks=int(counted.sum()),
        dispersion=dispersion,
        deviation=None if plan.is_share else max(float(np.sqrt(variance)), 1e-9),
    )


def _past_of_people(plan: Frozen, people: OfPeople | None) -> Past:
    if people is None or not any(people.n_before):
        raise ValueError("no audits")
    n, who = np.array(people.n_before), np.array(people.coached) == 1
    rates = np.array([_unwanted(plan, value) for value in people.before])
    if not n[who].sum() or not n[~who].sum():
        raise ValueError("no audits")
    rate = float((rates * n)[who].sum() / n[who].sum())
    rate = min(max(rate, 0.5 / float(n[who].sum())), 1 - 0.5 / float(n[who].sum()))
    own = np.where(who, rate, float((rates * n)[~who].sum() / n[~who].sum()))
    spread = float((((rates - own) ** 2) * n)[n > 0].sum() / max((n > 0).sum() - 2, 1))
    return Past(
        rate=rate,
        per_week=float(n[who].sum() / plan.baseline_weeks),
        weeks=plan.baseline_weeks,
        # The groups' own scatter, the coached being alike because they were picked so: chance's is the least.
        dispersion=max(spread / (rate * (1 - rate)), 1.0) if 0 < rate < 1 else 1.0,
        others_a_week=float(n[~who].sum() / plan.baseline_weeks),
    )


def _variance(values: FloatArray, sizes: FloatArray) -> float:
    """Of one case, from how the weeks' means scatter about their unit's."""
    n = np.where(np.isnan(values), 0.0, sizes)
    level = np.nansum(np.nan_to_num(values) * n, axis=1) / np.maximum(n.sum(axis=1), 1e-9)
    gaps = ((np.nan_to_num(values) - level[:, None]) ** 2 * n).sum()
    return float(gaps / max(int((n > 0).sum()) - len(values), 1))


def _effect(
    plan: Frozen, units: Sequence[Unit], people: OfPeople | None, criterion: str | None, *, is_control: bool = False
) -> Effect:
    if plan.comparison == "coaching" and people is not None:
        read = (lambda value: value) if is_control else (lambda value: _unwanted(plan, value))
        before, after = ([read(value) for value in side] for side in (people.before, people.after))
        return coaching_effect(
            np.array(before) * people.n_before, people.n_before, np.array(after) * people.n_after, people.n_after,
            people.coached, criterion=criterion,
        )  # fmt: skip
    if plan.comparison in ("matched", "staggered"):
        return _panel(plan, units, criterion, is_plain=is_control)
    own = next(unit for unit in units if unit.start is not None)
    rates, sizes = np.array(_modelled(plan, own, is_plain=is_control)), np.array(own.sizes)
    time, start, wait = np.arange(len(rates)), float(own.start or 0), float(plan.run_in_weeks)
    if plan.comparison == "with_controls":
        controls = _controls(plan, units, is_plain=is_control)
        return counterfactual_series(rates, time, start=start, controls=controls, wait=wait, criterion=criterion)
    is_count = plan.is_share and not is_control
    settings: dict[str, Any] = {
        "start": start, "wait": wait, "criterion": criterion, "size": sizes if is_count else None,
        "family": "poisson" if is_count else "gaussian",
    }  # fmt: skip
    values = np.where(sizes > 0, np.nan_to_num(rates) * sizes, np.nan) if is_count else rates
    if plan.has_trend or plan.aim == "keep":
        # The frozen baseline asks for a lasting shift, which is just what must not be seen where all is to stay the same.
        return interrupted_series(values, time, trend=plan.has_trend, **settings)
    return frozen_baseline(values, time, **settings)


def _panel(plan: Frozen, units: Sequence[Unit], criterion: str | None, *, is_plain: bool) -> Effect:
    rows: list[tuple[float, int, int, float, float]] = []
    for number, unit in enumerate(units):
        start = inf if unit.start is None else float(unit.start)
        for week, (value, size) in enumerate(zip(_modelled(plan, unit, is_plain=is_plain), unit.sizes, strict=True)):
            is_running_in = start <= week < start + plan.run_in_weeks
            if size > 0 and isfinite(value) and not is_running_in:
                rows.append((value, number, week, start, size))
    columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
    values, numbers, weeks, starts, sizes = columns
    return staggered_effect(values, numbers, weeks, starts, weights=sizes, criterion=criterion)


def _controls(plan: Frozen, units: Sequence[Unit], *, is_plain: bool) -> FloatArray | None:
    """Series that have a figure in every week; one with a hole cannot tell what would have been then."""
    found = [_modelled(plan, unit, is_plain=is_plain) for unit in units if unit.start is None]
    whole = [each for each in found if all(isfinite(value) for value in each)]
    return np.array(whole).T if whole else None


def _modelled(plan: Frozen, unit: Unit, *, is_plain: bool = False) -> list[float]:
    """The figures as the design takes them: of a share what is unwanted. nan where nothing was seen."""
    return [
        nan if value is None or not size else (float(value) if is_plain else _unwanted(plan, value))
        for value, size in zip(unit.values, unit.sizes, strict=True)
    ]


def _unwanted(plan: Frozen, value: float) -> float:
    # Rounding may leave a share a hair beyond its ends.
    return min(max(1 - value if plan.better == "up" else value, 0.0), 1.0) if plan.is_share else value


def _because(effect: Effect) -> tuple[Verdict, str]:
    named = {each.name: each.is_fine for each in effect.diagnostics}
    if not named.get("negative_control", True):
        return "cannot_tell", "control_moved"
    if effect.verdict == "effective" and not named.get("placebo", True):
        return "cannot_tell", "placebo_moved"
    if effect.verdict != "cannot_tell":
        return effect.verdict, "fulfils" if effect.verdict == "effective" else "misses"
    careful, criterion = effect.careful, effect.criterion
    if not careful.has_interval:
        return "cannot_tell", "few"
    if criterion is not None and criterion.is_met_by(careful.low, careful.high):
        return "cannot_tell", "no_shift" if effect.design == "freeze" else "few"
    return "cannot_tell", "both"


def _course(plan: Frozen, effect: Effect, figures: Figures) -> dict[str, list[Any]]:
    if effect.course is None:
        return {}
    course, first = effect.course, date.fromisoformat(figures.first_day)

    def shown(values: FloatArray) -> list[float | None]:
        turned_back = 1 - values if plan.is_share and plan.better == "up" else values
        return [_number(float(value)) for value in turned_back]

    low, high = shown(course.low), shown(course.high)
    if plan.is_share and plan.better == "up":
        low, high = high, low
    return {
        "day": [(first + int(week) * WEEK).isoformat() for week in course.time],
        "seen": shown(course.observed),
        "expected": shown(course.expected),
        "low": low,
        "high": high,
        "is_after": [bool(each) for each in course.is_after],
    }


def _study(plan: Frozen, effect: Effect) -> tuple[dict[str, Any], ...]:
    if effect.study is None:
        return ()
    return tuple(
        {"weeks": int(distance)} | turned(each, plan.sign).to_dict()
        for distance, each in zip(effect.study.distance, effect.study.effects, strict=True)
    )


def _number(value: float) -> float | None:
    return round(float(value), 9) if isfinite(value) else None


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value
