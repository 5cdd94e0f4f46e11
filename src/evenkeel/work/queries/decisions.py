"""Which decisions were made."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from ..models import Decision, Item, Programme, Queue


def standing(decisions: QuerySet[Decision] | None = None) -> QuerySet[Decision]:
    """Decisions that were neither taken back nor corrected."""
    found = Decision.objects.all() if decisions is None else decisions
    return found.filter(taken_back=None, correction=None)


def decisions_between(
    *, since: datetime, until: datetime, programme: Programme | None = None, queue: Queue | None = None
) -> QuerySet[Decision]:
    """Standing decisions with since <= decided_at < until, oldest first, of one programme or queue.

    A decision younger than its queue's undo window may still be taken back.
    """
    found = standing(Decision.objects.filter(decided_at__gte=since, decided_at__lt=until))
    if programme is not None:
        found = found.filter(programme=programme)
    if queue is not None:
        found = found.filter(queue=queue)
    return found.order_by("decided_at", "id")


def decisions_of_item(item: Item) -> QuerySet[Decision]:
    """Every decision about an item, newest first, those taken back among them."""
    # Answers to a planted item tell of people, and whoever counted them would know it again.
    found = Decision.objects.filter(item=item, planted=None).select_related(
        "worker__organisation", "queue", "taken_back", "correction__second"
    )
    return found.order_by("-decided_at", "-id")
