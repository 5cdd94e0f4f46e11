"""A query of another tool that is asked again by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .tools import Mapping


class MappingRhythm(Entity):
    """How often a mapping's query is asked, in whose name and with whose rights. There is none while nobody has set one."""

    EVERY = (("hour", _("every hour")), ("day", _("every day")), ("week", _("every week")))
    LASTS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}

    mapping = models.OneToOneField(Mapping, on_delete=models.PROTECT, related_name="rhythm")
    every = models.CharField(_("how often"), max_length=4, choices=EVERY)
    is_partial = models.BooleanField(default=False)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    # Why it no longer goes on by itself; somebody with the right sets it anew.
    refusal = models.TextField(blank=True)

    class Meta:
        verbose_name = _("rhythm of a mapping")
        verbose_name_plural = _("rhythms of mappings")

    def __str__(self) -> str:
        return str(self.get_every_display())

    def next_after(self, now: datetime) -> datetime:
        """The next moment after `now`, in step with the first: what an outage left out is asked once, not once a time."""
        step = self.LASTS[self.every]
        return self.due_at + step * max(1, (now - self.due_at) // step + 1)
