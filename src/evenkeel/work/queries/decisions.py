"""Which decisions were made."""

from __future__ import annotations

from django.db.models import QuerySet

from ..models import Decision, Item


def standing(decisions: QuerySet[Decision] | None = None) -> QuerySet[Decision]:
    """Decisions that were neither taken back nor corrected."""
    found = Decision.objects.all() if decisions is None else decisions
    return found.filter(taken_back=None, correction=None)


def decisions_of_item(item: Item) -> QuerySet[Decision]:
    """Every decision about an item, newest first, those taken back among them."""
    # Answers to a planted item tell of people, and whoever counted them would know it again.
    found = Decision.objects.filter(item=item, planted=None).select_related(
        "worker__organisation", "queue", "taken_back", "correction__second"
    )
    return found.order_by("-decided_at", "-id")
