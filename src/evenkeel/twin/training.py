"""A corrective action of the past: opened, planned, approved, begun, checked, and what it taught."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from evenkeel.ground.access import Actor
from evenkeel.improve import (
    Asked,
    approve_plan,
    begin_action,
    check_effect,
    freeze_plan,
    note_lesson,
    open_action,
)
from evenkeel.measure import roll_up
from evenkeel.people import actor_for

from .organisation import Member
from .scenario import Training
from .world import World

# A check waits for the last audits of its window.
_LATE_DAYS = 4


def train(world: World, training: Training, *, past_on: date) -> None:
    """Live the action through; `past_on` is the first day of the past, whose log must be written."""
    roll_up(now=world.cast.lead.at(world.first_on, time(0)))
    lead, manager, team = world.cast.lead, world.cast.quality_manager, world.cast.teams[training.team]
    opened_on, starts_on = (past_on + timedelta(days=day) for day in (training.opened_day, training.start_day))
    until = starts_on + timedelta(weeks=training.window_weeks + 1)
    actor, at = _at(lead, opened_on, time(10))
    # Of the whole programme: its other teams are what the trained one is compared with.
    action = open_action(
        actor, title=training.title, kind="corrective", what=training.what, due_on=until, programme=world.programme,
        cause="knowledge_gap", now=at,
    )  # fmt: skip
    asked = Asked(
        metric="accuracy", comparison="with_controls", starts_on=starts_on, expected=training.expected,
        dimension="team", changed={team.pk: starts_on},
        others=[each.pk for each in world.cast.teams.values() if each != team],
        baseline_weeks=training.baseline_weeks, window_weeks=training.window_weeks,
    )  # fmt: skip
    actor, at = _at(lead, opened_on, time(11))
    plan = freeze_plan(actor, action=action, asked=asked, now=at)
    actor, at = _at(manager, opened_on, time(14))
    approve_plan(actor, action=action, sha256=plan.sha256, now=at)
    actor, at = _at(lead, starts_on, time(8))
    begin_action(actor, action=action, now=at)
    actor, at = _at(lead, until + timedelta(days=_LATE_DAYS), time(9, 30))
    check_effect(actor, action=action, now=at)
    note_lesson(actor, action=action, what_worked=training.worked, now=at)


def _at(member: Member, on: date, clock: time) -> tuple[Actor, datetime]:
    at = member.at(on, clock)
    return actor_for(member.person, now=at), at
