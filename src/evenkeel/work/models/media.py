"""Stored pictures, sounds and videos that items show, and how a person wants them shown to her."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .programmes import Programme


class MediaFile(Entity):
    """A checked file without metadata; `digest` is that of what is stored. The bytes lie in the data folder by its id, or
    at `address` (s3://bucket/key).

    One that is not `is_ours` lies in somebody else's bucket: nobody took its metadata out, `digest` names the object, and
    `etag` is the version of it that was checked.
    """

    IMAGE, AUDIO, VIDEO = "image", "audio", "video"
    KINDS = ((IMAGE, _("picture")), (AUDIO, _("sound")), (VIDEO, _("video")))

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="media", db_index=False)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=KINDS)
    content_type = models.CharField(max_length=40)
    size_bytes = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    address = models.CharField(max_length=1_100, blank=True, default="")
    etag = models.CharField(max_length=120, blank=True, default="")
    is_ours = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("media file")
        verbose_name_plural = _("media files")
        constraints = [models.UniqueConstraint(fields=["programme", "digest"], name="work_media_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"

    def get_absolute_url(self) -> str:
        return reverse("work:media", args=[self.pk])


class DeskPreference(Entity):
    """How somebody wants the desk: its media guards and her breaks. What is empty follows the queue's severity."""

    worker = models.OneToOneField("people.Worker", on_delete=models.PROTECT, related_name="+")
    blur = models.BooleanField(null=True)
    greyscale = models.BooleanField(null=True)
    mute = models.BooleanField(null=True)
    small = models.BooleanField(null=True)
    speed = models.FloatField(default=1)
    break_after_min = models.PositiveSmallIntegerField(default=50)
    changed_at = models.DateTimeField()
