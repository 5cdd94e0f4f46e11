"""How values read: percent, counts, durations, money, moments. Plain values in, translated text out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from math import isfinite
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DASH = "–"
UNIT = re.compile(r"\s*[^\d\s]+$")


def number_text(value: float, *, digits: int | None = None) -> str:
    """A number with separators of the language: 12,304 or 0.732. Without `digits` as many as the size deserves."""
    if digits is None:
        digits = 0 if float(value).is_integer() or abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    rounded = round(float(value), digits)
    return minus(formats.number_format(rounded if rounded else 0.0, decimal_pos=digits, force_grouping=True))


def percent_text(value: float, *, digits: int | None = None) -> str:
    """A share (0..1) as percent, with a narrow space that does not break, as in charts: 92.4 %."""
    # Translators: a percentage, for example 92.4 %. The space is U+202F; leave it out where the language has none.
    return _("%(number)s\u202f%%") % {"number": number_text(value * 100, digits=1 if digits is None else digits)}


def points_text(value: float, *, digits: int | None = None) -> str:
    """A difference of shares in percentage points, with its sign: +1.8 pts."""
    text = number_text(value * 100, digits=1 if digits is None else digits)
    return _("%(number)s pts") % {"number": text if text.startswith("−") else f"+{text}"}


def duration_text(value: float, *, digits: int | None = None) -> str:
    """Seconds in the two largest units that matter: 1 min 12 s, 3 h 05 min, 2 d 4 h. Below ten seconds with a decimal."""
    sign, seconds = ("−" if value < 0 else ""), abs(float(value))
    if seconds < 10:
        return sign + _("%(number)s s") % {"number": number_text(seconds, digits=1 if digits is None else digits)}
    whole = round(seconds)
    if whole < 60:
        return sign + _("%(number)s s") % {"number": whole}
    if whole < 3600:
        return sign + _("%(minutes)d min %(seconds)02d s") % {"minutes": whole // 60, "seconds": whole % 60}
    minutes = round(seconds / 60)
    if minutes < 24 * 60:
        return sign + _("%(hours)d h %(minutes)02d min") % {"hours": minutes // 60, "minutes": minutes % 60}
    hours = round(seconds / 3600)
    return sign + _("%(days)d d %(hours)d h") % {"days": hours // 24, "hours": hours % 24}


def duration_ms_text(value: float, *, digits: int | None = None) -> str:
    """Milliseconds; below one second they stay milliseconds."""
    if abs(value) < 1000:
        return _("%(number)s ms") % {"number": number_text(value, digits=digits or 0)}
    return duration_text(value / 1000, digits=digits)


def money_text(value: float, *, digits: int | None = None, currency: str = "") -> str:
    """Cents as an amount with its currency code: EUR 1,204.50."""
    amount = number_text(value / 100, digits=2 if digits is None else digits)
    return f"{currency}\u00a0{amount}" if currency else amount


def hours_text(value: float, *, digits: int | None = None) -> str:
    """Hours of work, with separators: 1,204.5 h."""
    return _("%(number)s h") % {"number": number_text(value, digits=1 if digits is None else digits)}


def per_hour_text(value: float, *, digits: int | None = None) -> str:
    """So many an hour: 61.3 an hour."""
    return _("%(number)s an hour") % {"number": number_text(value, digits=1 if digits is None else digits)}


def per_million_text(value: float, *, digits: int | None = None) -> str:
    """So many in a million: 4,600 ppm."""
    return _("%(number)s ppm") % {"number": number_text(value, digits=digits or 0)}


def count_text(value: float, *, digits: int | None = None) -> str:
    """A whole number with separators: 12,304."""
    return number_text(value, digits=digits or 0)


def minus(text: str) -> str:
    """The typographic minus, which is as wide as a digit and is read as one."""
    return text.replace("-", "−", 1) if text.startswith("-") else text


KINDS: dict[str, Callable[..., str]] = {
    "percent": percent_text,
    "points": points_text,
    "number": number_text,
    "count": count_text,
    "duration": duration_text,
    "duration_ms": duration_ms_text,
    "hours": hours_text,
    "per_hour": per_hour_text,
    "per_million": per_million_text,
    "money_cents": money_text,
}


def value_text(
    value: Any, *, kind: str = "number", digits: int | None = None, unit: str = "", currency: str = ""
) -> str:
    """A value of one of KINDS as text; a dash for None and nan. Raises KeyError for an unknown kind."""
    word = KINDS[kind]
    if value is None or not isfinite(value):
        return DASH
    text = word(value, digits=digits, currency=currency) if kind == "money_cents" else word(value, digits=digits)
    return f"{text}\u00a0{unit}" if unit else text


def interval_text(low: float, high: float, **how: Any) -> str:
    """Both ends of an interval. A unit at the end that they share is said once: 88.1–95.3 %; −11.2 to −1.4 pts."""
    first, second = value_text(low, **how), value_text(high, **how)
    number, unit = (UNIT.search(text) for text in (first, second))
    if how.get("kind") in ("percent", "points") and number and unit and number[0] == unit[0]:
        first = first.removesuffix(unit[0])
    said = first + UNIT.sub("", second)
    if re.search(r"[−+]", said):
        # A dash beside a sign would be read twice.
        return _("%(low)s to %(high)s") % {"low": first, "high": second}
    is_plain = not re.search(r"\s", said)
    return f"{first}–{second}" if is_plain else f"{first} – {second}"


def moment_text(moment: datetime, *, style: str = "auto", now: datetime | None = None) -> str:
    """A moment in the reader's zone. `auto` drops what `now` makes obvious: the day of today, the year of this year."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    if style == "ago" and now is not None:
        return ago_text((now - moment).total_seconds())
    if style == "time":
        return formats.date_format(local, "H:i")
    if style == "full":
        return formats.date_format(local, "l j F Y, H:i:s") + f" {local.tzname() or ''}".rstrip()
    today = timezone.localtime(now) if now is not None else None
    if today is not None and today.date() == local.date():
        return formats.date_format(local, "H:i")
    return formats.date_format(local, "j M, H:i" if today is not None and today.year == local.year else "j M Y, H:i")


def ago_text(seconds: float) -> str:
    """How long ago, in one unit; ahead of now it says so."""
    ahead, distance = seconds < 0, abs(seconds)
    if distance < 45:
        return _("just now")
    steps = ((60.0, _minutes), (3600.0, _hours), (86400.0, _days))
    size, words = next(((size, words) for size, words in reversed(steps) if distance >= size), steps[0])
    text = words(max(1, round(distance / size)))
    return _("in %(time)s") % {"time": text} if ahead else _("%(time)s ago") % {"time": text}


def _minutes(n: int) -> str:
    return ngettext("%(n)d min", "%(n)d min", n) % {"n": n}


def _hours(n: int) -> str:
    return ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}


def _days(n: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


def day_text(day: date, *, full: bool = False) -> str:
    """A day: 3 Nov 2025, in full Monday 3 November 2025."""
    return formats.date_format(day, "l j F Y" if full else "j M Y")
