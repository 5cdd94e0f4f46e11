"""What time does: what-if studies go on."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.jobs import job

from .studies.carrying import carry_on


@job(every_s=15)
def carry_studies_on(now: datetime) -> None:
    """Take in what studies have found, and have the next one gone on with: also when its process was killed."""
    carry_on(now=now)


@job()
def begin_studies(at: str) -> None:
    """Do so at once after one was begun."""
    carry_on(now=datetime.fromisoformat(at))
