"""What time does to work."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.jobs import job

from .bulk_running import take_up_bulk
from .leases import LAPSE_LIMIT, give_back_lapsed
from .transfers.running import take_up


@job(every_s=30)
def give_back_lapsed_leases(now: datetime) -> None:
    """Put items back whose leases have run out, so that counts of what waits are right also where nobody takes."""
    while give_back_lapsed(now=now) == LAPSE_LIMIT:
        pass


@job(every_s=60)
def take_up_transfers(now: datetime) -> None:
    """Go on with imports and exports that were ordered and whose process died; let go of exported files after a week."""
    take_up(now)


@job(every_s=60)
def take_up_bulk_acts(now: datetime) -> None:
    """Let bulk acts lapse to which nobody agreed in time; go on with those whose process died."""
    take_up_bulk(now)
