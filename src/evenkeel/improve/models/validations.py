"""A second person asks again: the same recipe, a blind sample of the cases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .investigations import Investigation
from .recipes import RecipeRun


class Validation(Entity):
    """open -> validated or differs. What was compared is kept whole in `findings`."""

    OPEN, VALIDATED, DIFFERS = "open", "validated", "differs"
    STATES = ((OPEN, _("under way")), (VALIDATED, _("validated")), (DIFFERS, _("differs")))

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="validations")
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    # The run that is validated, and the validator's own.
    run = models.ForeignKey(RecipeRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    again = models.ForeignKey(RecipeRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Ids of the cases that she codes blind, in the order of their lots.
    sample = models.JSONField(default=list)
    findings = models.JSONField(default=dict)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["begun_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["investigation"], condition=Q(state="open"), name="improve_one_validation"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="improve_validation_ended",
            ),
        ]
