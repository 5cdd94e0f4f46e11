"""Scorecards: what is looked at in a decision beside its label, how much each point weighs, and what was found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .audits import Verdict
from .sampling import SamplingPlan


class Scorecard(Entity):
    """A programme's scorecard. What it asks stands in its versions."""

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="scorecards")
    name = models.CharField(_("name"), max_length=160)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="quality_scorecard_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:scorecard", args=[self.pk])


class ScorecardVersion(Entity):
    """What a scorecard asks from a moment on. Append-only; verdicts keep the version they were scored by."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    spec = models.JSONField()
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["scorecard", "-number"]
        verbose_name = _("version of a scorecard")
        constraints = [models.UniqueConstraint(fields=["scorecard", "number"], name="quality_scorecard_version")]

    def __str__(self) -> str:
        return f"{self.scorecard} {self.number}"


class ScorecardUse(Entity):
    """From a moment on a plan's verdicts, or all of a programme's, are scored by a scorecard; by none where it is empty.

    Append-only: the latest row counts, a plan's own before its programme's.
    """

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, null=True, related_name="scorecard_uses")
    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, null=True, related_name="uses")
    from_at = models.DateTimeField()
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = _("use of a scorecard")
        indexes = [models.Index(fields=["programme", "plan", "id"], name="quality_scorecard_used")]


class Scoring(Entity):
    """What an auditor marked on the scorecard once her verdict stood. Append-only; a later one points at the earlier.

    Her blind answer says whether the decision was right; the scorecard says what else was, and never changes that.
    """

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="scorings", db_index=False)
    version = models.ForeignKey(ScorecardVersion, on_delete=models.PROTECT, related_name="scorings")
    marks = models.JSONField()
    # 0 to 1; empty when no point applied.
    score = models.FloatField(null=True)
    parts = models.JSONField(default=dict)
    is_zeroed = models.BooleanField()
    severity = models.PositiveSmallIntegerField(null=True)
    cause = models.CharField(max_length=80, blank=True)
    evidence = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    client_key = models.CharField(max_length=64, unique=True)
    scored_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["id"]
        verbose_name = _("scoring")
        constraints = [
            models.UniqueConstraint(fields=["verdict"], condition=Q(replaces=None), name="quality_scoring_first"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=0, score__lte=1), name="quality_score_range"),
        ]
        indexes = [models.Index(fields=["verdict", "id"], name="quality_scoring_chain")]

    def __str__(self) -> str:
        return str(self.id)
