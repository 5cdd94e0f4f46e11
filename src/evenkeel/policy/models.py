"""Policies and their published versions. The guideline that a moderator reads is the version in force."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class Policy(Entity):
    """A policy, or the guideline of a labelling task."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="policies")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name = _("policy")
        verbose_name_plural = _("policies")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("policy:policy", args=[self.pk])


class PolicyVersion(Entity):
    """A published text. Append-only: a changed policy is a new version."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body_markdown = models.TextField(_("text"))
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["policy", "-number"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="policy_version_number")]

    def __str__(self) -> str:
        return f"{self.policy} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("policy:version", args=[self.policy_id, self.number])
