"""Sampling plans, draws, audits' verdicts, and the answers of experts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class SamplingPlan(Entity):
    """Which decisions are audited, with which odds. Poisson by keyed hash: anybody with the salt can replay the draw."""

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="sampling_plans")
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, blank=True, related_name="sampling_plans")
    name = models.CharField(_("name"), max_length=160)
    design = models.CharField(max_length=32, default="poisson")
    rate = models.FloatField(_("share of decisions"))
    salt = models.BigIntegerField()
    is_blind = models.BooleanField(_("auditors see neither the first answer nor the name"), default=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="quality_plan_name"),
            models.CheckConstraint(condition=models.Q(rate__gt=0, rate__lte=1), name="quality_plan_rate"),
        ]

    def __str__(self) -> str:
        return self.name


class Draw(Entity):
    """A decision was drawn for audit, with the odds it had. Append-only."""

    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, related_name="draws")
    decision = models.ForeignKey("work.Decision", on_delete=models.PROTECT, related_name="draws")
    stratum = models.CharField(max_length=80, blank=True)
    pi = models.FloatField()
    u = models.FloatField()
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "decision"], name="quality_draw_once"),
            models.CheckConstraint(condition=models.Q(pi__gt=0, pi__lte=1), name="quality_draw_pi"),
        ]


class AuditTask(Entity):
    """A draw waits for an auditor, is in one's hands, or is done (`verdict` exists). Made with the draw."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="task")
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+")
    auditor = models.ForeignKey("people.Worker", on_delete=models.PROTECT, null=True, related_name="audit_tasks")
    taken_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "id"], name="quality_audit_open", condition=models.Q(closed_at=None)),
        ]


class Verdict(Entity):
    """An auditor's answer about a drawn decision. Append-only; a correction points at the verdict it replaces."""

    ERROR_CLASSES = (
        ("", _("right")),
        ("over_enforcement", _("action on content that is fine")),
        ("under_enforcement", _("violation left alone")),
        ("wrong_selection", _("right in kind, wrong choice")),
        ("technical_error", _("technical error")),
    )

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="verdicts")
    auditor = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="verdicts")
    label = models.CharField(max_length=120)
    is_right = models.BooleanField()
    error_class = models.CharField(max_length=32, choices=ERROR_CLASSES, blank=True)
    comment = models.TextField(blank=True)
    client_key = models.CharField(max_length=64, unique=True)
    audited_at = models.DateTimeField()
    active_ms = models.PositiveIntegerField(null=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")


class ExpertAnswer(Entity):
    """What experts hold to be right about an item. Append-only; a later answer replaces an earlier one."""

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="expert_answers")
    item = models.ForeignKey("work.Item", on_delete=models.PROTECT, related_name="expert_answers")
    label = models.CharField(max_length=120)
    source = models.CharField(max_length=120, blank=True)
    said_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            # One first answer an item; the chain of `replaces` leads to the present one.
            models.UniqueConstraint(fields=["item"], condition=models.Q(replaces=None), name="quality_expert_first"),
        ]
        indexes = [models.Index(fields=["programme", "item"], name="quality_expert_by_item")]
