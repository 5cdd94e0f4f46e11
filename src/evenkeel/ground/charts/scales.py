"""From values to places: ticks at 1, 2 and 5, calendar ticks, and slots for names."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise

from .spec import Axis, X, finite
from .words import day, place, short


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis; `sub` is a second line (the year under a month)."""

    at: float
    label: str
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values [low, high] to places [start, end]."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[Tick, ...]

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def linear(values: Iterable[float], axis: Axis, *, start: float, end: float, gap: float) -> Scale:
    """A scale that covers the values and the axis's own bounds, with ticks at least about `gap` apart."""
    bounds = [bound for bound in (finite(axis.low), finite(axis.high)) if bound is not None]
    known = [*values, *bounds, *([0.0] if axis.zero else [])]
    known = [value if abs(value) > 1e-100 else 0.0 for value in known]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-100):
        half = abs(low) * 0.1 or (0.05 if axis.format == "percent" else 1.0)
        low, high = low - half, high + half
        if axis.format == "percent":
            low, high = (low, 1.0) if low <= 1 < high else (0.0 if low < 0 <= high else low, high)
    step = nice_step((high - low) / max(2, int(abs(end - start) / gap)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    # step is 1, 2 or 5 times a power of ten: rounding there takes away 0.30000000000000004.
    digits = max(0, 1 - math.floor(math.log10(step)))
    places = [round(index * step, digits) for index in range(first, last + 1)]
    largest = max(abs(places[0]), abs(places[-1]))
    ticks = tuple(Tick(at, short(at, axis, step=step, largest=largest)) for at in places)
    return Scale(first * step, last * step, start, end, ticks)


def nice_step(step: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `step`."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9))


class Places:
    """Where the points of one chart stand side by side: by time, by number or by name, as the first one says."""

    def __init__(self, xs: Sequence[X]) -> None:
        self.is_time = bool(xs) and all(isinstance(x, date) for x in xs)
        self.is_number = bool(xs) and all(not isinstance(x, date | str) and finite(x) is not None for x in xs)
        self.names = [] if self.is_time or self.is_number else list(dict.fromkeys(place(x) for x in xs))
        self._slots = {name: float(slot) for slot, name in enumerate(self.names)}

    def at(self, x: X) -> float | None:
        """The number a scale takes; `None` for a place that is not on this axis."""
        if self.is_time:
            return ordinal(x) if isinstance(x, date) else None
        if self.is_number:
            return None if isinstance(x, date | str) else finite(x)
        return self._slots.get(place(x))

    def scale(self, numbers: Sequence[float], axis: Axis, *, start: float, end: float) -> Scale:
        if self.is_time:
            return calendar(numbers, start=start, end=end)
        if self.is_number:
            return linear(numbers, axis, start=start, end=end, gap=70)
        ticks = tuple(Tick(at, name) for name, at in self._slots.items())
        return Scale(-0.5, len(self.names) - 0.5, start, end, ticks)


def ordinal(moment: date) -> float:
    """Days since year 1, as the wall clock of the moment's own zone shows them."""
    if isinstance(moment, datetime):
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
        return moment.toordinal() + seconds / 86_400
    return float(moment.toordinal())


def calendar(numbers: Sequence[float], *, start: float, end: float) -> Scale:
    """A scale over days with ticks where people expect them: hours, days, Mondays, firsts of months, years.

    The finest step whose labels have room is taken, or one finer when that leaves fewer than two ticks.
    """
    low, high = min(numbers), max(numbers)
    if high - low < 1e-6:
        low, high = low - 1, high + 1
    most = max(2, int((end - start) / 54))
    steps = list(_calendar_steps(low, high, has_hours=any(number % 1 for number in numbers)))
    chosen = next((i for i, (length, _make) in enumerate(steps) if (high - low) / length <= most), len(steps) - 1)
    ticks = steps[chosen][1]()
    if len(ticks) < 2 and chosen:
        ticks = steps[chosen - 1][1]() or ticks
    return Scale(low, high, start, end, tuple(ticks))


def _calendar_steps(low: float, high: float, *, has_hours: bool) -> Iterator[tuple[float, Callable[[], list[Tick]]]]:
    """Each step's length in days, with what makes its ticks; steps far too fine are left out."""
    for hours in (1, 2, 3, 6, 12) if has_hours and high - low < 10 else ():
        yield hours / 24, partial(_hour_ticks, low, high, hours)
    for days in (1, 2, 7, 14) if high - low < 1000 else ():
        yield days, partial(_day_ticks, low, high, days)
    for months in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000):
        yield months * 30.44, partial(_month_ticks, low, high, months)


def _hour_ticks(low: float, high: float, hours: int) -> list[Tick]:
    return [_hour_tick(at / 24) for at in _steps(low * 24, high * 24, hours)]


def _day_ticks(low: float, high: float, days: int) -> list[Tick]:
    # Ordinal 1 is a Monday, so that steps of 7 and 14 shifted by one fall on Mondays.
    return [_day_tick(at + 1, "j M", "Y") for at in _steps(low - 1, high - 1, days)]


def _month_ticks(low: float, high: float, months: int) -> list[Tick]:
    main, sub = ("M", "Y") if months < 12 else ("Y", "")
    return [_day_tick(at, main, sub) for at in _firsts(low, high, months)]


def _steps(low: float, high: float, step: int) -> list[int]:
    first = math.ceil(low / step - 1e-9) * step
    return list(range(first, math.floor(high + 1e-9) + 1, step))


def _firsts(low: float, high: float, months: int) -> list[float]:
    begin, until = date.fromordinal(max(1, int(low))), high
    month, found = (begin.year * 12 + begin.month - 1) // months * months, []
    while month < 9999 * 12:
        at = float(date(max(1, month // 12), month % 12 + 1, 1).toordinal())
        if at > until:
            break
        if at >= low:
            found.append(at)
        month += months
    return found


def _hour_tick(at: float) -> Tick:
    whole = min(max(1, int(at + 1e-6)), date.max.toordinal())
    moment = datetime.fromordinal(whole) + timedelta(hours=round((at - whole) * 24) % 24)
    return Tick(at, day(moment, "H:i"), day(moment, "j M"))


def _day_tick(at: float, main: str, sub: str) -> Tick:
    moment = date.fromordinal(min(max(1, int(at)), date.max.toordinal()))
    return Tick(at, day(moment, main), day(moment, sub) if sub else "")


def say_once(ticks: Sequence[Tick]) -> list[Tick]:
    """The second line (year, day) only where it changes."""
    changes = [tick.sub for tick in ticks[:1]] + [b.sub if a.sub != b.sub else "" for a, b in pairwise(ticks)]
    return [Tick(tick.at, tick.label, sub) for tick, sub in zip(ticks, changes, strict=True)]
