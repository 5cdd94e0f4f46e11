"""A day of work: items arrive, people take and decide them in their shifts, decisions are drawn and audited."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import numpy as np

from evenkeel.ground.access import Actor
from evenkeel.people import actor_for, end_shift, note_work
from evenkeel.quality import draw_due, give_verdict, take_audit
from evenkeel.work import (
    Decision,
    Lease,
    NewItem,
    Programme,
    Queue,
    Task,
    add_items,
    add_media,
    decide,
    fill_queue,
    renew_leases,
    take_back,
    take_batch,
)

from .disputing import object_to_findings
from .organisation import SYSTEM, Member
from .pictures.scenes import picture
from .scenario import LABELS, SESSIONS, Scenario
from .seen import drawn_from_seen
from .suggesting import suggest
from .texts import listing, remark, verdict_remark
from .world import AUDITS, ITEMS, PICTURES, SHIFTS, World, said

_CHECK_S = 40
_AUDITS_BEGIN = time(15)  # UTC: the house's afternoon
_FIRST_AUDITOR_DOES = 25
_SLIPS = 0.01
_GOES_HOME_S = 30


def live_a_day(world: World, *, day: int) -> None:
    """One whole day. The audits of the last one are left unfinished, for whoever looks at the demo."""
    present = _on_shift(world, day)
    # Where golden items are mixed in, as many of the others were left over.
    left = Task.objects.filter(queue=world.queue, closed_at=None).count()
    count = max(0, world.scenario.items_a_day * len(present) - left)
    new_items(world, day=day, count=count, now=_at(world, day, time(0, 20)))
    for place, member in present:
        _session(world, place, member, day=day)
    afternoon = _at(world, day, _AUDITS_BEGIN)
    draw_due(afternoon)
    first, *others = world.cast.auditors
    is_last = day == world.scenario.days - 1
    _audits(world, first, quota=_FIRST_AUDITOR_DOES if others or is_last else None, begins_at=afternoon)
    for auditor in others if not is_last else ():
        _audits(world, auditor, quota=None, begins_at=afternoon)
    object_to_findings(world, day=day)


def live_until(world: World, *, now: datetime) -> None:
    """What there has been of today: the sessions that began long enough ago to be over. More items wait."""
    day, over = world.scenario.days, now - timedelta(minutes=30)
    present = [pair for pair in _on_shift(world, day) if _sits_down_at(world, *pair, day=day) < over]
    count = world.scenario.items_a_day * len(present) + world.scenario.open_items
    new_items(world, day=day, count=count, now=_at(world, day, time(0)))
    for place, member in present:
        _session(world, place, member, day=day)


def new_items(world: World, *, day: int, count: int, now: datetime) -> None:
    """New listings arrive and stand in the queue."""
    rng = world.stream(ITEMS, day, world.items)
    made = add_listings(world.scenario, world.queue, after=world.items, count=count, rng=rng, day=day, now=now)
    world.items += count
    world.truth.update(made)


def add_listings(
    scenario: Scenario, queue: Queue, *, after: int, count: int, rng: np.random.Generator, day: int, now: datetime
) -> dict[UUID, str]:
    """Listings of a day, numbered from `after` + 1 on, put into the queue; returns each one's true answer."""
    labels = [str(label) for label in rng.choice(LABELS, size=count, p=scenario.shares)]
    made = add_items(
        SYSTEM,
        programme=queue.programme,
        items=[
            _as_photo(scenario, queue, each, label=label, number=after + place + 1, now=now)
            for place, label in enumerate(labels)
            for each in [_as_text(label, number=after + place + 1, rng=rng)]
            for each in [drawn_from_seen(scenario, each, label=label, number=after + place + 1)]
        ],
        now=now,
    )
    suggest(scenario, queue, keys=[item.key for item in made], truths=labels, day=day, now=now)
    fill_queue(SYSTEM, queue=queue, item_ids=[item.id for item in made], now=now)
    return {item.id: label for item, label in zip(made, labels, strict=True)}


def _as_text(label: str, *, number: int, rng: np.random.Generator) -> NewItem:
    return NewItem(
        key=f"L-{number:06d}",
        kind="text",
        language="en",
        content={"text": listing(label, rng)},
        attributes={"reach": int(rng.lognormal(5, 1.2))},
    )


def _as_photo(scenario: Scenario, queue: Queue, item: NewItem, *, label: str, number: int, now: datetime) -> NewItem:
    """The same listing as a photo, where its number says so: by chance of its own, so that pictures move nothing else."""
    rng = np.random.default_rng([scenario.seed, PICTURES, number])
    if rng.random() >= scenario.pictured:
        return item
    return replace(item, kind="image", content=pictured(queue.programme, label, rng, now=now))


def pictured(programme: Programme, label: str, rng: np.random.Generator, *, now: datetime) -> dict[str, str]:
    """The content of an item that is a drawn photo, its file stored."""
    drawn = picture(label, rng)
    kept = add_media(SYSTEM, programme=programme, chunks=[drawn.content], now=now)
    return {"media": str(kept.pk), "alt": drawn.alt, "caption": drawn.caption}


def _on_shift(world: World, day: int) -> list[tuple[int, Member]]:
    """Who works on a day, each with her place in the cast: everybody, and at weekends some of every team."""
    everybody = list(enumerate(world.cast.moderators))
    if world.date_of(day).weekday() < 5:
        return everybody
    present: list[tuple[int, Member]] = []
    for number, plan in enumerate(world.scenario.teams):
        team = [pair for pair in everybody if pair[1].plan is plan]
        some = max(1, round(len(team) * world.scenario.weekend_share))
        chosen = world.stream(SHIFTS, day, 10_000 + number).choice(len(team), size=some, replace=False)
        present += [team[place] for place in sorted(chosen)]
    return present


def _sits_down_at(world: World, place: int, member: Member, *, day: int) -> datetime:
    """Within an hour and a half of one of her team's hours, by her own clock."""
    late = float(world.stream(SHIFTS, day, place, 1).uniform(0, 5_400))
    at = member.at(world.date_of(day), SESSIONS[(day + place) % len(SESSIONS)])
    return at.astimezone(UTC) + timedelta(seconds=late)


def _session(world: World, place: int, member: Member, *, day: int) -> None:
    """One batch, decided item by item."""
    begins_at, rng = _sits_down_at(world, place, member, day=day), world.stream(SHIFTS, day, place)
    assert member.plan is not None
    actor, moment = actor_for(member.person, now=begins_at), begins_at
    leases = take_batch(actor, queue=world.queue, now=begins_at)
    if world.scenario.is_equipped and leases:
        queue = world.queue
        note_work(actor, state="production", programme_id=queue.programme_id, queue_id=queue.pk, now=begins_at)
    for lease in leases:
        seconds = float(rng.gamma(4, member.plan.seconds / 4)) + 2
        moment += timedelta(seconds=seconds)
        label = world.answer(member, day=day, item_id=lease.task.item_id, rng=rng)
        comment, is_slip = remark(label, rng), rng.random() < _SLIPS
        if is_slip:
            slipped = str(rng.choice([other for other in LABELS if other != label]))
            lease = _slip(world, actor, lease, label=slipped, active_ms=round(seconds * 1000), moment=moment)
            moment += timedelta(seconds=8)
        answer = {"label": label} | ({"comment": comment} if comment else {})
        _decide(actor, lease, answer, active_ms=round(seconds * 1000), moment=moment)
        world.decided += 1
    if world.scenario.is_equipped and leases:
        end_shift(actor, worker=member.worker, now=moment + timedelta(seconds=_GOES_HOME_S))


def _slip(world: World, actor: Actor, lease: Lease, *, label: str, active_ms: int, moment: datetime) -> Lease:
    """The finger is quicker than the eye: decided wrongly, taken back at once. Returns the lease that comes with it."""
    decision = _decide(actor, lease, {"label": label}, active_ms=active_ms, moment=moment)
    take_back(actor, decision=decision, now=moment + timedelta(seconds=3))
    world.taken_back += 1
    held = renew_leases(actor, queue=world.queue, now=moment + timedelta(seconds=4))
    return next(each for each in held if each.task_id == lease.task_id)


def _decide(actor: Actor, lease: Lease, answer: dict[str, str], *, active_ms: int, moment: datetime) -> Decision:
    return decide(
        actor, lease_id=lease.id, answer=answer, client_key=f"twin-{lease.id}", active_ms=active_ms, now=moment
    )


def _audits(world: World, auditor: Member, *, quota: int | None, begins_at: datetime) -> None:
    actor, moment = actor_for(auditor.person, now=begins_at), begins_at
    while quota is None or quota > 0:
        taken = take_audit(actor, programme=world.programme, now=moment)
        if taken is None:
            return
        decision = taken.draw.decision
        rng = world.stream(AUDITS, int(decision.item.key.removeprefix("L-")))
        moment += timedelta(seconds=_CHECK_S * float(rng.uniform(0.5, 1.5)))
        label = said(world.truth[decision.item_id], world.scenario.auditor_accuracy, rng)
        give_verdict(
            actor,
            task_id=taken.id,
            answer={"label": label},
            comment=verdict_remark(label, rng) if label != decision.label else "",
            client_key=f"twin-{taken.id}",
            active_ms=_CHECK_S * 1000,
            now=moment,
        )
        world.audited += 1
        quota = None if quota is None else quota - 1


def _at(world: World, day: int, clock: time) -> datetime:
    return datetime.combine(world.date_of(day), clock, UTC)
