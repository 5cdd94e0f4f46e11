"""Actions against a cause, the effect plan that each is held to, the checks of it, and what was learnt."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .investigations import Investigation

VERDICTS = (("effective", _("effective")), ("not_effective", _("not effective")), ("cannot_tell", _("cannot tell")))


class Action(Entity):
    """Something that is done about a cause. `state` is the newest of its dated steps."""

    CONTAINMENT, CORRECTIVE, PREVENTIVE = "containment", "corrective", "preventive"
    KINDS = (
        (CONTAINMENT, _("Containment")),
        (CORRECTIVE, _("Corrective")),
        (PREVENTIVE, _("Preventive")),
    )
    STATES = (
        ("draft", _("being planned")),
        ("planned", _("plan frozen")),
        ("running", _("under way")),
        ("done", _("done, no effect claimed")),
        ("effective", _("effective")),
        ("not_effective", _("not effective")),
        ("cannot_tell", _("cannot tell")),
        ("recurred", _("came back")),
        ("dropped", _("dropped")),
    )

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS)
    what = models.TextField(_("what is done"))
    # What it answers: the cause by the catalogue, and the investigation or signal in which it was found.
    cause = models.CharField(_("cause"), max_length=40, blank=True)
    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    signal = models.ForeignKey("measure.Signal", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Whose figure is to move, as an investigation has it: without an organisation it is hidden from every vendor.
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    where_name = models.CharField(_("where"), max_length=400)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField(_("due"))
    state = models.CharField(max_length=13, choices=STATES, default="draft")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        indexes = [
            models.Index(fields=["programme", "state"], name="improve_action_board"),
            models.Index(fields=["state", "due_on"], name="improve_action_due"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page, which is its effect report too."""
        return reverse("improve:action", args=[self.pk])


class ActionStep(Entity):
    """An action came into a state. Append-only: the dated history."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=13, choices=Action.STATES)
    reason = models.TextField(blank=True)
    # Empty where time did it: the check after the window.
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class EffectPlan(Entity):
    """How the effect of an action will be judged, frozen before it starts. Append-only; the newest number counts."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    # `rules_plans.Frozen` as a document, and the SHA-256 of it as it is written here.
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    metric = models.CharField(max_length=60)
    starts_on = models.DateField()
    # First day after the window; an extension moves the check, not the plan.
    until = models.DateField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["action", "number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="improve_effect_plan_once"),
            models.CheckConstraint(condition=Q(starts_on__lt=models.F("until")), name="improve_effect_plan_order"),
        ]


class Coached(Entity):
    """A person who was chosen for a coaching action. Append-only, written with the plan."""

    plan = models.ForeignKey(EffectPlan, on_delete=models.PROTECT, related_name="coached")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "worker"], name="improve_coached_once")]


class PlanApproval(Entity):
    """Somebody approved a frozen plan: this one, no other. Append-only."""

    plan = models.ForeignKey(EffectPlan, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # When she last proved who she is; empty where that was not asked for.
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "by"], name="improve_approval_once")]


class Extension(Entity):
    """A plan runs longer, with a reason, as the plan itself allowed. Append-only, once a plan."""

    plan = models.OneToOneField(EffectPlan, on_delete=models.PROTECT, related_name="extension")
    until = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class EffectCheck(Entity):
    """What a plan's own rules say once its window is over. Append-only; `data` gives the same verdict again, at any time."""

    plan = models.ForeignKey(EffectPlan, on_delete=models.PROTECT, related_name="checks")
    number = models.PositiveSmallIntegerField()
    until = models.DateField()
    verdict = models.CharField(max_length=13, choices=VERDICTS)
    because = models.CharField(max_length=40)
    # The improvement in the metric's own unit as an Estimate: above 0 is better, whichever way the metric reads.
    effect = models.JSONField()
    # Diagnostics, chart, negative control: `rules_proofs.Proved` as a document.
    found = models.JSONField()
    # The figures as they were read, and the SHA-256 of them: the data version.
    data = models.JSONField()
    data_sha256 = models.CharField(max_length=64)
    # Errors avoided, hours and money with intervals, with the rates that were in force.
    benefit = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "number"]
        verbose_name = _("effect check")
        verbose_name_plural = _("effect checks")
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="improve_check_once")]


class Recurrence(Entity):
    """The same figure, in the same place, went wrong again after an action was called effective. Append-only."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="recurrences")
    signal = models.ForeignKey("measure.Signal", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["action", "signal"], name="improve_recurrence_once")]


class ReopenedCase(Entity):
    """An investigation was taken up again because its action failed or its trouble came back. Append-only."""

    CAUSES = (("not_effective", _("its action did not work")), ("recurred", _("it came back")))

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="reopened")
    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="reopened")
    why = models.CharField(max_length=13, choices=CAUSES)
    was_closed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class ActionLesson(Entity):
    """What an action taught, for whoever meets the same cause. Append-only; the newest is shown."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="lessons")
    what_worked = models.TextField(_("what worked"))
    what_did_not = models.TextField(_("what did not"), blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")


class ActionRules(Entity):
    """How a programme handles actions: approvals, rates of money, when a return counts. Append-only; the newest counts."""

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    approvals = models.PositiveSmallIntegerField(_("approvals"), default=1)
    # An approval then asks who approves to prove again who she is.
    is_confirmed = models.BooleanField(_("log in again to approve"), default=False)
    recurrence_days = models.PositiveSmallIntegerField(_("days in which a return counts"), default=90)
    minutes_per_error = models.FloatField(_("minutes an error costs"), default=0)
    cents_per_error = models.FloatField(_("money an error costs, in cents"), default=0)
    cents_per_hour = models.FloatField(_("money an hour costs, in cents"), default=0)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    # From which severity of its cases on an investigation is validated before it closes: 1 to 4, 0 never, empty the usual.
    validated_from = models.PositiveSmallIntegerField(_("validated from severity"), null=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_per_error__gte=0, cents_per_error__gte=0, cents_per_hour__gte=0),
                name="improve_rates_not_negative",
            ),
        ]
