"""How many people decide an item."""

from __future__ import annotations

from uuid import UUID

from evenkeel.kernel import key64


def drawn_for_more(item_id: UUID, queue_id: UUID, share: float) -> bool:
    """Whether an item is among the share that gets more opinions: a keyed hash of item and queue, so anybody can replay it."""
    from evenkeel.kernel import keyed_u

    salt = key64(queue_id.int) & 0xFFFFFFFF
    return bool(keyed_u([key64(item_id.int)], salt)[0] < share)
