"""What time does to disputes."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import NotNow
from evenkeel.ground.jobs import job

from .acts.disputes import end_dispute_by_time
from .queries.disputes import overdue_disputes

_TIME = Actor.system("clock")
# One run ends so many; the next takes the rest.
_MOST = 500


@job(every_s=300)
def end_overdue_disputes(now: datetime) -> None:
    """Do with disputes that nobody settled in time what their programme's rule says."""
    for dispute in overdue_disputes(now)[:_MOST]:
        try:
            end_dispute_by_time(_TIME, dispute=dispute, now=now)
        except NotNow:  # somebody settled it a moment ago
            continue
