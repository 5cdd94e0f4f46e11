"""How investigations are found by name."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.search import Hit, searches

from . import scopes
from .models import Investigation


@searches(gettext_lazy("Investigations"), order=40)
def find_investigations(actor: Actor, text: str, limit: int) -> list[Hit]:
    """By title, by whose figure it is, or by words of the problem."""
    if not actor.has(scopes.VIEW):
        return []
    words = Q(title__icontains=text) | Q(where_name__icontains=text) | Q(statement__icontains=text)
    rows = visible(actor, scopes.VIEW, Investigation.objects.filter(words))
    return [
        Hit(
            title=each.title,
            detail=_("open, %(where)s") % {"where": each.where_name}
            if each.is_open
            else _("closed, %(where)s") % {"where": each.where_name},
            url=each.get_absolute_url(),
            icon="search",
        )
        for each in rows.select_related("closing").order_by("-opened_at")[:limit]
    ]
