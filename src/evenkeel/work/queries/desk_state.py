"""Everything the desk's shell shows before the first item is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from evenkeel.ground.access import Actor
from evenkeel.people import Worker
from evenkeel.policy import Guide, guide_for, version_in_force
from evenkeel.wellness import own_minutes_today

from ..models import FormVersion, Queue
from .asked import asked_spec
from .counts import desk_counts
from .desk import newest_form_version, own_leases


@dataclass(frozen=True, kw_only=True)
class DeskState:
    """The shell of the desk for one person at one queue."""

    queue: Queue
    form_version: FormVersion
    spec: dict[str, Any]
    guide: Guide | None
    decided_today: int
    waiting: int
    difficult_minutes: float | None


def desk_state(actor: Actor, worker_id: UUID, *, queue: Queue, now: datetime) -> DeskState:
    """The question is that of the item in hand, if one is; the newest otherwise."""
    held = own_leases(worker_id, queue)
    version = version_in_force(queue.policy_id, now) if queue.policy_id else None
    form_version = held[0].form_version if held else newest_form_version(queue.pk)
    waiting, today = desk_counts(worker_id, queue, held=held, now=now)
    return DeskState(
        queue=queue,
        form_version=form_version,
        spec=asked_spec(form_version, queue, now),
        guide=guide_for(version, _languages(worker_id), now=now, heading_from=3) if version else None,
        decided_today=today,
        waiting=waiting,
        # Her own, for her own eyes; queues of ordinary content do not show it.
        difficult_minutes=own_minutes_today(actor, now=now) if queue.severity else None,
    )


def _languages(worker_id: UUID) -> list[str]:
    """The languages that she speaks, in the order of her record, then that in which she reads the product."""
    spoken = Worker.objects.filter(pk=worker_id).values_list("languages", flat=True).first() or []
    return [*spoken, get_language() or ""]
