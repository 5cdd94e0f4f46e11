"""The API's routes in the order in which an address is looked up."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, path


def by_room(patterns: Sequence[URLPattern]) -> list[URLPattern | URLResolver]:
    """The same routes, those of a room behind its name: an address is held against its room's routes and no others.

    Names and parameters stay as they are. Routes without a second part stand by themselves, in their order.
    """
    rooms: dict[str, list[URLPattern]] = {}
    alone: list[URLPattern | URLResolver] = []
    for pattern in patterns:
        room, slash, rest = str(pattern.pattern).partition("/")
        if slash and "<" not in room:
            rooms.setdefault(room, []).append(path(rest, pattern.callback, pattern.default_args, name=pattern.name))
        else:
            alone.append(pattern)
    return [*(path(f"{room}/", (routes, None, None)) for room, routes in rooms.items()), *alone]
