"""Numbers, days and sentences as text: short on axes, complete in titles and tables."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .spec import PLAIN, Axis, Cell, Reading, X

NARROW_SPACE = "\u202f"
UNKNOWN = "–"


def exact(cell: Cell, axis: Axis = PLAIN) -> str:
    """The value with every digit that it has: nothing is rounded away."""
    if cell is None:
        return UNKNOWN
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return day(cell)
    if not math.isfinite(cell):
        return UNKNOWN
    # Through Decimal, so that 0.57 reads 57 and not 56.99999999999999.
    number = Decimal(repr(float(cell)))
    if axis.format == "percent":
        number = number.scaleb(2)
    if 1e-7 <= abs(cell) < 1e16 or cell == 0:
        text = f"{number.normalize():,f}"
    else:
        text = str(number.normalize()).replace("E+", "e").replace("E", "e")
    return _with_unit(_localise(text), axis)


def short(value: float | None, axis: Axis, *, step: float | None = None, largest: float = 0) -> str:
    """The value to the digits a reader can use: three or so beside a mark; on an axis those of its `step`, in the
    thousands, millions ... that suit its `largest` tick, so that all its ticks share one unit."""
    if value is None:
        return UNKNOWN
    factor = 100 if axis.format == "percent" else 1
    scaled, size, top = value * factor, abs(value) * factor, largest * factor
    if max(size, top) >= 1e15 or 0 < size < 1e-4 or (step is not None and step * factor < 1e-5):
        text = f"{scaled:.3g}".replace("e+", "e").replace("e0", "e").replace("e-0", "e-")
    elif step is not None:
        unit, name = _thousands(top)
        text = f"{scaled / unit:,.{_decimals(step * factor / unit)}f}{name}"
    elif size >= 100_000:
        unit, name = _thousands(size)
        text = f"{scaled / unit:,.3g}{name}"
    else:
        digits = (
            1 if axis.format == "percent" else 0 if size >= 1000 or value == int(value) else 1 if size >= 100 else 2
        )
        text = f"{scaled:,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return _with_unit(_localise("0" if text == "-0" else text), axis)


def count(value: float) -> str:
    """A whole number with its thousands set apart; estimated counts keep one digit."""
    return _localise(f"{value:,.0f}" if value == int(value) else f"{value:,.1f}")


def say(where: str, reading: Reading, axis: Axis, *, full: bool = False) -> str:
    """One point as a line: where, value, interval, n."""
    if reading.value is None:
        return _("{where}: not known").format(where=where)
    write = exact if full else short
    text = f"{where}: {write(reading.value, axis)}"
    if reading.has_interval:
        text += _(", interval {low} to {high}").format(low=write(reading.low, axis), high=write(reading.high, axis))
    if reading.n is not None:
        text += _(", n {n}").format(n=exact(reading.n) if full else count(reading.n))
    return text


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


def _thousands(size: float) -> tuple[float, str]:
    if size < 10_000:
        return 1, ""
    return next((unit, name) for unit, name in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")) if size >= unit)


def _decimals(step: float) -> int:
    return max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0


def _with_unit(text: str, axis: Axis) -> str:
    unit = "%" if axis.format == "percent" else axis.unit
    return f"{text}{NARROW_SPACE}{unit}" if unit else text


def _localise(text: str) -> str:
    """Python's 1,234.5 with the separators of the reader's language."""
    point = str(get_format("DECIMAL_SEPARATOR"))
    return text.replace(",", NARROW_SPACE).replace(".", point)
