"""Gates and exams: sequential tests on golden items, their verdicts, and the ways back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .golden import GoldAnswer


class WithLimits(models.Model):
    """Between which accuracies a sequential test tells, with which risks, and after how many answers it ends at the latest."""

    good = models.FloatField(_("accuracy that is good enough"))
    bad = models.FloatField(_("accuracy that is too low"))
    risk_good = models.FloatField(_("risk of stopping somebody who is good enough"))
    risk_bad = models.FloatField(_("risk of passing somebody whose accuracy is too low"))
    most = models.PositiveIntegerField(_("answers at most"))

    class Meta:
        abstract = True


class Exam(WithLimits, Entity):
    """Golden items alone, in a queue of their own, until the test says passed or failed. Passing gives the certification."""

    queue = models.OneToOneField("work.Queue", on_delete=models.PROTECT, related_name="exam")
    certification = models.ForeignKey("policy.Certification", on_delete=models.PROTECT, related_name="exams")
    wait_days = models.PositiveSmallIntegerField(_("days until it may be sat again"), default=7)
    salt = models.BigIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("exam")
        verbose_name_plural = _("exams")

    def __str__(self) -> str:
        return str(self.queue)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:exam", args=[self.pk])


class ExamSitting(Entity):
    """Somebody sits an exam. `n` and `errors` are those on which it ended."""

    OUTCOMES = (("", _("under way")), ("passed", _("passed")), ("failed", _("not passed")))

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="sittings")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=OUTCOMES, blank=True)
    n = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    certificate = models.ForeignKey(
        "policy.Certificate", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["exam", "worker"], condition=Q(ended_at=None), name="quality_sitting_once"),
        ]


class Gate(WithLimits, Entity):
    """What is done when somebody's answers to golden items in a queue fail the test, and how she comes back."""

    WARN, ROUTE_AWAY, RETRAIN = "warn", "route_away", "retrain"
    CONSEQUENCES = (
        (WARN, _("warn")),
        (ROUTE_AWAY, _("route away")),
        (RETRAIN, _("route away until retrained")),
    )

    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, related_name="gates")
    name = models.CharField(_("name"), max_length=120)
    consequence = models.CharField(_("when it fails"), max_length=10, choices=CONSEQUENCES)
    # Given to whoever passes; and the exam that leads back, beside the word of whoever keeps the gate.
    certification = models.ForeignKey(
        "policy.Certification", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, null=True, related_name="gates", db_index=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        constraints = [models.UniqueConstraint(fields=["queue", "name"], name="quality_gate_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:gate", args=[self.pk])


class GateVerdict(Entity):
    """A run of the test ended for somebody: on how many answers, with how many errors. Append-only. `risk`: its share of the
    year's risk of stopping somebody who is good enough.
    """

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="verdicts", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    is_passed = models.BooleanField()
    n = models.PositiveIntegerField()
    errors = models.PositiveIntegerField()
    risk = models.FloatField()
    # The next run begins behind the last answer of this one.
    last = models.ForeignKey(GoldAnswer, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["gate", "worker", "number"], name="quality_gate_verdict_once")]


class GateReturn(Entity):
    """The way back from a gate was gone: by an exam, or on somebody's word. Append-only."""

    verdict = models.OneToOneField(GateVerdict, on_delete=models.PROTECT, related_name="way_back")
    why = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    sitting = models.ForeignKey(ExamSitting, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
