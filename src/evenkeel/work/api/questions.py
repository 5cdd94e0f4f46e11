"""Questions to whoever owns the guideline."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.questions import answer_question, ask, withdraw_question
from ..models import Question, QuestionAnswer
from ..queries.questions import questions_of

router = Router()


class QuestionIn(Schema):
    body: str
    is_aside: bool = Field(default=False, description="put the item aside: it comes back to you with the answer")


class AnswerIn(Schema):
    body: str


class QuestionOut(Schema):
    id: UUID
    queue_id: UUID
    item_id: UUID
    policy_id: UUID | None
    worker_id: UUID
    body: str
    is_aside: bool
    asked_at: datetime
    withdrawn_at: datetime | None
    answer: str | None
    answered_at: datetime | None

    @classmethod
    def of(cls, question: Question) -> QuestionOut:
        answer: QuestionAnswer | None = getattr(question, "answer", None)
        return cls(
            id=question.pk,
            queue_id=question.queue_id,
            item_id=question.item_id,
            policy_id=question.policy_id,
            worker_id=question.worker_id,
            body=question.body,
            is_aside=question.is_aside,
            asked_at=question.asked_at,
            withdrawn_at=question.withdrawn_at,
            answer=answer.body if answer else None,
            answered_at=answer.answered_at if answer else None,
        )


class QuestionsPage(Schema):
    rows: list[QuestionOut]
    after: UUID | None = Field(description="send as `after` for the rows that follow; empty at the end")


@router.post("/leases/{uuid:lease_id}/ask", response=QuestionOut, operation_id="ask", url_name="work_ask")
def post_ask(request: PageRequest, lease_id: UUID, said: QuestionIn) -> QuestionOut:
    """Ask how the guideline applies to an item in hand."""
    return QuestionOut.of(
        ask(request.actor, lease_id=lease_id, body=said.body, is_aside=said.is_aside, now=request.now)
    )


@router.get("/questions", response=QuestionsPage, operation_id="list_questions")
def list_questions(
    request: PageRequest,
    queue_id: UUID | None = None,
    is_open: bool | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> QuestionsPage:
    """The questions that you may see, in the order in which they were asked."""
    found = questions_of(request.actor)
    if queue_id is not None:
        found = found.filter(queue=queue_id)
    if is_open is not None:
        waiting = {"withdrawn_at": None, "answer": None}
        found = found.filter(**waiting) if is_open else found.exclude(**waiting)
    if after is not None:
        found = found.filter(id__gt=after)
    rows = list(found.order_by("id")[:limit])
    return QuestionsPage(
        rows=[QuestionOut.of(each) for each in rows], after=rows[-1].pk if len(rows) == limit else None
    )


@router.post("/questions/{uuid:question_id}/answer", response=QuestionOut, operation_id="answer_question")
def post_answer(request: PageRequest, question_id: UUID, said: AnswerIn) -> QuestionOut:
    """Answer a question, once."""
    question = load(request.actor, scopes.QUESTION_VIEW, Question.objects.all(), question_id)
    answer_question(request.actor, question=question, body=said.body, now=request.now)
    return QuestionOut.of(Question.objects.select_related("answer").get(pk=question.pk))


@router.post("/questions/{uuid:question_id}/withdraw", response=QuestionOut, operation_id="withdraw_question")
def post_withdraw(request: PageRequest, question_id: UUID) -> QuestionOut:
    """Take your own question back."""
    question = load(request.actor, scopes.QUESTION_OWN, Question.objects.all(), question_id)
    return QuestionOut.of(withdraw_question(request.actor, question=question, now=request.now))
