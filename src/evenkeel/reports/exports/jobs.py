"""What time does to exports."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.jobs import job

from .running import take_up


@job(every_s=60)
def take_up_exports(now: datetime) -> None:
    """Go on with files that were ordered and whose process died; let go of those whose time is over."""
    take_up(now)
