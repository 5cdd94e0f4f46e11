"""How much may wait in a queue before the floor calls for hands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class BacklogTarget(Entity):
    """So many items may wait in a queue. Whoever set it before stands in the trail."""

    queue = models.OneToOneField("work.Queue", on_delete=models.CASCADE, related_name="backlog_target")
    most = models.PositiveIntegerField(_("items that may wait"))
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("backlog target")
        verbose_name_plural = _("backlog targets")
        constraints = [models.CheckConstraint(condition=Q(most__gte=1), name="planning_backlog_most")]
