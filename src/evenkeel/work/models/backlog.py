"""What stood open, day by day. Append-only."""

from __future__ import annotations

from django.db import models

from evenkeel.ground.entity import Entity

from .queues import Queue


class OpenCount(Entity):
    """What stood open in a queue as a day ended: how many, how many past their target, the oldest, and a histogram of ages."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    items = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    oldest_s = models.FloatField()
    # Of ages in seconds, as `kernel.LogHistogram` keeps it.
    ages = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "queue"], name="work_open_count_once")]
