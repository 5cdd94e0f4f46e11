"""Investigations, their ranked drivers, evidence cases, coding, notes and closing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class Investigation(Entity):
    """Why did a figure change? Opened from a signal or by hand; holds the problem as it was stated."""

    title = models.CharField(_("title"), max_length=200)
    signal = models.OneToOneField(
        "measure.Signal", on_delete=models.PROTECT, null=True, blank=True, related_name="investigation"
    )
    metric = models.CharField(_("metric"), max_length=60)
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="investigations")
    # Whose figure it is: at most one of these narrows the programme, as in the signal. An organisation is named when the
    # figure is about one organisation's people only; without one the investigation is hidden from every vendor.
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    where_name = models.CharField(_("where"), max_length=200)
    # Half-open in days: baseline_since <= day < since <= day < until.
    baseline_since = models.DateField(_("baseline from"))
    since = models.DateField(_("changed from"))
    until = models.DateField(_("until"))
    baseline = models.JSONField(default=dict)
    current = models.JSONField(default=dict)
    # What the scan of drivers found: verdict, change = mix + rate.
    scan = models.JSONField(default=dict)
    statement = models.TextField(_("problem"), blank=True)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="investigations")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(baseline_since__lt=models.F("since"), since__lt=models.F("until")),
                name="improve_windows_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Driver(Entity):
    """One ranked part of the change: a cell of a dimension that changed more than the rest, with its counts."""

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="drivers")
    rank = models.PositiveSmallIntegerField()
    dimension = models.CharField(max_length=40)
    value = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    is_cause = models.BooleanField(default=False)
    baseline_errors = models.FloatField()
    baseline_n = models.FloatField()
    current_errors = models.FloatField()
    current_n = models.FloatField()
    excess = models.FloatField()
    share = models.FloatField()
    llr = models.FloatField()
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["investigation", "rank"]


class EvidenceCase(Entity):
    """A wrong decision drawn as evidence, with the odds it had. Append-only."""

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="cases")
    verdict = models.ForeignKey("quality.Verdict", on_delete=models.PROTECT, related_name="+")
    pi = models.FloatField()
    u = models.FloatField()
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["u"]
        constraints = [models.UniqueConstraint(fields=["investigation", "verdict"], name="improve_case_once")]


class CaseCoding(Entity):
    """Somebody says what caused a case. Append-only; a later coding by the same person replaces the earlier."""

    case = models.ForeignKey(EvidenceCase, on_delete=models.PROTECT, related_name="codings")
    cause = models.CharField(max_length=40)
    comment = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class InvestigationNote(Entity):
    """A remark. Append-only."""

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="notes")
    body = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]


class Closing(Entity):
    """The investigation is closed: its presence is the state; opening it again removes it and leaves its trail."""

    investigation = models.OneToOneField(Investigation, on_delete=models.PROTECT, related_name="closing")
    cause = models.CharField(max_length=40)
    summary = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
