"""Which queue an item goes to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .programmes import Programme
from .queues import Queue


class RoutingRule(Entity):
    """Items that fit the condition go to the queue; the first rule that fits counts, the default comes last.

    A rule that is changed or dropped ends and stays: tasks point at the rule that put them where they are.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="routing_rules", db_index=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="routing_rules", verbose_name=_("queue"))
    title = models.CharField(_("title"), max_length=160)
    place = models.PositiveIntegerField()
    # Checked by `work.rules.routing.check_condition` before it is stored.
    condition = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "place"], condition=Q(ended_at=None, is_default=False), name="work_route_place"
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(ended_at=None, is_default=True), name="work_route_default"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("work:routing", args=[self.programme_id])
