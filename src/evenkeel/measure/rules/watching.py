"""When is a change a signal? From daily sums to a chart with a frozen baseline, to the runs of flagged points that count."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import nan, sqrt
from typing import Literal, TypeVar

from evenkeel.kernel import (
    Alarms,
    Chart,
    Estimate,
    Phases,
    WeightedParts,
    alarm_chances,
    alarms,
    benjamini_hochberg,
    p_chart,
)

Grain = Literal["day", "week"]
K = TypeVar("K", bound=Hashable)

# Limits from fewer baseline points are guesswork. Days in the demo and in most queues; weeks where errors are rare.
BASELINE_POINTS: Mapping[Grain, int] = {"day": 14, "week": 8}
# A point from fewer effective audits says nothing by itself.
LEAST_N = 3.0
# Below this many expected errors a point the EWMA alarms too often : weeks are charted then.
LEAST_ERRORS = 1.0
# Audits come late, so the last days are looked at again; older ones are history.
LOOK_BACK = timedelta(days=14)
# Changes of the same programme that begin this near to each other are one change seen from several sides.
SAME_CHANGE = timedelta(days=7)
FALSE_SHARE = 0.05


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The parts of one day or week; `day` is its first day."""

    day: date
    until: date
    parts: WeightedParts
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
class Run:
    """Neighbouring flagged points on one side; `p` is the smallest probability of such a point by chance."""

    side: int
    rule: str
    first: int
    last: int
    p: float


def watch_parts(
    days: Sequence[tuple[date, WeightedParts]],
    *,
    estimate: Callable[[WeightedParts], Estimate],
    baseline_from_on: date,
    baseline_until_on: date | None,
) -> Watched:
    """Chart the daily parts of a rate. Without an end of the baseline its first `BASELINE_POINTS` readings make it.

    Points stand for days, or for weeks where a day holds fewer than `LEAST_ERRORS` expected errors. A point's sample size
    is its effective one, so uneven odds of being drawn widen its limits.
    """
    own = [(day, parts) for day, parts in days if day >= baseline_from_on]
    grain = _grain(own)
    readings = tuple(reading for reading in _readings(own, grain, estimate) if reading.estimate.n_effective >= LEAST_N)
    if baseline_until_on is None:
        used = min(BASELINE_POINTS[grain], len(readings))
    else:
        used = sum(reading.day < baseline_until_on for reading in readings)
    if not readings or not used:
        return Watched(grain=grain, readings=readings, chart=None, alarms=None, baseline=0)
    sizes = [reading.estimate.n_effective for reading in readings]
    hits = [reading.estimate.value * n for reading, n in zip(readings, sizes, strict=True)]
    chart = p_chart(hits, sizes, phases=Phases(freeze=used))
    return Watched(grain=grain, readings=readings, chart=chart, alarms=alarms(chart), baseline=used)


def _grain(days: Sequence[tuple[date, WeightedParts]]) -> Grain:
    first = days[: BASELINE_POINTS["day"]]
    total = sum((parts for _day, parts in first), WeightedParts())
    if not first or not total.n:
        return "day"
    share = min(total.ratio, 1 - total.ratio)
    # A baseline without one error says that errors are rare, not that there are none.
    errors = max(share * total.n, 0.5)
    return "day" if errors / len(first) >= LEAST_ERRORS else "week"


def _readings(
    days: Sequence[tuple[date, WeightedParts]], grain: Grain, estimate: Callable[[WeightedParts], Estimate]
) -> Iterable[Reading]:
    step = timedelta(days=1 if grain == "day" else 7)

    def begins(day: date) -> date:
        return day if grain == "day" else day - timedelta(days=day.weekday())

    for day, group in groupby(sorted(days, key=lambda pair: pair[0]), key=lambda pair: begins(pair[0])):
        parts = sum((parts for _day, parts in group), WeightedParts())
        if parts.n > 0:
            yield Reading(day=day, until=day + step, parts=parts, estimate=estimate(parts))


def runs(watched: Watched) -> list[Run]:
    """Neighbouring flagged points after the baseline, side by side in time."""
    if watched.alarms is None or not watched.is_ready:
        return []
    flagged = {(flag.point, flag.side): flag.rule for flag in reversed(watched.alarms.flags)}
    by_chance = chances(watched)
    found: list[Run] = []
    for side in (-1, 1):
        points = [point for point in range(watched.baseline, len(watched.readings)) if (point, side) in flagged]
        for _gap, group in groupby(enumerate(points), key=lambda pair: pair[1] - pair[0]):
            run = [point for _place, point in group]
            found.append(
                Run(
                    side=side,
                    rule=flagged[run[0], side],
                    first=run[0],
                    last=run[-1],
                    p=min(by_chance[point] for point in run),
                )
            )
    return sorted(found, key=lambda run: (run.first, run.side))


def chances(watched: Watched) -> list[float]:
    """How probable each point, by itself or by its moving average, is without any change; 1 without data."""
    if watched.chart is None or watched.alarms is None:
        return [1.0] * len(watched.readings)
    found: list[float] = alarm_chances(watched.chart, watched.alarms).tolist()
    return found


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
