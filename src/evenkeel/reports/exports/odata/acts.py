"""Reading the feed leaves its line in the trail, like every file that is taken out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act

from ..scopes import EXPORT_MAKE


def note_reading(actor: Actor, *, entity_set: str, query: dict[str, Any], now: datetime) -> None:
    """Note that somebody begins to read a set; the pages that follow belong to it."""
    with act(EXPORT_MAKE, actor, now=now) as deed:
        deed.record("feed read", entity_set=entity_set, query=query)
