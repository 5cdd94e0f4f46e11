"""The preview of a plan, from the decisions and verdicts of the last 28 days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from evenkeel.people import Organisation
from evenkeel.work import Programme, Queue

from ..rules.layers import day_odds, needs_of
from ..rules.outlook import Outlook, outlook
from .history import history_before


@dataclass(frozen=True)
class PlanOutlook:
    """What a design would mean, and what the parts are called."""

    outlook: Outlook
    names: Mapping[str, str]


def plan_outlook(
    programme: Programme,
    *,
    queue: Queue | None,
    design: Mapping[str, Any],
    covers_imports: bool = False,
    cents_an_hour: float | None = None,
    now: datetime,
) -> PlanOutlook:
    """What a design would mean if the last 28 days came again. `design` has no faults. Drawn nothing, kept nothing."""
    history = history_before(
        now.astimezone(UTC).date(),
        programme=programme,
        queue=queue,
        covers_imports=covers_imports,
        needs={*needs_of(design), "right", "seconds", "item"},
        until=now,
    )
    found = outlook(
        day_odds(design, history),
        history,
        limit_a_day=design.get("audits_a_day"),
        cents_an_hour=cents_an_hour,
    )
    return PlanOutlook(found, _names(found, programme))


def _names(found: Outlook, programme: Programme) -> dict[str, str]:
    keys: dict[str, set[UUID]] = {"queue_id": set(), "organisation_id": set()}
    for part in found.parts:
        if part.scope in keys:
            keys[part.scope].add(UUID(part.key))
    queues = Queue.objects.filter(programme=programme, pk__in=keys["queue_id"])
    vendors = Organisation.objects.filter(pk__in=keys["organisation_id"])
    return {str(pk): name for rows in (queues, vendors) for pk, name in rows.values_list("pk", "name")}
