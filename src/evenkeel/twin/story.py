"""What people do beside deciding and auditing: a policy is reworded, a signal is taken on, an earlier fault is investigated."""

from __future__ import annotations

from datetime import date, datetime, time

from evenkeel.ground.access import Actor
from evenkeel.improve import (
    EvidenceCase,
    Investigation,
    Windows,
    add_note,
    close_investigation,
    code_case,
    open_investigation,
)
from evenkeel.measure import Signal, acknowledge, dispose
from evenkeel.people import actor_for
from evenkeel.policy import publish_version

from .disputing import settle_disputes
from .organisation import SYSTEM, Member
from .scenario import Inquiry
from .texts import POLICY_2, POLICY_2_CHANGED
from .world import World

_NOISE = "I read the cases: one weak day with few audits, of different kinds. The days after it are as ever."


def begin_a_day(world: World, *, day: int) -> None:
    """What happens in the morning, before the house's people decide."""
    scenario, on = world.scenario, world.date_of(day)
    take_on(world, on, until=None)
    settle_disputes(world, day=day)
    if day == scenario.policy_change_day:
        at = world.cast.quality_manager.at(on, time(8, 30))
        publish_version(SYSTEM, policy=world.policy, body_markdown=POLICY_2, what_changed=POLICY_2_CHANGED, now=at)
    inquiry = scenario.inquiry
    if inquiry is not None and day == inquiry.opened_day:
        _investigate(world, inquiry, on)
    if inquiry is not None and day == inquiry.closed_day:
        _conclude(world, inquiry, on)


def _investigate(world: World, inquiry: Inquiry, on: date) -> None:
    lead = world.cast.lead
    found = open_investigation(
        _as(lead, on, time(9, 40)),
        title=inquiry.title,
        programme=world.programme,
        team=world.cast.teams[inquiry.team],
        windows=Windows(
            baseline_since=world.date_of(0),
            since=world.date_of(inquiry.since_day),
            until=world.date_of(inquiry.until_day),
        ),
        now=lead.at(on, time(9, 40)),
    )
    manager = world.cast.quality_manager
    add_note(
        _as(manager, on, time(11, 5)),
        investigation=found,
        body="Thanks for looking into it. Please ask Brightwater before you go through the cases.",
        now=manager.at(on, time(11, 5)),
    )


def _conclude(world: World, inquiry: Inquiry, on: date) -> None:
    lead = world.cast.lead
    actor = _as(lead, on, time(10))
    found = Investigation.objects.get(title=inquiry.title)
    add_note(actor, investigation=found, body=inquiry.note, now=lead.at(on, time(10, 2)))
    cases = EvidenceCase.objects.filter(investigation=found).select_related("investigation").order_by("u")
    for number, case in enumerate(cases):
        cause, comment = inquiry.codings[number % len(inquiry.codings)]
        # A remark is about one case: the round after says nothing.
        said = comment if number < len(inquiry.codings) else ""
        code_case(
            actor,
            case=case,
            cause=cause,
            severity=1 + number % 2,
            comment=said,
            now=lead.at(on, time(10, 5 + number % 50)),
        )
    close_investigation(
        actor, investigation=found, cause=inquiry.cause, summary=inquiry.summary, now=lead.at(on, time(11, 15))
    )


def take_on(world: World, on: date, *, until: datetime | None) -> None:
    """The morning after a signal the lead looks at it: she takes on the one about the team that is struck, and closes as noise
    what was raised before it about others. What comes after it waits for somebody.
    """
    at = world.cast.lead.at(on, time(9, 10))
    if until is not None and at >= until:
        return
    for signal in Signal.objects.filter(raised_at__lt=at).order_by("raised_at"):
        actor = _as(world.cast.lead, on, time(9, 10))
        if _is_about(signal, world):
            if not hasattr(signal, "acknowledgement"):
                acknowledge(actor, signal=signal, now=at)
            return
        if signal.is_open:
            dispose(actor, signal=signal, kind="noise", reason=_NOISE, now=at)


def _is_about(signal: Signal, world: World) -> bool:
    """Whether a signal is about the team of the last fault, or about a whole that it is part of."""
    faults = world.scenario.faults
    team = world.cast.teams[faults[-1].team] if faults else None
    if team is None or signal.team_id is not None:
        return team is None or signal.team_id == team.pk
    return signal.site_id in (None, team.site_id) and signal.organisation_id in (None, team.site.organisation_id)


def _as(member: Member, on: date, clock: time) -> Actor:
    return actor_for(member.person, now=member.at(on, clock))
