"""Appeals of users against decisions. What was ruled is append-only; an overturned decision gets a correction."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .decisions import Decision
from .items import Item
from .programmes import Programme
from .queues import Queue


class AppealRule(Entity):
    """How a queue's appeals are ruled on: by whom, and within how many minutes. A queue without one has the defaults."""

    queue = models.OneToOneField(Queue, on_delete=models.PROTECT, related_name="appeal_rule")
    is_other_team = models.BooleanField(_("by another team"), default=False)
    minutes = models.PositiveIntegerField(_("minutes to rule"), default=1440)


class Appeal(Entity):
    """Somebody outside says that a decision was wrong. `key` is the sender's own, so a repeated send is the same appeal."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="appeals", db_index=False)
    key = models.CharField(_("key"), max_length=200)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="appeals")
    # The decision that is appealed, with what was true of it then.
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="appeals", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    statement = models.TextField(_("what the appellant says"), blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    holder = models.ForeignKey("people.Worker", on_delete=models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="work_appeal_key")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="work_appeal_open", condition=Q(closed_at=None)),
            models.Index(fields=["programme", "-received_at"], name="work_appeal_by_programme"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("work:appeal", args=[self.pk])


class AppealRuling(Entity):
    """What was ruled on an appeal, once. Append-only."""

    UPHELD, OVERTURNED = "upheld", "overturned"
    OUTCOMES = ((UPHELD, _("decision upheld")), (OVERTURNED, _("decision overturned")))

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="ruling")
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    reason = models.TextField(_("reason"))
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    correction = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="ruling")
    ruled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="upheld", correction=None) | Q(outcome="overturned", correction__isnull=False),
                name="work_ruling_correction",
            ),
        ]
