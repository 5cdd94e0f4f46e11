"""What disputes and looks hang into the pages of rooms below."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from evenkeel.ground.slots import fills

from . import scopes
from .pages.disputes import waiting_for


@fills("site:home", order=21)
def disputes_waiting(request: HttpRequest, actor: Any) -> str:
    """How many disputes wait for this person to arbitrate."""
    if not actor.has(scopes.DISPUTE_ARBITRATE):
        return ""
    waiting = waiting_for(request)  # type: ignore[arg-type]
    return render_to_string("quality/parts/disputes_waiting.html", {"waiting": waiting}, request) if waiting else ""
