"""Sampling plans, and the decisions they drew."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class SamplingPlan(Entity):
    """Which decisions are audited, with which odds. Poisson by keyed hash: anybody with the salt can replay the draw.

    Its rate, salt and reach never change once it has started: other odds are another plan.
    """

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="sampling_plans")
    queue = models.ForeignKey(
        "work.Queue", on_delete=models.PROTECT, null=True, blank=True, related_name="sampling_plans"
    )
    name = models.CharField(_("name"), max_length=160)
    # "poisson" is drawn here; "elsewhere" are decisions that another tool chose, with odds that are known.
    design = models.CharField(max_length=32, default="poisson")
    rate = models.FloatField(_("share of decisions"))
    salt = models.BigIntegerField()
    is_blind = models.BooleanField(_("auditors see neither the first answer nor the name"), default=True)
    covers_imports = models.BooleanField(_("decisions that were imported, too"), default=False)
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

    @property
    def is_drawn_here(self) -> bool:
        """Whether its decisions are drawn by us; those of other tools come with their odds."""
        return self.design == "poisson"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:plan", args=[self.pk])


class Draw(Entity):
    """A decision was drawn for audit, with the odds it had. Append-only."""

    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, related_name="draws")
    decision = models.ForeignKey("work.Decision", on_delete=models.PROTECT, related_name="draws")
    stratum = models.CharField(max_length=80, blank=True)
    pi = models.FloatField()
    u = models.FloatField()
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
