"""Where other systems are told what was ruled, and every delivery to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .programmes import Programme


class Endpoint(Entity):
    """An address of another system, and the secret by which it knows us; the secret is kept sealed."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="endpoints")
    name = models.CharField(_("name"), max_length=160)
    url = models.CharField(_("address"), max_length=500)
    secret_sealed = models.TextField()
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("endpoint")
        verbose_name_plural = _("endpoints")

    def __str__(self) -> str:
        return self.name


class Delivery(Entity):
    """One message to one endpoint, tried until it arrives or is given up. The body is kept as it was signed."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    event = models.CharField(max_length=60)
    object_id = models.UUIDField()
    body = models.TextField()
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_try_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    delivered_at = models.DateTimeField(null=True)
    # Given up; it stays until somebody sends it again by hand.
    dead_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event", "object_id"], name="work_delivery_once"),
            models.CheckConstraint(
                condition=Q(next_try_at=None) | Q(delivered_at=None, dead_at=None), name="work_delivery_state"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="work_delivery_due", condition=Q(next_try_at__isnull=False)),
            models.Index(fields=["endpoint", "-created_at"], name="work_delivery_by_endpoint"),
        ]

    def __str__(self) -> str:
        return self.event
