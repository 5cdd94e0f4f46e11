"""Who is kept from a queue for a time, and why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .queues import Queue


class RoutedAway(Entity):
    """A worker gets nothing from a queue until `ended_at`. `why` and `way_back` are what she and whoever asks are told."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="routed_away", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="routed_away", db_index=False)
    why = models.CharField(_("why"), max_length=300)
    way_back = models.CharField(_("way back"), max_length=300)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "worker"], condition=Q(ended_at=None), name="work_routed_away_once"
            )
        ]

    def __str__(self) -> str:
        return self.why
