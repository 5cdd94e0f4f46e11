"""What the agreement explorer and the label-error finder show: results of a job, put in place of the earlier ones."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class LabelReading(Entity):
    """A programme's labels were read from the log and worked out, as of one version of the data."""

    programme = models.OneToOneField("work.Programme", on_delete=models.CASCADE, related_name="label_reading")
    data_version = models.CharField(max_length=64)
    labels = models.PositiveIntegerField()
    items = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    predicted = models.PositiveIntegerField(default=0)
    # What the chances of all items come to: how many standing answers are wrong.
    expected_wrong = models.FloatField()
    as_of = models.DateTimeField()

    class Meta:
        verbose_name = _("reading of a programme's labels")


class AgreementCut(Entity):
    """Agreement of one cut of a programme's labels: of everything, a class, clause, language, site, vendor, pair of people."""

    programme = models.ForeignKey("work.Programme", on_delete=models.CASCADE, related_name="agreement_cuts")
    # Whose alone it is; empty for what stands on several organisations' answers: partners do not see it.
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, null=True, related_name="+")
    by = models.CharField(max_length=12)
    key = models.CharField(max_length=120, blank=True)
    other = models.CharField(max_length=120, blank=True)
    items = models.PositiveIntegerField()
    labels = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    percent = models.JSONField()
    alpha = models.JSONField()
    ac1 = models.JSONField()
    examples = models.JSONField(default=list)

    class Meta:
        verbose_name = _("agreement")
        constraints = [
            models.UniqueConstraint(fields=["programme", "by", "key", "other"], name="quality_agreement_cut")
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.key} {self.other}".strip()


class LabelDoubt(Entity):
    """An item whose standing answer is probably wrong, with the chance of it. The most doubtful ones of a programme."""

    programme = models.ForeignKey("work.Programme", on_delete=models.CASCADE, related_name="label_doubts")
    item = models.OneToOneField("work.Item", on_delete=models.CASCADE, related_name="label_doubt")
    rank = models.PositiveIntegerField()
    label = models.CharField(max_length=120)
    believed = models.CharField(max_length=120)
    chance_wrong = models.FloatField()
    by_people = models.BooleanField()
    by_models = models.BooleanField()
    answers = models.PositiveIntegerField()
    language = models.CharField(max_length=12, blank=True)
    # The decision that would be looked at again: the latest one that gives the standing answer.
    decision = models.ForeignKey("work.Decision", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["rank"]
        verbose_name = _("doubtful label")
        verbose_name_plural = _("doubtful labels")
        constraints = [models.UniqueConstraint(fields=["programme", "rank"], name="quality_doubt_rank")]

    def __str__(self) -> str:
        return self.label


class LabelCheck(Entity):
    """A doubtful label was sent to be looked at again. Append-only: what was said of it then stands beside the verdict.

    Only drawn ones (`is_drawn`) tell how often labels of a band are wrong; those chosen by hand were chosen for a reason.
    """

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="label_checks")
    draw = models.OneToOneField("quality.Draw", on_delete=models.PROTECT, related_name="label_check")
    label = models.CharField(max_length=120)
    believed = models.CharField(max_length=120)
    chance_wrong = models.FloatField()
    band = models.PositiveSmallIntegerField()
    is_drawn = models.BooleanField()
    data_version = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("check of a doubtful label")
        indexes = [models.Index(fields=["programme", "band"], name="quality_check_by_band")]
