"""How programmes, queues and items are found by name."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.search import Hit, searches

from . import scopes
from .models import Item, Programme, Queue
from .queries.desk import item_summary


@searches(gettext_lazy("Queues"), order=10)
def find_queues(actor: Actor, text: str, limit: int) -> list[Hit]:
    """By name."""
    rows = visible(actor, scopes.QUEUE_VIEW, Queue.objects.filter(name__icontains=text))
    return [
        Hit(
            title=each.name,
            detail=each.programme.name if each.is_open else f"{each.programme.name}, {_('closed')}",
            url=each.get_absolute_url(),
            icon="inbox",
        )
        for each in rows.select_related("programme").order_by("name")[:limit]
    ]


@searches(gettext_lazy("Programmes"), order=20)
def find_programmes(actor: Actor, text: str, limit: int) -> list[Hit]:
    """By name."""
    rows = visible(actor, scopes.PROGRAMME_VIEW, Programme.objects.filter(name__icontains=text))
    return [
        Hit(title=each.name, detail="", url=each.get_absolute_url(), icon="layers")
        for each in rows.order_by("name")[:limit]
    ]


@searches(gettext_lazy("Items"), order=50)
def find_items(actor: Actor, text: str, limit: int) -> list[Hit]:
    """By the whole key: a look into the middle of millions of keys would keep everybody waiting."""
    programmes = visible(actor, scopes.ITEM_VIEW, Programme.objects.all()).values_list("pk", flat=True)
    rows = visible(actor, scopes.ITEM_VIEW, Item.objects.filter(programme__in=list(programmes), key=text))
    return [
        Hit(
            title=each.key,
            detail=f"{each.programme.name}: {item_summary(each)}",
            url=each.get_absolute_url(),
            icon="message",
        )
        for each in rows.select_related("programme").order_by("key")[:limit]
    ]
