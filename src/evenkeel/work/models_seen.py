"""Noting which models' predictions come in: read off new items by a job, told by the act that adds some to known items."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from .models import Item, ItemsRead, ModelSeen
from .rules.exchange import PREDICTIONS, prediction_from

# Items are made in an order that is not quite the one in which they are there to be read.
_COMMIT_MS = 600_000
_LONGEST = 120


def read_new_items() -> int:
    """Note the models of the items that came in since the last time; returns how many items carried predictions.

    Reading an item twice notes nothing twice.
    """
    with transaction.atomic():
        ItemsRead.objects.get_or_create(pk=ItemsRead.THE_ONE)
        read = ItemsRead.objects.select_for_update().get(pk=ItemsRead.THE_ONE)
        last = Item.objects.order_by("-id").values_list("id", flat=True).first()
        if last is None:
            return 0
        rows = Item.objects.filter(id__gt=_a_little_before(read.up_to), id__lte=last, attributes__has_key=PREDICTIONS)
        asked = rows.order_by("id").values_list("programme_id", "created_at", f"attributes__{PREDICTIONS}")
        first: dict[tuple[UUID, str, str], ModelSeen] = {}
        met = 0
        for programme_id, created_at, kept in asked.iterator(chunk_size=5_000):
            met += 1
            for model in models_of(kept):
                row = _row(programme_id, model, created_at)
                known = first.setdefault((programme_id, model, row.day.isoformat()), row)
                known.at = min(known.at, created_at)
        _keep(first.values())
        ItemsRead.objects.filter(pk=read.pk).update(up_to=last)
        return met


def note_models(programme_id: UUID, names: Iterable[str], *, now: datetime) -> None:
    """Note that these models said something of a programme's items just now."""
    _keep([_row(programme_id, name, now) for name in sorted({name for name in names if name})])


def models_of(kept: object) -> set[str]:
    """The models that are named among an item's predictions, as they are kept."""
    found = [prediction_from(each) for each in kept] if isinstance(kept, list) else []
    return {said.model[:_LONGEST] for said in found if said and said.model}


def _row(programme_id: UUID, model: str, at: datetime) -> ModelSeen:
    return ModelSeen(programme_id=programme_id, model=model, day=at.astimezone(UTC).date(), at=at)


def _keep(rows: Iterable[ModelSeen]) -> None:
    ModelSeen.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _a_little_before(item_id: UUID) -> UUID:
    """The least UUIDv7 of the moment that lies `_COMMIT_MS` before the one of this."""
    return UUID(int=max((item_id.int >> 80) - _COMMIT_MS, 0) << 80)
