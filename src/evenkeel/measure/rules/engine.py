"""Every watched series judged at once: charts of one kind in one matrix, limits from the rate that each series is allowed.

Series begin on different days and have baselines of different lengths. They are laid side by side with the ends of their
baselines in one column; what a series lacks before or after is left empty, and the kernel skips what is empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import Alarms, Chart, Phases, alarm_chances, alarms, individuals_chart, p_chart

FloatArray = npt.NDArray[np.float64]

# Points after the baseline that are looked at: the moving average has forgotten what lies further back.
LATEST = 60
# Rates are rounded to steps of so much, for each costs solved limits: at most 2.5 % off, both ways alike.
_STEP = log(1.05)


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """One series: its figures in order of time; of a share with their effective sizes, of anything else without.

    The first `baseline` points set the limits; `rate` is how many alarms a point it may raise while nothing changes.
    """

    key: Hashable
    values: FloatArray
    sizes: FloatArray | None
    baseline: int
    rate: float


@dataclass(frozen=True, kw_only=True)
class Run:
    """Neighbouring flagged points on one side; `p` is the smallest probability of such a point by chance."""

    side: int
    rule: str
    first: int
    last: int
    p: float


def judge(courses: Sequence[Course]) -> dict[Hashable, list[Run]]:
    """The runs of flagged points of each series after its baseline, in order of time; series without one are left out.

    One chart over all shares, one over all other figures: shares by the kernel's over-dispersed chart with predictive
    limits, single values by their moving ranges. Alarms by `kernel.alarms`, whose limits promise `rate` (rounded to 5 %
    steps). Assumes points independent in time while nothing changes.
    """
    found: dict[Hashable, list[Run]] = {}
    for is_share in (True, False):
        some = [course for course in courses if (course.sizes is not None) == is_share and course.baseline >= 2]
        if some:
            found |= _judged(some, is_share=is_share)
    return found


def chart_of(course: Course, *, width: float = 3.0) -> Chart:
    """The chart of one series; all of its points."""
    phases = Phases(freeze=course.baseline)
    if course.sizes is None:
        return individuals_chart(course.values, phases=phases, width=width)
    return p_chart(course.values * course.sizes, course.sizes, phases=phases, width=width)


def rounded(rate: float) -> float:
    """A rate on the grid for which limits are solved."""
    return float(np.exp(round(log(rate) / _STEP) * _STEP))


def runs_of(chart: Chart, said: Alarms, *, baseline: int, by_chance: Sequence[float] | FloatArray) -> list[Run]:
    """The runs of one series' flagged points after its baseline, side by side in time."""
    flagged = {(flag.point, flag.side): flag.rule for flag in reversed(said.flags)}
    found: list[Run] = []
    for side in (-1, 1):
        points = [point for point in range(baseline, chart.value.shape[-1]) if (point, side) in flagged]
        for _gap, group in groupby(enumerate(points), key=lambda pair: pair[1] - pair[0]):
            run = [point for _place, point in group]
            p = min(float(by_chance[point]) for point in run)
            found.append(Run(side=side, rule=flagged[run[0], side], first=run[0], last=run[-1], p=p))
    return sorted(found, key=lambda run: (run.first, run.side))


def _judged(courses: Sequence[Course], *, is_share: bool) -> dict[Hashable, list[Run]]:
    before = max(course.baseline for course in courses)
    after = max(min(len(course.values) - course.baseline, LATEST) for course in courses)
    values = _aligned(courses, [course.values for course in courses], before, after)
    phases = Phases(freeze=before)
    if is_share:
        sizes = np.nan_to_num(_aligned(courses, [course.sizes for course in courses], before, after))
        chart = p_chart(np.nan_to_num(values) * sizes, sizes, phases=phases)
    else:
        chart = individuals_chart(values, phases=phases)
    chart = _without_padding(chart)
    found: dict[Hashable, list[Run]] = {}
    for rate, rows in _by_rate(courses).items():
        part = _rows(chart, rows)
        said = alarms(part, false_alarms=min(rate * len(rows), 0.5 * len(rows)))
        for place in np.flatnonzero(((said.beyond != 0) | (said.drifting != 0)).any(axis=-1)):
            course = courses[rows[place]]
            one, its = _rows(part, place), _alarms_at(said, place)
            by_chance = alarm_chances(one, its)
            shift = course.baseline - before + _dropped(course, after)
            found[course.key] = [
                replace(run, first=run.first + shift, last=run.last + shift)
                for run in runs_of(one, its, baseline=before, by_chance=by_chance)
            ]
    return found


def _without_padding(chart: Chart) -> Chart:
    """What is not known of empty points taken from the others: the limits are solved for a series' mean doubt."""
    known = ~np.isnan(chart.value)
    total = np.where(known, chart.unsure, 0.0).sum(axis=-1, keepdims=True)
    mean = total / np.maximum(known.sum(axis=-1, keepdims=True), 1)
    return replace(chart, unsure=np.where(known, chart.unsure, mean))


def _dropped(course: Course, after: int) -> int:
    """How many points right after the baseline were left out, for being older than what is looked at."""
    return max(len(course.values) - course.baseline - after, 0)


def _aligned(courses: Sequence[Course], columns: Iterable[Any], before: int, after: int) -> FloatArray:
    """Rows with the ends of their baselines side by side, nan where a series has no point."""
    found = np.full((len(courses), before + after), np.nan)
    for place, (course, column) in enumerate(zip(courses, columns, strict=True)):
        later = column[course.baseline :][-after:] if after else column[:0]
        found[place, before - course.baseline : before] = column[: course.baseline]
        found[place, before : before + len(later)] = later
    return found


def _by_rate(courses: Sequence[Course]) -> dict[float, npt.NDArray[np.int64]]:
    found: defaultdict[float, list[int]] = defaultdict(list)
    for place, course in enumerate(courses):
        found[rounded(course.rate)].append(place)
    return {rate: np.array(rows, dtype=np.int64) for rate, rows in found.items()}


_BY_SERIES = ("value", "centre", "lower", "upper", "z", "beyond", "spread", "freedom", "unsure")


def _rows(chart: Chart, rows: Any) -> Chart:
    """Some series of a chart, or one of them."""
    return replace(chart, **{name: getattr(chart, name)[rows] for name in _BY_SERIES})


def _alarms_at(said: Alarms, row: Any) -> Alarms:
    names = ("beyond", "drifting", "average", "average_limit", "reach", "is_ready")
    return replace(said, **{name: getattr(said, name)[row] for name in names})
