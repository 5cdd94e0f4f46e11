"""What an investigation was opened from, when not from a signal."""

from __future__ import annotations

from django.db import models

from evenkeel.ground.entity import Entity

from .investigations import Investigation


class InvestigationSource(Entity):
    """An incident, a cluster of disputes, or anything else that has a kind, an id and a page. Append-only."""

    investigation = models.OneToOneField(Investigation, on_delete=models.PROTECT, related_name="source")
    kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="improve_source_once")]

    def __str__(self) -> str:
        return self.title
