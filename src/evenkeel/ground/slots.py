"""Page slots: the second upward door. A page names a place; rooms above hang their part into it.

In the upper room: `@fills("work:programme", order=10)` on a function `(request, programme) -> str of safe HTML` (or "").
In the lower room's template: `{% slot "work:programme" programme %}`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Fill = Callable[[HttpRequest, Any], str]

_fills: defaultdict[str, list[tuple[int, Fill]]] = defaultdict(list)


def fills(place: str, *, order: int = 50) -> Callable[[Fill], Fill]:
    """Hang a part into a place of a lower room's page."""

    def register(function: Fill) -> Fill:
        if all(known is not function for _, known in _fills[place]):
            _fills[place].append((order, function))
        return function

    return register


def parts_for(place: str, request: HttpRequest, thing: Any) -> list[str]:
    """What hangs in a place for this request and thing, in order, without the empty ones."""
    shown = (fill(request, thing) for _, fill in sorted(_fills[place], key=lambda pair: pair[0]))
    return [part for part in shown if part]
