"""Other tools whose decisions, reviews and times are read: what their columns mean, what was brought in, and each run."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .sampling import SamplingPlan


class Tool(Entity):
    """Another tool from which facts come. The ids by which its rows are known again are its own, whatever mapping reads it."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="tools")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    # Reviews whose odds are known become audits of this plan.
    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name = _("other tool")
        verbose_name_plural = _("other tools")

    def __str__(self) -> str:
        return self.name


class Mapping(Entity):
    """How the rows of one sort of export are read as facts. What it says stands in its versions."""

    tool = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="mappings")
    name = models.CharField(_("name"), max_length=80, unique=True)
    importer = models.CharField(max_length=32)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:mapping", args=[self.pk])


class MappingVersion(Entity):
    """What a mapping said from a moment on. Append-only."""

    mapping = models.ForeignKey(Mapping, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    spec = models.JSONField()
    saved_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a mapping")
        verbose_name_plural = _("versions of mappings")
        constraints = [models.UniqueConstraint(fields=["mapping", "number"], name="quality_mapping_version")]

    def __str__(self) -> str:
        return f"{self.mapping} {self.number}"


class OutsideRow(Entity):
    """A row of another tool that is here: under which id, with which content, and what it became."""

    KINDS = (("decision", _("decision")), ("review", _("review")), ("time", _("time")))

    tool = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="rows", db_index=False)
    kind = models.CharField(max_length=8, choices=KINDS)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=32)
    target_id = models.UUIDField()

    class Meta:
        verbose_name = _("row of another tool")
        verbose_name_plural = _("rows of other tools")
        constraints = [models.UniqueConstraint(fields=["tool", "kind", "key"], name="quality_outside_once")]


class OutsideReview(Entity):
    """A review made elsewhere of a decision that came to it nobody knows how. Append-only; never part of accuracy."""

    tool = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="reviews")
    decision = models.ForeignKey("work.Decision", on_delete=models.PROTECT, related_name="outside_reviews")
    reviewer = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    label = models.CharField(max_length=120, blank=True)
    is_right = models.BooleanField()
    error_class = models.CharField(max_length=32, blank=True)
    comment = models.TextField(blank=True)
    reviewed_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("review made elsewhere")
        verbose_name_plural = _("reviews made elsewhere")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_right=True, error_class="") | (Q(is_right=False) & ~Q(error_class="")),
                name="quality_outside_review_error",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ToolRun(Entity):
    """One import by a mapping: how far it is, and what was found. Killed, it goes on behind `position`."""

    STATES = (
        ("draft", _("waits for its mapping")),
        ("queued", _("waits its turn")),
        ("fetching", _("is being fetched")),
        ("checking", _("is being checked")),
        ("writing", _("is being written")),
        ("done", _("imported")),
        ("failed", _("not imported")),
        ("withdrawn", _("withdrawn")),
    )

    tool = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="runs")
    importer = models.CharField(max_length=32)
    version = models.ForeignKey(MappingVersion, on_delete=models.PROTECT, null=True, related_name="runs")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    size_bytes = models.BigIntegerField(default=0)
    # Rows that do not fit are left out instead of stopping everything.
    is_partial = models.BooleanField(default=False)
    is_trial = models.BooleanField(default=False)
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
        verbose_name = _("import from another tool")
        verbose_name_plural = _("imports from other tools")
        indexes = [models.Index(fields=["state", "created_at"], name="quality_tool_run_waiting")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in ("done", "failed", "withdrawn")

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:tool_run", args=[self.pk])

    def to_dict(self) -> dict[str, Any]:
        """As JSON carries it, for programs."""
        names = (
            "importer", "file_name", "size_bytes", "is_partial", "is_trial", "state", "position", "total", "counts", "remarks",
            "bad_rows", "bad_total", "refusal",
        )  # fmt: skip
        said = {name: getattr(self, name) for name in names}
        return {"id": str(self.pk), "tool": self.tool.name, "mapping": str(self.version or ""), **said}

    def lines(self) -> list[str]:
        """The report as a person reads it in a terminal."""
        from ..tools.telling import report_lines

        return report_lines(self)
