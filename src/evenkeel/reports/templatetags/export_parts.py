"""`{% load export_parts %}`: the menu that takes figures out, for every page that shows an evaluation."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ..exports.format import offered
from ..exports.scopes import EXPORT_MAKE

register = Library()


@register.simple_tag(takes_context=True)
def export_menu(context: Context, query: str) -> SafeString:
    """A menu of formats for the evaluation that `query` asks for: metric, by, since, until, compare, programme_id ...

    `{% export_menu request.GET.urlencode %}` on a page whose address says it. Empty for whoever may not take files out.
    """
    request: Any = context["request"]
    if not request.actor.has(EXPORT_MAKE):
        return SafeString("")
    pairs = [(name, value) for name, value in parse_qsl(query) if name != "format"]
    return SafeString(
        render_to_string("reports/exports/menu.html", {"pairs": pairs, "formats": offered()}, request=request)
    )
