"""The accounts that people log in with, and what they were told."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity
from evenkeel.ground.ids import uuid7

from .places import Organisation, check_time_zone


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **said: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), **said)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """An account: somebody who logs in. What she may do comes from grants, not from here."""

    THEMES = (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))
    DENSITIES = (("comfortable", _("Comfortable")), ("compact", _("Compact")))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="persons")
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("operator of this install"), default=False)
    language = models.CharField(_("language"), max_length=12, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])
    theme = models.CharField(_("theme"), max_length=8, choices=THEMES, default="system")
    density = models.CharField(_("density"), max_length=12, choices=DENSITIES, default="comfortable")
    created_at = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class Notice(Entity):
    """Something a person should know of, with the page it is about."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="people_notice_by_person")]
