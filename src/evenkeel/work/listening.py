"""What work does when rooms below tell something."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from evenkeel.ground.events import on
from evenkeel.people import AWAY

from . import leases
from .models import Lease


@on("time.switched")
def return_what_is_in_hand(*, worker_id: UUID, state: str, at: datetime) -> None:
    """Whoever goes on a break, into a meeting or off duty keeps nothing in hand. Leases that this misses lapse by time."""
    if state not in AWAY:
        return
    held = list(Lease.objects.filter(worker=worker_id, ended_at=None))
    if held:
        with transaction.atomic():
            leases.give_back(held, ending=Lease.RETURNED, now=at)
