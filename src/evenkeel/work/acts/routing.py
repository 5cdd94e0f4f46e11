"""Routing rules: written, changed, moved, dropped, applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..filling import wanted_of
from ..models import Item, Lease, Programme, Queue, RoutingRule, Task
from ..routes import Placed, place, rule_for, rules_in_force
from ..rules.priority import due_at, priority_of, urgency_at
from ..rules.routing import EVERYTHING, check_condition
from ..rules.texts import checked_name

_BATCH = 2_000
MOST_RULES = 200


def add_rule(
    actor: Actor, *, programme: Programme, title: str, condition: Mapping[str, Any], queue: Queue, now: datetime
) -> RoutingRule:
    """Add a rule behind the others. It is asked about what arrives from now on."""
    with act(scopes.QUEUE_EDIT, actor, on=programme, now=now) as deed:
        _lock(programme)
        own = RoutingRule.objects.filter(programme=programme, ended_at=None, is_default=False)
        deed.require(own.count() < MOST_RULES, _("A programme has at most %(n)d rules.") % {"n": MOST_RULES})
        last = own.aggregate(last=Max("place"))["last"]
        made = RoutingRule.objects.create(
            programme=programme,
            queue=_own_queue(programme, queue),
            title=checked_name(title, field="title"),
            place=0 if last is None else last + 1,
            condition=check_condition(condition),
            since=now,
        )
        deed.record("routing rule added", on=made, after=_told(made))
        return made


def set_default_queue(actor: Actor, *, programme: Programme, queue: Queue | None, now: datetime) -> RoutingRule | None:
    """Say where items go that no rule fits; None: nowhere, they wait to be put in by hand."""
    with act(scopes.QUEUE_EDIT, actor, on=programme, now=now) as deed:
        _lock(programme)
        before = RoutingRule.objects.filter(programme=programme, ended_at=None, is_default=True).first()
        if before is not None:
            _end(before, now)
        made = None
        if queue is not None:
            made = RoutingRule.objects.create(
                programme=programme,
                queue=_own_queue(programme, queue),
                title=_("Everything else"),
                place=0,
                condition=EVERYTHING,
                is_default=True,
                since=now,
            )
        deed.record(
            "default queue set",
            before={"queue": before.queue.name if before else None},
            after={"queue": queue.name if queue else None},
        )
        return made


def change_rule(
    actor: Actor, *, rule: RoutingRule, title: str, condition: Mapping[str, Any], queue: Queue, now: datetime
) -> RoutingRule:
    """Change a rule: the old one ends and stays, because tasks point at it; the new one takes its place."""
    with act(scopes.QUEUE_EDIT, actor, on=rule.programme, now=now) as deed:
        _lock(rule.programme)
        before = _told(rule)
        deed.require(_end(rule, now), _("This rule has been changed or dropped meanwhile."))
        made = RoutingRule.objects.create(
            programme=rule.programme,
            queue=_own_queue(rule.programme, queue),
            title=checked_name(title, field="title"),
            place=rule.place,
            condition=EVERYTHING if rule.is_default else check_condition(condition),
            is_default=rule.is_default,
            since=now,
        )
        deed.record("routing rule changed", on=made, before=before, after=_told(made))
        return made


def move_rule(actor: Actor, *, rule: RoutingRule, place: int, now: datetime) -> RoutingRule:
    """Have a rule asked as the n-th, counted from 0; the others close up."""
    with act(scopes.QUEUE_EDIT, actor, on=rule.programme, now=now) as deed:
        _lock(rule.programme)
        rows = list(
            RoutingRule.objects.filter(programme=rule.programme, ended_at=None, is_default=False).order_by("place")
        )
        order = [each.pk for each in rows]
        deed.require(rule.pk in order, _("This rule has been changed or dropped meanwhile."))
        before = order.index(rule.pk)
        order.remove(rule.pk)
        order.insert(max(0, min(place, len(order))), rule.pk)
        # Out of the way first: two rules never have one place, not even on the way.
        away = len(rows) + max((each.place for each in rows), default=0) + 1
        RoutingRule.objects.filter(pk__in=order).update(place=F("place") + away)
        for number, pk in enumerate(order):
            RoutingRule.objects.filter(pk=pk).update(place=number)
        rule.refresh_from_db()
        deed.record("routing rule moved", on=rule, before={"place": before}, after={"place": rule.place})
        return rule


def drop_rule(actor: Actor, *, rule: RoutingRule, now: datetime) -> None:
    """End a rule. What it placed stays where it is."""
    with act(scopes.QUEUE_EDIT, actor, on=rule.programme, now=now) as deed:
        _lock(rule.programme)
        deed.require(_end(rule, now), _("This rule has been changed or dropped meanwhile."))
        deed.record("routing rule dropped", on=rule, before=_told(rule))


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What applying the rules did. `moved` were in another queue, untouched; `left` are in work or decided there."""

    placed: int
    moved: int
    left: int
    nowhere: int


def apply_rules(actor: Actor, *, programme: Programme, moves: bool = False, now: datetime) -> Applied:
    """Ask the rules again about every item that is in no queue; with `moves` also about those that wait untouched.

    What somebody has had in hand or has decided stays where it is.
    """
    with act(scopes.QUEUE_EDIT, actor, on=programme, now=now) as deed:
        rules = rules_in_force(programme)
        deed.require(rules, _("The programme has no routing rules yet."))
        placed = Placed(by_rule={})
        for batch in _unplaced(programme):
            part = place(batch, rules, now=now)
            placed.nowhere += part.nowhere
            for rule_id, n in part.by_rule.items():
                placed.by_rule[rule_id] = placed.by_rule.get(rule_id, 0) + n
        moved, left = _move(programme, rules, now) if moves else (0, 0)
        done = Applied(placed=placed.total, moved=moved, left=left, nowhere=placed.nowhere)
        deed.record(
            "rules applied", after={"placed": done.placed, "moved": moved, "left": left, "nowhere": done.nowhere}
        )
        return done


def _unplaced(programme: Programme) -> Iterator[list[Item]]:
    """Items in no queue, in parts, in the order in which they came."""
    is_in = Exists(Task.objects.filter(item=OuterRef("pk")))
    last = UUID(int=0)
    while True:
        rows = list(Item.objects.filter(~is_in, programme=programme, pk__gt=last).order_by("pk")[:_BATCH])
        if not rows:
            return
        last = rows[-1].pk
        yield rows


def _move(programme: Programme, rules: list[RoutingRule], now: datetime) -> tuple[int, int]:
    """Move what waits untouched to where the rules say now; returns how many moved, and how many had to stay."""
    moved, left, last = 0, 0, UUID(int=0)
    touched = Exists(Lease.objects.filter(task=OuterRef("pk")))
    while True:
        rows = list(
            Task.objects.filter(queue__programme=programme, closed_at=None, pk__gt=last)
            .select_related("item")
            .annotate(is_touched=Q(touched) | Q(decided__gt=0) | Q(leased__gt=0))
            .order_by("pk")[:_BATCH]
        )
        if not rows:
            return moved, left
        last = rows[-1].pk
        for task in rows:
            rule = rule_for(task.item, rules)
            if rule is None or rule.queue_id == task.queue_id:
                continue
            if task.is_touched or not _moved(task, rule, now):
                left += 1
            else:
                moved += 1


def _moved(task: Task, rule: RoutingRule, now: datetime) -> bool:
    """Move one task, unless somebody took it meanwhile or its item is in the other queue already."""
    queue = rule.queue
    if Task.objects.filter(queue=queue, item=task.item_id).exists():
        return False
    by_risk = queue.priority_rule == Queue.RISK
    due = due_at(task.created_at, queue.target_s)
    urgency = urgency_at(due, queue.target_s, now) if by_risk else 0
    return bool(
        Task.objects.filter(pk=task.pk, decided=0, leased=0).update(
            queue=queue,
            routed_by=rule,
            wanted=wanted_of(queue, task.item_id),
            due_at=due,
            urgency=urgency,
            priority=priority_of(task.given, task.item.attributes, by_risk=by_risk, urgency=urgency),
        )
    )


def _lock(programme: Programme) -> None:
    """One change of a programme's rules at a time: two who add at once would both take the last place."""
    Programme.objects.select_for_update().get(pk=programme.pk)


def _end(rule: RoutingRule, now: datetime) -> bool:
    return bool(RoutingRule.objects.filter(pk=rule.pk, ended_at=None).update(ended_at=now))


def _own_queue(programme: Programme, queue: Queue) -> Queue:
    if queue.programme_id != programme.pk:
        raise Invalid(_("The queue belongs to another programme."), fields={"queue": [_("Choose one of its own.")]})
    return queue


def _told(rule: RoutingRule) -> dict[str, Any]:
    return {"title": rule.title, "queue": rule.queue.name, "condition": rule.condition, "place": rule.place}
