"""Deliveries of a vendor's decisions, judged by an acceptance plan with switching rules. All but the agreement append-only."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .sampling import Draw, SamplingPlan

LEVELS = tuple((level, level) for level in ("S-1", "S-2", "S-3", "S-4", "I", "II", "III"))
PLAN_TYPES = (
    ("single", _("one sample")),
    ("double", _("two samples at most")),
    ("multiple", _("seven samples at most")),
)
STAGES = (
    ("normal", _("normal")),
    ("tightened", _("tightened")),
    ("reduced", _("reduced")),
    ("stopped", _("discontinued")),
)


class AcceptanceScheme(Entity):
    """How a vendor's deliveries in a programme are judged: the acceptable share of errors, the level, the kind of plan."""

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="acceptance_schemes")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="acceptance_schemes", verbose_name=_("vendor")
    )
    name = models.CharField(_("name"), max_length=120)
    aql = models.FloatField(_("acceptable share of errors (AQL), in percent"))
    level = models.CharField(_("inspection level"), max_length=3, choices=LEVELS, default="II")
    plan_type = models.CharField(_("samples"), max_length=8, choices=PLAN_TYPES, default="single")
    allows_reduced = models.BooleanField(_("reduced inspection while work is steady"), default=True)
    # Holds the draws of its deliveries, so that auditors judge them at the desk like any other.
    plan = models.OneToOneField(SamplingPlan, on_delete=models.PROTECT, related_name="acceptance_scheme")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name"]
        verbose_name = _("acceptance agreement")
        verbose_name_plural = _("acceptance agreements")
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="quality_scheme_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:scheme", args=[self.pk])


class Batch(Entity):
    """A delivery: a vendor's standing decisions of a stretch of time, as they stood when it was handed in.

    `digest` is the SHA-256 of its decisions' ids, sorted; `inspection` and `plan` what it is judged by.
    """

    scheme = models.ForeignKey(AcceptanceScheme, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=160)
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    lot = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    salt = models.BigIntegerField()
    inspection = models.CharField(max_length=12, choices=STAGES)
    plan = models.JSONField(default=dict)
    resubmits = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="resubmitted_as")
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-handed_in_at"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="quality_batch_number")]

    def __str__(self) -> str:
        return self.name

    @property
    def sizes(self) -> list[int]:
        """How many decisions each of its samples holds."""
        sizes: list[int] = self.plan.get("sizes", [])
        return sizes

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:delivery", args=[self.pk])


class BatchDraw(Entity):
    """A draw belongs to a delivery's sample, the first or a later one."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="draws")
    stage = models.PositiveSmallIntegerField()
    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="batch_draw")


class BatchVerdict(Entity):
    """A delivery was accepted or rejected. Audits that are corrected later change no verdict."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="verdict")
    is_accepted = models.BooleanField()
    errors = models.JSONField(default=list)  # by sample
    seen = models.PositiveIntegerField()
    in_gap = models.BooleanField(default=False)
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("verdict on a delivery")

    @property
    def wrong(self) -> int:
        """Errors in all samples."""
        errors: list[Any] = self.errors
        return sum(errors)


class Inspection(Entity):
    """Where a scheme's inspection stands since a moment; the latest holds. A verdict moves it, or people resume it."""

    scheme = models.ForeignKey(AcceptanceScheme, on_delete=models.PROTECT, related_name="inspections")
    stage = models.CharField(max_length=12, choices=STAGES, default="normal")
    since_rejection = models.PositiveSmallIntegerField(default=0)
    streak = models.PositiveSmallIntegerField(default=0)
    rejected = models.PositiveSmallIntegerField(default=0)
    score = models.PositiveSmallIntegerField(default=0)
    verdict = models.OneToOneField(BatchVerdict, on_delete=models.PROTECT, null=True, related_name="inspection")
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["normal", "tightened", "reduced", "stopped"]), name="quality_inspection_stage"
            )
        ]
