"""How policies are found by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.search import Hit, searches

from . import scopes
from .models import Policy


@searches(gettext_lazy("Policies"), order=30)
def find_policies(actor: Actor, text: str, limit: int) -> list[Hit]:
    """By name."""
    rows = visible(actor, scopes.POLICY_VIEW, Policy.objects.filter(name__icontains=text))
    return [Hit(title=each.name, url=each.get_absolute_url(), icon="book") for each in rows.order_by("name")[:limit]]
