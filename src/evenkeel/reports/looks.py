"""Whoever sees a single person's figure on a board leaves a line that this person can read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.people import note_look

from .queries.tiles import Shown, is_of_her_own


def note_looks(actor: Actor, shown: Sequence[Shown], *, name: Any, now: datetime) -> None:
    """Note the people whose own figures these tiles show; tiles without data show nobody's."""
    others = {
        UUID(worker)
        for each in shown
        if not is_of_her_own(each, actor) and each.glance.now.n
        for worker in each.glance.ask.where.get("worker", [])
    }
    if others:
        note_look(actor, workers=others, what=_("Dashboard %(name)s") % {"name": name}, now=now)
