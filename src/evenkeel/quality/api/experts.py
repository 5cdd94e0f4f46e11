"""What experts hold to be right."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.work import ITEM_VIEW, Item

from .. import scopes
from ..acts.experts import set_expert_answer
from ..models import ExpertAnswer
from ..queries import answers_about

router = Router()


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
