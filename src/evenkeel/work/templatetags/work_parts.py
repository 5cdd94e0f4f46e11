"""`{% load work_parts %}`: parts of work's pages that rooms above use as well."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evenkeel.ground.access import may
from evenkeel.ground.slots import parts_for

from .. import scopes
from ..models import Programme

register = Library()
_HERE = mark_safe(' aria-current="page"')


@register.simple_tag(takes_context=True)
def programme_tabs(context: Context, programme: Programme, *, current: str = "") -> SafeString:
    """The sides of a programme: ours, then what rooms above hang into `work:programme:tabs` (each an <li> with a link).

    `current` is programme, items, decisions or transfers; a page of a room above leaves it out and marks its own link.
    """
    request: Any = context["request"]
    actor = request.actor
    sides = [("programme", _("Overview"), True)]
    sees_items = bool(may(actor, scopes.ITEM_VIEW, programme))
    sides.append(("items", _("Items"), sees_items))
    sides.append(("decisions", _("Decisions"), bool(may(actor, scopes.DECISION_VIEW, programme))))
    sides.append(("routing", _("Routing"), bool(may(actor, scopes.QUEUE_VIEW, programme))))
    sides.append(("transfers", _("Files"), sees_items and not actor.is_outside))
    links = (
        (
            reverse(f"work:{name}", args=[programme.pk]),
            _HERE if name == current else "",
            title,
        )
        for name, title, is_shown in sides
        if is_shown
    )
    ours = format_html_join("", '<li><a href="{}"{}>{}</a></li>', links)
    theirs = format_html_join("", "{}", ((part,) for part in parts_for("work:programme:tabs", request, programme)))
    label = _("Sides of the programme")
    return format_html('<nav class="tabs" aria-label="{}"><ul>{}{}</ul></nav>', label, ours, theirs)
