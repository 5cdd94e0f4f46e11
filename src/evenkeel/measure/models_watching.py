"""What is watched and who answers for it, how many false alarms are allowed, and what was wrong with the data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

_PLACES = (
    ("organisation", _("Organisation")),
    ("site", _("Site")),
    ("team", _("Team")),
    ("programme", _("Programme")),
    ("queue", _("Queue")),
)


class Watch(Entity):
    """Somebody has one metric watched at a place and in everything within it, or has it left alone, for a reason.

    Beside these lines accuracy is watched in every programme, and every metric wherever a target holds.
    """

    SORTS = (("on", _("Watched")), ("off", _("Left alone")))
    KINDS = _PLACES

    sort = models.CharField(max_length=4, choices=SORTS)
    metric = models.CharField(max_length=60)
    kind = models.CharField(max_length=16, choices=KINDS)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+")
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, null=True, related_name="+")
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+")
    place_id = models.UUIDField()
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    why = models.TextField(_("why"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["metric", "-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "kind", "place_id"], name="measure_watch_once", condition=Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(getattr(self, self.kind))


class AlarmBudget(Entity):
    """How many false alarms a week the charts of an organisation, or those that a person answers for, may raise."""

    organisation = models.OneToOneField(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="alarm_budget"
    )
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, null=True, related_name="alarm_budget")
    per_week = models.FloatField(_("false alarms a week"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, person__isnull=False) | Q(organisation__isnull=False, person=None),
                name="measure_budget_of_one",
            ),
            models.CheckConstraint(condition=Q(per_week__gt=0), name="measure_budget_above_none"),
        ]


class DataProblem(Entity):
    """A figure cannot be judged because of its data; told instead of an alarm, and gone by itself when the data is whole."""

    KINDS = (
        ("late", _("Figures are late")),
        ("gap", _("A day with too few rows")),
        ("redefined", _("The metric was defined anew")),
        ("no_n", _("No figures to judge")),
    )

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    metric = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=KINDS)
    # The first day that is concerned; with programme, metric and kind it makes the problem the same one tomorrow.
    since_on = models.DateField()
    rows = models.BigIntegerField(null=True)
    usual = models.FloatField(null=True)
    seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-seen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "metric", "kind", "since_on"], name="measure_data_problem_once"
            )
        ]


class LiveReading(Entity):
    """What stood open in a queue at a moment, every five minutes; kept for some weeks, to be compared with."""

    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    backlog = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    oldest_s = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["queue", "at"], name="measure_live_once")]
        indexes = [models.Index(fields=["at"], name="measure_live_at")]
