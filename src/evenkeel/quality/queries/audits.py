"""What pages and other rooms may ask about quality. Counts only: figures are `measure`'s."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.work import Item, Programme

from .. import scopes
from ..models import AuditTask, Draw, ExpertAnswer, SamplingPlan, Verdict
from .assignment import assignable

_RECENT = timedelta(days=28)


def answer_in_force(item: Item) -> ExpertAnswer | None:
    """What experts hold to be right about an item now; None when they said nothing."""
    return ExpertAnswer.objects.filter(item=item, replaced_by=None).first()


def answers_in_force(programme: Programme) -> QuerySet[ExpertAnswer]:
    """The experts' present answers about a programme's items."""
    return ExpertAnswer.objects.filter(programme=programme, replaced_by=None)


def answers_about(item: Item) -> list[ExpertAnswer]:
    """Everything experts ever said about an item, newest first."""
    return list(ExpertAnswer.objects.filter(item=item).order_by("-id"))


def verdict_in_force(draw: Draw) -> Verdict | None:
    """The present verdict on a draw; None while it waits."""
    return Verdict.objects.filter(draw=draw, corrected_by=None).first()


def verdicts_of(draw: Draw) -> list[Verdict]:
    """Every verdict on a draw, newest first."""
    return list(Verdict.objects.filter(draw=draw).select_related("auditor__organisation").order_by("-id"))


def verdicts_in_force(since: datetime, until: datetime) -> QuerySet[Verdict]:
    """Present verdicts with since <= audited_at < until."""
    return Verdict.objects.filter(audited_at__gte=since, audited_at__lt=until, corrected_by=None)


@dataclass(frozen=True)
class Coverage:
    """How far auditing has come: decisions drawn, of them audited, in somebody's hands, waiting."""

    drawn: int = 0
    audited: int = 0
    in_hand: int = 0

    @property
    def waiting(self) -> int:
        """Drawn, not audited, and in nobody's hands."""
        return self.drawn - self.audited - self.in_hand


def coverage_of_plans(actor: Actor, plans: Iterable[SamplingPlan], *, now: datetime) -> dict[UUID, Coverage]:
    """Coverage by plan, of those draws that the actor may see."""
    tasks = visible(actor, scopes.AUDIT_VIEW, AuditTask.objects.filter(draw__plan__in=list(plans)))
    return _counted(tasks.annotate(of=F("draw__plan")), now)


def coverage_of_programmes(actor: Actor, *, now: datetime) -> dict[UUID, Coverage]:
    """Coverage by programme, of those draws that the actor may see."""
    tasks = visible(actor, scopes.AUDIT_VIEW, AuditTask.objects.all())
    return _counted(tasks.annotate(of=F("programme")), now)


def _counted(tasks: QuerySet[Any], now: datetime) -> dict[UUID, Coverage]:
    in_hand = Count("pk", filter=Q(closed_at=None, expires_at__gt=now))
    counted = tasks.values("of").annotate(drawn=Count("pk"), audited=Count("closed_at"), in_hand=in_hand)
    rows = counted.order_by().values_list("of", "drawn", "audited", "in_hand")
    return {key: Coverage(drawn, audited, held) for key, drawn, audited, held in rows}


@dataclass(frozen=True)
class AuditorCount:
    """How many audits somebody did in the last 28 days, and when the last one. No figure of how well."""

    auditor_id: UUID
    name: str
    organisation: str
    audited: int
    last_at: datetime


def audits_by_auditor(actor: Actor, *, now: datetime, programme: Programme | None = None) -> list[AuditorCount]:
    """Who audited how much lately, most first, of those audits that the actor may see."""
    verdicts = visible(actor, scopes.AUDIT_VIEW, Verdict.objects.filter(corrects=None, audited_at__gte=now - _RECENT))
    if programme is not None:
        verdicts = verdicts.filter(draw__plan__programme=programme)
    rows = (
        verdicts.values("auditor_id", name=F("auditor__name"), organisation=F("auditor__organisation__name"))
        .annotate(audited=Count("pk"), last_at=Max("audited_at"))
        .order_by("-audited", "name")
    )
    return [AuditorCount(**row) for row in rows]


def waiting_for(actor: Actor, *, now: datetime, programme: Programme | None = None) -> QuerySet[AuditTask]:
    """The audits that the actor could take now, oldest draw first: those in hand, and those in nobody's.

    Never of her own decisions, none that the plans' rules keep from her (`rules.assignment`), and none that she has judged
    already for another plan: she knows the first answer.
    """
    open_ = visible(actor, scopes.AUDIT_DO, AuditTask.objects.filter(closed_at=None))
    if programme is not None:
        open_ = open_.filter(programme=programme)
    mine = Q(auditor=actor.worker_id, expires_at__gt=now)
    free = Q(auditor=None) | Q(expires_at__lte=now)
    takeable = assignable(open_.filter(mine | free), actor.worker_id, now=now)
    return takeable.filter(~judged_by(actor.worker_id, "draw__decision")).order_by("id")


def judged_by(worker_id: UUID | None, decision: str) -> Exists:
    """Whether this person has judged the decision at the end of the path, for whatever plan.

    Asked from the decision's few draws, never from all that she ever judged.
    """
    hers = Verdict.objects.filter(draw=OuterRef("pk"), auditor=worker_id)
    return Exists(Draw.objects.filter(Exists(hers), decision=OuterRef(decision)))
