"""How well single people answer, as a job last worked it out from what months of answers and audits came to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class SkillFigure(Entity):
    """Somebody's share of right answers to one kind of content; `side` and `name` are empty for everything together."""

    GOLDS, AUDITS = "golds", "audits"

    worker = models.ForeignKey("people.Worker", on_delete=models.CASCADE, related_name="skill_figures")
    source = models.CharField(max_length=8)
    side = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=300, blank=True)
    # An estimate, as JSON holds it.
    said = models.JSONField()

    class Meta:
        verbose_name = _("figure of somebody's skill")
        constraints = [
            models.UniqueConstraint(fields=["worker", "side", "source", "name"], name="quality_skill_figure"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.source} {self.side} {self.name}".strip()
