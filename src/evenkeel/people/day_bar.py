"""A day as a bar: each stretch as long as it lasted, hours below.

Colours come from the page's classes; the words stand in titles and in the table beside it.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenkeel.ground.templatetags.wording import duration_text

from .hours import Day
from .models import STATE_TITLES

_WIDTH, _HEIGHT, _FOOT = 960.0, 34.0, 18.0


def day_bar(day: Day) -> SafeString:
    """The SVG of a day, from the first stretch to the last and at least eight hours; "" when nothing happened on it."""
    if not day.stretches:
        return SafeString("")
    zone = ZoneInfo(day.zone)
    first = day.stretches[0].began_at.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    last = day.stretches[-1].ended_at or day.now
    whole = max(8 * 3600.0, (last - first).total_seconds())

    def x(seconds: float) -> float:
        return round(_WIDTH * seconds / whole, 2)

    parts = (
        (
            f"time-{each.state}",
            x((each.began_at - first).total_seconds()),
            max(1.0, x(each.seconds(until=day.now))),
            _HEIGHT,
            _("%(state)s, %(from)s to %(until)s, %(length)s")
            % {
                "state": STATE_TITLES[each.state],
                "from": each.began_at.astimezone(zone).strftime("%H:%M"),
                "until": (each.ended_at or day.now).astimezone(zone).strftime("%H:%M"),
                "length": duration_text(each.seconds(until=day.now)),
            },
        )
        for each in day.stretches
    )
    bars = format_html_join(
        "", '<rect class="{}" x="{}" y="0" width="{}" height="{}" rx="2"><title>{}</title></rect>', parts
    )
    step = 1 if whole <= 12 * 3600 else 2
    hours = range(0, int(whole // 3600) + 1, step)
    marks = format_html_join(
        "",
        '<line class="time-mark" x1="{0}" x2="{0}" y1="{1}" y2="{2}"></line><text class="time-hour" x="{3}" y="{4}">{5}</text>',
        (
            (
                x(hour * 3600),
                _HEIGHT,
                _HEIGHT + 4,
                x(hour * 3600) + 3,
                _HEIGHT + _FOOT - 4,
                f"{(first.hour + hour) % 24:02d}",
            )
            for hour in hours
        ),
    )
    label = _("%(name)s on %(day)s") % {"name": day.worker.name, "day": day.on.isoformat()}
    return format_html(
        '<svg class="day-bar" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        _WIDTH,
        _HEIGHT + _FOOT,
        label,
        bars,
        marks,
    )
