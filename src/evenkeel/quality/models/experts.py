"""What experts hold to be right."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class ExpertAnswer(Entity):
    """What experts hold to be right about an item. Append-only; a later answer replaces an earlier one."""

    programme = models.ForeignKey(
        "work.Programme", on_delete=models.PROTECT, related_name="expert_answers", db_index=False
    )
    item = models.ForeignKey("work.Item", on_delete=models.PROTECT, related_name="expert_answers", db_index=False)
    label = models.CharField(max_length=120)
    source = models.CharField(max_length=120, blank=True)
    said_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("expert answer")
        verbose_name_plural = _("expert answers")
        constraints = [
            # One first answer an item; the chain of `replaces` leads to the present one.
            models.UniqueConstraint(fields=["item"], condition=Q(replaces=None), name="quality_expert_first"),
        ]
        indexes = [
            models.Index(fields=["programme", "item"], name="quality_expert_by_item"),
            models.Index(fields=["item", "id"], name="quality_expert_chain"),
        ]

    def __str__(self) -> str:
        return self.label
