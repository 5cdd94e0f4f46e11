"""Disputes: one's own findings, raised, listed, taken and settled blind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest
from evenkeel.work import item_content_html

from .. import scopes
from ..acts.disputes import arbitrate, raise_dispute, return_dispute, take_dispute
from ..forms import audit_spec
from ..models import Dispute, DisputeReason, DisputeSettlement, Verdict
from ..queries.disputes import disputes_of, own_findings, reasons_for
from ..rules.disputes import first_is_shown_first

router = Router()


class FindingOut(Schema):
    """What an audit found about a decision of one's own. It tells nothing of who audited."""

    verdict_id: UUID
    decision_id: UUID
    item_id: UUID
    first_label: str
    label: str
    is_right: bool
    error_class: str
    comment: str
    audited_at: datetime
    dispute_id: UUID | None
    outcome: str | None = Field(
        description="upheld, amended or overturned; empty while open, and where nobody disputed it"
    )

    @classmethod
    def of(cls, verdict: Verdict) -> FindingOut:
        decision = verdict.draw.decision
        dispute: Dispute | None = getattr(verdict, "dispute", None)
        settlement: DisputeSettlement | None = getattr(dispute, "settlement", None) if dispute else None
        return cls(
            verdict_id=verdict.pk,
            decision_id=decision.pk,
            item_id=decision.item_id,
            first_label=decision.label,
            label=verdict.label,
            is_right=verdict.is_right,
            error_class=verdict.error_class,
            comment=verdict.comment,
            audited_at=verdict.audited_at,
            dispute_id=dispute.pk if dispute else None,
            outcome=settlement.outcome if settlement else None,
        )


class ReasonOut(Schema):
    side: str
    slug: str
    title: str
    follow_up: str = Field(description="gold, policy, training, or empty")


class DisputeIn(Schema):
    reason: str = Field(description="the slug of a reason for disputing")
    text: str = Field(description="why; the arbitrator reads it without your name")


class DisputeOut(Schema):
    id: UUID
    verdict_id: UUID
    programme_id: UUID
    queue_id: UUID | None
    kind: str = Field(description="person or site: who objects")
    reason: str
    text: str
    clause: str
    raised_at: datetime
    due_at: datetime
    escalated_at: datetime | None
    outcome: str | None = Field(description="upheld, amended or overturned; empty while open")
    settled_reason: str | None
    settled_text: str | None
    settled_at: datetime | None

    @classmethod
    def of(cls, dispute: Dispute) -> DisputeOut:
        settlement: DisputeSettlement | None = getattr(dispute, "settlement", None)
        return cls(
            id=dispute.pk,
            verdict_id=dispute.verdict_id,
            programme_id=dispute.programme_id,
            queue_id=dispute.queue_id,
            kind=dispute.kind,
            reason=dispute.reason.slug,
            text=dispute.text,
            clause=dispute.clause,
            raised_at=dispute.raised_at,
            due_at=dispute.due_at,
            escalated_at=dispute.escalated_at,
            outcome=settlement.outcome if settlement else None,
            settled_reason=settlement.reason.slug if settlement else None,
            settled_text=settlement.text if settlement else None,
            settled_at=settlement.settled_at if settlement else None,
        )


class DisputesPage(Schema):
    rows: list[DisputeOut]
    after: UUID | None = Field(description="send as `after` for the rows that follow; empty at the end")


class SideOut(Schema):
    answer: dict[str, Any]
    label: str
    why: str


class ArbitrationOut(Schema):
    """A dispute in hand, blind: the item, the form, and two answers of which nothing tells whose they are."""

    id: UUID
    programme_id: UUID
    kind: str
    content: dict[str, Any]
    html: str
    form: dict[str, Any]
    policy_version_id: UUID | None
    sides: list[SideOut]
    held_until: datetime | None

    @classmethod
    def of(cls, dispute: Dispute) -> ArbitrationOut:
        verdict = dispute.verdict
        decision = verdict.draw.decision
        spec: Mapping[str, Any] = audit_spec(decision)
        sides = [
            SideOut(answer=decision.answer, label=decision.label, why=dispute.text),
            SideOut(answer=verdict.answer, label=verdict.label, why=verdict.comment),
        ]
        return cls(
            id=dispute.pk,
            programme_id=dispute.programme_id,
            kind=decision.item.kind,
            content=decision.item.content,
            html=item_content_html(decision.item),
            form=dict(spec),
            policy_version_id=decision.policy_version_id,
            sides=sides if first_is_shown_first(dispute.pk) else sides[::-1],
            held_until=dispute.held_until,
        )


class ArbitrateIn(Schema):
    answer: dict[str, Any] = Field(description="your own answer; it decides what becomes of the finding")
    reason: str = Field(description="the slug of a reason for settling")
    text: str = ""


@router.get("/findings", response=list[FindingOut], operation_id="list_own_findings")
def list_findings(request: PageRequest, limit: Annotated[int, Field(ge=1, le=1_000)] = 100) -> list[FindingOut]:
    """What audits found about your own decisions, newest first."""
    require(request.actor, scopes.FINDING_OWN)
    return [FindingOut.of(each) for each in own_findings(request.actor)[:limit]]


@router.get("/disputes/reasons", response=list[ReasonOut], operation_id="list_dispute_reasons")
def list_reasons(request: PageRequest) -> list[ReasonOut]:
    """The reasons that may be given for disputing and for settling."""
    if not any(
        request.actor.has(scope) for scope in (scopes.DISPUTE_OWN, scopes.DISPUTE_RAISE, scopes.DISPUTE_ARBITRATE)
    ):
        require(request.actor, scopes.DISPUTE_VIEW)
    found = [*reasons_for(DisputeReason.RAISING), *reasons_for(DisputeReason.SETTLING)]
    return [ReasonOut(side=each.side, slug=each.slug, title=each.title, follow_up=each.follow_up) for each in found]


@router.post("/verdicts/{uuid:verdict_id}/dispute", response=DisputeOut, operation_id="raise_dispute")
def post_dispute(request: PageRequest, verdict_id: UUID, said: DisputeIn) -> DisputeOut:
    """Dispute a finding about your own decision, or in the name of your organisation."""
    rows = Verdict.objects.select_related("draw__decision")
    for scope in (scopes.DISPUTE_OWN, scopes.DISPUTE_RAISE):
        found = visible(request.actor, scope, rows).filter(pk=verdict_id).first() if request.actor.has(scope) else None
        if found is not None:
            made = raise_dispute(request.actor, verdict=found, reason=said.reason, text=said.text, now=request.now)
            return DisputeOut.of(made)
    raise NotFound(_("There is no such finding, or it is not yours to dispute."))


@router.get("/disputes", response=DisputesPage, operation_id="list_disputes")
def list_disputes(
    request: PageRequest,
    is_open: bool | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> DisputesPage:
    """The disputes that you may see, in the order in which they were raised."""
    found = disputes_of(request.actor)
    if is_open is not None:
        found = found.filter(closed_at__isnull=is_open)
    if after is not None:
        found = found.filter(id__gt=after)
    rows = list(found.order_by("id")[:limit])
    return DisputesPage(rows=[DisputeOut.of(each) for each in rows], after=rows[-1].pk if len(rows) == limit else None)


@router.post("/disputes/take", response={200: ArbitrationOut, 204: None}, operation_id="take_dispute")
def post_take(request: PageRequest) -> Status[Any]:
    """Take the next dispute that you had no part in, or the one in your hands; 204 when none waits for you."""
    found = take_dispute(request.actor, now=request.now)
    return Status(200, ArbitrationOut.of(found)) if found is not None else Status(204, None)


@router.post("/disputes/{uuid:dispute_id}/settlement", response=DisputeOut, operation_id="arbitrate_dispute")
def post_settlement(request: PageRequest, dispute_id: UUID, said: ArbitrateIn) -> DisputeOut:
    """Settle the dispute in your hands by your own answer."""
    found = load(request.actor, scopes.DISPUTE_ARBITRATE, Dispute.objects.all(), dispute_id)
    arbitrate(request.actor, dispute=found, answer=said.answer, reason=said.reason, text=said.text, now=request.now)
    return DisputeOut.of(Dispute.objects.select_related("reason", "settlement__reason").get(pk=found.pk))


@router.post("/disputes/{uuid:dispute_id}/return", response={204: None}, operation_id="return_dispute")
def post_return(request: PageRequest, dispute_id: UUID) -> Status[Any]:
    """Give a dispute back unsettled."""
    found = load(request.actor, scopes.DISPUTE_ARBITRATE, Dispute.objects.all(), dispute_id)
    return_dispute(request.actor, dispute=found, now=request.now)
    return Status(204, None)
