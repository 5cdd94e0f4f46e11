"""Who is on duty at this moment, and in which state: read along an index of what runs, however long the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from evenkeel.ground.access import Actor, visible

from . import scopes
from .models import STATE_TITLES, TimeSpan
from .rules.timeline import STATES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class OnDuty:
    """Somebody at work: her state since when, and on which queue if she decides or audits there."""

    worker_id: UUID
    name: str
    state: str
    title: StrOrPromise
    since: datetime
    queue_id: UUID | None
    organisation_id: UUID
    site_id: UUID | None
    site: str
    team_id: UUID | None
    team: str


def on_duty(actor: Actor, *, state: str | None = None) -> list[OnDuty]:
    """Everybody on duty (in one state, if it is named) whose time the actor may see, in the order of the states and then by
    name; one query.
    """
    running = TimeSpan.objects.filter(ended_at=None).select_related("worker", "site", "team")
    running = running.filter(state=state) if state is not None else running
    rows = visible(actor, scopes.TIME_VIEW, running) if actor.has(scopes.TIME_VIEW) else []
    found = [
        OnDuty(
            worker_id=row.worker_id,
            name=row.worker.name,
            state=row.state,
            title=STATE_TITLES[row.state],
            since=row.began_at,
            queue_id=row.queue_id,
            organisation_id=row.organisation_id,
            site_id=row.site_id,
            site=row.site.name if row.site else "",
            team_id=row.team_id,
            team=row.team.name if row.team else "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (STATES.index(one.state), one.name.casefold(), str(one.worker_id)))
