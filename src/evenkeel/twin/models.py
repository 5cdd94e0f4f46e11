"""What-if studies that this install keeps. The organisations that they live through are elsewhere, and gone afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class WhatIfStudy(Entity):
    """A scenario as it is beside variants of it, lived by so many seeds each.

    `scenario` names one that comes along; without it the study is of what was fitted to a programme's days. `for_all` are
    changes that hold for every variant and for what it is compared with.
    """

    title = models.CharField(_("title"), max_length=120)
    scenario = models.CharField(max_length=60, blank=True)
    programme = models.ForeignKey("work.Programme", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    for_all = models.JSONField(default=list, blank=True)
    variants = models.JSONField(default=list)
    seeds = models.PositiveSmallIntegerField(default=3)
    work = models.FloatField(default=1.0)
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    # Of a fitted scenario: its file, and how near its worlds come to the log.
    fitted = models.TextField(blank=True)
    checks = models.JSONField(default=list, blank=True)
    # How often a process was begun since the last result.
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(
        max_length=10, blank=True, choices=[("done", _("done")), ("stopped", _("stopped")), ("failed", _("failed"))]
    )
    said = models.TextField(blank=True)

    class Meta:
        verbose_name = _("what-if study")
        verbose_name_plural = _("what-if studies")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")), name="twin_study_end"
            ),
            models.CheckConstraint(
                condition=(Q(programme=None) & ~Q(scenario="")) | Q(programme__isnull=False, scenario=""),
                name="twin_study_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("twin:study", args=[self.pk])

    @property
    def runs_asked(self) -> int:
        """How many organisations are to be lived through."""
        return int(self.seeds) * (1 + len(self.variants))

    @property
    def state(self) -> str:
        """Open until it is done, stopped or failed."""
        return self.end or "open"


class WhatIfRun(Entity):
    """One organisation lived through and scored. `variant` 0 is the scenario as it is; `lines` are its scores."""

    study = models.ForeignKey(WhatIfStudy, on_delete=models.CASCADE, related_name="runs")
    variant = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    lines = models.JSONField()
    decisions = models.PositiveBigIntegerField()
    audits = models.PositiveBigIntegerField()
    took_s = models.FloatField()
    ended_at = models.DateTimeField()

    class Meta:
        verbose_name = _("run of a what-if study")
        verbose_name_plural = _("runs of a what-if study")
        ordering = ["seed", "variant"]
        constraints = [models.UniqueConstraint(fields=["study", "variant", "seed"], name="twin_run_once")]
