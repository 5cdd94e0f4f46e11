"""Audits of drawn decisions, and their verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .sampling import Draw

if TYPE_CHECKING:
    from datetime import datetime


# How the keys of verdicts begin that settled a dispute.
BY_DISPUTE = "dispute-"


class AuditTask(Entity):
    """A draw waits for an auditor, is in one's hands, or is done (`closed_at`). Made with the draw."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="task")
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # Copied from the decision, so that the queue of audits is cut without a join and nobody audits herself.
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    # No index over all that she ever judged: what is asked is what she has in hand.
    auditor = models.ForeignKey(
        "people.Worker", on_delete=models.PROTECT, null=True, related_name="audit_tasks", db_index=False
    )
    taken_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        indexes = [
            models.Index(fields=["programme", "id"], name="quality_audit_open", condition=Q(closed_at=None)),
            models.Index(fields=["auditor", "id"], name="quality_audit_in_hand", condition=Q(closed_at=None)),
            # Of all programmes together, the oldest first.
            models.Index(fields=["id"], name="quality_audit_waiting", condition=Q(closed_at=None)),
            # When somebody was last looked at.
            models.Index(fields=["programme", "worker", "closed_at"], name="quality_audit_looked"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(auditor=models.F("worker")), name="quality_audit_not_own"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def is_held_by(self, worker_id: object, *, now: datetime) -> bool:
        """Whether it is in this auditor's hands now."""
        return self.auditor_id == worker_id and self.expires_at is not None and self.expires_at > now


class Verdict(Entity):
    """An auditor's answer about a drawn decision. Append-only; a correction points at the verdict it replaces."""

    ERROR_CLASSES = (
        ("", _("right")),
        ("over_enforcement", _("action on content that is fine")),
        ("under_enforcement", _("violation left alone")),
        ("wrong_selection", _("right in kind, wrong choice")),
        ("technical_error", _("technical error")),
    )

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="verdicts", db_index=False)
    auditor = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="verdicts", db_index=False)
    label = models.CharField(max_length=120)
    answer = models.JSONField(default=dict)
    is_right = models.BooleanField()
    error_class = models.CharField(max_length=32, choices=ERROR_CLASSES, blank=True)
    comment = models.TextField(blank=True)
    client_key = models.CharField(max_length=64, unique=True)
    audited_at = models.DateTimeField()
    active_ms = models.PositiveIntegerField(null=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    # Experts did not agree on its clause then: it counts for the policy, and no figure of a person holds it. Empty before
    # that was asked.
    counts_for_policy = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        indexes = [
            models.Index(fields=["auditor", "audited_at"], name="quality_verdict_by_auditor"),
            models.Index(fields=["draw", "auditor"], name="quality_verdict_of_draw"),
        ]
        constraints = [
            # One first verdict a draw; the chain of `corrects` leads to the present one.
            models.UniqueConstraint(fields=["draw"], condition=Q(corrects=None), name="quality_verdict_first"),
            models.CheckConstraint(
                condition=Q(is_right=True, error_class="") | (Q(is_right=False) & ~Q(error_class="")),
                name="quality_verdict_error",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_by_dispute(self) -> bool:
        """Whether an arbitrator gave it: her word settles the finding, and is no audit of hers."""
        return self.client_key.startswith(BY_DISPUTE)
