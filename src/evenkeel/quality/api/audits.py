"""Audits. One in hand tells the item and the form, and nothing of the first answer; the verdict's answer tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema, Status

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.work import PROGRAMME_VIEW, Programme, item_content_html

from .. import scopes
from ..acts.audits import correct_verdict, give_verdict, return_audit, take_audit
from ..forms import audit_spec
from ..models import AuditTask, Verdict
from ..queries.checks import stays_blind

router = Router()


class AuditOut(Schema):
    """An audit in hand. Nothing here depends on the first answer or on who gave it."""

    id: UUID
    programme_id: UUID
    kind: str
    content: dict[str, Any]
    html: str
    form: dict[str, Any]
    policy_version_id: UUID | None
    expires_at: datetime | None

    @classmethod
    def of(cls, task: AuditTask) -> AuditOut:
        decision = task.draw.decision
        spec: Mapping[str, Any] = audit_spec(decision)
        return cls(
            id=task.pk,
            programme_id=task.programme_id,
            kind=decision.item.kind,
            content=decision.item.content,
            html=item_content_html(decision.item),
            form=dict(spec),
            policy_version_id=decision.policy_version_id,
            expires_at=task.expires_at,
        )


class TakeIn(Schema):
    programme_id: UUID | None = None


class VerdictIn(Schema):
    answer: dict[str, Any]
    comment: str = ""
    error_class: str | None = Field(
        None, description="empty: follows from the two answers; technical_error; in a correction any of them"
    )
    client_key: str = Field(description="made by you before you send; the same again gives the same verdict")
    active_ms: int | None = Field(None, ge=0, le=2_147_483_647)


class VerdictOut(Schema):
    id: UUID
    audit_id: UUID
    draw_id: UUID
    pi: float
    label: str
    first_label: str
    is_right: bool
    error_class: str
    comment: str
    audited_at: datetime
    corrects_id: UUID | None

    @classmethod
    def of(cls, verdict: Verdict) -> VerdictOut:
        draw = verdict.draw
        return cls(
            id=verdict.pk,
            audit_id=draw.task.pk,
            draw_id=draw.pk,
            pi=draw.pi,
            label=verdict.label,
            first_label=draw.decision.label,
            is_right=verdict.is_right,
            error_class=verdict.error_class,
            comment=verdict.comment,
            audited_at=verdict.audited_at,
            corrects_id=verdict.corrects_id,
        )


@router.post("/audits/take", response={200: AuditOut, 204: None}, operation_id="take_audit")
def post_take(request: PageRequest, said: TakeIn) -> Status[Any]:
    """Take the audit that has waited longest, or the one in your hands already; 204 when nothing waits for you."""
    programme = (
        load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), said.programme_id) if said.programme_id else None
    )
    task = take_audit(request.actor, programme=programme, now=request.now)
    return Status(200, AuditOut.of(task)) if task is not None else Status(204, None)


@router.post("/audits/{uuid:audit_id}/verdict", response=VerdictOut, operation_id="give_verdict")
def post_verdict(request: PageRequest, audit_id: UUID, said: VerdictIn) -> VerdictOut:
    """Judge: your own answer says whether the first one was right. The same `client_key` gives the same verdict."""
    made = give_verdict(request.actor, task_id=audit_id, now=request.now, **said.dict())
    return VerdictOut.of(made)


@router.post("/audits/{uuid:audit_id}/return", response={204: None}, operation_id="return_audit")
def post_return(request: PageRequest, audit_id: UUID) -> Status[Any]:
    """Give an audit back unjudged."""
    return_audit(request.actor, task_id=audit_id, now=request.now)
    return Status(204, None)


@router.get("/verdicts", response=list[VerdictOut], operation_id="list_verdicts")
def list_verdicts(
    request: PageRequest, since: datetime, until: datetime, programme_id: UUID | None = None, limit: int = 500
) -> list[VerdictOut]:
    """Present verdicts with since <= audited_at < until, oldest first, at most 1,000.

    Whoever audits herself does not see those of others that still wait for a second audit: she may yet be asked.
    """
    found = Verdict.objects.filter(audited_at__gte=since, audited_at__lt=until, corrected_by=None)
    if programme_id:
        found = found.filter(draw__plan__programme=programme_id)
    found = found.exclude(draw__in=stays_blind(request.actor).values("draw"))
    rows = visible(request.actor, scopes.AUDIT_VIEW, found).select_related("draw__decision", "draw__task")
    return [VerdictOut.of(verdict) for verdict in rows.order_by("audited_at", "id")[: max(1, min(limit, 1_000))]]


@router.post("/verdicts/{uuid:verdict_id}/correction", response=VerdictOut, operation_id="correct_verdict")
def post_correction(request: PageRequest, verdict_id: UUID, said: VerdictIn) -> VerdictOut:
    """Replace your own verdict; both stay on record."""
    verdict = load(request.actor, scopes.AUDIT_DO, Verdict.objects.all(), verdict_id)
    made = correct_verdict(
        request.actor,
        verdict=verdict,
        answer=said.answer,
        comment=said.comment,
        error_class=said.error_class,
        client_key=said.client_key,
        now=request.now,
    )
    return VerdictOut.of(made)
