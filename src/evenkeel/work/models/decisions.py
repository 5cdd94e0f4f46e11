"""Decisions. Append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .forms import FormVersion
from .items import Item
from .programmes import Programme
from .queues import Queue
from .tasks import Task


class Decision(Entity):
    """Somebody's answer about an item. Append-only; it keeps what was true at that moment."""

    ORIGINS = (
        ("desk", _("at the desk")),
        ("api", _("by the API")),
        ("import", _("imported")),
        ("twin", _("simulated")),
        ("tier", _("by a tier")),
        ("appeal", _("on appeal")),
        ("amended", _("by a correction")),
    )
    # Made beside the answers that people give apart from each other: no second opinion.
    JUDGED_APART = ("tier", "appeal")
    # Rulings, not answers of a desk: their makers cannot take them back.
    RULINGS = (*JUDGED_APART, "amended")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="decisions", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="decisions", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="decisions", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    policy_version = models.ForeignKey(
        "policy.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    label = models.CharField(max_length=120)
    answer = models.JSONField(default=dict)
    replicate = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=ORIGINS)
    # Made by the client before it sends: sent twice, stored once.
    client_key = models.CharField(max_length=64, null=True)
    decided_at = models.DateTimeField()
    active_ms = models.PositiveIntegerField(null=True)
    # What was true while it was made. Empty where nobody told: imports, programs, decisions of earlier versions.
    shown_at = models.DateTimeField(null=True)
    first_act_ms = models.PositiveIntegerField(null=True)
    submit_ms = models.PositiveIntegerField(null=True)
    media_acts = models.JSONField(null=True)
    shift_s = models.PositiveIntegerField(null=True)
    exposure_s = models.PositiveIntegerField(null=True)
    client_build = models.CharField(max_length=40, null=True)
    # The other tool it was made in, under the name that its source has here; empty for what was decided here.
    tool = models.CharField(max_length=40, null=True)
    # The item was planted: it says how well somebody answers, and nothing about the item.
    planted = models.BooleanField(null=True)
    # Of a label that was suggested: was it seen before answering, and is it what was answered? Empty where none was there.
    prelabel_seen = models.BooleanField(null=True)
    prelabel_followed = models.BooleanField(null=True)
    # What it was about, as it was then: the item's own words, the queue's target and severity, how long she had been here.
    violates = models.BooleanField(null=True)
    enqueued_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=12, null=True)
    market = models.CharField(max_length=40, null=True)
    item_kind = models.CharField(max_length=32, null=True)
    source = models.CharField(max_length=40, null=True)
    severity = models.PositiveSmallIntegerField(null=True)
    tenure_days = models.PositiveIntegerField(null=True)
    views = models.FloatField(null=True)
    item_pi = models.FloatField(null=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by", db_index=False
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        # By a constraint and not by the field: for a field PostgreSQL would get an index for LIKE besides.
        constraints = [models.UniqueConstraint(fields=["client_key"], name="work_decision_key")]
        indexes = [
            models.Index(fields=["item", "worker"], name="work_decision_by_item"),
            models.Index(fields=["programme", "decided_at", "id"], name="work_decision_by_programme"),
            models.Index(fields=["worker", "decided_at"], name="work_decision_recent"),
            models.Index(
                fields=["queue", "decided_at"], name="work_decision_by_queue", condition=Q(queue__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def turnaround_s(self) -> float | None:
        """From coming into the queue to the decision; None for one that did not come out of a queue."""
        return None if self.enqueued_at is None else max((self.decided_at - self.enqueued_at).total_seconds(), 0.0)

    @property
    def in_time(self) -> bool | None:
        """Whether it was made by its target; None without one."""
        return None if self.due_at is None else self.decided_at <= self.due_at

    def get_absolute_url(self) -> str:
        return reverse("work:decision", args=[self.pk])


class TakenBack(Entity):
    """A decision was taken back within its undo window. Append-only."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="taken_back")
    at = models.DateTimeField()


class Correction(Entity):
    """A decision was put right by somebody else, after its maker's undo window: `second` stands for `first`. Append-only."""

    first = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="correction")
    second = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="correction_made")
    reason = models.TextField()
    at = models.DateTimeField()
