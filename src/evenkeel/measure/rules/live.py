"""Is a queue fuller than it is at this hour? The last hour against the same hour of earlier days. Plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log1p, sqrt

import numpy as np

from .engine import Run

# So many earlier days of the same hour make it usual.
LEAST_DAYS, MOST_DAYS = 7, 28
# Two looks on end, so that one odd count is not told.
LOOKS = 2


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A figure at a moment."""

    at: datetime
    value: float


@dataclass(frozen=True, kw_only=True)
class Hour:
    """The newest looks against the same hour before: what is usual, the limits, and the run where they lie outside."""

    usual: float
    lower: float
    upper: float
    days: int
    now: float
    run: Run | None


def same_hour(moments: Sequence[Moment], *, now: datetime, rate: float) -> Hour | None:
    """How the last `LOOKS` figures stand to the same hour of the 28 days before; None from fewer than seven such days.

    Queues fill and empty with the day, so hours are compared with their like, not with the hour before. A day's value is
    the mean of its looks within half an hour of this time of day. On the scale log(1 + x), which counts and ages are near
    normal on, the limits are mean -+ t s sqrt(1 + 1/days) with `rate` the chance of lying outside while nothing changes:
    predictive limits, right for any number of days if these are independent. Both of the newest looks must lie outside on
    one side.
    """
    latest = sorted((moment for moment in moments if moment.at > now - timedelta(hours=1)), key=lambda one: one.at)
    if len(latest) < LOOKS:
        return None
    usual = _like_hours(moments, now)
    if len(usual) < LEAST_DAYS:
        return None
    from scipy.special import stdtrit

    scaled = np.log1p(np.array(usual))
    middle = float(scaled.mean())
    # A queue that stood at one number all month would alarm at the next: half a case is the least scatter there is.
    spread = max(float(scaled.std(ddof=1)), log1p(0.5) if middle < log1p(1) else 0.5 / (1 + float(np.expm1(middle))))
    reach = -float(stdtrit(len(usual) - 1, rate / 2)) * spread * sqrt(1 + 1 / len(usual))
    lower, upper = max(float(np.expm1(middle - reach)), 0.0), float(np.expm1(middle + reach))
    newest = [moment.value for moment in latest[-LOOKS:]]
    side = 1 if min(newest) > upper else -1 if max(newest) < lower else 0
    run = Run(side=side, rule="beyond_limits", first=0, last=LOOKS - 1, p=rate) if side else None
    return Hour(usual=float(np.expm1(middle)), lower=lower, upper=upper, days=len(usual), now=newest[-1], run=run)


def _like_hours(moments: Sequence[Moment], now: datetime) -> list[float]:
    by_day: dict[int, list[float]] = {}
    for moment in moments:
        back = round((now - moment.at) / timedelta(days=1))
        apart = abs(now - timedelta(days=back) - moment.at)
        if 1 <= back <= MOST_DAYS and apart <= timedelta(minutes=30):
            by_day.setdefault(back, []).append(moment.value)
    return [sum(values) / len(values) for _back, values in sorted(by_day.items())]
