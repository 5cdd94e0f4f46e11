"""Moments and days, with the exact one on hover and for machines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.template import Context, Library
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .wording import DASH, day_text, moment_text

library = Library()


@library.simple_tag(name="moment", takes_context=True)
def moment_tag(context: Context, at: datetime | None, *, style: str = "auto") -> SafeString:
    """A moment as seen from the request's now."""
    return moment(at, style=style, now=now_of(context.get("request")))


def moment(at: datetime | None, *, style: str = "auto", now: datetime | None = None) -> SafeString:
    """A moment; `style` is auto, full, time or ago (the last needs `now`)."""
    if at is None:
        return format_html('<span class="muted">{}</span>', DASH)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(),
        moment_text(at, style="full"),
        moment_text(at, style=style, now=now),
    )


def now_of(request: Any) -> datetime | None:
    """The moment the request came in, if the middleware has noted it."""
    return getattr(request, "now", None)


@library.simple_tag
def day(on: date | None) -> SafeString:
    """A day; of a moment, the day in the reader's zone."""
    if on is None:
        return format_html('<span class="muted">{}</span>', DASH)
    if isinstance(on, datetime):
        on = timezone.localtime(on).date() if timezone.is_aware(on) else on.date()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', on.isoformat(), day_text(on, full=True), day_text(on)
    )
