"""Second audits. One in hand tells the item and the form, a case also both answers; never who gave which."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema, Status

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest
from evenkeel.work import PROGRAMME_VIEW, Programme, item_content_html

from .. import scopes
from ..acts.checks import answer_check, return_check, set_check_rule, take_check
from ..forms import audit_spec
from ..models import AuditCheck, SamplingPlan
from ..queries.checks import answers_of
from .audits import TakeIn, VerdictIn

router = Router()


class CheckOut(Schema):
    """A second audit, or a case to settle, in hand."""

    id: UUID
    programme_id: UUID
    stage: str = Field(description="second: judge blind; expert: settle what two auditors said")
    kind: str
    content: dict[str, Any]
    html: str
    form: dict[str, Any]
    policy_version_id: UUID | None
    expires_at: datetime | None
    others: list[str] = Field(description="in a case, both answers without names, in alphabetical order")

    @classmethod
    def of(cls, check: AuditCheck) -> CheckOut:
        decision = check.draw.decision
        others = []
        if check.stage == AuditCheck.EXPERT:
            others = sorted([check.verdict.label, answers_of(check)[AuditCheck.SECOND].label])
        return cls(
            id=check.pk,
            programme_id=check.programme_id,
            stage=check.stage,
            kind=decision.item.kind,
            content=decision.item.content,
            html=item_content_html(decision.item),
            form=dict(audit_spec(decision)),
            policy_version_id=decision.policy_version_id,
            expires_at=check.expires_at,
            others=others,
        )


class CheckAnswerOut(Schema):
    """One's own answer; what others said stays unsaid."""

    id: UUID
    check_id: UUID
    stage: str
    label: str
    comment: str
    given_at: datetime


class CheckRuleIn(Schema):
    share_right: float = Field(ge=0, le=1, description="of verdicts that found the decision right")
    share_wrong: float = Field(ge=0, le=1, description="of verdicts that found it wrong")
    settle_agreed: float = Field(0.25, gt=0, le=1, description="of pairs that agree, to an expert all the same")


class CheckRuleOut(CheckRuleIn):
    id: UUID
    plan_id: UUID
    salt: int
    from_at: datetime


@router.post("/checks/take", response={200: CheckOut, 204: None}, operation_id="take_check")
def post_take(request: PageRequest, said: TakeIn) -> Status[Any]:
    """Take the second audit, or the case to settle, that has waited longest; 204 when none waits for you."""
    programme = (
        load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), said.programme_id) if said.programme_id else None
    )
    check = take_check(request.actor, programme=programme, now=request.now)
    return Status(200, CheckOut.of(check)) if check is not None else Status(204, None)


@router.post("/checks/{uuid:check_id}/answer", response=CheckAnswerOut, operation_id="answer_check")
def post_answer(request: PageRequest, check_id: UUID, said: VerdictIn) -> CheckAnswerOut:
    """Give your own answer. The same `client_key` gives the same answer."""
    made = answer_check(request.actor, check_id=check_id, now=request.now, **said.dict())
    names = ("id", "stage", "label", "comment", "given_at")
    return CheckAnswerOut(check_id=made.audit_check_id, **{name: getattr(made, name) for name in names})


@router.post("/checks/{uuid:check_id}/return", response={204: None}, operation_id="return_check")
def post_return(request: PageRequest, check_id: UUID) -> Status[Any]:
    """Give a second audit or a case back unjudged."""
    return_check(request.actor, check_id=check_id, now=request.now)
    return Status(204, None)


@router.put("/plans/{uuid:plan_id}/checks", response=CheckRuleOut, operation_id="set_check_rule")
def put_rule(request: PageRequest, plan_id: UUID, said: CheckRuleIn) -> CheckRuleOut:
    """Audit a share of a plan's verdicts a second time from now on; shares of 0 end it."""
    plan = load(request.actor, scopes.PLAN_EDIT, SamplingPlan.objects.all(), plan_id)
    made = set_check_rule(request.actor, plan=plan, now=request.now, **said.dict())
    names = ("id", "plan_id", "salt", "from_at", "share_right", "share_wrong", "settle_agreed")
    return CheckRuleOut(**{name: getattr(made, name) for name in names})
