"""What came from elsewhere."""

from __future__ import annotations

from django.db import models

from evenkeel.ground.entity import Entity

from .programmes import Programme


class ImportRun(Entity):
    """One import: what came from where, and what was found in it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="imports")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    files = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "digest"], name="work_import_once")]
