"""Figures: one that is estimated never stands without its interval and its n; one that is counted stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenkeel.kernel import THIN_BELOW

from .wording import count_text, interval_text, percent_text, value_text

library = Library()
PEOPLE_NEEDED = 5


@dataclass(frozen=True)
class Reading:
    """What a page says of an estimate: `state` is known, thin, unknown or withheld."""

    state: str
    value: str = ""
    interval: str = ""
    n: str = ""
    story: str = ""
    ends: tuple[float, float, float] | None = None

    @property
    def sentence(self) -> str:
        """Everything in one line of words."""
        return "; ".join(part for part in (self.value, self.story) if part)


def read(
    est: Any,
    *,
    kind: str = "percent",
    digits: int | None = None,
    unit: str = "",
    currency: str = "",
    withheld: bool = False,
) -> Reading:
    """Put an estimate (object or mapping) into words. None and nan are "not known yet", never zero."""
    if withheld:
        return Reading(
            "withheld", value=_("Not shown"), story=_("Fewer than %(k)s people stand behind it.") % {"k": PEOPLE_NEEDED}
        )
    get: Any = est.get if isinstance(est, Mapping) else lambda name, other=None: getattr(est, name, other)
    value, low, high, n = (get(name) for name in ("value", "low", "high", "n"))
    n_text = _("n %(n)s") % {"n": count_text(n)} if n is not None else ""
    if est is None or not _are_finite(value):
        return Reading(
            "unknown", value=_("Not known yet"), n=n_text, story=_method_text(get) if est is not None else ""
        )
    how: dict[str, Any] = {"kind": kind, "digits": digits, "unit": unit, "currency": currency}
    ends = (float(value), float(low), float(high)) if _are_finite(low, high) else None
    interval = interval_text(ends[1], ends[2], **how) if ends else ""
    thin = _is_thin(get)
    told = [
        _("%(level)s interval %(interval)s")
        % {"level": percent_text(get("level") or 0.95, digits=0), "interval": interval}
        if ends
        else _("no interval"),
        n_text,
        _effective_text(get),
        _("thin: too few cases to compare or rank") if thin else "",
        _method_text(get),
        str(get("population") or ""),
    ]
    return Reading(
        "thin" if thin else "known",
        value=value_text(value, **how),
        interval=interval,
        n=n_text,
        story="; ".join(part for part in told if part),
        ends=ends,
    )


def _are_finite(*numbers: Any) -> bool:
    return all(number is not None and isfinite(number) for number in numbers)


def _is_thin(get: Any) -> bool:
    thin = get("is_thin")
    if thin is None:
        size = get("n_effective") if get("n_effective") is not None else get("n")
        return size is not None and size < THIN_BELOW
    return bool(thin() if callable(thin) else thin)


def _effective_text(get: Any) -> str:
    size, n = get("n_effective"), get("n")
    if size is None or n is None or not isfinite(size) or abs(size - n) < 0.5:
        return ""
    return _("as informative as %(n)s drawn at random") % {"n": count_text(size)}


def _method_text(get: Any) -> str:
    method = get("method")
    return _("method %(method)s") % {"method": str(method).replace("_", " ")} if method else ""


@library.simple_tag
def estimate(
    est: Any,
    *,
    kind: str = "percent",
    href: str = "",
    label: str = "",
    digits: int | None = None,
    unit: str = "",
    currency: str = "",
    bar: bool = False,
    interval: bool = True,
    withheld: bool = False,
    plain: bool = False,
) -> SafeString:
    """An estimate: value, interval, n; method and the rest on hover, focus and for screen readers.

    `plain` leaves out the stop of the Tab key, for tables with many figures.
    """
    reading = read(est, kind=kind, digits=digits, unit=unit, currency=currency, withheld=withheld)
    said = format_html('<span class="visually-hidden">{}{}</span>', f"{label}: " if label else "", reading.sentence)
    shown = format_html(
        '<span aria-hidden="true" class="estimate-shown"><span class="estimate-value">{}</span>{}{}{}{}</span>',
        reading.value,
        picture(reading.ends) if bar and kind == "percent" else "",
        format_html('<span class="estimate-interval">{}</span>', reading.interval)
        if interval and reading.interval
        else "",
        format_html('<span class="estimate-n">{}</span>', reading.n) if reading.n else "",
        format_html('<span class="estimate-thin">{}</span>', _("thin")) if reading.state == "thin" else "",
    )
    tip = f"{label}: {reading.sentence}" if label else reading.sentence
    if href:
        return format_html(
            '<a class="estimate {}" href="{}" data-tip="{}">{}{}</a>', reading.state, href, tip, said, shown
        )
    if plain:
        return format_html('<span class="estimate {}" data-tip="{}">{}{}</span>', reading.state, tip, said, shown)
    return format_html(
        '<button type="button" class="estimate {}" data-tip="{}">{}{}</button>', reading.state, tip, said, shown
    )


def picture(ends: tuple[float, float, float] | None) -> SafeString | str:
    """The interval on a line from 0 to 100%, at least as wide as the mark of the value, so that it is seen."""
    if ends is None:
        return ""
    value, low, high = (4 + 56 * min(1.0, max(0.0, end)) for end in ends)
    low, high = min(low, value - 2), max(high, value + 2)
    return format_html(
        '<svg class="interval" viewBox="0 0 64 12" width="64" height="12"><path class="interval-scale" d="M4 6H60"/>'
        '<path class="interval-range" d="M{} 6H{}"/><path class="interval-value" d="M{} 1V11"/></svg>',
        *(f"{at:.1f}" for at in (low, high, value)),
    )


@library.simple_tag
def figure(
    value: float | None,
    *,
    kind: str = "count",
    href: str = "",
    label: str = "",
    digits: int | None = None,
    unit: str = "",
    currency: str = "",
) -> SafeString:
    """A figure that was counted or summed, so that there is nothing to estimate."""
    text = value_text(value, kind=kind, digits=digits, unit=unit, currency=currency)
    said = format_html('<span class="visually-hidden">{}: </span>', label) if label else ""
    if href:
        return format_html('<a class="number" href="{}">{}{}</a>', href, said, text)
    return format_html('<span class="number">{}{}</span>', said, text)
