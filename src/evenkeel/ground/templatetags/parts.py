"""`{% load parts %}`: every part of a page. The same functions serve Python: `from ...templatetags.parts import badge`.

The page /ui shows each part in each state. Markup stands in templates/ground/parts, or beside the function when it is a line.
"""

from __future__ import annotations

from django.template import Library

from . import blocks, estimates, forms, layout, marks, moments, terms, wording
from .blocks import card, dialog, empty_state, menu, note, stat, unique
from .estimates import estimate, figure
from .forms import button, field, form_errors
from .layout import Tab, chart, key_values, table, tabs
from .marks import badge, code_block, icon, kbd, person, progress, sparkline
from .moments import day, moment
from .terms import define, definition

__all__ = [
    "Tab", "badge", "button", "card", "chart", "code_block", "day", "define", "definition", "dialog", "empty_state", "estimate",
    "field", "figure", "form_errors", "icon", "kbd", "key_values", "menu", "moment", "note", "person", "progress", "sparkline",
    "stat", "table", "tabs", "unique",
]  # fmt: skip

register = Library()
for _subject in (blocks, estimates, forms, layout, marks, moments, terms):
    register.tags.update(_subject.library.tags)


@register.filter
def percent(share: float | None, digits: int = 1) -> str:
    """A share as percent. For a share that was counted over everything; an estimate needs `{% estimate %}`."""
    return wording.value_text(share, kind="percent", digits=digits)


@register.filter(name="count")
def count_(number: float | None) -> str:
    """A whole number with separators."""
    return wording.value_text(number, kind="count")


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds as people say them."""
    return wording.value_text(seconds, kind="duration")


@register.filter
def money(cents: float | None, currency: str = "") -> str:
    """Cents as an amount."""
    return wording.value_text(cents, kind="money_cents", currency=currency)


@register.filter
def initials(name: str) -> str:
    """The letters of an avatar."""
    return marks.initials(name)


@register.filter
def tone(level: str) -> str:
    """The tone of a Django message."""
    return {"success": "good", "warning": "warn", "error": "bad", "info": "info"}.get(level, "quiet")
