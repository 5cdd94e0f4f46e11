"""Changes to many tasks at once: who wants what of which, who agreed, and what each task was before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .programmes import Programme
from .queues import Queue
from .tasks import Task


class BulkAct(Entity):
    """One change to many tasks. Its rows are fixed when it is asked for, so what was previewed is what is touched."""

    CLOSE, REOPEN, REROUTE, PRIORITISE, REVERSE = "close", "reopen", "reroute", "prioritise", "reverse"
    VERBS = (
        (CLOSE, _("close")),
        (REOPEN, _("re-open")),
        (REROUTE, _("re-route")),
        (PRIORITISE, _("re-prioritise")),
        (REVERSE, _("reverse")),
    )
    STATES = (
        ("held", _("waits for a second person")),
        ("queued", _("waits its turn")),
        ("running", _("is under way")),
        ("done", _("done")),
        ("refused", _("refused")),
        ("expired", _("lapsed")),
        ("withdrawn", _("withdrawn")),
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bulk_acts")
    verb = models.CharField(max_length=12, choices=VERBS)
    selection = models.JSONField(default=dict)
    to_queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    priority = models.FloatField(null=True)
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversals")
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=STATES)
    total = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("bulk act")
        verbose_name_plural = _("bulk acts")
        constraints = [
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(state__in=["held", "queued", "running", "done"]),
                name="work_bulk_reversed_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="work_bulk_waiting")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.reason}"

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "refused", "expired", "withdrawn")

    def get_absolute_url(self) -> str:
        return reverse("work:bulk-act", args=[self.pk])


class BulkRow(Entity):
    """One task of a bulk act: what it was and what it became, or why it was left."""

    act = models.ForeignKey(BulkAct, on_delete=models.PROTECT, related_name="rows", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(
        max_length=8, blank=True, choices=(("", _("waits")), ("changed", _("changed")), ("left", _("left as it was")))
    )
    why = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("task of a bulk act")
        verbose_name_plural = _("tasks of bulk acts")
        constraints = [models.UniqueConstraint(fields=["act", "task"], name="work_bulk_row_once")]
        indexes = [models.Index(fields=["act", "outcome", "id"], name="work_bulk_row_next")]
