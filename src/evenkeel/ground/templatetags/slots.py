"""`{% load slots %}{% slot "work:programme" programme %}`: what rooms above hang into this place of the page."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ..slots import parts_for

register = Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, place: str, thing: Any = None) -> SafeString:
    """The parts for a place, in their order, with a thing to tell about; nothing when no room fills it.

    Parts are safe HTML. A part's own `{% translate %}` and shell are its template's affair; it gets the page's request.
    """
    parts = parts_for(place, context["request"], thing)
    return format_html_join("", "{}", ((part,) for part in parts))
