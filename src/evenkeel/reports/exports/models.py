"""Files that were made for somebody."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class Export(Entity):
    """A file that somebody asked for: what, how far it is, until when it can be fetched. She alone can fetch it."""

    WHATS = (("figures", _("figures")), ("facts", _("rows")))
    STATES = (
        ("queued", _("waits its turn")),
        ("writing", _("is being written")),
        ("done", _("ready")),
        ("failed", _("not made")),
        ("withdrawn", _("removed")),
    )

    what = models.CharField(max_length=12, choices=WHATS)
    # As `Asked.to_dict` has it.
    asked = models.JSONField(default=dict)
    format = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    # The token's scopes, when a program asked with one: what is made later must hold no more than it might see.
    only_scopes = models.JSONField(null=True)
    # What she might do when it was made. Somebody whose rights are others since asks anew.
    rights = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=STATES, default="queued")
    rows = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    refusal = models.TextField(blank=True)
    created_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [
            models.Index(fields=["by", "-created_at"], name="reports_export_own"),
            models.Index(fields=["state", "created_at"], name="reports_export_waiting"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed", "withdrawn")

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("reports:export", args=[self.pk])

    def to_dict(self) -> dict[str, Any]:
        """As JSON carries it, for programs."""
        names = (
            "what",
            "asked",
            "format",
            "file_name",
            "state",
            "rows",
            "total",
            "size_bytes",
            "refusal",
            "expires_at",
        )
        return {"id": str(self.pk), **{name: getattr(self, name) for name in names}}
