"""Which event modes hold now. Nothing is stored about "now": a mode that is over holds nowhere, whoever is awake to say so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from evenkeel.ground.access import Actor, visible

from .. import scopes
from ..models import EventMode, Queue


def holding(now: datetime) -> QuerySet[EventMode]:
    """Event modes with begins_at <= now < until that were not ended before."""
    return EventMode.objects.filter(begins_at__lte=now, until__gt=now).filter(Q(ended_at=None) | Q(ended_at__gt=now))


def modes_of_queue(queue: Queue, now: datetime) -> list[EventMode]:
    """The modes that hold in a queue now: of its programme, and of this queue if they name any."""
    found = holding(now).filter(programme=queue.programme_id)
    named = EventMode.queues.through.objects.filter(eventmode__in=found).values_list("eventmode_id", "queue_id")
    narrowed: dict[object, set[object]] = {}
    modes = list(found.order_by("begins_at", "id"))
    for mode_id, queue_id in named if modes else ():
        narrowed.setdefault(mode_id, set()).add(queue_id)
    return [mode for mode in modes if mode.pk not in narrowed or queue.pk in narrowed[mode.pk]]


def lifted_queues(queues: Iterable[Queue], now: datetime) -> dict[object, EventMode]:
    """Of these queues, those that come first now because of an event, with its mode."""
    wanted = list(queues)
    found = holding(now).filter(programme__in={queue.programme_id for queue in wanted}) if wanted else []
    modes = [mode for mode in found if mode.moves_order]
    if not modes:
        return {}
    named: dict[object, set[object]] = {}
    rows = EventMode.queues.through.objects.filter(eventmode__in=[mode.pk for mode in modes])
    for mode_id, queue_id in rows.values_list("eventmode_id", "queue_id"):
        named.setdefault(mode_id, set()).add(queue_id)
    lifted: dict[object, EventMode] = {}
    for mode in modes:
        for queue in wanted:
            of_programme = mode.programme_id == queue.programme_id
            if of_programme and (mode.pk not in named or queue.pk in named[mode.pk]):
                lifted.setdefault(queue.pk, mode)
    return lifted


def modes_seen(actor: Actor) -> QuerySet[EventMode]:
    """The event modes that the actor may see, those over among them."""
    found = visible(actor, scopes.EVENT_VIEW, EventMode.objects.select_related("programme"))
    return found.annotate(ends_at=Coalesce(F("ended_at"), F("until")))
