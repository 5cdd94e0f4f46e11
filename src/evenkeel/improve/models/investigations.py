"""Investigations, their ranked drivers, evidence cases, coding, notes and closing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

if TYPE_CHECKING:
    from evenkeel.work import Decision


class Investigation(Entity):
    """Why did a figure change? Opened from a signal or by hand; holds the problem as it was stated."""

    title = models.CharField(_("title"), max_length=200)
    signal = models.OneToOneField(
        "measure.Signal", on_delete=models.PROTECT, null=True, blank=True, related_name="investigation"
    )
    metric = models.CharField(_("metric"), max_length=60)
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="investigations")
    # Whose figure it is: a queue, and the narrowest of organisation, site and team with those above it. Without an
    # organisation it tells of several organisations' people and is hidden from every vendor.
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    where_name = models.CharField(_("where"), max_length=400)
    # Half-open in days: baseline_since <= day < since <= day < until.
    baseline_since = models.DateField(_("baseline from"))
    since = models.DateField(_("changed from"))
    until = models.DateField(_("until"))
    # Estimates of both windows, and what the scan says (verdict, change = mix + rate), all as of `looked_at`.
    baseline = models.JSONField(default=dict)
    current = models.JSONField(default=dict)
    scan = models.JSONField(default=dict)
    looked_at = models.DateTimeField()
    statement = models.TextField(_("problem"))
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="investigations")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]
        verbose_name = _("investigation")
        verbose_name_plural = _("investigations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(baseline_since__lt=models.F("since"), since__lt=models.F("until")),
                name="improve_windows_in_order",
            ),
        ]
        indexes = [models.Index(fields=["programme", "-opened_at"], name="improve_by_programme")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("improve:investigation", args=[self.pk])

    @property
    def label(self) -> str | None:
        """The answer that it is about, where a signal that follows one opened it."""
        return None if self.signal is None else self.signal.label

    @property
    def baseline_until(self) -> date:
        """Where the baseline ends: with the changed window's first day, or earlier where days between are for neither."""
        end = self.scan.get("sure_until")
        return date.fromisoformat(end) if end else self.since

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return not hasattr(self, "closing")


# So many lines are where to look first, proven or not.
MOST_UNPROVEN = 3


class Driver(Entity):
    """One ranked part of the change: a cell of one to three dimensions, with its counts in both windows.

    Computed, not said by anybody: looking again replaces them.
    """

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="drivers")
    rank = models.PositiveSmallIntegerField()
    # [{"dimension": "team", "value": "<id>", "title": "Northline B"}, ...]; empty = everywhere.
    cell = models.JSONField(default=list)
    # Titles of other cells that hold exactly the same audits: a site's only team.
    also = models.JSONField(default=list)
    is_cause = models.BooleanField(default=False)
    # How many people's decisions it is about, in the window that has fewer: below five it tells of single people.
    people = models.PositiveIntegerField()
    baseline_errors = models.FloatField()
    baseline_n = models.FloatField()
    current_errors = models.FloatField()
    current_n = models.FloatField()
    excess = models.FloatField()
    share = models.FloatField(null=True)
    llr = models.FloatField()

    class Meta:
        ordering = ["investigation", "rank"]
        constraints = [models.UniqueConstraint(fields=["investigation", "rank"], name="improve_driver_rank")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The names of its values: "Northline B × Scam"."""
        return " × ".join(part["title"] or "–" for part in self.cell) or str(_("Everywhere"))

    @property
    def is_beyond(self) -> bool:
        """Whether the same work outside the investigation's place has shown it."""
        return self.rank in self.investigation.scan.get("beyond", ())

    @property
    def is_unproven(self) -> bool:
        """Whether it is among the first to look at, though chance leaves differences as large."""
        return not self.is_cause and self.rank <= MOST_UNPROVEN

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What it is cut by."""
        return tuple(part["dimension"] for part in self.cell)


class EvidenceCase(Entity):
    """A decision that speaks against the figure, drawn as evidence with the odds it had. Append-only.

    Of figures from audits the verdict that found it wrong; of others what its row says (a handle time), as it is shown.
    """

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="cases")
    # Nullable, for a column that must be filled could not be added to rows that never change.
    decision = models.ForeignKey("work.Decision", on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.ForeignKey("quality.Verdict", on_delete=models.PROTECT, null=True, related_name="+")
    value = models.FloatField(null=True)
    pi = models.FloatField()
    u = models.FloatField()
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["u"]
        constraints = [
            models.UniqueConstraint(fields=["investigation", "verdict"], name="improve_case_once"),
            models.UniqueConstraint(
                fields=["investigation", "decision"],
                condition=models.Q(verdict=None),
                name="improve_case_decision_once",
            ),
            models.CheckConstraint(condition=models.Q(pi__gt=0, pi__lte=1), name="improve_case_pi"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def decided(self) -> Decision:
        """The decision that it is about."""
        assert self.decision is not None
        return self.decision

    @property
    def error_class(self) -> str:
        """The kind of error that the audit found; "" where no audit stands behind it."""
        return self.verdict.error_class if self.verdict is not None else ""

    @property
    def row_url(self) -> str:
        """The page of its row: the draw that was audited, else the decision."""
        return self.verdict.draw.get_absolute_url() if self.verdict is not None else self.decided.get_absolute_url()


class CaseCoding(Entity):
    """Somebody says what caused a case. Append-only; the latest counts, the earlier stay on record."""

    case = models.ForeignKey(EvidenceCase, on_delete=models.PROTECT, related_name="codings")
    cause = models.CharField(max_length=40)
    # The cause's wording that it was coded by; empty before causes had wordings.
    cause_version = models.PositiveSmallIntegerField(null=True)
    # 1 minor to 4 critical, and the kind of error where the coder saw another than the auditor.
    severity = models.PositiveSmallIntegerField(null=True)
    # Nullable, for a column with a default would make SQLite build the table anew, without its triggers.
    error_class = models.CharField(max_length=32, null=True, blank=True)
    comment = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class InvestigationNote(Entity):
    """A remark. Append-only."""

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="notes")
    body = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class Closing(Entity):
    """The investigation is closed: its presence is the state; opening it again removes it and leaves its trail."""

    investigation = models.OneToOneField(Investigation, on_delete=models.PROTECT, related_name="closing")
    cause = models.CharField(max_length=40)
    summary = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
