"""Four weeks of work, day by day: items arrive, people take and decide them, decisions are drawn and audited."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from evenkeel.people import actor_for
from evenkeel.policy import Policy, publish_version
from evenkeel.quality import draw_due, give_verdict, take_audit
from evenkeel.work import (
    NewItem,
    Programme,
    Queue,
    add_items,
    decide,
    fill_queue,
    return_leases,
    take_back,
    take_batch,
)

from .organisation import SYSTEM, Cast, Member
from .scenario import LABELS, Scenario
from .texts import POLICY_2, listing

_CHECK_S = 40


@dataclass
class World:
    """What the simulation knows and the product does not: the true answer of every item."""

    scenario: Scenario
    cast: Cast
    programme: Programme
    queue: Queue
    policy: Policy
    rng: np.random.Generator
    truth: dict[UUID, str] = field(default_factory=dict)
    keys: int = 0
    decided: int = 0
    audited: int = 0


def live_a_day(world: World, *, day: int, begins_at: datetime) -> None:
    """One day: a morning's items, everybody's shift, the auditors' afternoon."""
    scenario = world.scenario
    if day == scenario.policy_change_day:
        publish_version(
            SYSTEM,
            policy=world.policy,
            body_markdown=POLICY_2,
            what_changed="Scam: talk or payment outside the platform, with an exception for people who dealt before.",
            now=begins_at,
        )
    weekday_share = 0.45 if begins_at.weekday() >= 5 else 1.0
    per_person = max(1, round(scenario.decisions_a_person_and_day * weekday_share))
    new_items(world, count=per_person * len(world.cast.moderators), now=begins_at)
    for member in world.cast.moderators:
        _shift(world, member, day=day, quota=per_person, begins_at=begins_at + timedelta(hours=1))
    evening = begins_at + timedelta(hours=10)
    draw_due(evening)
    first, *others = world.cast.auditors
    _audits(world, first, quota=25, begins_at=evening)
    # The last day's audits are left for whoever looks at the demo.
    for auditor in others if day < scenario.days - 1 else ():
        _audits(world, auditor, quota=10_000, begins_at=evening)


def new_items(world: World, *, count: int, now: datetime) -> None:
    """New listings arrive and stand in the queue."""
    labels = [str(label) for label in world.rng.choice(LABELS, size=count, p=world.scenario.shares)]
    made = add_items(
        SYSTEM,
        programme=world.programme,
        items=[
            NewItem(
                key=f"L-{world.keys + place + 1:06d}",
                kind="text",
                language="en",
                content={"text": listing(label, world.rng)},
                attributes={"reach": int(world.rng.lognormal(5, 1.2))},
            )
            for place, label in enumerate(labels)
        ],
        now=now,
    )
    world.keys += count
    world.truth.update({item.id: label for item, label in zip(made, labels, strict=True)})
    fill_queue(SYSTEM, queue=world.queue, item_ids=[item.id for item in made], now=now)


def _shift(world: World, member: Member, *, day: int, quota: int, begins_at: datetime) -> None:
    assert member.plan is not None
    actor = actor_for(member.person, now=begins_at)
    moment = begins_at + timedelta(seconds=float(world.rng.uniform(0, 600)))
    done = 0
    while done < quota:
        leases = take_batch(actor, queue=world.queue, now=moment)
        if not leases:
            return
        for lease in leases:
            seconds = float(world.rng.gamma(4, member.plan.seconds / 4)) + 2
            moment += timedelta(seconds=seconds)
            answer = _answer(world, member, day=day, item_id=lease.task.item_id)
            decision = decide(
                actor,
                lease_id=lease.id,
                answer={"label": answer},
                client_key=f"twin-{lease.id}",
                active_ms=round(seconds * 1000),
                now=moment,
            )
            world.decided += 1
            if world.rng.random() < 0.01:
                # A slip of the finger, noticed at once: taken back, and decided anew from the lease that comes with it.
                take_back(actor, decision=decision, now=moment + timedelta(seconds=3))
            done += 1
            if done >= quota:
                return_leases(actor, queue=world.queue, now=moment + timedelta(seconds=5))
                return


def _answer(world: World, member: Member, *, day: int, item_id: UUID) -> str:
    assert member.plan is not None
    truth, fault = world.truth[item_id], world.scenario.fault
    is_struck = member.plan.name == fault.team and day >= fault.from_day and truth == fault.label
    if is_struck and world.rng.random() < fault.probability:
        return fault.taken_as
    return _said(truth, member.plan.accuracy, world.rng)


def _said(truth: str, accuracy: float, rng: np.random.Generator) -> str:
    if rng.random() < accuracy:
        return truth
    return str(rng.choice([label for label in LABELS if label != truth]))


def _audits(world: World, auditor: Member, *, quota: int, begins_at: datetime) -> None:
    actor = actor_for(auditor.person, now=begins_at)
    moment = begins_at
    for _ in range(quota):
        taken = take_audit(actor, programme=world.programme, now=moment)
        if taken is None:
            return
        moment += timedelta(seconds=_CHECK_S)
        answer = _said(world.truth[taken.draw.decision.item_id], world.scenario.auditor_accuracy, world.rng)
        give_verdict(
            actor,
            task_id=taken.id,
            answer={"label": answer},
            client_key=f"twin-{taken.id}",
            active_ms=_CHECK_S * 1000,
            now=moment,
        )
        world.audited += 1
