"""The way of items to queues: the rules in force, applied to many items with few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from .filling import Arrival, put_in, put_new
from .models import Programme, RoutingRule
from .rules.routing import Facts, holds


class Routable(Protocol):
    """An item, as a row of the database or as it was just read from a file: what rules ask about it."""

    @property
    def pk(self) -> UUID: ...
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def attributes(self) -> Mapping[str, Any]: ...


def rules_in_force(programme: Programme | UUID) -> list[RoutingRule]:
    """A programme's rules in the order in which they are asked; the default comes last."""
    programme_id = programme.pk if isinstance(programme, Programme) else programme
    found = RoutingRule.objects.filter(programme=programme_id, ended_at=None).select_related("queue")
    return list(found.order_by("is_default", "place"))


def facts_of(item: Routable) -> Facts:
    """What a rule may ask about an item."""
    return Facts(key=item.key, kind=item.kind, language=item.language, attributes=item.attributes)


def rule_for(item: Routable, rules: Sequence[RoutingRule]) -> RoutingRule | None:
    """The first rule that an item meets. A rule to a closed queue is passed over: nothing would be handed out there."""
    facts = facts_of(item)
    return next((rule for rule in rules if rule.queue.is_open and holds(rule.condition, facts)), None)


@dataclass
class Placed:
    """How many items each rule placed, and how many none did."""

    by_rule: dict[UUID, int]
    nowhere: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_rule.values())


def place(items: Iterable[Routable], rules: Sequence[RoutingRule], *, are_new: bool = False, now: datetime) -> Placed:
    """Put items into the queues that the rules say. Must run in the act's transaction; `are_new` when that made the items."""
    by_rule: dict[UUID, list[Arrival]] = {}
    placed = Placed(by_rule={})
    for item in items:
        rule = rule_for(item, rules)
        if rule is None:
            placed.nowhere += 1
        else:
            by_rule.setdefault(rule.pk, []).append(Arrival(item.pk, item.language, item.attributes))
    for rule in rules:
        if arrivals := by_rule.get(rule.pk):
            if are_new:
                put_new(rule.queue, arrivals, routed_by=rule, now=now)
            else:
                put_in(rule.queue, [each.item_id for each in arrivals], routed_by=rule, now=now)
            placed.by_rule[rule.pk] = len(arrivals)
    return placed
