"""Metrics, ratios and populations that people define: what they are called, and each version as it was said."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class Definition(Entity):
    """Something that people defined. What it means stands in its versions; the newest holds.

    With an organisation or a programme it counts their rows alone, and only whoever may see those may see it.
    """

    METRIC, RATIO, POPULATION = "metric", "ratio", "population"
    SORTS = ((METRIC, _("Metric")), (RATIO, _("Ratio of two metrics")), (POPULATION, _("Population")))

    slug = models.CharField(max_length=40, unique=True)
    sort = models.CharField(max_length=12, choices=SORTS)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class DefinitionVersion(Entity):
    """What a definition meant from then on. Append-only: an old report is made again from the version that it names."""

    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    why = models.TextField()
    unit = models.CharField(max_length=16, blank=True)
    better = models.CharField(max_length=8, blank=True)
    guard = models.CharField(max_length=60, blank=True)
    fact = models.CharField(max_length=60, blank=True)
    # As they were written. Populations that they name are kept along with them, as they were then.
    population = models.TextField(blank=True)
    figure = models.TextField(blank=True)
    weight = models.TextField(blank=True)
    populations = models.JSONField(default=dict)
    # The two sides of a ratio; one that people defined is named with its version.
    above = models.CharField(max_length=60, blank=True)
    below = models.CharField(max_length=60, blank=True)
    # Unit-test rows with the answer that they must give.
    rows = models.JSONField(default=list)
    expected = models.FloatField(null=True)
    expected_n = models.PositiveIntegerField(null=True)
    # What changed against the version before, and what that does to figures: the restatement log.
    note = models.TextField(blank=True)
    published_at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["definition", "number"], name="measure_definition_number")]

    def __str__(self) -> str:
        return self.title


class Retirement(Entity):
    """A definition is out of use: it is offered nowhere and no longer kept up to date; what it told can still be read."""

    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="retirements")
    at = models.DateTimeField()
    reason = models.TextField(_("why"))
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["definition"], name="measure_retired_once", condition=models.Q(ended_at=None)
            )
        ]
