"""Event modes: for a time, a region's or a language's items come first, and the desk says what is different."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .programmes import Programme
from .queues import Queue


class EventMode(Entity):
    """One switch with a beginning and an end. It holds from `begins_at` to `until` (or `ended_at`, when ended by hand).

    Whether it holds is read from the clock every time: nothing has to be put back at its end. `languages` and `regions`
    (the items' attribute "region") say which items come first; both empty: all of the queues. `queues` narrows where.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="event_modes", db_index=False)
    name = models.CharField(_("name"), max_length=160)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    regions = models.JSONField(_("regions"), default=list, blank=True)
    queues = models.ManyToManyField(Queue, related_name="event_modes", blank=True)
    guidance = models.TextField(_("guidance at the desk"), blank=True)
    is_drill = models.BooleanField(_("drill"), default=False)
    # A drill changes nothing for real unless it is meant to.
    moves_order = models.BooleanField(_("changes what comes first"), default=True)
    begins_at = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    # What time has told people already.
    begun_told_at = models.DateTimeField(null=True)
    end_told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("event mode")
        verbose_name_plural = _("event modes")
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("begins_at")), name="work_event_period")]
        indexes = [
            models.Index(fields=["programme", "-begins_at"], name="work_event_by_programme"),
            models.Index(fields=["until"], name="work_event_running", condition=Q(end_told_at=None)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("work:event-mode", args=[self.pk])

    def holds_at(self, now: datetime) -> bool:
        """Whether it holds at a moment: begins_at <= now < until, and not ended before."""
        return self.begins_at <= now < self.until and (self.ended_at is None or now < self.ended_at)
