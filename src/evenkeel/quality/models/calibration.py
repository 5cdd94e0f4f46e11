"""Calibration sessions and ring tests: the same cases to everybody, blind, then settled. What was said is append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

if TYPE_CHECKING:
    from datetime import datetime


class CalibrationSession(Entity):
    """The same cases to everybody who is invited, by the form and the guideline of one queue.

    Answers are blind until `deadline_at`, or until everybody has answered (`revealed_at`). A ring test (`is_ring`) asks
    sites rather than people, repeats some cases, and is not discussed case by case. `chosen_by` says how cases were taken.
    """

    CHOSEN = (
        ("hand", _("by hand")),
        ("divided", _("those that divided people most")),
        ("disputed", _("those that were disputed last")),
        ("settled", _("those on which auditors differed and an expert settled")),
        ("doubted", _("those whose label is probably wrong")),
        ("drawn", _("at random")),
    )

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="calibration_sessions")
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, related_name="calibration_sessions")
    form_version = models.ForeignKey("work.FormVersion", on_delete=models.PROTECT, related_name="+")
    policy_version = models.ForeignKey("policy.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=160)
    is_ring = models.BooleanField(_("ring test between sites"), default=False)
    cycle = models.PositiveIntegerField(null=True)
    chosen_by = models.CharField(max_length=8, choices=CHOSEN, default="hand")
    salt = models.BigIntegerField()
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="calibration_sessions")
    opened_at = models.DateTimeField()
    deadline_at = models.DateTimeField(_("deadline"))
    revealed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at"]
        verbose_name = _("calibration session")
        verbose_name_plural = _("calibration sessions")
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="quality_calibration_name"),
            models.UniqueConstraint(
                fields=["programme", "cycle"], condition=Q(cycle__isnull=False), name="quality_ring_cycle"
            ),
            models.CheckConstraint(condition=Q(deadline_at__gt=models.F("opened_at")), name="quality_calibration_time"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_to_all(self, now: datetime) -> bool:
        """Whether answers may be seen."""
        return self.revealed_at is not None or now >= self.deadline_at

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:calibration", args=[self.pk])


class CalibrationCase(Entity):
    """One case of a session. `repeats` is the earlier case with the same item, in a ring test."""

    session = models.ForeignKey(CalibrationSession, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveSmallIntegerField()
    item = models.ForeignKey("work.Item", on_delete=models.PROTECT, related_name="calibration_cases")
    repeats = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="repeated_as")

    class Meta:
        ordering = ["session", "number"]
        verbose_name = _("case")
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="quality_case_number"),
            models.UniqueConstraint(fields=["session", "item"], condition=Q(repeats=None), name="quality_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:calibration_case", args=[self.pk])


class CalibrationSeat(Entity):
    """Somebody is invited to a session; site and organisation are those of that moment. Experts' answers measure clauses."""

    session = models.ForeignKey(CalibrationSession, on_delete=models.PROTECT, related_name="seats")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="calibration_seats")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    is_expert = models.BooleanField(default=False)
    invited_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["session", "worker"]
        verbose_name = _("seat in a calibration session")
        constraints = [models.UniqueConstraint(fields=["session", "worker"], name="quality_seat_once")]

    def __str__(self) -> str:
        return f"{self.session}: {self.worker}"


class CalibrationAnswer(Entity):
    """An answer about a case: the first round is blind, the second follows the discussion. Append-only."""

    case = models.ForeignKey(CalibrationCase, on_delete=models.PROTECT, related_name="answers")
    seat = models.ForeignKey(CalibrationSeat, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(max_length=120)
    clause = models.CharField(max_length=260)
    answer = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    client_key = models.CharField(max_length=64, unique=True)
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer in a calibration session")
        constraints = [
            models.UniqueConstraint(fields=["case", "seat", "round"], name="quality_calibrated_once"),
            models.CheckConstraint(condition=Q(round__in=[1, 2]), name="quality_calibration_round"),
        ]

    def __str__(self) -> str:
        return self.label


class CalibrationRemark(Entity):
    """What somebody says about a case once answers are seen. Append-only."""

    case = models.ForeignKey(CalibrationCase, on_delete=models.PROTECT, related_name="remarks")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    body = models.TextField(_("remark"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("remark")


class Settlement(Entity):
    """The answer that a session's owner settled on, and why. Append-only; a later one replaces an earlier one."""

    case = models.ForeignKey(CalibrationCase, on_delete=models.PROTECT, related_name="settlements")
    label = models.CharField(max_length=120)
    clause = models.CharField(max_length=260)
    answer = models.JSONField(default=dict)
    reason = models.TextField(_("reason"))
    settled_at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("settled answer")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(replaces=None), name="quality_settled_first"),
        ]

    def __str__(self) -> str:
        return self.label


class GoldExport(Entity):
    """A settled case is offered as a golden item: item, right answer, why, and the policy's version. Append-only."""

    settlement = models.OneToOneField(Settlement, on_delete=models.PROTECT, related_name="gold_export")
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("work.Item", on_delete=models.PROTECT, related_name="+")
    policy_version = models.ForeignKey("policy.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=120)
    answer = models.JSONField(default=dict)
    why = models.TextField()
    # How many experts had given the settled answer blind, of how many: a golden item asks for two at least.
    agreeing = models.PositiveSmallIntegerField()
    experts = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]
        verbose_name = _("offered golden item")


class ExampleRequest(Entity):
    """A settled case is offered as an example to a guideline; whoever edits the guideline takes it or leaves it."""

    settlement = models.OneToOneField(Settlement, on_delete=models.PROTECT, related_name="example_request")
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey("policy.Policy", on_delete=models.PROTECT, related_name="example_requests")
    heading = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    verdict = models.CharField(max_length=120)
    why = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    is_taken = models.BooleanField(null=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("offered example")
        indexes = [models.Index(fields=["policy"], name="quality_example_open", condition=Q(answered_at=None))]
