"""Items: what is decided about."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .programmes import Programme


class Item(Entity):
    """Something to decide about. `content` depends on the kind (`work/kinds/items/`)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="items", db_index=False)
    key = models.CharField(_("key"), max_length=200)
    kind = models.CharField(max_length=32, default="text")
    language = models.CharField(max_length=12, blank=True)
    content = models.JSONField(default=dict)
    attributes = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="work_item_key")]
        indexes = [models.Index(fields=["programme", "id"], name="work_item_by_programme")]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("work:item", args=[self.pk])
