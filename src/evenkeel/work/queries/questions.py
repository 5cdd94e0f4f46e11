"""Which questions are open, and what was answered about an item."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from evenkeel.ground.access import Actor, unveiled, visible

from .. import scopes
from ..models import AnswerReader, Question, QuestionAnswer, Queue


def questions_of(actor: Actor) -> QuerySet[Question]:
    """The questions that the actor may see by her roles."""
    found = visible(actor, scopes.QUESTION_VIEW, Question.objects.all())
    return found.select_related("queue", "item", "policy", "worker__organisation", "answer")


def own_questions(actor: Actor) -> QuerySet[Question]:
    """What she asked, newest first."""
    found = visible(actor, scopes.QUESTION_OWN, Question.objects.all())
    return found.select_related("queue", "item", "answer__answered_by__organisation").order_by("-asked_at")


def answers_told(actor: Actor) -> QuerySet[AnswerReader]:
    """Answers that she was told because she met the same item, newest first; her own questions' are not among them."""
    found = visible(actor, scopes.QUESTION_OWN, AnswerReader.objects.all())
    others = found.exclude(answer__question__worker=actor.worker_id)
    return others.select_related("answer__question__item", "answer__question__queue").order_by("-told_at")


def open_questions(queue: Queue) -> int:
    """How many of a queue's questions wait for an answer, counted up to 100."""
    found = unveiled(Question.objects.filter(queue=queue, withdrawn_at=None, answer=None))
    return found[:100].count()


def answers_about_item(item_id: UUID) -> list[QuestionAnswer]:
    """What was answered about an item, newest first."""
    found = QuestionAnswer.objects.filter(question__item=item_id).select_related("question")
    return list(found.order_by("-answered_at")[:20])
