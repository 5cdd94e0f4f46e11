"""Disputes of findings: the rule of a programme, what was disputed and how it was settled, and what follows."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .audits import Verdict

UPHELD, AMENDED, OVERTURNED = "upheld", "amended", "overturned"
ESCALATED = "escalated"
# What is told to a programme that waits too long: the finding stands, or the matter goes up.
AT_DEADLINE: tuple[tuple[str, Any], ...] = (
    (UPHELD, _("the finding stands")),
    (ESCALATED, _("it goes to the programme’s owner and stays open")),
)
OUTCOMES: tuple[tuple[str, Any], ...] = (
    (UPHELD, _("finding upheld")),
    (AMENDED, _("finding upheld with another right answer")),
    (OVERTURNED, _("finding overturned")),
)
FOLLOW_UPS: tuple[tuple[str, Any], ...] = (
    ("gold", _("proposed golden item")),
    ("policy", _("unclear guideline")),
    ("training", _("training")),
)


class DisputeRule(Entity):
    """How a programme's findings are disputed. A programme without one has the defaults."""

    programme = models.OneToOneField("work.Programme", on_delete=models.PROTECT, related_name="dispute_rule")
    window_days = models.PositiveSmallIntegerField(_("days to dispute a finding"), default=7)
    arbitrate_hours = models.PositiveSmallIntegerField(_("hours to settle a dispute"), default=72)
    at_deadline = models.CharField(_("when that time is over"), max_length=12, choices=AT_DEADLINE, default=ESCALATED)
    most_open = models.PositiveSmallIntegerField(_("open disputes a person, at most"), default=5)
    most_a_week = models.PositiveSmallIntegerField(_("disputes a person in seven days, at most"), default=10)
    most_a_week_site = models.PositiveSmallIntegerField(_("disputes a partner in seven days, at most"), default=50)


class DisputeReason(Entity):
    """A reason for disputing, or for settling, as data. A settling one says what follows. Retired, it stays on record."""

    RAISING, SETTLING = "raising", "settling"
    SIDES = ((RAISING, _("for disputing")), (SETTLING, _("for settling")))

    side = models.CharField(_("what it is for"), max_length=8, choices=SIDES)
    slug = models.SlugField(max_length=40)
    title = models.CharField(_("title"), max_length=120)
    follow_up = models.CharField(_("what follows"), max_length=8, choices=FOLLOW_UPS, blank=True)
    is_built_in = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["side", "title"]
        verbose_name = _("reason of a dispute")
        verbose_name_plural = _("reasons of disputes")
        constraints = [models.UniqueConstraint(fields=["side", "slug"], name="quality_dispute_reason")]

    def __str__(self) -> str:
        return self.title


class Dispute(Entity):
    """Somebody objects to a finding: whoever decided, or her organisation. It keeps the rule of that moment."""

    PERSON, SITE = "person", "site"
    KINDS = ((PERSON, _("by whoever decided")), (SITE, _("by the organisation")))

    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="dispute")
    kind = models.CharField(max_length=8, choices=KINDS)
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # Copied from the decision, with what was true of it then.
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="disputes", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    auditor = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    clause = models.CharField(max_length=120, blank=True)
    raised_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    raised_organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.ForeignKey(DisputeReason, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(_("why"))
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    at_deadline = models.CharField(max_length=12, choices=AT_DEADLINE)
    escalated_at = models.DateTimeField(null=True)
    holder = models.ForeignKey("people.Worker", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    held_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        indexes = [
            models.Index(fields=["due_at", "id"], name="quality_dispute_open", condition=Q(closed_at=None)),
            models.Index(fields=["programme", "-raised_at"], name="quality_dispute_recent"),
            models.Index(fields=["worker", "-raised_at"], name="quality_dispute_worker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder=None) | (~Q(holder=models.F("worker")) & ~Q(holder=models.F("auditor"))),
                name="quality_dispute_third",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        """Its record."""
        return reverse("quality:dispute", args=[self.pk])


class DisputeSettlement(Entity):
    """How a dispute ended, once. Append-only. Without an arbitrator time ended it."""

    dispute = models.OneToOneField(Dispute, on_delete=models.PROTECT, related_name="settlement")
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    reason = models.ForeignKey(DisputeReason, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    arbitrator = models.ForeignKey("people.Worker", on_delete=models.PROTECT, null=True, related_name="settlements")
    label = models.CharField(max_length=120, blank=True)
    # The verdict that stands since then in place of the disputed one.
    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, null=True, related_name="settled")
    settled_at = models.DateTimeField()

    class Meta:
        verbose_name = _("settlement of a dispute")
        constraints = [
            models.CheckConstraint(
                condition=Q(arbitrator__isnull=False) | Q(outcome="upheld", verdict=None), name="quality_settlement_by"
            ),
        ]


class FollowUp(Entity):
    """What a settled dispute leaves to be done: a golden item to agree on, a clause to make clear, somebody to train."""

    settlement = models.OneToOneField(DisputeSettlement, on_delete=models.PROTECT, related_name="follow_up")
    kind = models.CharField(max_length=8, choices=FOLLOW_UPS)
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey("work.Item", on_delete=models.PROTECT, related_name="+", db_index=False)
    # The answer that was settled on: what a golden item would hold to be right.
    label = models.CharField(max_length=120)
    clause = models.CharField(max_length=120, blank=True)
    policy_version = models.ForeignKey(
        "policy.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField()
    taken_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    is_done = models.BooleanField(null=True)
    note = models.TextField(_("what was done"), blank=True)

    class Meta:
        verbose_name = _("follow-up of a dispute")
        verbose_name_plural = _("follow-ups of disputes")
        indexes = [models.Index(fields=["programme", "id"], name="quality_follow_open", condition=Q(closed_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, is_done=None) | Q(closed_at__isnull=False, is_done__isnull=False),
                name="quality_follow_closed",
            ),
        ]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:follow_up", args=[self.pk])
