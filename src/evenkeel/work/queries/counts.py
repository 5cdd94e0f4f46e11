"""The two numbers of a desk: what waits in its queue, and what she has decided there today.

They are asked with every hand-out, so neither may grow dearer with the queue or with the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from evenkeel.ground.shapes import Shape, gather

from ..handout import with_room
from ..models import Decision, Lease, Queue, Task

K = TypeVar("K")
V = TypeVar("V")
# Beyond this nobody at a desk cares how many more; counting on would cost more than the hand-out itself.
COUNTED = 1_000
_MANY_FOR = timedelta(seconds=5)
# Whoever decided earlier than this has her decision written by now, however busy the database.
_WRITTEN_AFTER = timedelta(seconds=15)
_MOST = 20_000

# What this process counted last. A day's decisions beyond their undo window stand for good, so they are counted once; a
# queue where a thousand waited a moment ago has many still.
_settled: dict[_Day, tuple[datetime, int]] = {}
_many: dict[UUID, datetime] = {}


class _Day(NamedTuple):
    worker: UUID
    queue: UUID
    midnight: datetime
    undo_s: int


def desk_counts(worker_id: UUID, queue: Queue, *, held: Sequence[Lease], now: datetime) -> tuple[int, int]:
    """What waits for a decision in a queue and is in nobody else's hands, counted up to 1,000; what she decided there today.

    Today is that of the zone in which the page is read; `held` is what she holds of the queue, with its tasks.
    """
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    day = _Day(worker_id, queue.pk, midnight, queue.undo_s)
    since, before = _settled.get(day, (midnight, 0))
    until = now - timedelta(seconds=queue.undo_s) - _WRITTEN_AFTER
    # Counted anew only when the part that still moves has grown to twice what it must be.
    settles = until - since > now - until
    asked = [_TODAY.counted(worker=worker_id, queue=queue.pk, since=until if settles else since)]
    if settles:
        asked.append(_UNTIL.counted(worker=worker_id, queue=queue.pk, since=since, until=until))
    is_many = now - _MANY_FOR <= _many.get(queue.pk, midnight) <= now
    if not is_many:
        asked.append(_OPEN.counted(queue=queue.pk))
    counts = gather(*asked)
    if not is_many:
        waiting = counts.pop()
        if waiting >= COUNTED:
            _remember(_many, queue.pk, now)
    if settles:
        before += counts.pop()
        _remember(_settled, day, (until, before))
    return COUNTED if is_many else min(
        COUNTED, waiting + sum(not lease.task.has_room for lease in held)
    ), before + counts[0]


def _remember(kept: dict[K, V], key: K, value: V) -> None:
    if len(kept) > _MOST:
        kept.clear()
    kept[key] = value


def _standing(*, worker: UUID, queue: UUID, since: datetime, until: datetime | None = None) -> QuerySet[Decision]:
    found = Decision.objects.filter(worker=worker, queue=queue, decided_at__gte=since, taken_back=None)
    return (found if until is None else found.filter(decided_at__lt=until)).only("pk")


def _open(*, queue: UUID) -> QuerySet[Task]:
    # In the order of hand-out, for which there is an index of just these.
    return with_room(queue).order_by("-priority", "id").only("pk")[:COUNTED]


_TODAY, _UNTIL, _OPEN = Shape(_standing), Shape(_standing), Shape(_open)
