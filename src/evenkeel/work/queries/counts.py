"""The two numbers of a desk: what waits in its queue, and what she has decided there today.

They are asked with every hand-out, so neither may grow dearer with the queue or with the day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from evenkeel.ground.shapes import Shape, checked, together

from ..handout import with_room
from ..models import Decision, Lease, Queue, Task

K = TypeVar("K")
V = TypeVar("V")
# Beyond this nobody at a desk cares how many more; counting on would cost more than the hand-out itself.
COUNTED = 1_000
_MANY_FOR = timedelta(seconds=5)
# Whoever decided earlier than this has her decision written by now, however busy the database.
_WRITTEN_AFTER = timedelta(seconds=15)
# And nearly always she has it earlier than this: so far back is looked with every hand-out, further once a quarter minute.
_WRITTEN_SOON = timedelta(seconds=2)
_MOST = 20_000

# What this process counted last. A day's decisions beyond their undo window stand for good, so they are counted once; a
# queue where a thousand waited a moment ago has many still.
_settled: dict[_Day, _Settled] = {}
_many: dict[UUID, datetime] = {}


class _Day(NamedTuple):
    worker: UUID
    queue: UUID
    midnight: datetime
    undo_s: int


class _Settled(NamedTuple):
    """Counted for good up to `until`; and up to `soon`, unless some decision took long to be written."""

    until: datetime
    n: int
    soon: datetime
    n_soon: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The two numbers, under way; `told` once what was asked is answered."""

    _ask_waiting: Callable[[], int] | None
    _ask_since: Callable[[], int]
    _ask_settled: Callable[[], int] | None
    _day: _Day
    _before: _Settled
    _until: datetime
    _now: datetime
    _is_anew: bool

    def told(self, held: Sequence[Lease]) -> tuple[int, int]:
        """What waits for a decision in the queue and is in nobody else's hands, counted up to 1,000; what she decided today.

        `held` is what she holds of the queue, with its tasks.
        """
        waiting = COUNTED
        if self._ask_waiting is not None:
            waiting = self._ask_waiting()
            if waiting >= COUNTED:
                _remember(_many, self._day.queue, self._now)
            waiting = min(COUNTED, waiting + sum(not lease.task.has_room for lease in held if lease.planted_id is None))
        before, settled = self._before, 0
        if self._ask_settled is not None:
            settled = self._ask_settled()
            until, soon = (self._until, self._until) if self._is_anew else (before.until, self._until)
            n_soon = (before.n if self._is_anew else before.n_soon) + settled
            _remember(_settled, self._day, _Settled(until, n_soon if self._is_anew else before.n, soon, n_soon))
        return waiting, (before.n if self._is_anew else before.n_soon) + settled + self._ask_since()


def desk_counts(worker_id: UUID, queue: Queue, *, held: Sequence[Lease], now: datetime) -> tuple[int, int]:
    """Both numbers at once; today is that of the zone in which the page is read."""
    with together():
        counts = begin_counts(worker_id, queue, now=now)
    return counts.told(held)


def begin_counts(worker_id: UUID, queue: Queue, *, now: datetime) -> Counts:
    """Ask for both numbers along with whatever else is under way (`together`)."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    day = _Day(worker_id, queue.pk, midnight, queue.undo_s)
    before = _settled.get(day, _Settled(midnight, 0, midnight, 0))
    stands = now - timedelta(seconds=queue.undo_s)
    # Anew from what is certain, only when the part that still moves has grown to twice what it must be; from what is nearly
    # so in between.
    until = stands - _WRITTEN_AFTER
    is_anew = until - before.until > now - until
    if not is_anew:
        until = stands - _WRITTEN_SOON
    settles = is_anew or until - before.soon > now - until
    since = before.until if is_anew else before.soon
    asked: dict[str, Any] = {"worker": worker_id, "queue": queue.pk}
    is_many = now - _MANY_FOR <= _many.get(queue.pk, midnight) <= now
    return Counts(
        _ask_waiting=None if is_many else _OPEN.counted(queue=queue.pk).sent(),
        _ask_since=_TODAY.counted(**asked, since=until if settles else since).sent(),
        _ask_settled=_UNTIL.counted(**asked, since=since, until=until).sent() if settles else None,
        _day=day,
        _before=before,
        _until=until,
        _now=now,
        _is_anew=is_anew,
    )


def _remember(kept: dict[K, V], key: K, value: V) -> None:
    if len(kept) > _MOST:
        kept.clear()
    kept[key] = value


def _standing(*, worker: UUID, queue: UUID, since: datetime, until: datetime | None = None) -> QuerySet[Decision]:
    # By the worker's decisions, which are fewer than the queue's.
    hers = Decision.objects.alias(within=checked("queue_id")).filter(worker=worker, decided_at__gte=since)
    found = hers.filter(within=queue, taken_back=None)
    return (found if until is None else found.filter(decided_at__lt=until)).only("pk")


def _open(*, queue: UUID) -> QuerySet[Task]:
    # In the order of hand-out, for which there is an index of just these.
    return with_room(queue).order_by("-priority", "id").only("pk")[:COUNTED]


_TODAY, _UNTIL, _OPEN = Shape(_standing), Shape(_standing), Shape(_open)
