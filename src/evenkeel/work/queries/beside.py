"""What was said about the items that a worker has in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ..models import EscalationStep, Lease, QuestionAnswer, Queue


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer or an advice. `title` is the question, or the tier's name."""

    title: str
    body: str
    at: datetime


def beside_items(worker_id: UUID, *, queue: Queue) -> dict[UUID, list[Said]]:
    """By item in hand in the queue: answers to questions about it, and advice with which it was handed back to her."""
    held = Lease.objects.filter(worker=worker_id, task__queue=queue, ended_at=None)
    said: dict[UUID, list[Said]] = {item_id: [] for item_id in held.values_list("task__item", flat=True)}
    if not said:
        return said
    for answer in QuestionAnswer.objects.filter(question__item__in=said).select_related("question"):
        about = said[answer.question.item_id]
        about.append(Said(title=answer.question.body, body=answer.body, at=answer.answered_at))
    steps = EscalationStep.objects.filter(
        escalation__item__in=said, escalation__worker=worker_id, kind="handed_back"
    ).select_related("escalation", "tier")
    for step in steps:
        said[step.escalation.item_id].append(Said(title=step.tier.name, body=step.note, at=step.at))
    for about in said.values():
        about.sort(key=lambda each: each.at, reverse=True)
    return said
