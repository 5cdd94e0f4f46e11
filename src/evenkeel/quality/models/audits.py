"""Sampling plans, draws, audits' verdicts, the answers of experts, and files that were handed in for import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

if TYPE_CHECKING:
    from datetime import datetime


class SamplingPlan(Entity):
    """Which decisions are audited, with which odds. Poisson by keyed hash: anybody with the salt can replay the draw.

    Its salt and reach never change once it has started. Other odds are another version (`PlanVersion`); `rate` is what the
    present one gives every decision at least.
    """

    # How its draws come about: each decision for itself, or the samples of deliveries.
    POISSON, DELIVERIES = "poisson", "deliveries"

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="sampling_plans")
    queue = models.ForeignKey(
        "work.Queue", on_delete=models.PROTECT, null=True, blank=True, related_name="sampling_plans"
    )
    name = models.CharField(_("name"), max_length=160)
    design = models.CharField(max_length=32, default=POISSON)
    rate = models.FloatField(_("share of decisions"))
    salt = models.BigIntegerField()
    is_blind = models.BooleanField(_("auditors see neither the first answer nor the name"), default=True)
    covers_imports = models.BooleanField(_("decisions that were imported, too"), default=False)
    # Who audits what: rules of assignment, which change no odds.
    keeps_teams_apart = models.BooleanField(_("nobody audits her own team"), default=False)
    most_a_person = models.PositiveSmallIntegerField(
        _("audits of one person by one auditor in seven days, at most"), null=True, blank=True
    )
    most_a_day = models.PositiveSmallIntegerField(_("audits an auditor a day, at most"), null=True, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    # How far the drawing has come: every decision up to `cursor` was looked at, and up to `drawn_until` it was final.
    cursor = models.UUIDField(null=True)
    drawn_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("sampling plan")
        verbose_name_plural = _("sampling plans")
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="quality_plan_name"),
            models.CheckConstraint(condition=Q(rate__gt=0, rate__lte=1), name="quality_plan_rate"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Whether it draws decisions that are made now."""
        return self.ended_at is None

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:plan", args=[self.pk])


class Draw(Entity):
    """A decision was drawn for audit, with the odds it had. Append-only."""

    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, related_name="draws")
    decision = models.ForeignKey("work.Decision", on_delete=models.PROTECT, related_name="draws")
    # The layer with the highest odds, and every layer that would have drawn it alone. Empty: everybody's odds did.
    stratum = models.CharField(max_length=80, blank=True)
    layers = models.JSONField(null=True)
    pi = models.FloatField()
    u = models.FloatField()
    # How many plans might have drawn it: its weight is shared among them. 0: a delivery's sample, which no figure counts.
    plans = models.PositiveSmallIntegerField(null=True)
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        constraints = [
            models.UniqueConstraint(fields=["plan", "decision"], name="quality_draw_once"),
            models.CheckConstraint(condition=Q(pi__gt=0, pi__lte=1), name="quality_draw_pi"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        """The record of its audit."""
        return reverse("quality:audit", args=[self.pk])


class AuditTask(Entity):
    """A draw waits for an auditor, is in one's hands, or is done (`closed_at`). Made with the draw."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="task")
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # Copied from the decision, so that the queue of audits is cut without a join and nobody audits herself.
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    auditor = models.ForeignKey("people.Worker", on_delete=models.PROTECT, null=True, related_name="audit_tasks")
    taken_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        indexes = [
            models.Index(fields=["programme", "id"], name="quality_audit_open", condition=Q(closed_at=None)),
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

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        indexes = [models.Index(fields=["auditor", "audited_at"], name="quality_verdict_by_auditor")]
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


class ExpertAnswer(Entity):
    """What experts hold to be right about an item. Append-only; a later answer replaces an earlier one."""

    programme = models.ForeignKey(
        "work.Programme", on_delete=models.PROTECT, related_name="expert_answers", db_index=False
    )
    item = models.ForeignKey("work.Item", on_delete=models.PROTECT, related_name="expert_answers", db_index=False)
    label = models.CharField(max_length=120)
    source = models.CharField(max_length=120, blank=True)
    said_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("expert answer")
        verbose_name_plural = _("expert answers")
        constraints = [
            # One first answer an item; the chain of `replaces` leads to the present one.
            models.UniqueConstraint(fields=["item"], condition=Q(replaces=None), name="quality_expert_first"),
        ]
        indexes = [
            models.Index(fields=["programme", "item"], name="quality_expert_by_item"),
            models.Index(fields=["item", "id"], name="quality_expert_chain"),
        ]

    def __str__(self) -> str:
        return self.label


class LabelUpload(Entity):
    """Files that somebody handed in to have their labels imported, and how that went. The files lie in its folder."""

    STATES = (
        ("checked", _("waits for your word")),
        ("queued", _("waits its turn")),
        ("running", _("is being imported")),
        ("done", _("imported")),
        ("failed", _("not imported")),
        ("withdrawn", _("withdrawn")),
    )

    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    programme_name = models.CharField(_("programme"), max_length=160)
    labels_name = models.CharField(max_length=200)
    items_name = models.CharField(max_length=200, blank=True)
    allowed_labels = models.JSONField(default=list, blank=True)
    ignore = models.JSONField(default=list, blank=True)
    on_repeat = models.CharField(max_length=8, default="keep")
    state = models.CharField(max_length=12, choices=STATES, default="checked")
    report = models.JSONField(null=True)
    run = models.ForeignKey("work.ImportRun", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("file for import")
        verbose_name_plural = _("files for import")
        indexes = [
            models.Index(fields=["state", "created_at"], name="quality_upload_waiting"),
        ]

    def __str__(self) -> str:
        return self.labels_name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:upload", args=[self.pk])
