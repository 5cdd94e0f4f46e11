"""The exposure ledger and its limits. Nothing here can be joined to performance, pay or scorecards."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class Exposure(Entity):
    """A worker looked at content of a severity for so long. Append-only."""

    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seconds = models.FloatField()
    severity = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["worker", "at"], name="wellness_exposure_by_worker")]


class ExposureLimit(Entity):
    """An organisation's limit: at most so many minutes a day of content of this severity or worse."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    severity_from = models.PositiveSmallIntegerField(_("severity from"))
    minutes_a_day = models.PositiveIntegerField(_("minutes a day"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "severity_from"], name="wellness_limit_once"),
        ]
        ordering = ["organisation", "severity_from"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.severity_from}+: {self.minutes_a_day}"


class ExposureTotal(Entity):
    """What a group of five people or more saw in a day. Made once, of no fewer people: nobody is told of. Append-only."""

    day = models.DateField()
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    people = models.PositiveIntegerField()
    seconds = models.FloatField()
    severe_seconds = models.FloatField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(people__gte=5), name="wellness_total_enough"),
        ]
        indexes = [models.Index(fields=["day"], name="wellness_total_by_day")]
