"""Why an item goes where it goes."""

from __future__ import annotations

from dataclasses import dataclass

from evenkeel.ground.access import Actor, visible

from .. import scopes
from ..models import Item, Queue, RoutingRule, Task
from ..routes import facts_of, rules_in_force
from ..rules.routing import Tested, comparisons_of, condition_text, holds


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rule, asked about one item: `outcome` is matched, passed over, or not reached because one before it matched."""

    MATCHED, FAILED, CLOSED, NOT_REACHED = "matched", "failed", "closed", "not reached"

    rule: RoutingRule
    outcome: str
    condition: str
    tests: tuple[Tested, ...]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What the rules in force say of an item, and where it is."""

    item: Item
    steps: tuple[Step, ...]
    tasks: tuple[Task, ...]

    @property
    def matched(self) -> Step | None:
        """The step that decides; None when no rule fits."""
        return next((step for step in self.steps if step.outcome == Step.MATCHED), None)


def explain_route(actor: Actor, item: Item) -> Explanation:
    """Every rule in order with what it asked, what the item said, and which one decides; and by which rule it came where it is.

    Queues that the actor may not see are left out of both.
    """
    seen = {
        queue.pk: queue
        for queue in visible(actor, scopes.QUEUE_VIEW, Queue.objects.filter(programme=item.programme_id))
    }
    facts = facts_of(item)
    steps: list[Step] = []
    is_settled = False
    for rule in rules_in_force(item.programme_id):
        is_met = holds(rule.condition, facts)
        if is_settled:
            outcome = Step.NOT_REACHED
        elif not is_met:
            outcome = Step.FAILED
        else:
            outcome = Step.MATCHED if rule.queue.is_open else Step.CLOSED
        is_settled = is_settled or outcome == Step.MATCHED
        if rule.queue_id in seen:
            tests = tuple(comparisons_of(rule.condition, facts))
            steps.append(Step(rule=rule, outcome=outcome, condition=condition_text(rule.condition), tests=tests))
    tasks = item.tasks.filter(queue__in=seen).select_related("queue", "routed_by").order_by("queue__name")
    return Explanation(item=item, steps=tuple(steps), tasks=tuple(tasks))
