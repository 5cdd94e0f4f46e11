"""What time does here: the log flows into the roll-ups, studies are evaluated, series are watched."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.jobs import job

from .delivering import deliver_due
from .evaluation import evaluate_changed
from .live import watch_floor
from .rollup import take_in
from .watching import watch_all


@job(every_s=20)
def roll_up(now: datetime) -> None:
    """Take in what the log has and the roll-ups lack, then evaluate the studies whose labels changed."""
    take_in(now)
    evaluate_changed(now)


@job(every_s=3600)
def look_back(now: datetime) -> None:
    """Take in batches that were written long after they were made, wherever in the past."""
    take_in(now, everything=True)


@job(every_s=3600)
def watch(now: datetime) -> None:
    """Chart every series and raise what is more than chance."""
    watch_all(now)


@job(every_s=300)
def watch_live(now: datetime) -> None:
    """Count what stands open on the floor, and raise what is unusual for the hour."""
    watch_floor(now)


@job(every_s=20)
def send_signals(now: datetime) -> None:
    """Carry messages about signals that are due."""
    deliver_due(now)
