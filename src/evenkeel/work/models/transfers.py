"""Files on their way in or out."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .programmes import Programme
from .queues import Queue


class Transfer(Entity):
    """A file of items, decisions or forms that comes in or goes out, how far it is, and what was found in it.

    `position` counts the rows that are written for good, so whoever takes a broken-off import up again goes on behind them.
    """

    IN, OUT = "in", "out"
    DIRECTIONS = ((IN, _("import")), (OUT, _("export")))
    WHATS = (("items", _("items")), ("decisions", _("decisions")), ("forms", _("forms")))
    STATES = (
        ("queued", _("waits its turn")),
        ("checking", _("is being checked")),
        ("writing", _("is being written")),
        ("done", _("done")),
        ("failed", _("not done")),
        ("withdrawn", _("withdrawn")),
    )

    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    what = models.CharField(max_length=12, choices=WHATS)
    format = models.CharField(max_length=32)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="transfers")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.CharField(max_length=200)
    # Ordered by a token: no more than the token's scopes is read or written for it. None for a person who has logged in.
    only_scopes = models.JSONField(null=True)
    # The grants with which an export's file was made; whoever has lost one of them fetches it no more.
    rights = models.JSONField(null=True)
    file_name = models.CharField(max_length=200)
    size_bytes = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    # Rows that do not fit are left out instead of stopping everything.
    is_partial = models.BooleanField(default=False)
    signed_by = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=STATES, default="queued")
    position = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    bad_rows = models.JSONField(default=list)
    bad_total = models.PositiveIntegerField(default=0)
    refusal = models.TextField(blank=True)
    created_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            # The same file goes into a programme once; after a failure it may be tried again.
            models.UniqueConstraint(
                fields=["programme", "what", "digest"],
                condition=Q(direction="in") & ~Q(state__in=["failed", "withdrawn"]),
                name="work_transfer_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="work_transfer_waiting")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed", "withdrawn")

    def get_absolute_url(self) -> str:
        return reverse("work:transfer", args=[self.pk])

    def to_dict(self) -> dict[str, Any]:
        """As JSON carries it, for programs."""
        names = (
            "direction", "what", "format", "file_name", "size_bytes", "digest", "state", "position", "total", "counts",
            "remarks", "bad_rows", "bad_total", "refusal",
        )  # fmt: skip
        said = {name: getattr(self, name) for name in names}
        return {"id": str(self.pk), "programme": self.programme.name, **said}

    def lines(self) -> list[str]:
        """The report as a person reads it in a terminal."""
        from ..transfers.importing import report_lines

        return report_lines(self)
