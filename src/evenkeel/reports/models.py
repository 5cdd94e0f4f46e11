"""What people arrange for themselves: dashboards and their tiles, saved explorations, and the mails that carry them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .exports.models import Export

__all__ = ["Dashboard", "Exploration", "Export", "Mailing", "Tile"]


class Exploration(Entity):
    """A saved question about figures. `asked` is what `rules.questions.Question.said` gives; nobody's answer is stored."""

    PRIVATE, TEAM, ORGANISATION = "private", "team", "organisation"
    AUDIENCES = (
        (PRIVATE, _("only me")),
        (TEAM, _("my team")),
        (ORGANISATION, _("my organisation")),
    )

    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="explorations")
    name = models.CharField(_("name"), max_length=120)
    asked = models.JSONField(default=dict)
    audience = models.CharField(_("who may open it"), max_length=12, choices=AUDIENCES, default=PRIVATE)
    # Whose audience it is: as the owner belonged when it was shared.
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("exploration")
        verbose_name_plural = _("explorations")
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="reports_exploration_name"),
            models.CheckConstraint(condition=~Q(audience="team", team=None), name="reports_exploration_team"),
        ]
        indexes = [models.Index(fields=["organisation", "audience"], name="reports_exploration_shared")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page: the question, asked anew."""
        return reverse("reports:exploration", args=[self.pk])


class Dashboard(Entity):
    """Somebody's own dashboard. `based_on` is the shipped one that it was copied from."""

    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="dashboards")
    name = models.CharField(_("name"), max_length=120)
    based_on = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("dashboard")
        verbose_name_plural = _("dashboards")
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="reports_dashboard_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("reports:dashboard", args=[self.pk])


class Tile(Entity):
    """A figure on a dashboard: a metric over the last `days`, narrowed by `narrowed`, its change split by `split_by`."""

    dashboard = models.ForeignKey(Dashboard, on_delete=models.CASCADE, related_name="tiles")
    place = models.PositiveSmallIntegerField()
    metric = models.CharField(max_length=60)
    days = models.PositiveSmallIntegerField(default=28)
    # {"queue": ["<id>", ...], ...}; what it names is looked up with its reader's rights.
    narrowed: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    split_by = models.CharField(max_length=12, default="queue")
    exploration = models.ForeignKey(Exploration, on_delete=models.SET_NULL, null=True, related_name="tiles")

    class Meta:
        ordering = ["place", "id"]
        verbose_name = _("tile")
        verbose_name_plural = _("tiles")
        indexes = [models.Index(fields=["dashboard", "place"], name="reports_tile_order")]


class Mailing(Entity):
    """An exploration sent to somebody by mail, at her own wish, by the clock of a time zone. Ended by deleting it."""

    RHYTHMS = (("daily", _("every day")), ("weekly", _("every Monday")), ("monthly", _("on the first of each month")))

    exploration = models.ForeignKey(Exploration, on_delete=models.CASCADE, related_name="mailings")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="mailings")
    rhythm = models.CharField(_("how often"), max_length=8, choices=RHYTHMS, default="weekly")
    hour = models.PositiveSmallIntegerField(_("at"), default=8)
    zone = models.CharField(max_length=64, default="UTC")
    next_at = models.DateTimeField()
    last_sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        constraints = [
            models.UniqueConstraint(fields=["exploration", "person"], name="reports_mailing_once"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="reports_mailing_hour"),
        ]
        indexes = [models.Index(fields=["next_at"], name="reports_mailing_due")]
