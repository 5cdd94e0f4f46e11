"""Rows that several acts write: items, looked up and inserted in batches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .models import Item, Programme
from .rules.items import NewItem

_BATCH = 500


def known_items(programme: Programme, keys: Sequence[str]) -> dict[str, Item]:
    """Those of the keys that the programme has, with their items."""
    found: dict[str, Item] = {}
    for start in range(0, len(keys), _BATCH):
        part = Item.objects.filter(programme=programme, key__in=keys[start : start + _BATCH])
        found.update({item.key: item for item in part})
    return found


def insert_items(programme: Programme, items: Sequence[NewItem], now: datetime) -> list[Item]:
    """Insert checked items whose keys are free."""
    return Item.objects.bulk_create(
        [
            Item(
                programme=programme,
                key=item.key,
                kind=item.kind,
                language=item.language,
                content=dict(item.content),
                attributes=dict(item.attributes),
                created_at=now,
            )
            for item in items
        ],
        batch_size=_BATCH,
    )
