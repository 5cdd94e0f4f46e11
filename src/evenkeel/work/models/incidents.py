"""Incidents: something goes wrong at large, somebody commands, and everything said and done is on the timeline."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .escalations import Escalation
from .items import Item
from .programmes import Programme
from .queues import Queue


class SeverityMatrix(Entity):
    """A programme's own matrix: a severity for each impact and urgency. A programme without one has the usual matrix."""

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="severity_matrix")
    # Rows by impact 1..4, columns by urgency 1..4, severities 1 (gravest) to 4.
    cells = models.JSONField(default=list)


class Incident(Entity):
    """An incident. open -> mitigated -> resolved -> reviewed; mitigated and resolved may be opened again."""

    OPEN, MITIGATED, RESOLVED, REVIEWED = "open", "mitigated", "resolved", "reviewed"
    STATES = ((OPEN, _("open")), (MITIGATED, _("mitigated")), (RESOLVED, _("resolved")), (REVIEWED, _("reviewed")))
    LEVELS = ((1, _("low")), (2, _("moderate")), (3, _("high")), (4, _("very high")))

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="incidents", db_index=False)
    title = models.CharField(_("title"), max_length=200)
    impact = models.PositiveSmallIntegerField(_("impact"), choices=LEVELS)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=LEVELS)
    severity = models.PositiveSmallIntegerField(_("severity"))
    state = models.CharField(max_length=12, choices=STATES, default=OPEN)
    commander = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    mitigated_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    # The review: what happened, why, what helped. Written once, when it is reviewed.
    review = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.CheckConstraint(
                condition=Q(impact__range=(1, 4), urgency__range=(1, 4), severity__range=(1, 4)),
                name="work_incident_levels",
            ),
        ]
        indexes = [models.Index(fields=["programme", "-opened_at"], name="work_incident_by_programme")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("work:incident", args=[self.pk])


class IncidentEntry(Entity):
    """A line of an incident's timeline. Append-only."""

    KINDS = (
        ("note", _("note")),
        ("state", _("state")),
        ("severity", _("severity")),
        ("role", _("role")),
        ("link", _("link")),
        ("action", _("action")),
    )

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=KINDS)
    body = models.TextField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class IncidentRole(Entity):
    """Somebody has a part in an incident now; the timeline keeps who had it before."""

    ROLES = (
        ("commander", _("Commander")),
        ("communications", _("Communications")),
        ("scribe", _("Scribe")),
        ("expert", _("Expert")),
    )

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="roles", db_index=False)
    role = models.CharField(_("role"), max_length=16, choices=ROLES)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "role"], name="work_incident_role_once")]


class IncidentLink(Entity):
    """What an incident is about: an item, a queue or an escalation."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="links")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "item"], name="work_incident_item"),
            models.UniqueConstraint(fields=["incident", "queue"], name="work_incident_queue"),
            models.UniqueConstraint(fields=["incident", "escalation"], name="work_incident_escalation"),
        ]


class IncidentAction(Entity):
    """What is to be done so that it does not happen again."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField(_("what is to be done"), max_length=200)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    due_on = models.DateField(_("by"), null=True)
    done_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("action")
