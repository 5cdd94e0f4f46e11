"""/api/v1/quality: golden items, how many a queue's people meet, gates, exams and the ways back."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest
from evenkeel.kernel import Estimate
from evenkeel.people import WORKER_VIEW, Worker, note_look
from evenkeel.policy import Certification
from evenkeel.work import QUEUE_VIEW, AnswerForm, Item, Queue

from .. import scopes
from ..acts.exams import open_exam
from ..acts.gates import let_back_through, start_gate
from ..acts.golden import propose_gold, retire_gold, say_gold, set_gold_mix
from ..acts.ours import insist_on_ours
from ..models import Exam, Gate, GateVerdict, Gold, GoldAnswer
from ..queries.golden import answered, exposures
from ..rules.skill import skill, skill_by_class

router = Router()


class GoldIn(Schema):
    item_id: UUID
    answer: str = Field(description="the right answer to the form's main question")
    rationale: str = Field(description="why it is right; experts agree to the reason as well")
    provenance: Literal["adjudication", "dispute", "calibration", "agreement", "import", "by_hand"] = "by_hand"
    source_id: UUID | None = Field(default=None, description="what it came from")
    form_id: UUID | None = Field(default=None, description="empty: the form that the item was asked by")
    difficulty: int = Field(default=2, description="1 easy, 2 medium, 3 hard")
    is_for_exams: bool = False
    expires_at: AwareDatetime | None = None


class GoldOut(Schema):
    id: UUID
    item_id: UUID
    form_id: UUID
    label: str
    rationale: str
    state: str = Field(description="proposed, in_force, flagged, retired")
    difficulty: int
    provenance: str
    source_id: UUID | None
    policy_version_id: UUID | None
    is_for_exams: bool
    expires_at: datetime | None
    exposures: int = Field(description="to how many people it was handed; each meets it once")

    @classmethod
    def of(cls, found: Gold, *, exposed: int) -> GoldOut:
        return cls(
            id=found.pk,
            item_id=found.item_id,
            form_id=found.form_id,
            label=found.label,
            rationale=found.rationale,
            state=found.state,
            difficulty=found.difficulty,
            provenance=found.provenance,
            source_id=found.source_id,
            policy_version_id=found.policy_version_id,
            is_for_exams=found.is_for_exams,
            expires_at=found.expires_at,
            exposures=exposed,
        )


class VoiceIn(Schema):
    label: str = Field(description="what you hold to be right")
    comment: str = ""


class WhyIn(Schema):
    why: str


class MixIn(Schema):
    share: float = Field(description="share of what is handed out, 0 to 0.5")
    new_share: float | None = Field(default=None, description="for new people; empty: the same")
    new_days: int = 30


class LimitsIn(Schema):
    good: float = Field(description="accuracy that is good enough")
    bad: float = Field(description="accuracy that is too low")
    risk_good: float = Field(default=0.05, description="risk of stopping who is good enough; of a gate: within a year")
    risk_bad: float = Field(default=0.1, description="risk of passing who is too low")
    most: int = Field(default=200, description="answers at most")


class GateIn(LimitsIn):
    queue_id: UUID
    name: str
    consequence: Literal["warn", "route_away", "retrain"]
    exam_id: UUID | None = Field(default=None, description="the exam that leads back")
    certification_id: UUID | None = Field(default=None, description="given to whoever passes")


class ExamIn(LimitsIn):
    queue_id: UUID = Field(description="an empty queue")
    certification_id: UUID
    wait_days: int = 7


class MadeOut(Schema):
    id: UUID


class GateVerdictOut(Schema):
    id: UUID
    gate_id: UUID
    worker_id: UUID
    is_passed: bool
    n: int
    errors: int
    at: datetime
    way_back: str = Field(description="how she came back; empty while she has not")

    @classmethod
    def of(cls, found: GateVerdict) -> GateVerdictOut:
        return cls(
            id=found.pk,
            gate_id=found.gate_id,
            worker_id=found.worker_id,
            is_passed=found.is_passed,
            n=found.n,
            errors=found.errors,
            at=found.at,
            way_back=found.way_back.why if hasattr(found, "way_back") else "",
        )


class ShareOut(Schema):
    value: float | None
    low: float | None
    high: float | None
    n: int

    @classmethod
    def of(cls, found: Estimate) -> ShareOut:
        return cls(value=found.value, low=found.low, high=found.high, n=found.n)


class SkillOut(Schema):
    all: ShareOut
    by_class: dict[str, ShareOut] = Field(description="by the right answer of the item; Wilson's interval, 95 %")


@router.get("/golds", response=list[GoldOut], operation_id="list_golds")
def list_golds(request: PageRequest, state: str = "", limit: int = 500) -> list[GoldOut]:
    """Golden items that you may see, newest first, at most 1,000."""
    require(request.actor, scopes.GOLD_VIEW)
    rows = visible(request.actor, scopes.GOLD_VIEW, Gold.objects.order_by("-proposed_at", "-id"))
    if state:
        rows = rows.filter(state=state) if state in dict(Gold.STATES) else rows.none()
    found = list(rows[: max(1, min(limit, 1_000))])
    shown = exposures(found)
    return [GoldOut.of(each, exposed=shown.get(each.pk, 0)) for each in found]


@router.post("/golds", response=GoldOut, operation_id="propose_gold")
def post_gold(request: PageRequest, said: GoldIn) -> GoldOut:
    """Propose an item as golden; two experts of one mind put it in force."""
    item = load(request.actor, scopes.GOLD_SAY, Item.objects.all(), said.item_id)
    form = AnswerForm.objects.filter(programme=item.programme_id, pk=said.form_id).first() if said.form_id else None
    if said.form_id and form is None:
        raise NotFound("There is no such form in the item's programme.")
    fields = said.dict(exclude={"item_id", "form_id"})
    return _gold_out(propose_gold(request.actor, item=item, form=form, now=request.now, **fields))


@router.post("/golds/{uuid:gold_id}/voice", response=GoldOut, operation_id="say_gold")
def post_voice(request: PageRequest, gold_id: UUID, said: VoiceIn) -> GoldOut:
    """Say what you hold to be right about a proposed or flagged golden item."""
    found = load(request.actor, scopes.GOLD_VIEW, Gold.objects.all(), gold_id)
    return _gold_out(say_gold(request.actor, gold=found, label=said.label, comment=said.comment, now=request.now))


@router.post("/golds/{uuid:gold_id}/retire", response=GoldOut, operation_id="retire_gold")
def post_retirement(request: PageRequest, gold_id: UUID, said: WhyIn) -> GoldOut:
    """Hand it out no more."""
    found = load(request.actor, scopes.GOLD_VIEW, Gold.objects.all(), gold_id)
    return _gold_out(retire_gold(request.actor, gold=found, why=said.why, now=request.now))


@router.put("/queues/{uuid:queue_id}/golds", response=MixIn, operation_id="set_gold_mix")
def put_mix(request: PageRequest, queue_id: UUID, said: MixIn) -> MixIn:
    """Say which share of what a queue hands out is golden."""
    queue = _queue(request, queue_id)
    made = set_gold_mix(request.actor, queue=queue, now=request.now, **said.dict())
    return MixIn(share=made.share, new_share=made.new_share, new_days=made.new_days)


@router.get("/queues/{uuid:queue_id}/golds/skill", response=SkillOut, operation_id="gold_skill")
def get_skill(request: PageRequest, queue_id: UUID, worker_id: UUID) -> SkillOut:
    """How a worker answered the queue's golden items, by class. Who looks at whose figures is recorded."""
    queue = _queue(request, queue_id)
    require(request.actor, scopes.GOLD_VIEW, queue)
    insist_on_ours(request.actor)
    worker = load(request.actor, WORKER_VIEW, Worker.objects.all(), worker_id)
    note_look(request.actor, workers=[worker.pk], what="golden items", now=request.now)
    answers = GoldAnswer.objects.filter(queue=queue, worker=worker).exclude(gold__state=Gold.RETIRED)
    rows = answered(answers, by="worker_id")
    by_class = {label: ShareOut.of(each) for label, each in skill_by_class(rows).items()}
    return SkillOut(all=ShareOut.of(skill(rows)), by_class=by_class)


@router.post("/gates", response=MadeOut, operation_id="start_gate")
def post_gate(request: PageRequest, said: GateIn) -> MadeOut:
    """Judge a queue's people by their answers to golden items, with stated risks and a way back."""
    fields = said.dict(exclude={"queue_id", "exam_id", "certification_id"})
    exam = load(request.actor, scopes.GATE_VIEW, Exam.objects.all(), said.exam_id) if said.exam_id else None
    certification = Certification.objects.filter(pk=said.certification_id).first() if said.certification_id else None
    queue = _queue(request, said.queue_id)
    made = start_gate(request.actor, queue=queue, exam=exam, certification=certification, now=request.now, **fields)
    return MadeOut(id=made.pk)


@router.post("/exams", response=MadeOut, operation_id="open_exam")
def post_exam(request: PageRequest, said: ExamIn) -> MadeOut:
    """Make an empty queue an exam."""
    certification = Certification.objects.filter(pk=said.certification_id).first()
    if certification is None:
        raise NotFound("There is no such certification.")
    fields = said.dict(exclude={"queue_id", "certification_id"})
    queue = _queue(request, said.queue_id)
    return MadeOut(id=open_exam(request.actor, queue=queue, certification=certification, now=request.now, **fields).pk)


@router.get("/gates/{uuid:gate_id}/verdicts", response=list[GateVerdictOut], operation_id="list_gate_verdicts")
def list_verdicts(request: PageRequest, gate_id: UUID, limit: int = 500) -> list[GateVerdictOut]:
    """What a gate found, newest first, at most 1,000, of those whom you may see."""
    gate = load(request.actor, scopes.GATE_VIEW, Gate.objects.all(), gate_id)
    rows = GateVerdict.objects.filter(gate=gate).select_related("way_back")
    shown = visible(request.actor, scopes.GATE_VIEW, rows)[: max(1, min(limit, 1_000))]
    return [GateVerdictOut.of(each) for each in shown]


@router.post("/gate-verdicts/{uuid:gate_verdict_id}/return", response=GateVerdictOut, operation_id="let_back_through")
def post_return(request: PageRequest, gate_verdict_id: UUID, said: WhyIn) -> GateVerdictOut:
    """Let somebody back whom a gate keeps away."""
    found = load(request.actor, scopes.GATE_VIEW, GateVerdict.objects.all(), gate_verdict_id)
    let_back_through(request.actor, verdict=found, why=said.why, now=request.now)
    return GateVerdictOut.of(GateVerdict.objects.select_related("way_back").get(pk=found.pk))


def _queue(request: PageRequest, queue_id: UUID) -> Queue:
    return load(request.actor, QUEUE_VIEW, Queue.objects.all(), queue_id)


def _gold_out(found: Gold) -> GoldOut:
    return GoldOut.of(found, exposed=exposures([found]).get(found.pk, 0))
