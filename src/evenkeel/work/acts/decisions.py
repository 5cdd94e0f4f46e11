"""Deciding on what is in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Problem
from evenkeel.ground.shapes import gather, together

from .. import scopes, sops
from ..answering import Said
from ..models import Decision
from ..rules.context import NOTHING_TOLD, Told
from ..workers import insist_on_worker
from .deciding import Deciding, Outcome, asked, fault_of


def decide(
    actor: Actor,
    *,
    lease_id: UUID,
    answer: Mapping[str, Any],
    client_key: str,
    active_ms: int | None = None,
    told: Told = NOTHING_TOLD,
    origin: str = "desk",
    now: datetime,
) -> Decision:
    """Decide on an item in hand. The same `client_key` again gives the same decision, so a client may always send again.

    `client_key` is made by the client before it sends (64 characters at most, unique in the house). `active_ms` is how long
    the person worked on the item; `told` may say more. A lease that lapsed or was given back serves while its task has
    room; `NotNow` otherwise. `Invalid` when the answer does not fit the form that was shown.
    """
    if active_ms is not None:
        told = replace(told, active_ms=active_ms)
    said = Said(lease_id=lease_id, answer=answer, client_key=client_key, told=told)
    outcome = decide_each(actor, said=[said], origin=origin, now=now)[0]
    if isinstance(outcome, Problem):
        raise outcome
    return outcome


def decide_each(actor: Actor, *, said: Sequence[Said], origin: str = "desk", now: datetime) -> list[Decision | Problem]:
    """Decide on several items in hand; what became of each, in their order. What cannot be kept keeps nothing else back.

    Each is as idempotent as `decide`. All are written in one transaction, with as many statements as one.
    """
    worker_id = insist_on_worker(actor)

    def made(sound: Sequence[Said]) -> Sequence[Outcome]:
        try:
            return _decided(actor, worker_id, sound, origin=origin, now=now)
        except Problem as refused:
            return [refused] * len(sound)

    outcomes = with_faults(said, made)
    sops.keep_stopped(actor, outcomes, now=now)
    return outcomes


def with_faults(said: Sequence[Said], make: Callable[[Sequence[Said]], Sequence[Outcome]]) -> list[Outcome]:
    """What became of each answer: those that were sent soundly are made, if there are any; the others say their fault."""
    outcomes: dict[int, Outcome] = {place: fault for place, each in enumerate(said) if (fault := fault_of(each))}
    places = [place for place in range(len(said)) if place not in outcomes]
    sound = [said[place] for place in places]
    if sound:
        try:
            made = make(sound)
        except IntegrityError:
            # The same key from another worker at the same moment: hers was first, and a second look says so.
            made = make(sound)
        outcomes |= dict(zip(places, made, strict=True))
    return [outcomes[place] for place in range(len(said))]


def _decided(actor: Actor, worker_id: UUID, said: Sequence[Said], *, origin: str, now: datetime) -> Sequence[Outcome]:
    """Decide on items in hand, in one transaction."""
    try:
        with act(scopes.TASK_DECIDE, actor, now=now) as deed:
            # One at a time for one worker: the same key sent twice, a decision beside a hand-out of the same item.
            deciding = Deciding.of(actor, said, gather(*asked(said, worker_id, now=now)), origin=origin, now=now)
            if not deciding.made:
                raise NothingMade(deciding.outcomes)
            with together() if deciding.adaptive else deed.last():
                deciding.write()
                deciding.record(deed)
            deciding.settle_overlaps()
    except NothingMade as nothing:
        return nothing.outcomes
    return deciding.outcomes


class NothingMade(Exception):
    """Nothing was changed, so nothing is recorded: the transaction ends as if it had not been."""

    def __init__(self, outcomes: Sequence[Outcome]):
        self.outcomes = outcomes
