"""Roles, who has them where, and tokens for programs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .accounts import Person


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

    # Set by whoever lists grants; no column.
    is_now: bool = False

    class Meta:
        indexes = [models.Index(fields=["person", "since"], name="people_grant_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(kind="") & models.Q(target_id=None))
                | (~models.Q(kind="") & models.Q(target_id__isnull=False)),
                name="people_grant_target",
            ),
        ]


class ApiToken(Entity):
    """A program's key to the API in a person's name, cut to some scopes. Only the hash of the secret is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    # The first signs of the secret, so that a person can tell her tokens apart.
    starts_with = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("what it may do"), default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
