"""Who looked at whose figures."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .accounts import Person
from .workers import Worker


class Look(Entity):
    """A person saw figures of one worker; written at the first time of each UTC day, and never changed."""

    viewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="looks")
    what = models.CharField(_("what she saw"), max_length=200)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["worker", "viewer", "what", "on"], name="people_look_once_a_day"),
        ]
        indexes = [models.Index(fields=["worker", "-at"], name="people_look_of_worker")]
