"""What golden items hang into the pages of rooms below, for those of ours who may see them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from evenkeel.ground.access import may
from evenkeel.ground.slots import fills

from . import scopes
from .models import Gold, GoldMix


@fills("work:item:aside", order=40)
def item_gold(request: HttpRequest, item: Any) -> str:
    """Whether the item is golden, and how it may become so."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if actor.is_outside or not may(actor, scopes.GOLD_SAY, item):
        return ""
    gold = Gold.objects.filter(item=item).exclude(state=Gold.RETIRED).first()
    return render_to_string("quality/parts/item_gold.html", {"item": item, "gold": gold}, request)


@fills("work:queue", order=70)
def queue_golds(request: HttpRequest, queue: Any) -> str:
    """How many golden items the queue's people meet."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if actor.is_outside or not may(actor, scopes.GOLD_VIEW, queue):
        return ""
    mix = GoldMix.objects.filter(queue=queue).first()
    return render_to_string("quality/parts/queue_golds.html", {"queue": queue, "mix": mix}, request)
