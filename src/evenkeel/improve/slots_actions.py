"""What actions hang into the pages of rooms below."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.slots import fills

from . import scopes
from .queries_actions import actions

_SHOWN = 5


@fills("site:home", order=42)
def my_actions(request: HttpRequest, _thing: object) -> str:
    """On the home page: the actions that are mine and not over, the next due first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.person_id is None or not actor.has(scopes.ACTION_VIEW):
        return ""
    rows = actions(actor).filter(owner=actor.person_id, state__in=["draft", "planned", "running", "cannot_tell"])
    found = list(rows.order_by("due_on")[:_SHOWN])
    if not found:
        return ""
    return render_to_string("improve/_my_actions.html", {"actions": found, "heading": _("My actions")}, request=request)
