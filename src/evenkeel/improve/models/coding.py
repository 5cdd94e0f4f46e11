"""Wordings of causes, and what a second pair of eyes says of a case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from ..causes import BRANCHES
from .investigations import EvidenceCase

SEVERITIES = ((1, _("minor")), (2, _("moderate")), (3, _("serious")), (4, _("critical")))


class CauseWording(Entity):
    """What a cause means, from a moment on: the organisation's own cause, or other words for one that ships. Append-only.

    Agreement on a cause is counted from its latest wording on: a cause that two people do not understand alike is locked
    until somebody words it anew.
    """

    slug = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=80)
    why = models.CharField(_("what it means"), max_length=300)
    branch = models.CharField(_("branch"), max_length=20, choices=[(branch, branch) for branch in BRANCHES])
    example = models.CharField(_("an error that it explains"), max_length=300)
    is_retired = models.BooleanField(default=False)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["slug", "version"]
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="improve_wording_once")]

    def __str__(self) -> str:
        return self.title


class BlindCoding(Entity):
    """Somebody codes a case without seeing what others said of it. Append-only; once a person and case."""

    case = models.ForeignKey(EvidenceCase, on_delete=models.PROTECT, related_name="blind_codings")
    # Empty for the second coder's share; the validation that it belongs to otherwise.
    validation = models.ForeignKey("improve.Validation", on_delete=models.PROTECT, null=True, related_name="codings")
    cause = models.CharField(max_length=40)
    cause_version = models.PositiveSmallIntegerField(default=1)
    severity = models.PositiveSmallIntegerField(choices=SEVERITIES)
    error_class = models.CharField(max_length=32)
    comment = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(validation=None), name="improve_second_once"),
            models.UniqueConstraint(
                fields=["case", "validation"], condition=~Q(validation=None), name="improve_blind_once"
            ),
            models.CheckConstraint(condition=Q(severity__range=(1, 4)), name="improve_blind_severity"),
        ]
