"""A corrective action that changes nothing."""

from __future__ import annotations

from ...events import EVENTS, Event


@EVENTS.register
class ActionIdle(Event):
    """Somebody did something in `where` and nothing follows; the effect check should not say that it worked."""

    slug = "action_idle"
    title = "Action that does nothing"
    why = "A reminder by mail, a poster, a meeting: costs, and no effect."
    source = "the null case: a size of nothing"
    is_fault = False
