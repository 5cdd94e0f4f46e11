"""Looks at how work came about: what a detector found unlikely. A look is no verdict; what came of it stands beside it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

DISPOSITIONS: tuple[tuple[str, Any], ...] = (
    ("nothing", _("nothing to see")),
    ("explained", _("explained by the work or the tool")),
    ("talk", _("talked about, help agreed")),
    ("confirmed", _("confirmed, handed to whoever answers for her")),
)


class IntegrityRun(Entity):
    """The detectors ran once over a week (Monday to Sunday, UTC) and the three before it. Append-only."""

    week_on = models.DateField(unique=True)
    people = models.PositiveIntegerField()
    # The chance below which a look opens, and how many chances each detector gave.
    limit = models.FloatField()
    tested = models.JSONField(default=dict)
    ran_at = models.DateTimeField()

    class Meta:
        verbose_name = _("run of the detectors")


class IntegrityLook(Entity):
    """Something about somebody's work is unlikely without a cause that is worth a look. Nobody is told but who looks."""

    run = models.ForeignKey(IntegrityRun, on_delete=models.PROTECT, related_name="looks")
    detector = models.CharField(max_length=40)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    chance = models.FloatField()
    evidence = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    taken_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("look to take")
        verbose_name_plural = _("looks to take")
        constraints = [
            models.UniqueConstraint(
                fields=["detector", "worker"], condition=Q(closed_at=None), name="quality_look_once"
            ),
            models.UniqueConstraint(fields=["run", "detector", "worker"], name="quality_look_a_run"),
        ]
        indexes = [models.Index(fields=["worker", "detector", "closed_at"], name="quality_look_of")]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:look", args=[self.pk])


class LookOutcome(Entity):
    """What somebody who looked holds to be so, with the reason. Append-only."""

    look = models.OneToOneField(IntegrityLook, on_delete=models.PROTECT, related_name="outcome")
    disposition = models.CharField(max_length=12, choices=DISPOSITIONS)
    reason = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("outcome of a look")
