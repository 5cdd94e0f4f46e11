"""Finding things by name: each room says how its own things are found, one page asks all of them.

In a room: `@searches(_("Queues"))` on `(actor, text, limit) -> list[Hit]`, which gives only what the actor may see
(`access.visible`) and its best `limit` hits. The module is imported by the room's AppConfig.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .access import Actor

# Shorter texts would find nearly everything.
SHORTEST = 2


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found: what it is called, what tells it from others, its page, its icon."""

    title: str
    url: str
    detail: str = ""
    icon: str = "circle"


@dataclass(frozen=True, kw_only=True)
class Found:
    """The hits of one sort. `has_more`: there were more than asked for, so a longer text narrows them."""

    title: Any
    hits: tuple[Hit, ...]
    has_more: bool


Find = Callable[[Actor, str, int], list[Hit]]

_finds: dict[Find, tuple[int, Any]] = {}


def searches(title: Any, *, order: int = 50) -> Callable[[Find], Find]:
    """Register how things of one sort are found; `title` names the sort in the plural."""

    def register(find: Find) -> Find:
        _finds[find] = (order, title)
        return find

    return register


def search(actor: Actor, text: str, *, limit: int = 8) -> list[Found]:
    """Everything the actor may see that goes by `text`, sort by sort, without empty ones."""
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return []
    found = []
    for find, (_order, title) in sorted(_finds.items(), key=lambda pair: pair[1][0]):
        # One more than shown tells that there are more, without counting them all.
        hits = find(actor, text, limit + 1)
        if hits:
            found.append(Found(title=title, hits=tuple(hits[:limit]), has_more=len(hits) > limit))
    return found
