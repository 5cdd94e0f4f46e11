"""Audits of audits: a share of verdicts is judged a second time, blind, and an expert settles what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .audits import Verdict
from .sampling import Draw, SamplingPlan

if TYPE_CHECKING:
    from datetime import datetime


class CheckRule(Entity):
    """With which odds a plan's verdicts are audited again, from a moment on. Append-only; the latest counts.

    The odds may differ by what the verdict said: wrong decisions are few, and how well auditors find them needs cases.
    """

    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, related_name="check_rules")
    share_right = models.FloatField(_("of verdicts that found the decision right"))
    share_wrong = models.FloatField(_("of verdicts that found it wrong"))
    # Pairs that agree may both be wrong: with these odds an expert looks at them too.
    settle_agreed = models.FloatField(_("of pairs that agree, to an expert all the same"))
    salt = models.BigIntegerField()
    from_at = models.DateTimeField()
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["plan", "id"]
        verbose_name = _("rule of second audits")
        constraints = [
            models.CheckConstraint(
                condition=Q(share_right__gte=0, share_right__lte=1, share_wrong__gte=0, share_wrong__lte=1),
                name="quality_check_shares",
            ),
            models.CheckConstraint(condition=Q(settle_agreed__gt=0, settle_agreed__lte=1), name="quality_check_settle"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AuditCheck(Entity):
    """A verdict was drawn to be audited again. It waits for a second auditor, then perhaps for an expert, and is done."""

    SECOND, EXPERT, DONE = "second", "expert", "done"
    STAGES = (
        (SECOND, _("waits for a second auditor")),
        (EXPERT, _("waits for an expert")),
        (DONE, _("done")),
    )

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="audit_check")
    rule = models.ForeignKey(CheckRule, on_delete=models.PROTECT, related_name="checks")
    # The verdict that was drawn; once the second answer is there, the one that stood then.
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="checks", db_index=False)
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # Who decided, who audited first and second: none of them may look (again).
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    first = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey("people.Worker", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    pi = models.FloatField()
    u = models.FloatField()
    # The odds with which an expert was asked: 1 where the two differ.
    settle_pi = models.FloatField(null=True)
    stage = models.CharField(max_length=8, choices=STAGES, default=SECOND)
    drawn_at = models.DateTimeField()
    holder = models.ForeignKey("people.Worker", on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("second audit")
        verbose_name_plural = _("second audits")
        indexes = [
            models.Index(fields=["stage", "id"], name="quality_check_open", condition=~Q(stage="done")),
            models.Index(fields=["programme", "drawn_at"], name="quality_check_drawn"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(holder=F("first")) & ~Q(holder=F("worker")) & ~Q(holder=F("second")),
                name="quality_check_other_person",
            ),
            models.CheckConstraint(condition=Q(pi__gt=0, pi__lte=1), name="quality_check_pi"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def is_held_by(self, worker_id: object, *, now: datetime) -> bool:
        """Whether it is in this person's hands now."""
        return self.holder_id == worker_id and self.expires_at is not None and self.expires_at > now


class CheckAnswer(Entity):
    """A second auditor's or an expert's answer about a drawn verdict's decision. Append-only."""

    audit_check = models.ForeignKey(AuditCheck, on_delete=models.PROTECT, related_name="answers", db_index=False)
    stage = models.CharField(max_length=8, choices=AuditCheck.STAGES)
    by = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120)
    answer = models.JSONField(default=dict)
    is_right = models.BooleanField()
    error_class = models.CharField(max_length=32, choices=Verdict.ERROR_CLASSES, blank=True)
    comment = models.TextField(blank=True)
    client_key = models.CharField(max_length=64, unique=True)
    given_at = models.DateTimeField()
    active_ms = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("answer of a second audit")
        constraints = [models.UniqueConstraint(fields=["audit_check", "stage"], name="quality_check_answer_once")]

    def __str__(self) -> str:
        return self.label
