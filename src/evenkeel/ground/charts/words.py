"""Numbers, days and sentences as text: short on axes, complete in titles and tables."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .spec import PLAIN, Axis, Cell, Reading, X

NARROW_SPACE = "\u202f"
UNKNOWN = "–"


class Marks(NamedTuple):
    """What stands between thousands, and before decimals, in the reader's language."""

    group: str
    point: str


def exact(cell: Cell, axis: Axis = PLAIN) -> str:
    """The value with every digit that it has: nothing is rounded away."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return day(cell)
    return _exact(cell, axis, _marks())


def short(value: float | None, axis: Axis, *, step: float | None = None, largest: float = 0, keep: bool = False) -> str:
    """The value to the digits a reader can use: three or so beside a mark; on an axis those of its `step`, in the
    thousands, millions ... that suit its `largest` tick, so that all its ticks share one unit. `keep` leaves the zeros at
    the end, so that figures line up in a column."""
    if value is None:
        return UNKNOWN
    marks = _marks()
    if step is None:
        return _short(value, axis, marks, keep=keep)
    factor = 100 if axis.format == "percent" else 1
    scaled, top, scaled_step = value * factor, largest * factor, step * factor
    if top >= 1e15 or scaled_step < 1e-5:
        return _finish(_power(scaled), axis, marks)
    unit, name = _thousands(top)
    text = f"{scaled / unit:,.{_decimals(scaled_step / unit)}f}{name}" if scaled or not name else "0"
    return _finish(text, axis, marks)


def count(value: float) -> str:
    """A whole number with its thousands set apart; estimated counts keep one digit."""
    return _count(value, _marks())


def say(where: str, reading: Reading, axis: Axis) -> tuple[str, str]:
    """One point as a line (where, value, interval, n): with every digit, and short."""
    return _say(where, reading, axis, get_language())


# Every layout of a chart says the same sentences.
@lru_cache(maxsize=4096)
def _say(where: str, reading: Reading, axis: Axis, language: str | None) -> tuple[str, str]:
    unknown, between, cases, marks = _sentences(language)
    if reading.value is None:
        return unknown.format(where=where), unknown.format(where=where)
    full, brief = _exact(reading.value, axis, marks), _short(reading.value, axis, marks)
    if reading.has_interval:
        low, high = reading.low, reading.high
        full = between.format(value=full, low=_exact(low, axis, marks), high=_exact(high, axis, marks))
        brief = between.format(value=brief, low=_short(low, axis, marks), high=_short(high, axis, marks))
    if reading.n is not None:
        full = cases.format(value=full, n=_exact(reading.n, PLAIN, marks))
        brief = cases.format(value=brief, n=_count(reading.n, marks))
    return f"{where}: {full}", f"{where}: {brief}"


@lru_cache(maxsize=64)
def _sentences(_language: str | None) -> tuple[str, str, str, Marks]:
    """What say() is made of in the active language; looking it up for each point would cost more than drawing it."""
    return (
        _("{where}: not known"),
        _("{value}, interval {low} to {high}"),
        _("{value}, n {n}"),
        _marks(),
    )


def place(x: X) -> str:
    """Where a point stands, as text."""
    if isinstance(x, date):
        return day(x)
    return x if isinstance(x, str) else exact(x)


def day(moment: date, pattern: str = "") -> str:
    # The offset is part of the key: 12:00 in Berlin and 11:00 in Lisbon are equal moments and read differently.
    offset = moment.utcoffset() if isinstance(moment, datetime) else None
    pattern = pattern or ("j M Y, H:i" if isinstance(moment, datetime) else "j M Y")
    return _day(moment, pattern, offset, get_language())


@lru_cache(maxsize=4096)
def _day(moment: date, pattern: str, _offset: timedelta | None, _language: str | None) -> str:
    return format_date(moment, pattern)


def _exact(value: float | None, axis: Axis, marks: Marks) -> str:
    if value is None or not (isinstance(value, int) or math.isfinite(value)):
        return UNKNOWN
    # Through Decimal, so that 0.57 reads 57 and not 56.99999999999999.
    number = Decimal(value) if isinstance(value, int) else Decimal(repr(float(value)))
    if axis.format == "percent":
        number = number.scaleb(2)
    if 1e-7 <= abs(value) < 1e16 or value == 0:
        return _finish(f"{number.normalize():,f}", axis, marks)
    return _finish(str(number.normalize()).replace("E+", "e").replace("E", "e"), axis, marks)


def _short(value: float | None, axis: Axis, marks: Marks, *, keep: bool = False) -> str:
    if value is None:
        return UNKNOWN
    scaled = value * 100 if axis.format == "percent" else value
    size = abs(scaled)
    if size >= 1e15 or 0 < size < 1e-4:
        text = _power(scaled)
    elif size >= 100_000:
        unit, name = _thousands(size)
        text = f"{scaled / unit:,.3g}{name}"
    else:
        digits = 1 if axis.format == "percent" or size >= 100 else 2
        text = f"{scaled:,.{0 if size >= 1000 or (value == int(value) and not keep) else digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text and not keep else text
    return _finish("0" if text == "-0" else text, axis, marks)


def _count(value: float, marks: Marks) -> str:
    if abs(value) >= 1e15:
        return _finish(_power(value), PLAIN, marks)
    return _finish(f"{value:,.0f}" if value == int(value) else f"{value:,.1f}", PLAIN, marks)


def _power(value: float) -> str:
    mantissa, _e, power = f"{value:.3g}".partition("e")
    return f"{mantissa}e{int(power)}" if power else mantissa


def _thousands(size: float) -> tuple[float, str]:
    if size < 10_000:
        return 1, ""
    return next((unit, name) for unit, name in ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k")) if size >= unit)


def _decimals(step: float) -> int:
    return max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0


def _marks() -> Marks:
    return Marks(str(get_format("THOUSAND_SEPARATOR")), str(get_format("DECIMAL_SEPARATOR")))


def _finish(text: str, axis: Axis, marks: Marks) -> str:
    """Python's 1,234.5 with the reader's own marks, and the unit."""
    text = marks.group.join(part.replace(".", marks.point) for part in text.split(","))
    unit = "%" if axis.format == "percent" else axis.unit
    return f"{text}{NARROW_SPACE}{unit}" if unit else text
