"""Who and what has not been looked at: people, queues, languages, vendors with decisions lately and no audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Model, Q

from evenkeel.ground.access import Actor, visible
from evenkeel.people import Organisation, Worker
from evenkeel.work import Decision, Programme, Queue

from .. import scopes
from ..models import AuditTask

# What is covered -> the decision's column, the audit's, and what it is called there.
OF: Mapping[str, tuple[str, str, type[Model] | None]] = {
    "worker": ("worker_id", "worker_id", Worker),
    "queue": ("queue_id", "queue_id", Queue),
    "language": ("item__language", "draw__decision__item__language", None),
    "organisation": ("organisation_id", "organisation_id", Organisation),
}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One person, queue, language or vendor: decisions in the window, when last audited, how many draws wait."""

    key: str
    name: str
    decisions: int
    last_decided_at: datetime
    last_looked_at: datetime | None
    waiting: int
    is_seen: bool


def coverage_map(actor: Actor, *, programme: Programme, of: str, days: int, now: datetime) -> list[Cell]:
    """Everybody (`of` worker, queue, language, organisation) who decided in the last `days`, the unseen first.

    Seen is who had a decision audited in those days, whenever it was made. Only what the actor may see audits of.
    """
    own, audited, table = OF[of]
    since = now - timedelta(days=days)
    decisions = visible(
        actor,
        scopes.AUDIT_VIEW,
        Decision.objects.filter(programme=programme, decided_at__gte=since, decided_at__lte=now),
    )
    made = decisions.values_list(own).annotate(n=Count("pk"), last=Max("decided_at")).order_by()
    tasks = visible(actor, scopes.AUDIT_VIEW, AuditTask.objects.filter(programme=programme))
    looked = tasks.values_list(audited).annotate(last=Max("closed_at"), waiting=Count("pk", filter=Q(closed_at=None)))
    seen = {key: (last, waiting) for key, last, waiting in looked.order_by()}
    rows = [(key, n, last) for key, n, last in made if key not in (None, "")]
    names = _names(table, [key for key, _n, _last in rows])
    found = [
        Cell(
            key=str(key),
            name=names.get(key, str(key)),
            decisions=n,
            last_decided_at=last,
            last_looked_at=seen.get(key, (None, 0))[0],
            waiting=seen.get(key, (None, 0))[1],
            is_seen=(looked_at := seen.get(key, (None, 0))[0]) is not None and looked_at >= since,
        )
        for key, n, last in rows
    ]
    return sorted(found, key=lambda cell: (cell.is_seen, -cell.decisions, cell.name))


def _names(table: type[Model] | None, keys: list[Any]) -> dict[UUID, str]:
    if table is None:
        return {}
    rows = table._default_manager.filter(pk__in=keys) if len(keys) <= 500 else table._default_manager.all()
    return dict(rows.values_list("pk", "name"))
