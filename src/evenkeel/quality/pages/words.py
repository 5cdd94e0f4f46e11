"""How states of audits read, and in which tone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

OUTCOMES: dict[str, Any] = {
    "waiting": _("waits"),
    "in_hand": _("in hand"),
    "right": _("right"),
    "wrong": _("wrong"),
}
_TONES = {"waiting": "quiet", "in_hand": "info", "right": "good", "wrong": "bad"}


def outcome(draw: Any, *, now: datetime) -> str:
    """The state of a draw that carries `is_right` and `expires_at`."""
    if draw.is_right is not None:
        return "right" if draw.is_right else "wrong"
    return "in_hand" if draw.expires_at and draw.expires_at > now else "waiting"


def tone_of_outcome(state: str) -> str:
    """The tone of its badge."""
    return _TONES[state]
