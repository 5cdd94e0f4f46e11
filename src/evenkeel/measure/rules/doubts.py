"""Is it the work that changed, or the data? Asked of a programme's days before any alarm is told. Plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

Kind = Literal["late", "gap", "redefined", "no_n"]

# A day with less than a quarter of what its weekday usually has is not that day's whole work.
GAP = 0.25
# So many days of the same weekday make it usual; below that all days do.
_LIKE_DAYS, _DAYS = 3, 7
# Of fewer rows a day than this nobody can say what is few.
_ENOUGH = 20
# Figures come a day late by nature; later than twice the longest pause there was, and three days, is late.
_PAUSE = 3
LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """What is wrong with a metric's data in a programme, since which day; `rows` of that day against what is `usual`."""

    kind: Kind
    since_on: date
    rows: int | None = None
    usual: float | None = None


def doubts_of(rows: Mapping[date, int], *, today: date) -> list[Doubt]:
    """What is wrong with the days of a metric in a programme, `rows` counted by day: late, days with a gap, or nothing there.

    A gap is a day that is over (two days at least, for work comes in late), with less than a quarter of the median of the
    same weekday in the eight weeks before (three such days at least, else of all days there were), from 20 rows on. Days
    without any row are gaps only where that weekday usually has some.

    >>> from datetime import date, timedelta
    >>> days = {date(2026, 3, 2) + timedelta(days=n): 100 for n in range(28)}
    >>> [(found.kind, found.since_on.day) for found in doubts_of(days | {date(2026, 3, 25): 3}, today=date(2026, 3, 30))]
    [('gap', 25)]
    """
    counted = {day: n for day, n in rows.items() if n > 0 and day <= today}
    if not counted:
        return [Doubt(kind="no_n", since_on=today)]
    last = max(counted)
    pauses = _pauses(counted)
    if (today - last).days > max(2 * max(pauses, default=1), _PAUSE):
        return [Doubt(kind="late", since_on=last + timedelta(days=1))]
    found = []
    day = max(today - LOOK_BACK, min(counted))
    while day <= min(last, today - timedelta(days=2)):
        usual = _usual(counted, day)
        if usual is not None and usual >= _ENOUGH and counted.get(day, 0) < GAP * usual:
            found.append(Doubt(kind="gap", since_on=day, rows=counted.get(day, 0), usual=usual))
        day += timedelta(days=1)
    # A pause that lasts is a change of the work, not a fault of its data: three days on end are taken as they are.
    return found if len(found) <= _PAUSE else []


def _pauses(counted: Mapping[date, int]) -> list[int]:
    days = sorted(counted)[-60:]
    return [(later - day).days for day, later in pairwise(days)]


def _usual(counted: Mapping[date, int], day: date) -> float | None:
    """The median of the same weekday before a day, empty days counting as 0; None where too little is known."""
    first = min(counted)
    before: defaultdict[bool, list[int]] = defaultdict(list)
    for back in range(1, 57):
        earlier = day - timedelta(days=back)
        if earlier >= first:
            before[back % 7 == 0].append(counted.get(earlier, 0))
    if len(before[True]) >= _LIKE_DAYS:
        return float(median(before[True]))
    every = before[True] + before[False]
    # Without knowing the weekday a day off would pass for a gap: only a day that has rows is judged by all others.
    return float(median(every)) if len(every) >= _DAYS and counted.get(day, 0) else None
