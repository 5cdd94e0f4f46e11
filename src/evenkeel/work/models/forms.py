"""What is asked about items."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .programmes import Programme


class AnswerForm(Entity):
    """What is asked about an item; its versions hold the questions."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="forms")
    name = models.CharField(_("name"), max_length=160)

    class Meta:
        ordering = ["name"]
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="work_form_name")]

    def __str__(self) -> str:
        return self.name


class FormVersion(Entity):
    """A published form, append-only. `spec` is checked by `work.rules.forms.check_spec` before it is stored."""

    form = models.ForeignKey(AnswerForm, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    spec = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["form", "-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="work_form_version_number")]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"
