"""When is a change a signal? From daily sums to a chart with a frozen baseline, to the runs of flagged points that count."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from itertools import groupby
from math import isfinite, nan, sqrt
from operator import add
from typing import Any, Literal, TypeVar

import numpy as np

from evenkeel.kernel import (
    Alarms,
    Chart,
    Estimate,
    alarm_chances,
    alarm_width,
    alarms,
    benjamini_hochberg,
    date_change,
    ewma,
)

from .engine import Course, Run, chart_of, rounded, runs_of

Grain = Literal["day", "week", "hour"]
K = TypeVar("K", bound=Hashable)

# Limits from fewer baseline points are guesswork. Days in the demo and in most queues; weeks where errors are rare.
BASELINE_POINTS: Mapping[Grain, int] = {"day": 14, "week": 8, "hour": 14}
# While nothing happens the baseline grows up to here: a longer one is surer, and its limits are narrower.
MOST_BASELINE: Mapping[Grain, int] = {"day": 84, "week": 26, "hour": 28}
# A point from fewer effective audits says nothing by itself.
LEAST_N = 3.0
# Below this many expected errors a point the EWMA alarms too often : weeks are charted then.
LEAST_ERRORS = 1.0
# Audits come late, so the last days are looked at again; older ones are history.
LOOK_BACK = timedelta(days=14)
FALSE_SHARE = 0.05


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is held of one day or week; `day` is its first day. `parts` may be added up, whatever they are."""

    day: date
    until: date
    parts: Any
    estimate: Estimate


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A series as charted: its readings, the chart over them, what its detectors say, how many readings make the baseline."""

    grain: Grain
    readings: tuple[Reading, ...]
    chart: Chart | None
    alarms: Alarms | None
    baseline: int

    @property
    def is_ready(self) -> bool:
        """Whether the baseline is long enough for an alarm."""
        return self.chart is not None and self.baseline >= BASELINE_POINTS[self.grain]

    @property
    def missing(self) -> int:
        """How many points the baseline still wants."""
        return max(BASELINE_POINTS[self.grain] - self.baseline, 0)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The readings of a series before anything is charted; the first `baseline` of them set the limits."""

    grain: Grain
    readings: tuple[Reading, ...]
    baseline: int
    is_share: bool

    def course(self, key: Hashable, *, rate: float) -> Course:
        """The series as the engine takes it."""
        sizes = [reading.estimate.n_effective for reading in self.readings] if self.is_share else None
        return Course(
            key=key,
            values=np.array([reading.estimate.value for reading in self.readings]),
            sizes=None if sizes is None else np.array(sizes),
            baseline=self.baseline,
            rate=rate,
        )


def watch_parts(
    days: Sequence[tuple[date, Any]],
    *,
    estimate: Callable[[Any], Estimate],
    baseline_from_on: date,
    baseline_until_on: date | None,
    is_share: bool = True,
    rate: float = 0.0,
    skip: Iterable[date] = (),
) -> Watched:
    """Chart a series of daily parts. Without an end of the baseline its first `BASELINE_POINTS` readings make it.

    Shares by the over-dispersed chart, everything else by its moving ranges. With a `rate` (alarms a point while nothing
    changes) the limits are those that promise it, else three standard errors and the kernel's own run lengths.
    """
    drawn = draw(
        days, estimate=estimate, baseline_from_on=baseline_from_on, baseline_until_on=baseline_until_on,
        is_share=is_share, skip=skip,
    )  # fmt: skip
    if not drawn.readings or not drawn.baseline:
        return Watched(grain=drawn.grain, readings=drawn.readings, chart=None, alarms=None, baseline=0)
    course = drawn.course("", rate=rate)
    rate = rounded(rate) if rate else 0.0
    chart = chart_of(course, width=alarm_width(rate) if rate else 3.0)
    said = alarms(chart, false_alarms=rate) if rate and drawn.baseline >= 2 else alarms(chart)
    if rate and not is_share:
        # The textbook's limits of single values do not widen for a short baseline; those that are judged by do.
        reach = said.reach * chart.spread
        chart = replace(chart, lower=chart.centre - reach, upper=chart.centre + reach)
    return Watched(grain=drawn.grain, readings=drawn.readings, chart=chart, alarms=said, baseline=drawn.baseline)


def draw(
    days: Sequence[tuple[date, Any]],
    *,
    estimate: Callable[[Any], Estimate],
    baseline_from_on: date,
    baseline_until_on: date | None,
    is_share: bool = True,
    skip: Iterable[date] = (),
) -> Drawn:
    """The readings of a series: days, or weeks where a day holds fewer than `LEAST_ERRORS` expected errors.

    A share's point needs `LEAST_N` effective cases, any other a value. Days to `skip` are those whose data is not whole.
    """
    left = set(skip)
    own = sorted(((day, parts) for day, parts in days if day >= baseline_from_on and day not in left), key=_first)
    grain = _grain(own, estimate) if is_share else "day"
    found = (reading for reading in _readings(own, grain, estimate))
    readings = tuple(
        reading
        for reading in found
        if isfinite(reading.estimate.value) and (not is_share or reading.estimate.n_effective >= LEAST_N)
    )
    if baseline_until_on is None:
        used = min(BASELINE_POINTS[grain], len(readings))
    else:
        used = sum(reading.day < baseline_until_on for reading in readings)
    return Drawn(grain=grain, readings=readings, baseline=used, is_share=is_share)


def _first(pair: tuple[date, Any]) -> date:
    return pair[0]


def _grain(days: Sequence[tuple[date, Any]], estimate: Callable[[Any], Estimate]) -> Grain:
    first = days[: BASELINE_POINTS["day"]]
    if not first:
        return "day"
    total = estimate(reduce(add, (parts for _day, parts in first)))
    if not total.n:
        return "day"
    share = min(total.value, 1 - total.value)
    # A baseline without one error says that errors are rare, not that there are none.
    errors = max(share * total.n, 0.5)
    return "day" if errors / len(first) >= LEAST_ERRORS else "week"


def _readings(days: Sequence[tuple[date, Any]], grain: Grain, estimate: Callable[[Any], Estimate]) -> Iterable[Reading]:
    step = timedelta(days=1 if grain == "day" else 7)

    def begins(day: date) -> date:
        return day if grain == "day" else day - timedelta(days=day.weekday())

    for day, group in groupby(days, key=lambda pair: begins(pair[0])):
        parts = reduce(add, (parts for _day, parts in group))
        said = estimate(parts)
        if said.n > 0:
            yield Reading(day=day, until=day + step, parts=parts, estimate=said)


def grown(drawn: Drawn, *, today: date, until_on: date | None) -> date | None:
    """Where the baseline of a series in which nothing happens ends: None while it is too short, else its end, week by week.

    It is frozen with its first points, so that no shift widens the limits that should show it, and grows by whole weeks
    that are older than `LOOK_BACK` up to `MOST_BASELINE` points: by then a shift in them would have been told.
    """
    least, most = BASELINE_POINTS[drawn.grain], MOST_BASELINE[drawn.grain]
    readings = drawn.readings
    if until_on is None:
        return readings[least - 1].until if len(readings) > least else None
    at = until_on
    while at + timedelta(days=7) <= today - LOOK_BACK:
        following = at + timedelta(days=7)
        if sum(reading.day < following for reading in readings) > most:
            break
        at = following
    return at


def up_to(drawn: Drawn, until_on: date | None) -> Drawn:
    """The same readings with a baseline that ends on another day."""
    if until_on is None:
        return drawn
    return replace(drawn, baseline=sum(reading.day < until_on for reading in drawn.readings))


def runs(watched: Watched) -> list[Run]:
    """Neighbouring flagged points after the baseline, side by side in time."""
    if watched.alarms is None or watched.chart is None or not watched.is_ready:
        return []
    return runs_of(watched.chart, watched.alarms, baseline=watched.baseline, by_chance=chances(watched))


def chances(watched: Watched) -> list[float]:
    """How probable each point, by itself or by its moving average, is without any change; 1 without data."""
    if watched.chart is None or watched.alarms is None:
        return [1.0] * len(watched.readings)
    found: list[float] = alarm_chances(watched.chart, watched.alarms).tolist()
    return found


@dataclass(frozen=True, kw_only=True)
class Dated:
    """When a change most likely began, and between which days it did (95 %), all of them first days of points."""

    on: date
    earliest: date
    latest: date


def dated(drawn: Drawn, run: Run) -> Dated:
    """When the change behind a run began: the likeliest start of one lasting shift among the points after the baseline.

    Looks at the points up to the end of the run, sixty at most. See `kernel.date_change`.
    """
    chart = chart_of(drawn.course("", rate=0.0))
    first = max(drawn.baseline, run.last + 1 - 60)
    found = date_change(chart.z[first : run.last + 1] * run.side)
    days = [reading.day for reading in drawn.readings[first : run.last + 1]]
    at = int(found.at)
    if at < 0:
        return Dated(on=drawn.readings[run.first].day, earliest=days[0], latest=days[-1])
    # A shift that begins after the first flagged point began with it: that point was no chance.
    on = min(days[at], drawn.readings[run.first].day)
    return Dated(on=on, earliest=min(days[int(found.low)], on), latest=max(days[int(found.high)], on))


def has_come_back(drawn: Drawn, *, side: int, since: date, until: date) -> bool:
    """Whether a series was as usual again between two days: its moving average within half of its limits.

    What was closed is not told again while it lasts. After it was as usual, the same again is news.
    """
    chart = chart_of(drawn.course("", rate=0.0))
    average, limit = ewma(np.where(np.arange(len(drawn.readings)) < drawn.baseline, np.nan, chart.z))
    between = [place for place, reading in enumerate(drawn.readings) if since < reading.day < until]
    return any(side * float(average[place]) < 0.5 * float(limit[place]) for place in between)


def discoveries(chances: Mapping[K, float], *, false_share: float = FALSE_SHARE) -> set[K]:
    """Those of many tests that stand when at most `false_share` of what stands may be false: Benjamini-Hochberg.

    >>> sorted(discoveries({"a": 0.001, "b": 0.2, "c": 0.02, "d": 0.9}))
    ['a', 'c']

    Reference: Benjamini, Hochberg (1995) J. Royal Statistical Society B 57.
    """
    stands = benjamini_hochberg(list(chances.values()), false_share=false_share)
    return {key for key, is_standing in zip(chances, stands.tolist(), strict=True) if is_standing}


def difference(before: Estimate, after: Estimate) -> Estimate:
    """after - before, with the interval that their own intervals give (Newcombe's hybrid, method 10).

    >>> from evenkeel.kernel import wilson
    >>> change = difference(wilson(48, 80), wilson(56, 70))
    >>> f"{change.value:.4f} ({change.low:.4f} to {change.high:.4f})"
    '0.2000 (0.0524 to 0.3339)'

    Reference: Newcombe (1998) Statistics in Medicine 17, 873-890.
    """
    n, effective = min(before.n, after.n), min(before.n_effective, after.n_effective)
    value = after.value - before.value
    if not (before.has_interval and after.has_interval):
        return Estimate(value, nan, nan, n, effective, "newcombe_difference", before.level)
    low = value - sqrt((after.value - after.low) ** 2 + (before.high - before.value) ** 2)
    high = value + sqrt((after.high - after.value) ** 2 + (before.value - before.low) ** 2)
    return Estimate(value, low, high, n, effective, "newcombe_difference", before.level)
