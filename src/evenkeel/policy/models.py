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
    language = models.CharField(_("language"), max_length=12, default="en", db_default="en")
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


class PolicyTranslation(Entity):
    """A version's text in another language. Append-only: a better one is a new row, and the latest is read."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(_("language"), max_length=12)
    body_markdown = models.TextField(_("text"))
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["language", "-published_at"]
        indexes = [models.Index(fields=["version", "language", "-published_at"], name="policy_translation_latest")]


class PolicyExample(Entity):
    """A case as it came, what it is and why: read and searched beside the guideline. Empty language: for everybody."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="examples")
    language = models.CharField(_("language"), max_length=12, blank=True)
    heading = models.CharField(_("heading"), max_length=160, blank=True)
    text = models.TextField(_("the case"))
    verdict = models.CharField(_("what it is"), max_length=120)
    why = models.TextField(_("why"), blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["heading", "id"]
        verbose_name = _("example")
        verbose_name_plural = _("examples")

    def __str__(self) -> str:
        return self.text[:80]


class Certification(Entity):
    """Something that people must have passed before a queue hands them work. Queues ask for it by its name.

    A certificate lapses after `lapses_after_days`, or with the next version of its policy, or both; neither: never. It is
    renewed in the `renew_days` before its end, or after the new version; 0: a new version ends it at once.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    policy = models.ForeignKey(
        Policy, on_delete=models.PROTECT, null=True, related_name="certifications", verbose_name=_("guideline")
    )
    lapses_after_days = models.PositiveIntegerField(_("days until it lapses"), null=True)
    lapses_with_policy = models.BooleanField(_("lapses with a new version of the guideline"), default=False)
    renew_days = models.PositiveSmallIntegerField(_("days in which it is renewed"), default=0)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lapses_with_policy=False) | models.Q(policy__isnull=False),
                name="policy_certification_lapse",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("policy:certification", args=[self.pk])


class Certificate(Entity):
    """Somebody passed a certification: valid_from <= t < valid_until. Append-only; `CertificateEnd` withdraws one."""

    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="certificates")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="certificates", db_index=False)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    given_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-valid_from", "-id"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        indexes = [models.Index(fields=["worker", "certification"], name="policy_certificate_held")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from")),
                name="policy_certificate_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.certification}: {self.worker}"


class CertificateEnd(Entity):
    """A certificate was withdrawn before its time. Append-only."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField()


class SopVersion(Entity):
    """A policy's table of SOP checks from a moment on. Append-only: a changed table is a new version; an empty one ends it."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="sop_versions")
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["policy", "-number"]
        verbose_name = _("version of the SOP checks")
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="policy_sop_number")]

    def __str__(self) -> str:
        return f"{self.policy} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("policy:sops", args=[self.policy_id])


from .models_requests import ChangeAnswer as ChangeAnswer  # noqa: E402
from .models_requests import ChangePublication as ChangePublication  # noqa: E402
from .models_requests import ChangeRequest as ChangeRequest  # noqa: E402
