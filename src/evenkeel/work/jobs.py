"""What time does to work."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground import clock
from evenkeel.ground.jobs import job

from .filling import price, take_up
from .leases import LAPSE_LIMIT, give_back_lapsed
from .models import Queue


@job(every_s=30)
def give_back_lapsed_leases(now: datetime) -> None:
    """Put items back whose leases have run out, so that counts of what waits are right also where nobody takes."""
    while give_back_lapsed(now=now) == LAPSE_LIMIT:
        pass


@job(every_s=30)
def take_up_what_is_due(now: datetime) -> None:
    """Raise the stored priority of tasks whose time grows short, queue by queue."""
    for queue in Queue.objects.filter(closed_at=None, priority_rule=Queue.RISK, target_s__isnull=False):
        take_up(queue, now=now)


@job()
def price_queue(queue_id: str) -> None:
    """Give a queue's open tasks the priorities that its new rules say."""
    queue = Queue.objects.filter(pk=queue_id).first()
    if queue is not None:
        price(queue, now=clock.now())
