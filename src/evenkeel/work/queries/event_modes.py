"""Which event modes hold now. Nothing is stored about "now": a mode that is over holds nowhere, whoever is awake to say so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.shapes import Asked, Shape

from .. import scopes
from ..models import EventMode, Queue


def holding(now: datetime) -> QuerySet[EventMode]:
    """Event modes with begins_at <= now < until that were not ended before."""
    return EventMode.objects.filter(begins_at__lte=now, until__gt=now).filter(Q(ended_at=None) | Q(ended_at__gt=now))


def modes_of_queue(queue: Queue, now: datetime) -> list[EventMode]:
    """The modes that hold in a queue now: of its programme, and of this queue if they name any."""
    return of_queue(queue, _HOLDING.fetch(programme=queue.programme_id, now=now))


def asked_of_programme(queue: UUID, now: datetime) -> Asked[list[EventMode]]:
    """The question which modes hold now in the programme of a queue; `of_queue` narrows the answer."""
    return _HOLDING_BESIDE.asked(queue=queue, now=now)


def of_queue(queue: Queue, modes: list[EventMode]) -> list[EventMode]:
    """Of a programme's modes those that are for the whole of it or name the queue."""
    if not modes:
        return []
    named = EventMode.queues.through.objects.filter(eventmode__in=[mode.pk for mode in modes])
    narrowed: dict[object, set[object]] = {}
    for mode_id, queue_id in named.values_list("eventmode_id", "queue_id"):
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


_HOLDING = Shape(lambda *, programme, now: holding(now).filter(programme=programme).order_by("begins_at", "id"))
_HOLDING_BESIDE = Shape(lambda *, queue, now: holding(now).filter(programme__queues=queue).order_by("begins_at", "id"))
