"""Organisations, their sites and teams."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


@cache
def _known_zones() -> frozenset[str]:
    """Read once: it opens some 600 files."""
    return frozenset(available_timezones())


@cache
def time_zones() -> tuple[str, ...]:
    """The names of all time zones that people choose from."""
    return tuple(sorted(name for name in _known_zones() if "/" in name or name == "UTC"))


def check_time_zone(name: str) -> None:
    if name not in _known_zones():
        raise ValidationError(
            _("There is no time zone %(name)s; use a name such as Asia/Singapore."), params={"name": name}
        )


class Organisation(Entity):
    """Our own organisation (the house) or a vendor."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    is_house = models.BooleanField(_("our own"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["is_house"], condition=models.Q(is_house=True), name="people_one_house"),
        ]

    def __str__(self) -> str:
        return self.name


class Site(Entity):
    """A place where an organisation's people work."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="people_site_name")]

    def __str__(self) -> str:
        return self.name


class Team(Entity):
    """A team at a site."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="people_team_name")]

    def __str__(self) -> str:
        return self.name
