"""What is asked of auditors, and why somebody gets no audit; who is called to sit an exam again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest
from evenkeel.policy import POLICY_VIEW, Policy
from evenkeel.work import PROGRAMME_VIEW, Programme, Queue

from .. import scopes
from ..acts.auditor_rules import set_auditor_rule
from ..models import AuditorRule, Exam, ExamCall
from ..pages.auditor_rules import auditor_asked
from ..queries.auditor_rules import auditor_rules
from ..queries.renewals import calls_of
from ..queries.why_not_audit import WhyNoAudit, why_no_audit

router = Router()


class AuditorRuleIn(Schema):
    queue_id: UUID | None = Field(None, description="of this queue's decisions; this or policy_id")
    policy_id: UUID | None = Field(None, description="of decisions made under this guideline")
    skills: list[str] = []
    certifications: list[str] = Field([], description="nothing asked ends the rule")


class AuditorRuleOut(AuditorRuleIn):
    id: UUID
    from_at: datetime

    @classmethod
    def of(cls, found: AuditorRule) -> AuditorRuleOut:
        names = ("id", "queue_id", "policy_id", "skills", "certifications", "from_at")
        return cls(**{name: getattr(found, name) for name in names})


class AuditCheckOut(Schema):
    slug: str
    title: str
    kept: int = Field(description="of the audits that wait, how many the rule keeps from her")
    found: str
    fix: str


class WhyNoAuditOut(Schema):
    worker_id: UUID
    waiting: int
    left: int = Field(description="of them those that she could be handed now")
    first: AuditCheckOut | None = Field(description="the rule that took the last; empty while something is left")
    checks: list[AuditCheckOut]

    @classmethod
    def of(cls, found: WhyNoAudit) -> WhyNoAuditOut:
        def as_row(check: Any) -> AuditCheckOut:
            return AuditCheckOut(**{name: getattr(check, name) for name in ("slug", "title", "kept", "found", "fix")})

        return cls(
            worker_id=found.worker.pk,
            waiting=found.waiting,
            left=found.left,
            first=as_row(found.first) if found.first else None,
            checks=[as_row(check) for check in found.checks],
        )


class ExamCallOut(Schema):
    worker_id: UUID
    certificate_id: UUID
    why: str = Field(description="replaced: a new version of the guideline; expired: its day comes")
    state: str = Field(description="renewed, waits, late")
    called_at: datetime
    deadline_at: datetime


@router.get("/auditor_rules", response=list[AuditorRuleOut], operation_id="list_auditor_rules")
def list_auditor_rules(request: PageRequest) -> list[AuditorRuleOut]:
    """Which skills and certifications auditors need, by queue or guideline."""
    return [AuditorRuleOut.of(each) for each in visible(request.actor, scopes.PLAN_VIEW, auditor_rules())]


@router.put("/auditor_rules", response=AuditorRuleOut, operation_id="set_auditor_rule")
def put_auditor_rule(request: PageRequest, said: AuditorRuleIn) -> AuditorRuleOut:
    """Ask for skills and certifications of whoever audits a queue's decisions, or those under a guideline."""
    queue = load(request.actor, scopes.PLAN_EDIT, Queue.objects.all(), said.queue_id) if said.queue_id else None
    policy = load(request.actor, POLICY_VIEW, Policy.objects.all(), said.policy_id) if said.policy_id else None
    made = set_auditor_rule(
        request.actor,
        queue=queue,
        policy=policy,
        skills=said.skills,
        certifications=said.certifications,
        now=request.now,
    )
    return AuditorRuleOut.of(made)


@router.get("/audits/why_not", response=WhyNoAuditOut, operation_id="why_no_audit")
def get_why_not(request: PageRequest, worker_id: UUID | None = None, programme_id: UUID | None = None) -> WhyNoAuditOut:
    """Why an auditor (you, when none is named) gets no audit: rule by rule, how many it keeps back, what puts it right."""
    if worker_id is None:
        require(request.actor, scopes.AUDIT_DO)
    programme = load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), programme_id) if programme_id else None
    worker = auditor_asked(request, worker_id)
    if worker is None:
        raise Invalid(_("You have no worker record."), fields={"worker_id": [_("Name a worker.")]})
    return WhyNoAuditOut.of(why_no_audit(request.actor, worker=worker, programme=programme, now=request.now))


@router.get("/exams/{uuid:exam_id}/calls", response=list[ExamCallOut], operation_id="list_exam_calls")
def list_exam_calls(request: PageRequest, exam_id: UUID) -> list[ExamCallOut]:
    """Who was called to sit an exam again, why, until when, and whether she has; latest first, at most 1,000."""
    exam = load(request.actor, scopes.GATE_VIEW, Exam.objects.all(), exam_id)
    calls = visible(request.actor, scopes.GATE_VIEW, ExamCall.objects.filter(exam=exam))
    return [
        ExamCallOut(
            worker_id=each.call.worker_id,
            certificate_id=each.call.certificate_id,
            why=each.call.why,
            state=each.state,
            called_at=each.call.called_at,
            deadline_at=each.call.deadline_at,
        )
        for each in calls_of(calls, now=request.now)[:1_000]
    ]
