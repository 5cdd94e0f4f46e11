"""Tables of people: organisations down to workers, the accounts they log in with, and what they may do."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity
from evenkeel.ground.ids import uuid7


def check_time_zone(name: str) -> None:
    if name not in available_timezones():
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


class Worker(Entity):
    """Somebody who decides: with an account here, or known only by the code under which labels came in."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="workers")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="workers")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="workers")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="worker")
    code = models.CharField(_("code"), max_length=64)
    name = models.CharField(_("name"), max_length=120)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    started_on = models.DateField(_("first day"), null=True, blank=True)
    left_on = models.DateField(_("last day"), null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="people_worker_code")]
        indexes = [models.Index(fields=["team", "name"], name="people_worker_by_team")]

    def __str__(self) -> str:
        return self.name


class Skill(Entity):
    """Something that a queue may ask for."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WorkerSkill(Entity):
    """A worker has a skill, from a day on, until a day if it lapses."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="holders")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "skill", "since"], name="people_skill_once")]


class Role(Entity):
    """A named set of scopes. Those with a slug came with the product and are kept up to date by it."""

    slug = models.SlugField(max_length=40, unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    why = models.CharField(_("what it is for"), max_length=300, blank=True)
    scopes = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RoleGrant(Entity):
    """A person has a role, everywhere or within one target, from a moment on, until one. Never deleted: it is ended."""

    KINDS = (
        ("organisation", _("Organisation")),
        ("site", _("Site")),
        ("team", _("Team")),
        ("programme", _("Programme")),
        ("queue", _("Queue")),
    )

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")
    # Programmes and queues live in rooms above this one, so the target is an id without a foreign key.
    kind = models.CharField(max_length=16, choices=KINDS, blank=True)
    target_id = models.UUIDField(null=True, blank=True)
    target_name = models.CharField(max_length=160, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "since"], name="people_grant_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(kind="") & models.Q(target_id=None))
                | (~models.Q(kind="") & models.Q(target_id__isnull=False)),
                name="people_grant_target",
            ),
        ]


class Notice(Entity):
    """Something a person should know of, with the page it is about."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="people_notice_by_person")]
