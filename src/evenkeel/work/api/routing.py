"""Routing rules, and why an item goes where it goes; why somebody gets nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.routing import add_rule, apply_rules, change_rule, drop_rule, move_rule, set_default_queue
from ..models import Item, Programme, Queue, RoutingRule
from ..pages.why_not import worker_asked
from ..queries.routing import explain_route
from ..queries.why_not import why_not
from ..routes import rules_in_force
from .schemas_handout import WhyNotOut

router = Router()


class RuleIn(Schema):
    title: str
    queue_id: UUID
    condition: dict[str, Any] = Field(
        description="a group: all or any of comparisons (field, operator, value) and groups"
    )


class RuleOut(Schema):
    id: UUID
    title: str
    queue_id: UUID
    place: int
    condition: dict[str, Any]
    is_default: bool

    @classmethod
    def of(cls, rule: RoutingRule) -> RuleOut:
        return cls(
            id=rule.pk,
            title=rule.title,
            queue_id=rule.queue_id,
            place=rule.place,
            condition=rule.condition,
            is_default=rule.is_default,
        )


class DefaultIn(Schema):
    queue_id: UUID | None = Field(description="empty: what no rule fits waits to be put in by hand")


class RuleMoveIn(Schema):
    place: int = Field(ge=0, le=10_000, description="asked as the n-th, counted from 0")


class ApplyIn(Schema):
    moves: bool = Field(default=False, description="also move what waits untouched in another queue")


class AppliedOut(Schema):
    placed: int
    moved: int
    left: int = Field(description="items that should be elsewhere and stay, because somebody has had them")
    nowhere: int = Field(description="items that no rule fits")


class TestedOut(Schema):
    field: str
    operator: str
    value: Any
    said: Any
    holds: bool


class StepOut(Schema):
    rule: RuleOut
    outcome: str = Field(description="matched, failed, closed (its queue is), or not reached")
    condition: str
    tests: list[TestedOut]


class WhereOut(Schema):
    queue_id: UUID
    rule_id: UUID | None = Field(description="the rule that put it there; empty when somebody did")


class RouteOut(Schema):
    item_id: UUID
    matched: RuleOut | None
    steps: list[StepOut]
    queues: list[WhereOut]


@router.get("/programmes/{uuid:programme_id}/routing", response=list[RuleOut], operation_id="list_routing_rules")
def list_rules(request: PageRequest, programme_id: UUID) -> list[RuleOut]:
    """The rules in force, in the order in which they are asked; the default comes last."""
    programme = _programme(request, programme_id)
    seen = _queues(request, programme)
    return [RuleOut.of(rule) for rule in rules_in_force(programme) if rule.queue_id in seen]


@router.post("/programmes/{uuid:programme_id}/routing", response=RuleOut, operation_id="add_routing_rule")
def post_rule(request: PageRequest, programme_id: UUID, said: RuleIn) -> RuleOut:
    """Add a rule behind the others."""
    programme = _programme(request, programme_id)
    made = add_rule(
        request.actor,
        programme=programme,
        title=said.title,
        condition=said.condition,
        queue=_queue(request, programme, said.queue_id),
        now=request.now,
    )
    return RuleOut.of(made)


@router.put("/programmes/{uuid:programme_id}/routing/default", response=list[RuleOut], operation_id="set_default_queue")
def put_default(request: PageRequest, programme_id: UUID, said: DefaultIn) -> list[RuleOut]:
    """Say where items go that no rule fits."""
    programme = _programme(request, programme_id)
    queue = _queue(request, programme, said.queue_id) if said.queue_id else None
    set_default_queue(request.actor, programme=programme, queue=queue, now=request.now)
    return list_rules(request, programme_id)


@router.post("/programmes/{uuid:programme_id}/routing/apply", response=AppliedOut, operation_id="apply_routing")
def post_apply(request: PageRequest, programme_id: UUID, said: ApplyIn) -> AppliedOut:
    """Ask the rules again about what is in no queue."""
    programme = _programme(request, programme_id)
    done = apply_rules(request.actor, programme=programme, moves=said.moves, now=request.now)
    return AppliedOut(placed=done.placed, moved=done.moved, left=done.left, nowhere=done.nowhere)


@router.put("/routing/{uuid:routing_rule_id}", response=RuleOut, operation_id="change_routing_rule")
def put_rule(request: PageRequest, routing_rule_id: UUID, said: RuleIn) -> RuleOut:
    """Change a rule: a new one takes the old one's place, and the old one stays for what it placed."""
    rule = _rule(request, routing_rule_id)
    queue = _queue(request, rule.programme, said.queue_id)
    changed = change_rule(
        request.actor, rule=rule, title=said.title, condition=said.condition, queue=queue, now=request.now
    )
    return RuleOut.of(changed)


@router.post("/routing/{uuid:routing_rule_id}/move", response=RuleOut, operation_id="move_routing_rule")
def post_move(request: PageRequest, routing_rule_id: UUID, said: RuleMoveIn) -> RuleOut:
    """Have a rule asked as the n-th."""
    return RuleOut.of(move_rule(request.actor, rule=_rule(request, routing_rule_id), place=said.place, now=request.now))


@router.delete("/routing/{uuid:routing_rule_id}", response={204: None}, operation_id="drop_routing_rule")
def delete_rule(request: PageRequest, routing_rule_id: UUID) -> Status[None]:
    """Ask a rule no more."""
    drop_rule(request.actor, rule=_rule(request, routing_rule_id), now=request.now)
    return Status(204, None)


@router.get("/items/{uuid:item_id}/route", response=RouteOut, operation_id="explain_route")
def get_route(request: PageRequest, item_id: UUID) -> RouteOut:
    """Which rule an item matches, and why the others do not."""
    item = load(request.actor, scopes.ITEM_VIEW, Item.objects.select_related("programme"), item_id)
    found = explain_route(request.actor, item)
    return RouteOut(
        item_id=item.pk,
        matched=RuleOut.of(found.matched.rule) if found.matched else None,
        steps=[
            StepOut(
                rule=RuleOut.of(step.rule),
                outcome=step.outcome,
                condition=step.condition,
                tests=[
                    TestedOut(
                        field=test.field, operator=test.operator, value=test.value, said=test.said, holds=test.holds
                    )
                    for test in step.tests
                ],
            )
            for step in found.steps
        ],
        queues=[WhereOut(queue_id=task.queue_id, rule_id=task.routed_by_id) for task in found.tasks],
    )


@router.get("/queues/{uuid:queue_id}/why_not", response=WhyNotOut, operation_id="why_not")
def get_why_not(request: PageRequest, queue_id: UUID, worker_id: UUID | None = None) -> WhyNotOut:
    """Why a worker (you, when none is named) gets nothing from a queue: each rule, what it found, what puts it right."""
    queue = load(request.actor, scopes.QUEUE_VIEW, Queue.objects.select_related("programme"), queue_id)
    worker = worker_asked(request, worker_id)
    if worker is None:
        raise Invalid(_("You have no worker record."), fields={"worker_id": [_("Name a worker.")]})
    return WhyNotOut.of(why_not(request.actor, queue=queue, worker=worker, now=request.now))


def _programme(request: PageRequest, programme_id: UUID) -> Programme:
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.QUEUE_VIEW, programme)
    return programme


def _queues(request: PageRequest, programme: Programme) -> set[UUID]:
    rows = visible(request.actor, scopes.QUEUE_VIEW, Queue.objects.filter(programme=programme))
    return set(rows.values_list("pk", flat=True))


def _queue(request: PageRequest, programme: Programme, queue_id: UUID) -> Queue:
    found = (
        visible(request.actor, scopes.QUEUE_VIEW, Queue.objects.filter(programme=programme)).filter(pk=queue_id).first()
    )
    if found is None:
        raise Invalid(_("There is no such queue here."), fields={"queue_id": [_("Choose one of the programme's own.")]})
    return found


def _rule(request: PageRequest, rule_id: UUID) -> RoutingRule:
    rows = RoutingRule.objects.filter(ended_at=None).select_related("programme", "queue")
    return load(request.actor, scopes.QUEUE_VIEW, rows, rule_id)
