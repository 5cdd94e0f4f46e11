"""What else may be done to an action: another owner, another day, its end, its lesson."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.pages import PageRequest

from .. import acts
from .actions import ActionOut, GroundIn
from .common import load_action, person_said

router = Router()


class ActionOwnerIn(Schema):
    owner_id: UUID = Field(description="somebody whose roles reach the action")


class ActionDueIn(Schema):
    due_on: date
    reason: str


class LessonIn(Schema):
    what_worked: str
    what_did_not: str = ""


class LessonOut(LessonIn):
    id: UUID


@router.post("/actions/{uuid:action_id}/owner", response=ActionOut, operation_id="hand_over_action")
def post_owner(request: PageRequest, action_id: UUID, said: ActionOwnerIn) -> ActionOut:
    """Give it to somebody else, who hears of it."""
    found = load_action(request, action_id)
    owner = person_said(said.owner_id, field="owner")
    return ActionOut.of(acts.hand_over_action(request.actor, action=found, owner=owner, now=request.now))


@router.post("/actions/{uuid:action_id}/due", response=ActionOut, operation_id="reschedule_action")
def post_due(request: PageRequest, action_id: UUID, said: ActionDueIn) -> ActionOut:
    """Move the day by which it is to be done; a frozen plan's window does not move with it."""
    found = load_action(request, action_id)
    moved = acts.reschedule_action(request.actor, action=found, due_on=said.due_on, reason=said.reason, now=request.now)
    return ActionOut.of(moved)


@router.post("/actions/{uuid:action_id}/finishing", response=ActionOut, operation_id="finish_action")
def post_finishing(request: PageRequest, action_id: UUID, said: GroundIn) -> ActionOut:
    """End a containment: it is done."""
    found = load_action(request, action_id)
    return ActionOut.of(acts.finish_action(request.actor, action=found, reason=said.reason, now=request.now))


@router.post("/actions/{uuid:action_id}/lessons", response=LessonOut, operation_id="note_lesson")
def post_lesson(request: PageRequest, action_id: UUID, said: LessonIn) -> LessonOut:
    """Write down what it taught; writing again adds."""
    found = load_action(request, action_id)
    made = acts.note_lesson(request.actor, action=found, now=request.now, **said.dict())
    return LessonOut(id=made.pk, what_worked=made.what_worked, what_did_not=made.what_did_not)
