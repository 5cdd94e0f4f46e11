"""What time does to people's time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.jobs import job

from .acts.time import note_downtime, rest
from .models import Heartbeat, TimeSpan
from .rules.timeline import AT_THE_TOOL, IDLE

# Whoever is idle for so long has gone home; in any other state, such as a day's training, it takes half a day.
_GONE_AFTER, _FORGOTTEN_AFTER = timedelta(hours=2), timedelta(hours=12)
# Nothing ran for longer than this: the system was down. Longer than that, people had gone home.
_DOWN_AFTER, _CLOSED_AFTER = timedelta(minutes=5), timedelta(hours=2)
_MOST = 1_000


@job(every_s=60)
def watch_the_clock(now: datetime) -> None:
    """Note how long the system was down; find who is idle, and who forgot to go off duty, dated back to the last sign."""
    _beat(now)
    clock = Actor.system("clock")
    idle_after = timedelta(minutes=settings.EVENKEEL.idle_after_min)
    spans = TimeSpan.objects.filter(ended_at=None).select_related("worker__presence")
    at_the_tool = spans.filter(state__in=AT_THE_TOOL, began_at__lte=now - idle_after)
    gone = spans.filter(state=IDLE, began_at__lte=now - _GONE_AFTER)
    forgotten = spans.exclude(state=IDLE).filter(began_at__lte=now - _FORGOTTEN_AFTER)
    for rows, silence, is_over in (
        (forgotten, _FORGOTTEN_AFTER, True),
        (gone, _GONE_AFTER, True),
        (at_the_tool, idle_after, False),
    ):
        for span in rows.order_by("began_at")[:_MOST]:
            presence = getattr(span.worker, "presence", None)
            seen_at = presence.seen_at if presence is not None else None
            if seen_at is None or seen_at <= now - silence:
                rest(clock, worker=span.worker, seen_at=seen_at, is_over=is_over, now=now)


def _beat(now: datetime) -> None:
    last = Heartbeat.objects.order_by("pk").first()
    if last is None:
        Heartbeat.objects.create(at=now)
        return
    silent = now - last.at
    if _DOWN_AFTER < silent <= _CLOSED_AFTER:
        note_downtime(
            Actor.system("clock"), began_at=last.at, ended_at=now, reason=_("Nothing ran in this time."), now=now
        )
    if silent > timedelta(0):
        Heartbeat.objects.filter(pk=last.pk).update(at=now)
