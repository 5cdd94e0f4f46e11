"""The one time clock: what was said about people's time, what follows from it now, and signs of life."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from ..rules.timeline import OFF, OWN_STATES, STATES
from .accounts import Person
from .places import Organisation, Site, Team
from .workers import Worker

STATE_TITLES = {
    "production": _("Production"),
    "audit": _("Audit"),
    "training": _("Training"),
    "coaching": _("Coaching"),
    "meeting": _("Meeting"),
    "break": _("Break"),
    "wellness": _("Wellness"),
    "idle": _("Idle"),
    "system_down": _("System down"),
    OFF: _("Off duty"),
}
ORIGINS = (
    ("person", _("by the person")),
    ("desk", _("by working")),
    ("inactivity", _("no sign of life")),
    ("system", _("by the system")),
    ("lead", _("corrected")),
    ("import", _("from another tool")),
)


class TimeMark(Entity):
    """One sentence about somebody's time: from here, until there or until further notice, in this state. Append-only."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="time_marks", db_index=False)
    state = models.CharField(max_length=12, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    origin = models.CharField(max_length=12, choices=ORIGINS)
    # Programmes and queues live in a room above, so these are ids without a foreign key.
    programme_id = models.UUIDField(null=True)
    queue_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=200)
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("note about time")
        verbose_name_plural = _("notes about time")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[*STATES, OFF]), name="people_mark_state"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("began_at")), name="people_mark_order"
            ),
        ]
        indexes = [models.Index(fields=["worker", "noted_at"], name="people_mark_by_worker")]


class TimeSpan(Entity):
    """A stretch of somebody's time as it is known now. Follows from the marks; the log keeps what it was before, with signs.

    Its table lets no two of a worker overlap (migration), and at most one run.
    """

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="time_spans", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=12)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    origin = models.CharField(max_length=12, choices=ORIGINS)
    programme_id = models.UUIDField(null=True)
    queue_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("stretch of time")
        verbose_name_plural = _("stretches of time")
        constraints = [
            models.UniqueConstraint(fields=["worker"], condition=Q(ended_at=None), name="people_span_running"),
            models.UniqueConstraint(fields=["worker", "began_at"], name="people_span_began"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="people_span_state"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("began_at")), name="people_span_order"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "began_at"], name="people_span_by_organisation"),
            models.Index(fields=["state"], name="people_span_now", condition=Q(ended_at=None)),
        ]


class Presence(Entity):
    """When somebody last gave a sign of life. Forgotten with the next one, so it is no fact and no history."""

    worker = models.OneToOneField(Worker, on_delete=models.CASCADE, related_name="presence")
    seen_at = models.DateTimeField()


class TimeRequest(Entity):
    """Somebody asks for her time to be put right; a lead answers. Append-only but for the answer, which is given once."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="time_requests", db_index=False)
    state = models.CharField(max_length=12, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    is_granted = models.BooleanField(null=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("request about time")
        verbose_name_plural = _("requests about time")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[*OWN_STATES, OFF]), name="people_request_state"),
            models.CheckConstraint(condition=Q(ended_at__gt=F("began_at")), name="people_request_order"),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_granted=None) | Q(answered_at__isnull=False, is_granted__isnull=False),
                name="people_request_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "asked_at"], name="people_request_by_worker"),
            models.Index(fields=["asked_at"], name="people_request_open", condition=Q(answered_at=None)),
        ]


class Heartbeat(Entity):
    """The last beat of the house's own clock: one row, by which a restart finds out how long nothing ran."""

    at = models.DateTimeField()
