"""What a sampling plan's odds are: its versions, and each day's odds as they were worked out beforehand. Append-only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .sampling import SamplingPlan


class PlanVersion(Entity):
    """A plan's design from a moment on: the odds of everybody, and the layers that raise some. The first is number 1."""

    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    design = models.JSONField(default=dict)
    from_at = models.DateTimeField()
    why = models.CharField(_("why"), max_length=300, blank=True)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["plan", "number"]
        verbose_name = _("version of a sampling plan")
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="quality_plan_version")]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"


class PlanFrame(Entity):
    """The odds that a version gave the decisions of one day (UTC). Worked out from earlier days alone, then never changed:
    with the decisions themselves they say who is drawn.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="frames")
    day = models.DateField()
    odds = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["version", "day"]
        verbose_name = _("odds of a day")
        constraints = [models.UniqueConstraint(fields=["version", "day"], name="quality_frame_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.day}"
