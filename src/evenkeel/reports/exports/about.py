"""Who asked for what, when, over what: the lines that go with every file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.measure import TABLES

from .asked import Asked


def about(actor: Actor, asked: Asked, *, now: datetime) -> list[tuple[str, str]]:
    """Pairs of what and how, in the order in which a person would ask."""
    lines = [
        (_("Exported by"), actor.name),
        (_("Exported at"), now.strftime("%Y-%m-%d %H:%M UTC")),
        (_("First day (UTC)"), asked.since.isoformat()),
        (_("Last day (UTC)"), (asked.until - timedelta(days=1)).isoformat()),
    ]
    if asked.before is not None:
        before = (asked.before[0].isoformat(), (asked.before[1] - timedelta(days=1)).isoformat())
        lines.append((_("Compared with"), _("%(first)s to %(last)s") % {"first": before[0], "last": before[1]}))
    lines += [(_("Only %(what)s") % {"what": name}, names) for name, names in _names(asked.where).items()]
    return lines


def _names(where: Mapping[str, UUID]) -> dict[str, str]:
    found = {}
    for name, value in where.items():
        row = TABLES[name]._default_manager.filter(pk=value).first()
        found[name] = str(row if row is not None else value)
    return found
