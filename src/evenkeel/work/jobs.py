"""What time does to work."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.jobs import job

from .backlog import count_open
from .bulk_running import take_up_bulk
from .event_telling import tell_of_begun, tell_of_ended
from .filling import price, take_up
from .leases import LAPSE_LIMIT, give_back_lapsed
from .models import Queue
from .models_seen import read_new_items
from .overdue import notice_overdue_escalations, notice_overdue_restricted
from .transfers.running import take_up as take_up_files
from .webhooks import send_due


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
def price_queue(queue_id: str, now: str) -> None:
    """Give a queue's open tasks the priorities that its new rules say."""
    queue = Queue.objects.filter(pk=queue_id).first()
    if queue is not None:
        price(queue, now=datetime.fromisoformat(now))


@job(every_s=60)
def notice_overdue(now: datetime) -> None:
    """Tell owners, once a tier, of escalations and restricted items whose clock has run out."""
    notice_overdue_escalations(now)
    notice_overdue_restricted(now)


@job(every_s=10)
def send_webhooks(now: datetime) -> None:
    """Tell other systems what they wait for; a message that does not arrive is tried again, ever more rarely."""
    send_due(now)


@job(every_s=30)
def tell_of_event_modes(now: datetime) -> None:
    """Tell people that an event mode has begun or is over. Whether one holds, the clock says, with or without this job."""
    tell_of_begun(now)
    tell_of_ended(now)


@job(every_s=60)
def take_up_transfers(now: datetime) -> None:
    """Go on with imports and exports that were ordered and whose process died; let go of exported files after a week."""
    take_up_files(now)


@job(every_s=60)
def take_up_bulk_acts(now: datetime) -> None:
    """Let bulk acts lapse to which nobody agreed in time; go on with those whose process died."""
    take_up_bulk(now)


@job(every_s=3600)
def count_backlog(now: datetime) -> None:
    """Count what stood open in each queue as the last day ended (UTC), once."""
    count_open(now)


@job(every_s=600)
def note_models_of_items(now: datetime) -> None:
    """Note which models spoke of the items that came in, for the change log."""
    read_new_items()
