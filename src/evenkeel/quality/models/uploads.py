"""Files of labels that were handed in for import."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class LabelUpload(Entity):
    """Files that somebody handed in to have their labels imported, and how that went. The files lie in its folder."""

    STATES = (
        ("checked", _("waits for your word")),
        ("queued", _("waits its turn")),
        ("running", _("is being imported")),
        ("done", _("imported")),
        ("failed", _("not imported")),
        ("withdrawn", _("withdrawn")),
    )

    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    programme_name = models.CharField(_("programme"), max_length=160)
    labels_name = models.CharField(max_length=200)
    items_name = models.CharField(max_length=200, blank=True)
    allowed_labels = models.JSONField(default=list, blank=True)
    ignore = models.JSONField(default=list, blank=True)
    on_repeat = models.CharField(max_length=8, default="keep")
    state = models.CharField(max_length=12, choices=STATES, default="checked")
    report = models.JSONField(null=True)
    run = models.ForeignKey("work.ImportRun", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("file for import")
        verbose_name_plural = _("files for import")
        indexes = [
            models.Index(fields=["state", "created_at"], name="quality_upload_waiting"),
        ]

    def __str__(self) -> str:
        return self.labels_name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:upload", args=[self.pk])
