"""Tasks and leases: what waits, and what is in whose hands."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .forms import FormVersion
from .items import Item
from .queues import Queue
from .routing import RoutingRule


class Task(Entity):
    """An item in a queue. It has room for `wanted` less those `decided` and those `leased`.

    `priority` orders the hand-out and is stored, so that the desk's query walks an index (`rules.priority`). It doubles with
    each step of `urgency` as `due_at` comes near; a job takes tasks from step to step. `given` is what was said when it came.
    """

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    # As the item says it: hand-out walks an index per language instead of reading past what others speak.
    language = models.CharField(max_length=12, blank=True, default="")
    priority = models.FloatField(default=0)
    given = models.FloatField(default=0)
    urgency = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    routed_by = models.ForeignKey(RoutingRule, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    wanted = models.PositiveSmallIntegerField(default=1)
    decided = models.PositiveSmallIntegerField(default=0)
    leased = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue", "item"], name="work_task_once"),
            # A task is never decided or handed out beyond its overlap, whatever the code does.
            models.CheckConstraint(condition=Q(wanted__gte=F("decided") + F("leased")), name="work_task_overlap"),
        ]
        indexes = [
            models.Index(
                fields=["queue", "-priority", "id"],
                name="work_task_open",
                condition=Q(closed_at=None) & Q(wanted__gt=F("decided") + F("leased")),
            ),
            models.Index(
                fields=["queue", "language", "-priority", "id"],
                name="work_task_spoken",
                condition=Q(closed_at=None) & Q(wanted__gt=F("decided") + F("leased")),
            ),
            models.Index(fields=["item"], name="work_task_by_item"),
            models.Index(
                fields=["queue", "urgency", "due_at"],
                name="work_task_due",
                condition=Q(closed_at=None) & Q(due_at__isnull=False),
            ),
        ]

    @property
    def has_room(self) -> bool:
        """Whether it wants more decisions than it has and than are under way."""
        return self.wanted > self.decided + self.leased


class Lease(Entity):
    """A task is in somebody's hands until `expires_at`; it ends by a decision, a return, a skip, or time."""

    DECIDED, RETURNED, SKIPPED, LAPSED = "decided", "returned", "skipped", "lapsed"
    # The worker's place at the task stays taken: while her question is open, or while a tier has the item.
    ASIDE, RAISED = "aside", "raised"
    KEPT = (ASIDE, RAISED)
    ENDINGS = (
        (DECIDED, _("decided")),
        (RETURNED, _("given back")),
        (SKIPPED, _("skipped")),
        (LAPSED, _("lapsed")),
        (ASIDE, _("put aside")),
        (RAISED, _("handed up")),
    )

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="leases", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="leases", db_index=False)
    # The question that was shown; a form published meanwhile asks the next ones.
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Planted: its item did not come in turn. The task whose place it took, in whose order it is shown; its own where it
    # took nobody's.
    planted = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=8, choices=ENDINGS, blank=True)

    class Meta:
        constraints = [
            # The worker first: the same index finds what she has in hand.
            models.UniqueConstraint(fields=["worker", "task"], condition=Q(ended_at=None), name="work_lease_once"),
        ]
        # No more than these: each lease is entered in all of them when it is taken, and in the lasting ones when it ends.
        indexes = [
            models.Index(fields=["expires_at"], name="work_lease_running", condition=Q(ended_at=None)),
            models.Index(fields=["task", "worker"], name="work_lease_by_task"),
        ]
