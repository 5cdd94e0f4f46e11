"""What an error costs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .coding import SEVERITIES


class ErrorCost(Entity):
    """What one wrong decision costs in a programme, by how grave it is: re-work, appeals, credits. Append-only.

    The latest of each severity counts.
    """

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    severity = models.PositiveSmallIntegerField(choices=SEVERITIES)
    cost_cents = models.PositiveIntegerField(_("cost of one error, in cents"))
    currency = models.CharField(_("currency"), max_length=3)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=Q(severity__range=(1, 4)), name="improve_cost_severity")]
