"""Targets: what a figure should be, where, and from when until when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class TargetLine(Entity):
    """One metric at one place: what its targets, one after the other, belong to.

    A line of an organisation's site or team carries the places above it, so that its people may see it.
    """

    EVERYWHERE = "everywhere"
    # From the widest to the nearest: where several have a target, the last of these holds.
    KINDS = (
        (EVERYWHERE, _("Everything")),
        ("organisation", _("Organisation")),
        ("site", _("Site")),
        ("team", _("Team")),
        ("programme", _("Programme")),
        ("queue", _("Queue")),
    )

    metric = models.CharField(max_length=60)
    kind = models.CharField(max_length=16, choices=KINDS)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+")
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, null=True, related_name="+")
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+")
    # The place's own id, or the nil UUID for everything: what `kind` speaks of.
    place_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["metric", "kind", "place_id"], name="measure_target_line_once")]

    @property
    def place(self) -> models.Model | None:
        """The organisation, site, team, programme or queue; None for everything."""
        return None if self.kind == self.EVERYWHERE else getattr(self, self.kind)


class Target(Entity):
    """What a figure should be at its place, since <= day < until, with the bands below it and the metric that guards it.

    In the metric's own unit: a share lies between 0 and 1, a time is in milliseconds. Only `until_on` ever changes, once.
    """

    line = models.ForeignKey(TargetLine, on_delete=models.PROTECT, related_name="targets")
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    value = models.FloatField()
    warning = models.FloatField()
    critical = models.FloatField()
    guard = models.CharField(max_length=60)
    why = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-since_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("since_on")),
                name="measure_target_order",
            )
        ]
