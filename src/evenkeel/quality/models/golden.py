"""Golden items: whose answer is known, who agreed to it, where each was shown, and what was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class Gold(Entity):
    """An item whose answer is known, for one form. What happened to it stands in its steps; `state` is the last of them."""

    PROPOSED, IN_FORCE, FLAGGED, RETIRED = "proposed", "in_force", "flagged", "retired"
    STATES = (
        (PROPOSED, _("waits for experts")),
        (IN_FORCE, _("in force")),
        (FLAGGED, _("to be confirmed")),
        (RETIRED, _("retired")),
    )
    PROVENANCES = (
        ("adjudication", _("adjudicated case")),
        ("dispute", _("settled dispute")),
        ("calibration", _("calibration session")),
        ("agreement", _("experts agreed")),
        ("import", _("imported")),
        ("by_hand", _("chosen by hand")),
    )
    DIFFICULTIES = ((1, _("easy")), (2, _("medium")), (3, _("hard")))

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="golds", db_index=False)
    form = models.ForeignKey("work.AnswerForm", on_delete=models.PROTECT, related_name="golds", db_index=False)
    item = models.ForeignKey("work.Item", on_delete=models.PROTECT, related_name="golds")
    label = models.CharField(_("right answer"), max_length=120)
    rationale = models.TextField(_("why it is right"))
    policy_version = models.ForeignKey(
        "policy.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="golds", db_index=False
    )
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), choices=DIFFICULTIES, default=2)
    provenance = models.CharField(_("where it comes from"), max_length=12, choices=PROVENANCES)
    source_id = models.UUIDField(null=True)
    # Those of an exam are kept apart: whoever sat it has met them.
    is_for_exams = models.BooleanField(_("for exams"), default=False)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("until"), null=True)
    state = models.CharField(max_length=8, choices=STATES, default=PROPOSED)
    state_at = models.DateTimeField()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        verbose_name = _("golden item")
        verbose_name_plural = _("golden items")
        constraints = [
            models.UniqueConstraint(fields=["form", "item"], condition=~Q(state="retired"), name="quality_gold_once"),
        ]
        indexes = [models.Index(fields=["form", "state"], name="quality_gold_mixed")]

    def __str__(self) -> str:
        return str(self.item)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("quality:gold", args=[self.pk])


class GoldVoice(Entity):
    """What an expert holds to be right about a golden item. Append-only. A flagged one is asked about anew: another round."""

    gold = models.ForeignKey(Gold, on_delete=models.PROTECT, related_name="voices", db_index=False)
    round = models.PositiveSmallIntegerField(default=1)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    label = models.CharField(max_length=120)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["gold", "round", "person"], name="quality_gold_voice_once")]


class GoldStep(Entity):
    """What happened to a golden item, and why. Append-only: its lineage."""

    gold = models.ForeignKey(Gold, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=8, choices=Gold.STATES)
    why = models.CharField(max_length=300)
    policy_version = models.ForeignKey(
        "policy.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class GoldMix(Entity):
    """How many golden items a queue's people meet, and the secret by which it is decided which."""

    queue = models.OneToOneField("work.Queue", on_delete=models.PROTECT, related_name="gold_mix")
    share = models.FloatField(_("share of what is handed out"))
    new_share = models.FloatField(_("share for new people"))
    new_days = models.PositiveSmallIntegerField(_("days that somebody is new"))
    salt = models.BigIntegerField()
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=0.5, new_share__gte=0, new_share__lte=0.5),
                name="quality_gold_mix_share",
            )
        ]


class GoldHanding(Entity):
    """A golden item was put among what somebody was handed: once a person, whatever comes of it. Append-only."""

    gold = models.ForeignKey(Gold, on_delete=models.PROTECT, related_name="handings", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, related_name="+", db_index=False)
    handed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gold", "worker"], name="quality_gold_handed_once")]


class GoldAnswer(Entity):
    """What somebody answered to a golden item, once it could no longer be taken back, beside what was right then.
    Append-only.
    """

    handing = models.OneToOneField(GoldHanding, on_delete=models.PROTECT, related_name="answer")
    gold = models.ForeignKey(Gold, on_delete=models.PROTECT, related_name="answers")
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    decision = models.OneToOneField("work.Decision", on_delete=models.PROTECT, related_name="gold_answer")
    truth = models.CharField(max_length=120)
    is_right = models.BooleanField()
    error_class = models.CharField(max_length=32, blank=True)
    # What the gold was then: it may change.
    difficulty = models.PositiveSmallIntegerField()
    policy_version = models.ForeignKey(
        "policy.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField()
    # Experts did not agree on its clause then: no test of her, and no figure of hers, holds it. Empty before that was asked.
    counts_for_policy = models.BooleanField(null=True)

    class Meta:
        ordering = ["answered_at", "id"]
        indexes = [models.Index(fields=["queue", "worker", "answered_at"], name="quality_gold_answered")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_right=True, error_class="") | (Q(is_right=False) & ~Q(error_class="")),
                name="quality_gold_answer_error",
            )
        ]
