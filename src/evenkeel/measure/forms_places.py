"""Where something holds, as one choice of a form: everywhere, or one organisation, site, team, programme or queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, load, visible
from evenkeel.people import Organisation, Site, Team
from evenkeel.work import Programme, Queue

TABLES: dict[str, type[Model]] = {
    "organisation": Organisation, "site": Site, "team": Team, "programme": Programme, "queue": Queue,
}  # fmt: skip
_MOST = 200


def place_choices(actor: Actor, scope: str, *, kinds: Sequence[str]) -> list[tuple[Any, Any]]:
    """Groups of places at which the actor may use the scope."""
    titles = {
        "organisation": _("Organisation"), "site": _("Site"), "team": _("Team"), "programme": _("Programme"),
        "queue": _("Queue"),
    }  # fmt: skip
    is_everywhere = actor.is_system or any(grant.kind is None for grant in actor.grants_for(scope))
    groups: list[tuple[Any, Any]] = [("", _("Everything"))] if is_everywhere and not actor.is_outside else []
    for kind in kinds:
        rows = visible(actor, scope, TABLES[kind]._default_manager.all()).order_by("name")[:_MOST]
        choices = [(f"{kind}:{row.pk}", str(row)) for row in rows]
        if choices:
            groups.append((titles[kind], choices))
    return groups


def place_at(actor: Actor, scope: str, value: str) -> Any:
    """The place behind a choice; None for everything. `NotFound` for one at which the actor may not use the scope."""
    if not value:
        return None
    kind, _colon, pk = value.partition(":")
    return load(actor, scope, TABLES[kind]._default_manager.all(), pk)
