"""What stood open as a day ended: counted once, from the tasks' own moments, so that it may be done late."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from evenkeel.ground import log
from evenkeel.kernel import LogHistogram

from .facts import OPEN_ITEMS, open_rows
from .models import OpenCount, Queue, Task

_LOOK_BACK = 7


def count_open(now: datetime) -> int:
    """Count every day that is over (UTC) and not yet counted, up to a week back; returns how many queues were counted."""
    yesterday = now.astimezone(UTC).date() - timedelta(days=1)
    last = OpenCount.objects.aggregate(last=Max("day"))["last"]
    first = max(last + timedelta(days=1), yesterday - timedelta(days=_LOOK_BACK)) if last else yesterday
    return sum(count_day(first + timedelta(days=number)) for number in range((yesterday - first).days + 1))


def count_day(day: date) -> int:
    """Count what stood open at the end of one day in each queue that was open then. A day that was counted is left alone."""
    end = datetime.combine(day, time(), tzinfo=UTC) + timedelta(days=1)
    with transaction.atomic():
        if OpenCount.objects.filter(day=day).exists():
            return 0
        queues = list(Queue.objects.filter(Q(closed_at=None) | Q(closed_at__gte=end), created_at__lt=end))
        ages, overdue = _open_tasks([queue.pk for queue in queues], end)
        made = [
            OpenCount(
                queue=queue,
                day=day,
                at=end - timedelta(microseconds=1),
                items=len(ages[queue.pk]),
                overdue=overdue[queue.pk],
                oldest_s=max(ages[queue.pk], default=0.0),
                ages=LogHistogram.of(ages[queue.pk]).to_list(),
            )
            for queue in queues
        ]
        OpenCount.objects.bulk_create(made)
        log.append(OPEN_ITEMS, [row for counted in made for row in open_rows(counted)])
        return len(made)


def _open_tasks(queues: list[UUID], end: datetime) -> tuple[dict[UUID, list[float]], dict[UUID, int]]:
    """How long each task had waited that was open then, and how many were past their target, by queue."""
    ages: defaultdict[UUID, list[float]] = defaultdict(list)
    overdue: defaultdict[UUID, int] = defaultdict(int)
    rows = Task.objects.filter(Q(closed_at=None) | Q(closed_at__gte=end), queue__in=queues, created_at__lt=end)
    asked = rows.order_by().values_list("queue", "created_at", "due_at")
    for queue, created_at, due_at in asked.iterator(chunk_size=20_000):
        ages[queue].append((end - created_at).total_seconds())
        overdue[queue] += due_at is not None and due_at < end
    return ages, overdue
