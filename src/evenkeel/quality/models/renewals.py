"""Who was called to sit an exam again, until when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from .gates import Exam


class ExamCall(Entity):
    """Somebody's certificate ends, and she was called to sit its exam before it does. Once a certificate.

    Whether she did is not kept here: it follows from her certificates.
    """

    WHYS = (("replaced", _("a new version of the guideline")), ("expired", _("its day comes")))

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="calls")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    certificate = models.ForeignKey("policy.Certificate", on_delete=models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(max_length=10, choices=WHYS)
    deadline_at = models.DateTimeField()
    called_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["deadline_at", "id"]
        verbose_name = _("call to an exam")
        verbose_name_plural = _("calls to exams")
        constraints = [models.UniqueConstraint(fields=["exam", "certificate"], name="quality_exam_call_once")]

    def __str__(self) -> str:
        return f"{self.exam}: {self.worker}"
