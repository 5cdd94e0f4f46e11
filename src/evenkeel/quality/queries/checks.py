"""Second audits: which rule draws them, and what waits for whom."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.work import Programme

from .. import scopes
from ..models import AuditCheck, CheckAnswer, CheckRule, SamplingPlan
from ..rules.checks import Odds
from .assignment import assignable
from .audits import judged_by


def check_rule(plan_id: UUID, *, at: datetime) -> CheckRule | None:
    """The rule by which a plan's verdicts are audited again at a moment; None where there is none."""
    return CheckRule.objects.filter(plan_id=plan_id, from_at__lte=at).order_by("-id").first()


def odds_of(rule: CheckRule) -> Odds:
    """A rule as plain values."""
    return Odds(
        share_right=rule.share_right, share_wrong=rule.share_wrong, settle_agreed=rule.settle_agreed, salt=rule.salt
    )


def checks_waiting_for(actor: Actor, *, now: datetime, programme: Programme | None = None) -> QuerySet[AuditCheck]:
    """The second audits and the cases to settle that the actor could take now, oldest first, those in hand among them.

    Never of her own decisions, never where she has audited first or second, none that the plan's rules keep from her, and
    none about a decision that she has judged for another plan.
    """
    mine = Q(holder=actor.worker_id, expires_at__gt=now)
    free = Q(holder=None) | Q(expires_at__lte=now)
    seconds = visible(actor, scopes.AUDIT_DO, AuditCheck.objects.filter(stage=AuditCheck.SECOND))
    found = AuditCheck.objects.filter(pk__in=seconds.values("pk"))
    if actor.has(scopes.AUDIT_SETTLE):
        cases = visible(actor, scopes.AUDIT_SETTLE, AuditCheck.objects.filter(stage=AuditCheck.EXPERT))
        found = AuditCheck.objects.filter(Q(pk__in=seconds.values("pk")) | Q(pk__in=cases.values("pk")))
    if programme is not None:
        found = found.filter(programme=programme)
    seen = CheckAnswer.objects.filter(by=actor.worker_id, audit_check__draw__decision=OuterRef("draw__decision"))
    others = assignable(found.filter(mine | free), actor.worker_id, now=now).exclude(first=actor.worker_id)
    return others.filter(~judged_by(actor.worker_id, "draw__decision"), ~Exists(seen)).order_by("id")


def stays_blind(actor: Actor) -> QuerySet[AuditCheck]:
    """The open second audits whose first verdict the actor must not see: she may yet be asked. Nobody's who audits nothing."""
    open_ = AuditCheck.objects.exclude(stage=AuditCheck.DONE)
    if actor.worker_id is None or not actor.has(scopes.AUDIT_DO):
        return open_.none()
    return open_.exclude(first=actor.worker_id)


def answers_of(check: AuditCheck) -> dict[str, CheckAnswer]:
    """A second audit's answers by stage."""
    return {answer.stage: answer for answer in check.answers.select_related("by")}


def open_checks(plan: SamplingPlan) -> dict[str, int]:
    """How many of a plan's second audits stand where."""
    stages = AuditCheck.objects.filter(draw__plan=plan).values_list("stage", flat=True)
    found = dict.fromkeys((AuditCheck.SECOND, AuditCheck.EXPERT, AuditCheck.DONE), 0)
    for stage in stages:
        found[stage] += 1
    return found
