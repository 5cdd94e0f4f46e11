"""How states of audits read, and in which tone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..queries import PlanOutlook
from ..rules.layers import layers

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


_SCOPES = {"whole": _("everything"), "queue_id": _("queue"), "organisation_id": _("vendor"), "language": _("language")}


def layer_word(name: str) -> Any:
    """The layer that gave a draw its odds, for people: "floor worker" is a floor of people."""
    slug, _space, detail = name.partition(" ")
    if not slug:
        return _("everybody’s")
    title = layers[slug].title if slug in layers else slug
    return f"{title} ({_OF.get(detail, detail)})" if detail else title


_OF: dict[str, Any] = {
    "worker": _("person"),
    "queue": _("queue"),
    "language": _("language"),
    "organisation": _("vendor"),
}


def outlook_words(found: PlanOutlook) -> dict[str, Any]:
    """A preview's layers and parts with their names, for the template."""
    return {
        "by_layer": [(layer_word(name), audits) for name, audits in found.outlook.by_layer],
        "parts": [(_SCOPES[part.scope], found.names.get(part.key, part.key), part) for part in found.outlook.parts],
    }
