"""Pictures that are delivered later: an item that came in as an address shows the file from then on."""

from __future__ import annotations

from collections.abc import Sequence

from evenkeel.ground.acts import Deed

from ..driver import one_value
from ..models import Item, Transfer
from ..rules.exchange import Record
from ..rules.items import NewItem
from ..rules.pictures import MEDIA

_BATCH = 200


def complete(deed: Deed, transfer: Transfer, records: Sequence[Record]) -> set[str]:
    """Let items that only name a file show it, now that it is here; returns their keys. Runs in the step's transaction.

    The programme's item is the row's own when both its key and its address are the row's: a picture never becomes another's.
    """
    came = {record.key: record.item for record in records if record.item is not None and _shows(record.item)}
    if not came:
        return set()
    completed: list[tuple[Item, dict[str, str]]] = []
    waiting = Item.objects.filter(programme=transfer.programme_id, kind="text", key__in=one_value(list(came)))
    for item in waiting:
        new = came[item.key]
        address = new.attributes["address"]
        if item.content != {"text": address} or item.attributes.get("media") != new.kind:
            continue
        item.kind, item.content = new.kind, dict(new.content)
        item.attributes = {**item.attributes, "address": address}
        completed.append((item, {"address": address[:200], "media": new.content["media"]}))
    if completed:
        changed = [item for item, _detail in completed]
        Item.objects.bulk_update(changed, ["kind", "content", "attributes"], batch_size=_BATCH)
        deed.record_together("picture delivered", completed)
    return {item.key for item, _detail in completed}


def _shows(item: NewItem) -> bool:
    """Whether the file that an item named was found and stands in it."""
    return item.kind in MEDIA and "media" in item.content and isinstance(item.attributes.get("address"), str)
