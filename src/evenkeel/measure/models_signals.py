"""What comes of a signal: who else shows it, until when it sleeps, who got it from whom. All append-only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class SignalMember(Entity):
    """Another watched series in which the change of a signal shows; found with it, or later while it was open."""

    signal = models.ForeignKey("measure.Signal", on_delete=models.PROTECT, related_name="members")
    series = models.ForeignKey("measure.Series", on_delete=models.PROTECT, related_name="+")
    where_name = models.CharField(max_length=200)
    metric = models.CharField(max_length=60)
    side = models.SmallIntegerField()
    rule = models.CharField(max_length=32)
    # Why it belongs here: the same metric elsewhere, another metric of the same work, or the metric that guards it.
    tie = models.CharField(
        max_length=12,
        choices=(
            ("place", _("the same metric, another place")),
            ("metric", _("another metric of the same work")),
            ("guard", _("guards, or is guarded")),
        ),
    )
    first_on = models.DateField()
    last_on = models.DateField()
    before = models.JSONField()
    after = models.JSONField()
    change = models.JSONField()
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["joined_at", "where_name"]
        constraints = [models.UniqueConstraint(fields=["signal", "series", "side"], name="measure_signal_member_once")]


class Snooze(Entity):
    """Nobody is reminded of a signal until a moment; the newest counts."""

    signal = models.ForeignKey("measure.Signal", on_delete=models.PROTECT, related_name="snoozes")
    until = models.DateTimeField(_("until"))
    reason = models.TextField(_("why"))
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]


class HandOver(Entity):
    """A signal went from one owner to another."""

    signal = models.ForeignKey("measure.Signal", on_delete=models.PROTECT, related_name="hand_overs")
    from_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    to_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("why"))
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
