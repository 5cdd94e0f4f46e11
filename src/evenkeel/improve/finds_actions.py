"""How actions and initiatives are found by name."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor
from evenkeel.ground.search import Hit, searches

from . import scopes
from .queries_actions import actions
from .queries_initiatives import initiatives


@searches(gettext_lazy("Actions"), order=42)
def find_actions(actor: Actor, text: str, limit: int) -> list[Hit]:
    """By title, by what is done, or by place."""
    if not actor.has(scopes.ACTION_VIEW):
        return []
    rows = actions(actor).filter(Q(title__icontains=text) | Q(what__icontains=text) | Q(where_name__icontains=text))
    return [
        Hit(title=each.title, detail=f"{each.get_state_display()}, {each.where_name}", url=each.get_absolute_url(),
            icon="wrench")
        for each in rows[:limit]
    ]  # fmt: skip


@searches(gettext_lazy("Initiatives"), order=44)
def find_initiatives(actor: Actor, text: str, limit: int) -> list[Hit]:
    """By title, problem or goal."""
    if not actor.has(scopes.INITIATIVE_VIEW):
        return []
    rows = initiatives(actor).filter(Q(title__icontains=text) | Q(problem__icontains=text) | Q(goal__icontains=text))
    return [
        Hit(title=each.title, detail=each.programme.name, url=each.get_absolute_url(), icon="rocket")
        for each in rows[:limit]
    ]
