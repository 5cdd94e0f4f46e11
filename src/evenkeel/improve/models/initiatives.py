"""Initiatives with their tollgates, people, markets, risks and notes; and the box of suggestions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .actions import Action


class Initiative(Entity):
    """An improvement that is more than one action: a project with a charter."""

    DMAIC, KAIZEN = "dmaic", "kaizen"
    KINDS = ((DMAIC, _("DMAIC project")), (KAIZEN, _("Kaizen")))
    STATES = (("open", _("open")), ("paused", _("paused")), ("ended", _("ended")))

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=KINDS)
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    # Whose alone it is; empty for one over several organisations, which no vendor sees.
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    problem = models.TextField(_("problem"))
    goal = models.TextField(_("goal"))
    bounds = models.TextField(_("what belongs to it and what does not"), blank=True)
    sponsor = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    leader = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="initiatives")
    due_on = models.DateField(_("due"))
    state = models.CharField(max_length=6, choices=STATES, default="open")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        indexes = [models.Index(fields=["programme", "state"], name="improve_initiative_board")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("improve:initiative", args=[self.pk])


class Tollgate(Entity):
    """A gate between two phases: what must be true, and who says so."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="tollgates")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("phase"), max_length=80)
    criteria = models.JSONField(default=list)
    # Who passes it; empty: whoever sponsors the initiative.
    keeper = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    planned_on = models.DateField(_("planned"), null=True, blank=True)

    class Meta:
        ordering = ["initiative", "position"]
        constraints = [models.UniqueConstraint(fields=["initiative", "position"], name="improve_tollgate_once")]

    def __str__(self) -> str:
        return self.title


class TollgateReview(Entity):
    """A gate was looked at: which criteria were met, and whether it was passed. Append-only."""

    tollgate = models.ForeignKey(Tollgate, on_delete=models.PROTECT, related_name="reviews")
    is_passed = models.BooleanField()
    met = models.JSONField(default=list)
    note = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tollgate"], condition=Q(is_passed=True), name="improve_tollgate_passed_once"
            )
        ]


class InitiativeAction(Entity):
    """An action belongs to an initiative: its measured effect is the initiative's benefit."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="links")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="links")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "action"], name="improve_initiative_action")]


class Stakeholder(Entity):
    """Somebody has a part in an initiative now; notes go to all of them."""

    ROLES = (
        ("sponsor", _("Sponsor")),
        ("facilitator", _("Facilitator")),
        ("member", _("Member")),
        ("informed", _("Kept informed")),
    )

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="stakeholders")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("part"), max_length=12, choices=ROLES)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "person"], name="improve_stakeholder_once")]


class MarketStatus(Entity):
    """Where a market stands. Append-only; the newest of a market counts."""

    STATUSES = (
        ("not_begun", _("not begun")),
        ("on_track", _("on track")),
        ("at_risk", _("at risk")),
        ("late", _("late")),
        ("live", _("live")),
    )

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="markets")
    market = models.CharField(_("market"), max_length=60)
    status = models.CharField(_("status"), max_length=9, choices=STATUSES)
    note = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class InitiativeRisk(Entity):
    """What may go wrong, how likely and how bad (1 to 5), and what is done about it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="risks")
    title = models.CharField(_("risk"), max_length=200)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), default=1)
    impact = models.PositiveSmallIntegerField(_("impact"), default=1)
    answer = models.TextField(_("what is done about it"), blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)), name="improve_risk_levels"
            )
        ]

    @property
    def rank(self) -> int:
        """Its place among others: 1 to 25."""
        return self.likelihood * self.impact


class StatusNote(Entity):
    """What happened, for those who have a part in it: drafted from the record, edited and sent by a person."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="notes")
    since = models.DateTimeField()
    body = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-drafted_at", "-id"]


class Suggestion(Entity):
    """Somebody's idea. Whoever works in the programme may vote for it, once."""

    STATES = (
        ("new", _("new")),
        ("accepted", _("accepted")),
        ("declined", _("declined")),
        ("merged", _("merged")),
        ("done", _("done")),
    )

    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("what should be better, and how"))
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=STATES, default="new")
    reason = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, null=True, blank=True, related_name="suggestions"
    )
    triaged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        indexes = [models.Index(fields=["programme", "state"], name="improve_suggestion_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("improve:suggestion", args=[self.pk])


class SuggestionVote(Entity):
    """Somebody is for it now: the row's presence is the vote, and taking it away takes the row away."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="votes")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["suggestion", "person"], name="improve_vote_once")]
