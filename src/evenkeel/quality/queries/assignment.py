"""The audits that an auditor may take, as a question to the database: `rules.assignment` says the same in values."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from evenkeel.people import Worker

from ..models import AuditCheck, AuditTask, SamplingPlan, Verdict
from ..rules.assignment import PATIENCE, WITHIN, Auditor

T = TypeVar("T", AuditTask, AuditCheck)


def auditor_of(worker_id: UUID, *, now: datetime) -> Auditor:
    """The auditor with her team, languages and audits so far."""
    team_id, languages = Worker.objects.values_list("team_id", "languages").get(pk=worker_id)
    audits = Verdict.objects.filter(auditor=worker_id, corrects=None, audited_at__lte=now)
    lately = audits.filter(audited_at__gt=now - WITHIN).values_list("draw__decision__worker_id")
    begin = datetime.combine(now.astimezone(UTC).date(), time(0), UTC)
    return Auditor(
        worker_id=worker_id,
        team_id=team_id,
        languages=tuple(languages or ()),
        today=audits.filter(audited_at__gte=begin).count(),
        lately=dict(lately.annotate(n=Count("pk")).order_by()),
    )


def assignable(tasks: QuerySet[T], worker_id: UUID | None, *, now: datetime) -> QuerySet[T]:
    """Of these audits (or second audits) those that the rules leave to this auditor. Costs nothing where no plan has a rule."""
    found = tasks.exclude(worker=worker_id)
    if worker_id is None:
        return found
    languages = Worker.objects.filter(pk=worker_id).values_list("languages", flat=True).first()
    if languages:
        found = found.filter(
            Q(draw__decision__item__language="") | Q(draw__decision__item__language__in=list(languages))
        )
    if not _some_rule():
        return found
    auditor = auditor_of(worker_id, now=now)
    if auditor.team_id is not None:
        found = found.exclude(draw__plan__keeps_teams_apart=True, draw__decision__team=auditor.team_id)
    fresh = Q(draw__drawn_at__gt=now - PATIENCE)
    found = found.exclude(fresh, draw__plan__most_a_day__lte=auditor.today)
    counts = sorted(set((auditor.lately or {}).values()))
    for count in counts:
        often = [worker for worker, n in (auditor.lately or {}).items() if n == count]
        found = found.exclude(fresh, draw__plan__most_a_person__lte=count, worker__in=often)
    return found


def _some_rule() -> bool:
    has_rule = Q(keeps_teams_apart=True) | Q(most_a_person__isnull=False) | Q(most_a_day__isnull=False)
    return SamplingPlan.objects.filter(has_rule).exists()
