"""Programmes, and who takes part in them."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class Programme(Entity):
    """A body of work with one purpose: a moderation service, a labelling study."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    about = models.TextField(_("what it is for"), blank=True)
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="programmes"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("work:programme", args=[self.pk])


class Engagement(Entity):
    """An organisation takes part in a programme now: the row's presence is the state, the trail keeps its history."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="engagements")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="engagements")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "organisation"], name="work_engagement_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.programme}"
