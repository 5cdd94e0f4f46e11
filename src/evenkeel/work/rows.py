"""Rows that several acts write: items, looked up and inserted in batches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from functools import cache
from operator import attrgetter
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

from .driver import insert_rows, one_value
from .kinds.item import ItemKind, MediaUse, item_kinds
from .models import Item, MediaFile, Programme
from .rules.items import NewItem

_BATCH, _ASKED = 500, 5_000


def item_ids(programme: Programme, keys: Iterable[str]) -> dict[str, UUID]:
    """Ids by key of those items that the programme has."""
    found: dict[str, UUID] = {}
    asked = sorted(set(keys))
    for start in range(0, len(asked), _ASKED):
        part = Item.objects.filter(programme=programme, key__in=one_value(asked[start : start + _ASKED]))
        found.update(part.values_list("key", "id"))
    return found


def insert_items(programme: Programme, items: Sequence[NewItem], now: datetime) -> list[Item]:
    """Insert checked items whose keys are free. Those that show stored files learn their sizes here."""
    items = with_media(programme, items)
    made = [
        Item(
            programme_id=programme.pk,
            key=item.key,
            kind=item.kind,
            language=item.language,
            content=dict(item.content),
            attributes=dict(item.attributes),
            created_at=now,
        )
        for item in items
    ]
    insert_rows(Item, _COLUMNS, map(attrgetter(*_COLUMNS), made))
    for item in made:
        # As they stand in the database now: a later save changes the row.
        item._state.adding = False
    return made


_COLUMNS = ("id", "programme_id", "key", "kind", "language", "content", "attributes", "created_at")


@cache
def may_show_media(kind: str) -> bool:
    """Whether items of a kind can name stored files: asked once a kind, because most cannot and come in millions."""
    return item_kinds[kind].media_of.__qualname__ != ItemKind.media_of.__qualname__


def with_media(programme: Programme, items: Sequence[NewItem]) -> list[NewItem]:
    """The items with type, size and length of each file that they show; `Invalid` names those whose files are unknown here."""
    made: list[NewItem] = []
    uses: list[tuple[str, MediaUse]] = []
    for item in items:
        if may_show_media(item.kind) and item_kinds[item.kind].media_of(dict(item.content)):
            content = deepcopy(dict(item.content))
            uses += [(item.key, use) for use in item_kinds[item.kind].media_of(content)]
            item = replace(item, content=content)
        made.append(item)
    known = _media(programme, {UUID(use.said["media"]) for _key, use in uses})
    faults: dict[str, list[str]] = {}
    for key, use in uses:
        found = known.get(UUID(use.said["media"]))
        if found is None or found.kind != use.kind:
            said = {"id": use.said["media"], "kind": dict(MediaFile.KINDS)[use.kind]}
            faults.setdefault(key, []).append(
                _("%(id)s is no stored file of this programme that is a %(kind)s.") % said
            )
            continue
        use.said.update(media=str(found.pk), type=found.content_type)
        for name in ("width", "height", "duration_ms"):
            use.said.pop(name, None)
            if getattr(found, name) is not None:
                use.said[name] = getattr(found, name)
    if faults:
        raise Invalid(_("%(n)d items do not fit; none was added.") % {"n": len(faults)}, fields=faults)
    return made


def _media(programme: Programme, ids: set[UUID]) -> dict[UUID, MediaFile]:
    found: dict[UUID, MediaFile] = {}
    asked = sorted(ids)
    for start in range(0, len(asked), _BATCH):
        rows = MediaFile.objects.filter(programme=programme, pk__in=asked[start : start + _BATCH])
        found.update({row.pk: row for row in rows})
    return found
