"""Sampling plans, and the decisions they drew."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class SamplingPlan(Entity):
    """Which decisions are audited, with which odds. Poisson by keyed hash: anybody with the salt can replay the draw.

    Its salt and reach never change once it has started. Other odds are another version (`PlanVersion`); `rate` is what the
    present one gives every decision at least.
    """

    # How its draws come about: each decision for itself; the samples of deliveries; chosen by another tool, with known odds.
    POISSON, DELIVERIES, ELSEWHERE = "poisson", "deliveries", "elsewhere"

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
    spreads_evenly = models.BooleanField(_("the last audits are left to whoever audited less today"), default=False)
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
        """Whether its decisions are drawn by us, each for itself; those of other tools come with their odds."""
        return self.design == self.POISSON

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
