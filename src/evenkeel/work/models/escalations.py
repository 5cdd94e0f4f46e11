"""Escalations: items that leave a moderator's hands for a tier that decides, hands on, or hands back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .decisions import Decision
from .forms import FormVersion
from .items import Item
from .programmes import Programme
from .queues import Queue
from .tasks import Task


class Tier(Entity):
    """A step of escalation in a programme: whose it is, and within how many minutes.

    `people` names who works it; while nobody is named, everybody does who has the scope here.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="tiers", db_index=False)
    level = models.PositiveSmallIntegerField(_("level"))
    name = models.CharField(_("name"), max_length=160)
    minutes = models.PositiveIntegerField(_("minutes to decide"), default=240)
    people = models.ManyToManyField("people.Person", related_name="+", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "level"]
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        constraints = [
            models.UniqueConstraint(fields=["programme", "level"], name="work_tier_level"),
            models.CheckConstraint(condition=Q(level__gte=1), name="work_tier_from_one"),
        ]

    def __str__(self) -> str:
        return self.name


class Escalation(Entity):
    """A task that was handed up. Its place at the task stays taken until a tier decides or hands it back."""

    OPEN, DECIDED, HANDED_BACK, MOVED = "open", "decided", "handed_back", "moved"
    STATES = (
        (OPEN, _("open")),
        (DECIDED, _("decided")),
        (HANDED_BACK, _("handed back")),
        (MOVED, _("moved to a restricted lane")),
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="escalations", db_index=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="escalations", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="escalations")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="escalations")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Who handed it up, and whose she was then.
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="escalations")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(_("reason"), max_length=40)
    raised_at = models.DateTimeField()
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="escalations", db_index=False)
    due_at = models.DateTimeField()
    overdue_at = models.DateTimeField(null=True)
    holder = models.ForeignKey("people.Worker", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    held_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=STATES, default=OPEN)
    closed_at = models.DateTimeField(null=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="escalation")

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "worker"], condition=Q(closed_at=None), name="work_escalation_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "-raised_at"], name="work_escalation_by_programme"),
            models.Index(fields=["due_at"], name="work_escalation_clock", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.tier}"

    def get_absolute_url(self) -> str:
        return reverse("work:escalation", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class EscalationStep(Entity):
    """What happened to an escalation. Append-only."""

    KINDS = (
        ("raised", _("handed up by the moderator")),
        ("taken", _("taken on")),
        ("handed_up", _("handed up")),
        ("handed_back", _("handed back with advice")),
        ("decided", _("decided")),
        ("overdue", _("overdue")),
        ("moved", _("moved to a restricted lane")),
    )

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=KINDS)
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
