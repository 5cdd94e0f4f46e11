"""Saved explorations: one's own, and those that others share."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status

from evenkeel.ground.access import load, require
from evenkeel.ground.pages import PageRequest

from .. import acts, scopes
from ..models import Exploration
from ..queries.saved import load_saved, saved
from .common import QuestionIn

router = Router()
Audience = Literal["private", "team", "organisation"]


class ExplorationOut(Schema):
    """A saved question. `asked` goes as it is into `evaluate_metric` or the address of the explore page."""

    id: UUID
    name: str
    owner_id: UUID
    audience: Audience
    asked: dict[str, Any]
    created_at: datetime

    @classmethod
    def of(cls, found: Exploration) -> ExplorationOut:
        names = ("id", "name", "owner_id", "audience", "asked", "created_at")
        return cls(**{name: getattr(found, name) for name in names})


class ExplorationIn(Schema):
    """A question with its name, and whom it is shared with."""

    name: str
    audience: Audience = "private"
    question: QuestionIn


@router.get("/explorations", response=list[ExplorationOut], operation_id="list_explorations")
def list_explorations(request: PageRequest) -> list[ExplorationOut]:
    """Those that you may open, by name."""
    require(request.actor, scopes.EXPLORE)
    return [ExplorationOut.of(each) for each in saved(request.actor)[:1_000]]


@router.post("/explorations", response=ExplorationOut, operation_id="save_exploration")
def post_exploration(request: PageRequest, said: ExplorationIn) -> ExplorationOut:
    """Keep a question under a name."""
    question = said.question.question(request.actor)
    made = acts.save_exploration(
        request.actor, name=said.name, question=question, audience=said.audience, now=request.now
    )
    return ExplorationOut.of(made)


@router.get("/explorations/{uuid:exploration_id}", response=ExplorationOut, operation_id="get_exploration")
def get_exploration(request: PageRequest, exploration_id: UUID) -> ExplorationOut:
    """One of them."""
    return ExplorationOut.of(load_saved(request.actor, exploration_id))


@router.put("/explorations/{uuid:exploration_id}", response=ExplorationOut, operation_id="change_exploration")
def put_exploration(request: PageRequest, exploration_id: UUID, said: ExplorationIn) -> ExplorationOut:
    """Change one of your own."""
    changed = acts.change_exploration(
        request.actor,
        exploration=_own(request, exploration_id),
        name=said.name,
        audience=said.audience,
        question=said.question.question(request.actor),
        now=request.now,
    )
    return ExplorationOut.of(changed)


@router.delete("/explorations/{uuid:exploration_id}", response={204: None}, operation_id="delete_exploration")
def delete_exploration(request: PageRequest, exploration_id: UUID) -> Status[None]:
    """Delete one of your own, and the mails that carry it."""
    acts.delete_exploration(request.actor, exploration=_own(request, exploration_id), now=request.now)
    return Status(204, None)


def _own(request: PageRequest, exploration_id: UUID) -> Exploration:
    return load(request.actor, scopes.EXPLORATION_OWN, Exploration.objects.all(), exploration_id)
