"""The detectors run once a week, when the week is in the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from evenkeel.ground.access import Actor
from evenkeel.ground.jobs import job

from .acts.integrity import run_detectors
from .queries.integrity import newest_run

_TIME = Actor.system("detectors")
# What was decided late on Sunday has reached the log by then.
_AFTER = timedelta(hours=3)


@job(every_s=3_600)
def open_looks(now: datetime) -> None:
    """Judge the last whole week (Monday to Sunday, UTC) unless it was judged."""
    today = (now - _AFTER).astimezone(UTC).date()
    week_on = today - timedelta(days=today.weekday() + 7)
    newest = newest_run()
    if newest is None or newest.week_on < week_on:
        run_detectors(_TIME, week_on=week_on, now=now)
