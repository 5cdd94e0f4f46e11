"""Those who decide, and what they can."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .accounts import Person
from .places import Organisation, Site, Team


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
