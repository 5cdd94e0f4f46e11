"""/api/v1/quality: sampling plans, audits, experts' answers, imports.

An audit in hand tells the item and the form, and nothing of the first answer; the verdict's answer tells it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.work import ITEM_VIEW, PROGRAMME_VIEW, Item, Programme, Queue, item_content_html

from . import scopes
from .acts.audits import correct_verdict, give_verdict, return_audit, take_audit
from .acts.experts import set_expert_answer
from .acts.plans import end_plan, start_plan
from .acts.uploads import begin_import, keep_upload
from .drawing import replay_plan
from .forms import audit_spec
from .models import AuditTask, ExpertAnswer, LabelUpload, SamplingPlan, Verdict
from .queries import Coverage, answers_about, coverage_of_plans

router = Router(tags=["quality"])


# ------------------------------------------------------------------ plans


class PlanIn(Schema):
    programme_id: UUID
    queue_id: UUID | None = None
    name: str
    rate: float = Field(description="share of decisions to audit, above 0 and at most 1")
    covers_imports: bool = False


class PlanOut(Schema):
    id: UUID
    programme_id: UUID
    queue_id: UUID | None
    name: str
    rate: float
    salt: int
    covers_imports: bool
    started_at: datetime
    ended_at: datetime | None
    drawn: int
    audited: int
    waiting: int

    @classmethod
    def of(cls, plan: SamplingPlan, coverage: Coverage) -> PlanOut:
        names = ("id", "programme_id", "queue_id", "name", "rate", "salt", "covers_imports", "started_at", "ended_at")
        said: dict[str, Any] = {name: getattr(plan, name) for name in names}
        return cls(**said, drawn=coverage.drawn, audited=coverage.audited, waiting=coverage.waiting)


class ReplayOut(Schema):
    decisions: int
    draws: int
    is_true: bool
    mismatches: list[dict[str, str]] = Field(description="decision_id and kind: missing, extra or odds; the first 100")


@router.get("/plans", response=list[PlanOut], operation_id="list_sampling_plans")
def list_plans(request: PageRequest, programme_id: UUID | None = None) -> list[PlanOut]:
    """Sampling plans, with counts of the draws that you may see."""
    plans = visible(request.actor, scopes.PLAN_VIEW, SamplingPlan.objects.all())
    found = list(plans.filter(programme=programme_id) if programme_id else plans)
    coverage = coverage_of_plans(request.actor, found, now=request.now)
    return [PlanOut.of(plan, coverage.get(plan.pk, Coverage())) for plan in found]


@router.post("/plans", response=PlanOut, operation_id="start_sampling_plan")
def post_plan(request: PageRequest, said: PlanIn) -> PlanOut:
    """Audit a share of the decisions made from now on."""
    programme = load(request.actor, scopes.PLAN_EDIT, Programme.objects.all(), said.programme_id)
    queue = load(request.actor, scopes.PLAN_EDIT, Queue.objects.all(), said.queue_id) if said.queue_id else None
    made = start_plan(
        request.actor,
        programme=programme,
        queue=queue,
        name=said.name,
        rate=said.rate,
        covers_imports=said.covers_imports,
        now=request.now,
    )
    return PlanOut.of(made, Coverage())


@router.post("/plans/{uuid:plan_id}/end", response=PlanOut, operation_id="end_sampling_plan")
def post_end(request: PageRequest, plan_id: UUID) -> PlanOut:
    """Draw no decision made from now on."""
    plan = load(request.actor, scopes.PLAN_EDIT, SamplingPlan.objects.all(), plan_id)
    ended = end_plan(request.actor, plan=plan, now=request.now)
    coverage = coverage_of_plans(request.actor, [ended], now=request.now)
    return PlanOut.of(ended, coverage.get(ended.pk, Coverage()))


@router.get("/plans/{uuid:plan_id}/replay", response=ReplayOut, operation_id="replay_sampling_plan")
def get_replay(request: PageRequest, plan_id: UUID) -> ReplayOut:
    """Draw everything again from the salt and the odds, and compare."""
    found = replay_plan(load(request.actor, scopes.PLAN_VIEW, SamplingPlan.objects.all(), plan_id))
    told = [{"decision_id": str(each.decision_id), "kind": each.kind} for each in found.mismatches[:100]]
    return ReplayOut(decisions=found.decisions, draws=found.draws, is_true=found.is_true, mismatches=told)


# ------------------------------------------------------------------ audits


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
    """Present verdicts with since <= audited_at < until, oldest first, at most 1,000."""
    found = Verdict.objects.filter(audited_at__gte=since, audited_at__lt=until, corrected_by=None)
    if programme_id:
        found = found.filter(draw__plan__programme=programme_id)
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


# ------------------------------------------------------------------ experts' answers


class ExpertIn(Schema):
    label: str
    source: str = ""


class ExpertOut(Schema):
    id: UUID
    item_id: UUID
    label: str
    source: str
    said_at: datetime
    replaces_id: UUID | None

    @classmethod
    def of(cls, answer: ExpertAnswer) -> ExpertOut:
        names = ("id", "item_id", "label", "source", "said_at", "replaces_id")
        return cls(**{name: getattr(answer, name) for name in names})


@router.get("/items/{uuid:item_id}/experts", response=list[ExpertOut], operation_id="list_expert_answers")
def list_experts(request: PageRequest, item_id: UUID) -> list[ExpertOut]:
    """Everything experts said about an item, newest first. Partners' people see none."""
    answers = visible(request.actor, scopes.EXPERT_VIEW, ExpertAnswer.objects.all())
    item = load(request.actor, ITEM_VIEW, Item.objects.all(), item_id)
    return [ExpertOut.of(answer) for answer in answers_about(item) if answers.filter(pk=answer.pk).exists()]


@router.post("/items/{uuid:item_id}/experts", response=ExpertOut, operation_id="set_expert_answer")
def post_expert(request: PageRequest, item_id: UUID, said: ExpertIn) -> ExpertOut:
    """Say what experts hold to be right; a later answer replaces the earlier one."""
    item = load(request.actor, scopes.EXPERT_EDIT, Item.objects.all(), item_id)
    return ExpertOut.of(
        set_expert_answer(request.actor, item=item, label=said.label, source=said.source, now=request.now)
    )


# ------------------------------------------------------------------ imports


class ImportIn(Schema):
    programme_name: str
    allowed_labels: str = Field("", description="by commas; empty: those of the programme's forms, else any")
    ignore: str = Field("", description="columns of the labels' file to leave out, by commas")
    on_repeat: str = Field("keep", description="keep or skip")


class ImportOut(Schema):
    id: UUID
    state: str = Field(description="queued, running, done or failed")
    programme_name: str
    run_id: UUID | None
    report: dict[str, Any] | None = Field(description="what was found; when it failed, every row that does not fit")

    @classmethod
    def of(cls, upload: LabelUpload) -> ImportOut:
        names = ("id", "state", "programme_name", "run_id", "report")
        return cls(**{name: getattr(upload, name) for name in names})


@router.post("/imports", response={202: ImportOut}, operation_id="import_labels")
def post_import(
    request: PageRequest,
    labels: File[UploadedFile],
    said: Form[ImportIn],
    items: UploadedFile | None = File(None),  # type: ignore[type-arg]  # noqa: B008  (how ninja is told)
) -> Status[Any]:
    """Hand files in and have them imported in the background; ask for the import's state until it is over."""
    upload = keep_upload(
        request.actor,
        labels=labels,
        items=items,
        programme_name=said.programme_name,
        allowed_labels=_words(said.allowed_labels),
        ignore=_words(said.ignore),
        on_repeat=said.on_repeat,
        now=request.now,
    )
    return Status(202, ImportOut.of(begin_import(request.actor, upload=upload, now=request.now)))


def _words(said: str) -> list[str]:
    return [word.strip() for word in said.split(",") if word.strip()]


@router.get("/imports/{uuid:import_id}", response=ImportOut, operation_id="get_import")
def get_import(request: PageRequest, import_id: UUID) -> ImportOut:
    """How far an import is, and its report."""
    found = visible(request.actor, scopes.IMPORT_DO, LabelUpload.objects.all())
    return ImportOut.of(get_object_or_404(found, pk=import_id))
