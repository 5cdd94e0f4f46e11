"""A corrective action of the past: opened, planned, approved, begun, checked, and what it taught."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid
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
    action = open_action(
        actor, title=training.title, kind="corrective", what=training.what, due_on=until, programme=world.programme,
        team=team, cause="knowledge_gap", now=at,
    )  # fmt: skip
    asked = Asked(
        metric="accuracy", comparison="before_after", starts_on=starts_on, expected=training.expected,
        baseline_weeks=training.baseline_weeks, window_weeks=training.window_weeks,
    )  # fmt: skip
    actor, at = _at(lead, opened_on, time(11))
    try:
        plan = freeze_plan(actor, action=action, asked=asked, now=at)
    except Invalid:
        # Weekends fall otherwise each day that a demo is made: where its audits could not see the effect, the action waits.
        return
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
