"""Questions to whoever owns the guideline, their answers, and who was told. Answers are append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .forms import FormVersion
from .items import Item
from .programmes import Programme
from .queues import Queue
from .tasks import Task


class Question(Entity):
    """Somebody did not know how the guideline applies to an item, and asks. It is open until it is answered or withdrawn."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="questions", db_index=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="questions", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="questions")
    policy = models.ForeignKey("policy.Policy", on_delete=models.PROTECT, null=True, related_name="questions")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="questions")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    body = models.TextField(_("question"))
    # Put aside: her place at the task stays hers until the answer is there.
    is_aside = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [
            models.Index(fields=["programme", "-asked_at"], name="work_question_by_programme"),
            models.Index(fields=["queue", "withdrawn_at"], name="work_question_by_queue"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "worker"],
                condition=Q(is_aside=True, withdrawn_at=None),
                name="work_question_aside_once",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:80]

    def get_absolute_url(self) -> str:
        return reverse("work:question", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and not hasattr(self, "answer")


class QuestionAnswer(Entity):
    """The one answer to a question. Append-only: what people were told they were told."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="answer")
    body = models.TextField(_("answer"))
    answered_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField()


class AnswerReader(Entity):
    """Somebody who asked, decided about the same item or has it in hand, and was told the answer."""

    answer = models.ForeignKey(QuestionAnswer, on_delete=models.PROTECT, related_name="readers", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "worker"], name="work_answer_told_once")]
