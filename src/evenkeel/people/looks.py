"""Whoever looks at a single person's figures leaves a line that this person can read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from evenkeel.ground.access import Actor

from .models import Look, Worker


def note_look(actor: Actor, *, workers: Iterable[UUID], what: str, now: datetime) -> None:
    """Note that the actor sees figures of these workers: once a day and sight, not for her own, not for the system.

    It belongs to showing the figures, so it asks for no permission of its own.
    """
    if actor.person_id is None:
        return
    seen = set(workers) - {actor.worker_id}
    if not seen:
        return
    Look.objects.bulk_create(
        [
            Look(viewer_id=actor.person_id, worker_id=worker, what=what[:200], on=now.date(), at=now)
            for worker in sorted(seen)
        ],
        ignore_conflicts=True,
    )


def looks_at(worker: Worker | None) -> QuerySet[Look]:
    """Who looked at a worker's figures, newest first; none for somebody who is no worker."""
    return Look.objects.filter(worker=worker).select_related("viewer__organisation").order_by("-at", "-id")
