"""What SOP checks found in answers. Append-only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .decisions import Decision
from .items import Item
from .queues import Queue


class SopFinding(Entity):
    """A rule was met by an answer. Without a decision the answer was stopped; with one it went ahead in spite of a warning."""

    sop = models.ForeignKey("policy.SopVersion", on_delete=models.PROTECT, related_name="findings")
    rule = models.PositiveSmallIntegerField()
    effect = models.CharField(max_length=8)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="sop_findings")
    label = models.CharField(max_length=120)
    client_key = models.CharField(max_length=64)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = _("finding of an SOP check")
        constraints = [
            models.UniqueConstraint(fields=["client_key", "rule", "sop"], name="work_sop_finding_once"),
        ]
        indexes = [models.Index(fields=["item", "worker"], name="work_sop_finding_by_item")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.label}"
