"""Which findings may be disputed, which disputes wait, and for whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.people import Worker
from evenkeel.work import Decision, Programme

from .. import scopes
from ..models import Dispute, DisputeReason, DisputeRule, FollowUp, Verdict
from ..rules.disputes import WEEK, why_not_arbitrate, why_not_dispute, why_too_many

_LOADED = ("draw__decision__item", "draw__decision__form_version", "draw__decision__queue", "draw__plan__programme")


def rule_of(programme: Programme | UUID) -> DisputeRule:
    """How a programme's findings are disputed: its own rule, or the defaults, unsaved."""
    key = programme if isinstance(programme, UUID) else programme.pk
    return DisputeRule.objects.filter(programme=key).first() or DisputeRule(programme_id=key)


def reasons_for(side: str) -> QuerySet[DisputeReason]:
    """The reasons that may be given now for raising or settling."""
    return DisputeReason.objects.filter(side=side, retired_at=None).exclude(slug="deadline").order_by("title")


def own_findings(actor: Actor) -> QuerySet[Verdict]:
    """The verdicts in force on the actor's own decisions, newest first; none for somebody who is no worker."""
    rows = Verdict.objects.filter(corrected_by=None, draw__decision__worker=actor.worker_id)
    found = visible(actor, scopes.FINDING_OWN, rows) if actor.worker_id else rows.none()
    return found.select_related(*_LOADED, "dispute__settlement").order_by("-audited_at", "-id")


def disputable_for_site(actor: Actor, *, now: datetime) -> QuerySet[Verdict]:
    """Findings against people of those whom the actor may speak for, that nobody disputed and whose window may be open."""
    rows = Verdict.objects.filter(corrected_by=None, is_right=False, dispute=None, audited_at__gte=now - timedelta(90))
    return visible(actor, scopes.DISPUTE_RAISE, rows).select_related(*_LOADED).order_by("-audited_at")


def kind_for(actor: Actor, verdict: Verdict) -> str:
    """How the actor would dispute it: as whoever decided, or in the name of the organisation."""
    is_hers = actor.worker_id is not None and verdict.draw.decision.worker_id == actor.worker_id
    return Dispute.PERSON if is_hers else Dispute.SITE


def why_not_raise(actor: Actor, verdict: Verdict, *, now: datetime) -> str | None:
    """Why the actor may not dispute a finding now; None when she may. `verdict.draw.decision` must be loaded."""
    decision = verdict.draw.decision
    rule = rule_of(decision.programme_id)
    return why_not_dispute(
        is_right=verdict.is_right,
        is_in_force=not Verdict.objects.filter(corrects=verdict).exists(),
        is_disputed=Dispute.objects.filter(verdict=verdict).exists(),
        found_at=verdict.audited_at,
        window_days=rule.window_days,
        now=now,
    ) or _why_too_many(actor, verdict, rule, now)


def _why_too_many(actor: Actor, verdict: Verdict, rule: DisputeRule, now: datetime) -> str | None:
    decision = verdict.draw.decision
    rows = Dispute.objects.filter(programme=decision.programme_id)
    if kind_for(actor, verdict) == Dispute.PERSON:
        own = rows.filter(kind=Dispute.PERSON, worker=decision.worker_id)
        open_, most_open, most = own.filter(closed_at=None).count(), rule.most_open, rule.most_a_week
    else:
        own = rows.filter(kind=Dispute.SITE, raised_organisation=actor.organisation_id)
        open_, most_open, most = 0, None, rule.most_a_week_site
    this_week = own.filter(raised_at__gt=now - WEEK).count()
    return why_too_many(open_=open_, this_week=this_week, most_open=most_open, most_a_week=most)


def disputes_of(actor: Actor) -> QuerySet[Dispute]:
    """The disputes that the actor may see, with what a list shows of them."""
    found = visible(actor, scopes.DISPUTE_VIEW, Dispute.objects.all())
    return found.select_related(
        "programme", "queue", "reason", "worker__organisation", "settlement__reason", "verdict__draw__decision"
    )


def eligible_disputes(actor: Actor, worker: Worker, *, now: datetime) -> QuerySet[Dispute]:
    """Open disputes that this worker may arbitrate and that nobody else holds: those that went up first, then by time left."""
    rows = visible(actor, scopes.DISPUTE_ARBITRATE, Dispute.objects.filter(closed_at=None))
    free = Q(holder=None) | Q(held_until__lte=now) | Q(holder=worker.pk)
    rows = rows.filter(free).exclude(worker=worker.pk).exclude(auditor=worker.pk)
    if worker.person_id is not None:
        rows = rows.filter(Q(raised_by=None) | ~Q(raised_by=worker.person_id))
    of_ours = Q(kind=Dispute.SITE, raised_organisation=worker.organisation_id)
    item = OuterRef("verdict__draw__decision__item")
    decided = Decision.objects.filter(item=item, worker=worker.pk)
    audited = Verdict.objects.filter(draw__decision__item=item, auditor=worker.pk)
    rows = rows.exclude(of_ours).filter(~Exists(decided), ~Exists(audited))
    return rows.order_by(F("escalated_at").asc(nulls_last=True), "due_at", "id")


def overdue_disputes(now: datetime) -> QuerySet[Dispute]:
    """Open disputes whose time is over and that have not gone up, oldest first."""
    return Dispute.objects.filter(closed_at=None, escalated_at=None, due_at__lte=now).order_by("due_at", "id")


def why_not_settle(dispute: Dispute, worker: Worker) -> str | None:
    """Why this worker may not arbitrate the dispute; None when she may. `verdict.draw.decision` must be loaded."""
    item = dispute.verdict.draw.decision.item_id
    involved = {dispute.worker_id, dispute.auditor_id}
    involved |= set(Decision.objects.filter(item=item, worker=worker.pk).values_list("worker_id", flat=True))
    involved |= set(
        Verdict.objects.filter(draw__decision__item=item, auditor=worker.pk).values_list("auditor_id", flat=True)
    )
    if worker.person_id is not None and dispute.raised_by_id == worker.person_id:
        involved.add(worker.pk)
    return why_not_arbitrate(
        worker_id=worker.pk,
        organisation_id=worker.organisation_id,
        involved=involved,
        is_of_site=dispute.kind == Dispute.SITE,
        disputing_organisation_id=dispute.raised_organisation_id,
    )


def follow_ups(actor: Actor) -> QuerySet[FollowUp]:
    """What settled disputes left to be done, as far as the actor sees to it, open ones first."""
    found = visible(actor, scopes.FOLLOW_UP_WORK, FollowUp.objects.all())
    return found.select_related("programme", "item", "taken_by", "settlement__reason").order_by(
        F("closed_at").asc(nulls_first=True), "id"
    )
