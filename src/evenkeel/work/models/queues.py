"""Queues: where items wait, and by which rules they are handed out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .forms import AnswerForm
from .handout import HandOutRules
from .programmes import Programme


class Queue(HandOutRules, Entity):
    """Where items wait to be decided, and by which rules they are handed out."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="queues")
    name = models.CharField(_("name"), max_length=160)
    form = models.ForeignKey(AnswerForm, on_delete=models.PROTECT, related_name="queues", verbose_name=_("form"))
    policy = models.ForeignKey(
        "policy.Policy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="queues",
        verbose_name=_("guideline"),
    )
    overlap = models.PositiveSmallIntegerField(_("people an item"), default=1)
    lease_s = models.PositiveIntegerField(_("seconds a lease lasts"), default=900)
    batch_size = models.PositiveSmallIntegerField(_("items handed out at once"), default=10)
    undo_s = models.PositiveIntegerField(_("seconds to take a decision back"), default=120)
    severity = models.PositiveSmallIntegerField(_("severity of its content"), default=0)
    languages = models.JSONField(_("languages asked"), default=list, blank=True)
    # People are looked at here: items with known answers are planted among the others, and gates may route people away.
    # Empty: neither is asked for, and hand-out pays for neither.
    watches_people = models.BooleanField(null=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("queue")
        verbose_name_plural = _("queues")
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="work_queue_name"),
            models.CheckConstraint(condition=Q(overlap__gte=1), name="work_queue_overlap"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def get_absolute_url(self) -> str:
        return reverse("work:queue", args=[self.pk])
