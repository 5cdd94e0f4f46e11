"""Which tasks a selection means, and what a preview shows of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from evenkeel.ground.access import unveiled

from ..models import Programme, Task
from ..rules.bulk import CLOSED, OPEN, Selection

_SAMPLE = 10
_PART = 500


def selected(programme: Programme, selection: Selection) -> QuerySet[Task]:
    """The tasks of a programme that a selection means."""
    rows = unveiled(Task.objects.filter(queue__programme=programme))
    if selection.queue_ids:
        rows = rows.filter(queue__in=selection.queue_ids)
    if selection.state in (OPEN, CLOSED):
        rows = rows.filter(closed_at__isnull=selection.state == OPEN)
    for name, field in (
        ("kind", "item__kind"),
        ("language", "item__language"),
        ("key_starts", "item__key__startswith"),
    ):
        if value := getattr(selection, name):
            rows = rows.filter(**{field: value})
    if selection.attribute:
        # A transform and not a look-up made of the name: a name may hold anything, also two underscores.
        rows = rows.annotate(said_=Cast(KeyTextTransform(selection.attribute, "item__attributes"), TextField()))
        rows = rows.filter(said_=selection.value)
    if selection.task_ids:
        rows = rows.filter(_any_of("pk", selection.task_ids))
    if selection.item_keys:
        rows = rows.filter(_any_of("item__key", selection.item_keys))
    return rows


def _any_of(field: str, values: Any) -> Q:
    found = Q()
    wanted = list(values)
    for start in range(0, len(wanted), _PART):
        found |= Q(**{f"{field}__in": wanted[start : start + _PART]})
    return found


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Exactly what a bulk act would touch: how many tasks, by queue and state, and the first of them."""

    total: int
    by_queue: list[dict[str, Any]]
    sample: list[Task]


def preview_of(programme: Programme, selection: Selection) -> Preview:
    """What a selection means now."""
    rows = selected(programme, selection)
    counted = (
        rows.order_by()
        .values("queue__name")
        .annotate(
            open_count=Count("pk", filter=Q(closed_at=None)),
            closed_count=Count("pk", filter=Q(closed_at__isnull=False)),
            in_hand_count=Count("pk", filter=Q(leased__gt=0)),
        )
    )
    by_queue = [
        {
            "queue": row["queue__name"],
            "open": row["open_count"],
            "closed": row["closed_count"],
            "in_hand": row["in_hand_count"],
        }
        for row in counted.order_by("queue__name")
    ]
    sample = list(rows.select_related("queue", "item").order_by("queue__name", "id")[:_SAMPLE])
    return Preview(total=sum(row["open"] + row["closed"] for row in by_queue), by_queue=by_queue, sample=sample)
