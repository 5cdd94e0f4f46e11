"""What time does for actions: windows end and are checked, what was cured may come back."""

from __future__ import annotations

from datetime import datetime, timedelta

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import NotNow
from evenkeel.ground.jobs import job

from .acts.proving import LATE, check_effect, note_recurrence
from .models import Action
from .queries_actions import end_of, last_check, plan_in_force, returns_of, rules_for
from .rules_plans import Frozen

_SYSTEM = "evenkeel"


@job(every_s=3600)
def check_effects(now: datetime) -> None:
    """Check every action under way whose window is over."""
    waiting = Action.objects.filter(state="running", plans__until__lte=now.date()).distinct().order_by("pk")
    failed: Exception | None = None
    for action in waiting:
        plan = plan_in_force(action)
        if plan is not None and now.date() >= end_of(plan) + LATE:
            try:
                check_effect(Actor.system(_SYSTEM), action=action, now=now)
            except NotNow:
                # Somebody pressed the button at the same moment.
                continue
            except Exception as error:
                # One that cannot be judged must not hold up the others; the job still tells of it.
                failed = failed or error
    if failed is not None:
        raise failed


@job(every_s=3600)
def watch_for_returns(now: datetime) -> None:
    """Note effective actions whose figure raised a signal on its worse side within the programme's days."""
    for action in Action.objects.filter(state="effective").order_by("pk"):
        check = last_check(action)
        if check is None:
            continue
        within = timedelta(days=rules_for(action.programme_id).recurrence_days)
        if now - check.at > within + timedelta(days=1):
            continue
        found = returns_of(action, Frozen.read(check.plan.document), since=check.at, within=within)
        if found:
            note_recurrence(Actor.system(_SYSTEM), action=action, signal=found[0], now=now)
