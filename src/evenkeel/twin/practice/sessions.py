"""Calibration sessions and a ring test: people answer the same cases blind, then talk, then it is settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from evenkeel.people import actor_for
from evenkeel.quality import (
    CalibrationSession,
    answer_case,
    end_session,
    offer_gold,
    open_session,
    remark,
    settle_case,
)
from evenkeel.work import Decision, Item

from ..organisation import Member
from ..world import SEATS, World, said

_SETTLED = {
    "Allowed": "A low price alone is no violation, and it is handed over in person.",
    "Spam": "The thing is only there to carry the advertisement.",
    "Scam": "Rule 2: half the money ahead is money ahead.",
    "Abuse": "The insult weighs more than the offer.",
}
_ASKS = "I read rule 2 as being about whole payments. What about a deposit?"
_TOLD = "A deposit is money too. I will ask for an example in the guideline."


def hold(world: World, name: str, *, day: int, days: int, cases: int, a_team: int, is_ring: bool = False) -> None:
    """Open a session for some of every team and both auditors, who are its experts; `days` until answers are shown."""
    owner = world.cast.quality_manager
    at = owner.at(world.date_of(day), time(10))
    people = [*_some(world, a_team), *world.cast.auditors]
    open_session(
        actor_for(owner.person, now=at), queue=world.queue, name=name, items=_cases(world, cases, is_ring=is_ring),
        workers=[member.worker for member in people], experts=[member.worker for member in world.cast.auditors],
        deadline_at=at + timedelta(days=days), is_ring=is_ring, repeats=2 if is_ring else 0, now=at,
    )  # fmt: skip


def answer_all(world: World, name: str, *, day: int) -> None:
    """Everybody who is invited answers every case, as well as she decides."""
    session = CalibrationSession.objects.get(name=name)
    by_worker = {member.worker.pk: member for member in (*world.cast.moderators, *world.cast.auditors)}
    cases = list(session.cases.select_related("session", "item").order_by("number"))
    for place, seat in enumerate(session.seats.select_related("worker").order_by("id")):
        member, rng = by_worker[seat.worker_id], world.stream(SEATS, day, place)
        at = member.at(world.date_of(day), time(11))
        actor = actor_for(member.person, now=at)
        accuracy = member.plan.accuracy if member.plan else world.scenario.auditor_accuracy
        for case in cases:
            label = said(world.truth[case.item_id], accuracy, rng)
            key = f"twin-{case.pk.hex[-20:]}-{seat.pk.hex[-20:]}"
            answer_case(actor, case=case, seat=seat, answer={"label": label}, client_key=key, now=at)


def settle(world: World, name: str, *, day: int) -> None:
    """After the deadline: a talk about the first case, then the owner says what is right, and offers some as golden."""
    session, owner = CalibrationSession.objects.get(name=name), world.cast.quality_manager
    at = owner.at(world.date_of(day), time(13))
    actor = actor_for(owner.person, now=at)
    first, *_rest = cases = list(
        session.cases.filter(repeats=None).select_related("session", "item").order_by("number")
    )
    if not session.is_ring:
        seat = session.seats.select_related("worker__person").order_by("id")[0]
        assert seat.worker.person is not None
        remark(actor_for(seat.worker.person, now=at), case=first, seat=seat, body=_ASKS, now=at)
        remark(actor, case=first, body=_TOLD, now=at)
    for place, case in enumerate(cases):
        label = world.truth[case.item_id]
        made = settle_case(actor, case=case, answer={"label": label}, reason=_SETTLED[label], now=at)
        if place == 0 and not session.is_ring:
            offer_gold(actor, settlement=made, now=at)
    end_session(actor, session=session, now=at)


def _some(world: World, a_team: int) -> Sequence[Member]:
    """The last ones of each team, but for the first person of all: hers is the log-in that visitors are shown."""
    plans = world.scenario.teams
    return [
        member for plan in plans for member in [each for each in world.cast.moderators if each.plan is plan][:a_team]
    ]


def _cases(world: World, count: int, *, is_ring: bool) -> list[Item]:
    """Listings of the days before, every answer among them; a ring test has others than a session."""
    decided = Decision.objects.filter(programme=world.programme, taken_back=None).values("item_id")
    items = list(Item.objects.filter(programme=world.programme, pk__in=decided).order_by("-key")[: 12 * count])
    return items[int(is_ring) :: 6][:count]
