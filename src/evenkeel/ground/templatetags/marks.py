"""Small marks: icon, badge, person, keys, progress, sparkline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

from django.template import Library
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .wording import DASH, count_text, value_text

library = Library()
TONES = {"good": "check", "warn": "warning", "bad": "circle-alert", "info": "info", "quiet": ""}
SPRITE = Path(__file__).parents[1] / "static/ground/icons.svg"


@cache
def icon_names() -> frozenset[str]:
    """Every icon there is."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))


@library.simple_tag
def icon(name: str, *, size: str = "", label: str = "") -> SafeString:
    """A drawing from the sprite; decoration unless it has a `label`. LookupError for a name not in scripts/icons.py."""
    if name not in icon_names():
        near = ", ".join(get_close_matches(name, icon_names(), n=3, cutoff=0.4))
        raise LookupError(f"There is no icon {name!r} in scripts/icons.py; near: {near}")
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    extra = f" icon-{size}" if size else ""
    return format_html(
        '<svg class="icon{}" width="16" height="16" {}><use href="{}#{}"></use></svg>',
        extra,
        said,
        static("ground/icons.svg"),
        name,
    )


@library.simple_tag
def badge(text: object, *, tone: str = "quiet", icon: str = "") -> SafeString:
    """A state in words; the colour only repeats them."""
    assert tone in TONES, f"tone is one of {', '.join(TONES)}, not {tone!r}"
    mark = _icon(icon) if icon else mark_safe('<span class="dot"></span>')
    return format_html('<span class="badge {}">{}{}</span>', tone, mark, text)


_icon = icon  # `badge` and others have an argument of that name


@library.simple_tag
def person(who: Any, *, href: str = "", organisation: bool = True, size: str = "") -> SafeString:
    """Initials, name and organisation of anything that has a name. None reads as "Nobody"."""
    if who is None:
        return format_html('<span class="muted">{}</span>', _("Nobody"))
    name = name_of(who)
    under = organisation_of(who) if organisation else ""
    text = format_html('<a href="{}">{}</a>', href, name) if href else format_html("<span>{}</span>", name)
    line = format_html('<span class="person-organisation">{}</span>', under) if under else ""
    return format_html(
        '<span class="person{}"><span class="avatar hue-{}" aria-hidden="true">{}</span><span class="person-words">'
        '<span class="person-name">{}</span>{}</span></span>',
        f" {size}" if size else "",
        sum(name.encode()) % 8 + 1,
        initials(name),
        text,
        line,
    )


def name_of(who: Any) -> str:
    """The name of a worker, actor, organisation or user; a name itself stays as it is."""
    if isinstance(who, str):
        return str(who)
    full = getattr(who, "get_full_name", None)
    return str(getattr(who, "name", "") or getattr(who, "title", "") or (full() if callable(full) else "") or who)


def organisation_of(who: Any) -> str:
    """The organisation's name when it is at hand; a table of persons must not ask the database once per row."""
    if said := getattr(who, "organisation_name", ""):
        return str(said)
    state = getattr(who, "_state", None)
    if state is not None and "organisation" not in state.fields_cache:
        return ""
    found = getattr(who, "organisation", None)
    return name_of(found) if found is not None else ""


def initials(name: str) -> str:
    """First letters of the first and the last word."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@library.simple_tag
def kbd(keys: str) -> SafeString:
    """Keys to press one after the other, apart by spaces."""
    return format_html(
        '<span class="keys">{}</span>', format_html_join("", "<kbd>{}</kbd>", ((key,) for key in keys.split()))
    )


@library.simple_tag
def code_block(text: object) -> SafeString:
    """Text as a machine would have it. It can be reached by keyboard, because it may have to be scrolled."""
    return format_html('<pre tabindex="0" role="region" aria-label="{}"><code>{}</code></pre>', _("Code"), text)


@library.simple_tag
def progress(value: float, of: float, label: str, *, show: bool = True) -> SafeString:
    """How far something has come; `of` is the whole."""
    words = _("%(done)s of %(all)s") % {"done": count_text(value), "all": count_text(of)}
    shown = format_html('<span class="progress-words">{}</span>', words) if show else ""
    share = min(1.0, value / of) if of else 0.0
    return format_html(
        '<span class="progress"><progress value="{}" max="1" aria-label="{}"></progress>{}</span>',
        f"{share:.4f}",
        f"{label}: {words}",
        shown,
    )


@library.simple_tag
def sparkline(
    series: Sequence[Any], *, label: object, kind: str = "number", low: float | None = None, high: float | None = None
) -> SafeString:
    """The shape of a short series: numbers, estimates, or None for a gap; `low` to `high` is the usual range.

    In words it is first, last, lowest and highest.
    """
    values = [getattr(point, "value", point) for point in series]
    known = [float(value) for value in values if value is not None and isfinite(value)]
    if not known:
        words = _("%(label)s: not known yet") % {"label": label}
        return format_html('<span class="muted" role="img" aria-label="{}">{}</span>', words, DASH)
    from evenkeel.ground import charts  # the marks load only where a page has a chart

    said = {"first": known[0], "last": known[-1], "low": min(known), "high": max(known)}
    course = _("From %(first)s to %(last)s, lowest %(low)s, highest %(high)s.") % {
        name: value_text(value, kind=kind) for name, value in said.items()
    }
    axis = charts.Axis(format="percent" if kind == "percent" else "number")
    chart = charts.Sparkline(title=str(label), description=course, values=values, y=axis, low=low, high=high)
    return SafeString(charts.to_svg(chart))
