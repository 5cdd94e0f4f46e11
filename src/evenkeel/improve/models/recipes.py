"""What was asked, of which data, and what came out: so that somebody else can ask again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .investigations import Investigation


class RecipeRun(Entity):
    """One run of an investigation's recipe. Append-only.

    `recipe` says what was asked, `data` which data there were (manifest of the log, cells that were read, version of the
    metric), `result` what came out, `digest` is the result's own.
    """

    LOOK, CHECK, VALIDATION = "look", "check", "validation"
    PURPOSES = ((LOOK, _("look")), (CHECK, _("run again")), (VALIDATION, _("validation")))

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="runs")
    purpose = models.CharField(max_length=12, choices=PURPOSES)
    recipe = models.JSONField()
    data = models.JSONField()
    result = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
