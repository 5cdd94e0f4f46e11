"""Documents made of an investigation."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .investigations import Investigation


class Paper(Entity):
    """A PDF or slides, made for whoever asked: how far it is, and for how long it is kept. She alone can fetch it."""

    FORMATS = (("pdf", _("PDF")), ("pptx", _("slides")))
    STATES = (
        ("queued", _("waits its turn")),
        ("making", _("is being made")),
        ("done", _("ready")),
        ("failed", _("not made")),
    )

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="papers")
    format = models.CharField(max_length=8, choices=FORMATS)
    # The site's address as whoever asked sees it: links in a file must be whole.
    site = models.CharField(max_length=200)
    language = models.CharField(max_length=12)
    # The token's scopes, when a program asked with one.
    only_scopes = models.JSONField(null=True)
    state = models.CharField(max_length=8, choices=STATES, default="queued")
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    size_bytes = models.PositiveIntegerField(default=0)
    refusal = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [models.Index(fields=["state", "created_at"], name="improve_paper_waiting")]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "failed")

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("improve:paper", args=[self.pk])
