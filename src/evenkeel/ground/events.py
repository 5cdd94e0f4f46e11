"""Upward doors: what happened is told in the past tense, after the transaction that did it.

A handler gets plain values by keyword. It runs in the teller's process, after commit; whatever must survive a crash is
swept up by a job of the listening room, so a handler may only hasten, never be the sole carrier.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import structlog
from django.db import transaction

Handler = Callable[..., None]

_handlers: defaultdict[str, list[Handler]] = defaultdict(list)
_log = structlog.get_logger(__name__)


def on(event: str) -> Callable[[Handler], Handler]:
    """Register a handler for an event, for example `@on("signal.raised")`. Registering twice is harmless."""

    def register(handler: Handler) -> Handler:
        if handler not in _handlers[event]:
            _handlers[event].append(handler)
        return handler

    return register


def tell_after_commit(event: str, **facts: Any) -> None:
    """Tell an event once the surrounding transaction has committed; at once when there is none."""
    if event not in _handlers:
        return  # rooms register as they are loaded, so nobody will
    transaction.on_commit(lambda: _tell(event, facts))


def _tell(event: str, facts: dict[str, Any]) -> None:
    for handler in _handlers[event]:
        try:
            handler(**facts)
        except Exception:
            # The change is committed; a listener's bug must not turn it into an error for the person who made it.
            _log.exception("event_handler_failed", event_told=event, handler=handler.__qualname__)
