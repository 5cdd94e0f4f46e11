"""What time does to work."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.jobs import job

from .leases import LAPSE_LIMIT, give_back_lapsed
from .overdue import notice_overdue_escalations, notice_overdue_restricted
from .webhooks import send_due


@job(every_s=30)
def give_back_lapsed_leases(now: datetime) -> None:
    """Put items back whose leases have run out, so that counts of what waits are right also where nobody takes."""
    while give_back_lapsed(now=now) == LAPSE_LIMIT:
        pass


@job(every_s=60)
def notice_overdue(now: datetime) -> None:
    """Tell owners, once a tier, of escalations and restricted items whose clock has run out."""
    notice_overdue_escalations(now)
    notice_overdue_restricted(now)


@job(every_s=10)
def send_webhooks(now: datetime) -> None:
    """Tell other systems what they wait for; a message that does not arrive is tried again, ever more rarely."""
    send_due(now)
