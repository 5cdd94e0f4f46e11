"""Restricted lanes: items that only few may know of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .decisions import Decision
from .items import Item
from .programmes import Programme


class RestrictedLane(Entity):
    """A lane of a programme. Its people have the scope here and, where `people` names some, are among them."""

    CHILD_SAFETY, LEGAL, IMMINENT_HARM, OTHER = "child_safety", "legal", "imminent_harm", "other"
    KINDS = (
        (CHILD_SAFETY, _("Child safety")),
        (LEGAL, _("Legal")),
        (IMMINENT_HARM, _("Imminent harm")),
        (OTHER, _("Other")),
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lanes", db_index=False)
    kind = models.CharField(_("kind"), max_length=16, choices=KINDS)
    name = models.CharField(_("name"), max_length=160)
    minutes = models.PositiveIntegerField(_("minutes to settle"), default=60)
    people = models.ManyToManyField("people.Person", related_name="+", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name = _("restricted lane")
        verbose_name_plural = _("restricted lanes")
        constraints = [models.UniqueConstraint(fields=["programme", "kind"], name="work_lane_once")]

    def __str__(self) -> str:
        return self.name


class RestrictedItem(Entity):
    """An item is in a restricted lane: as long as the row is there, the item and all about it are hidden elsewhere."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="restricted")
    lane = models.ForeignKey(RestrictedLane, on_delete=models.PROTECT, related_name="items", db_index=False)
    reason = models.TextField(_("reason"))
    by_name = models.CharField(max_length=200)
    since = models.DateTimeField()
    due_at = models.DateTimeField()
    overdue_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="restricted")

    class Meta:
        verbose_name = _("restricted item")
        verbose_name_plural = _("restricted items")
        indexes = [
            models.Index(fields=["lane", "-since"], name="work_restricted_by_lane"),
            models.Index(fields=["due_at"], name="work_restricted_clock", condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        # Never the item's key: this stands in lists of the trail and in notices.
        return str(_("item in %(lane)s") % {"lane": self.lane.name})

    def get_absolute_url(self) -> str:
        return reverse("work:restricted-item", args=[self.pk])
