"""Programmes, queues, items, tasks, leases and decisions.

Many foreign keys carry no index of their own (`db_index=False`): a composite index below begins with the same column, or
nobody looks the rows up that way. On the table of decisions each index costs an import of millions minutes.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class Programme(Entity):
    """A body of work with one purpose: a moderation service, a labelling study."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    about = models.TextField(_("what it is for"), blank=True)
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="programmes"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("work:programme", args=[self.pk])


class Engagement(Entity):
    """An organisation takes part in a programme now: the row's presence is the state, the trail keeps its history."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="engagements")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="engagements")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "organisation"], name="work_engagement_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.programme}"


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


class Queue(Entity):
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


class Item(Entity):
    """Something to decide about. `content` depends on the kind (`work/kinds/items/`)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="items", db_index=False)
    key = models.CharField(_("key"), max_length=200)
    kind = models.CharField(max_length=32, default="text")
    language = models.CharField(max_length=12, blank=True)
    content = models.JSONField(default=dict)
    attributes = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="work_item_key")]
        indexes = [models.Index(fields=["programme", "id"], name="work_item_by_programme")]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("work:item", args=[self.pk])


class Task(Entity):
    """An item in a queue. It has room for `wanted` less those `decided` and those `leased`."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    priority = models.FloatField(default=0)
    wanted = models.PositiveSmallIntegerField(default=1)
    decided = models.PositiveSmallIntegerField(default=0)
    leased = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue", "item"], name="work_task_once"),
            # A task is never decided or handed out beyond its overlap, whatever the code does.
            models.CheckConstraint(condition=Q(wanted__gte=F("decided") + F("leased")), name="work_task_overlap"),
        ]
        indexes = [
            models.Index(
                fields=["queue", "-priority", "id"],
                name="work_task_open",
                condition=Q(closed_at=None) & Q(wanted__gt=F("decided") + F("leased")),
            ),
            models.Index(fields=["item"], name="work_task_by_item"),
        ]


class Lease(Entity):
    """A task is in somebody's hands until `expires_at`; it ends by a decision, a return, a skip, or time."""

    DECIDED, RETURNED, SKIPPED, LAPSED = "decided", "returned", "skipped", "lapsed"
    ENDINGS = ((DECIDED, _("decided")), (RETURNED, _("given back")), (SKIPPED, _("skipped")), (LAPSED, _("lapsed")))

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="leases")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="leases", db_index=False)
    # The question that was shown; a form published meanwhile asks the next ones.
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=8, choices=ENDINGS, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "worker"], condition=Q(ended_at=None), name="work_lease_once"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="work_lease_running", condition=Q(ended_at=None)),
            models.Index(fields=["worker", "task"], name="work_lease_by_worker"),
            models.Index(fields=["worker"], name="work_lease_in_hand", condition=Q(ended_at=None)),
        ]


class Decision(Entity):
    """Somebody's answer about an item. Append-only; it keeps what was true at that moment."""

    ORIGINS = (
        ("desk", _("at the desk")),
        ("api", _("by the API")),
        ("import", _("imported")),
        ("twin", _("simulated")),
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="decisions", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="decisions", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="decisions", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    policy_version = models.ForeignKey(
        "policy.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    label = models.CharField(max_length=120)
    answer = models.JSONField(default=dict)
    replicate = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=ORIGINS)
    # Made by the client before it sends: sent twice, stored once.
    client_key = models.CharField(max_length=64, null=True, unique=True)
    decided_at = models.DateTimeField()
    active_ms = models.PositiveIntegerField(null=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by", db_index=False
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [
            models.Index(fields=["item", "worker"], name="work_decision_by_item"),
            models.Index(fields=["programme", "worker", "decided_at"], name="work_decision_by_worker"),
            models.Index(fields=["programme", "decided_at", "id"], name="work_decision_by_programme"),
            models.Index(fields=["worker", "decided_at"], name="work_decision_recent"),
            models.Index(
                fields=["queue", "decided_at"], name="work_decision_by_queue", condition=Q(queue__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("work:decision", args=[self.pk])


class TakenBack(Entity):
    """A decision was taken back within its undo window. Append-only."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="taken_back")
    at = models.DateTimeField()


class ImportRun(Entity):
    """One import: what came from where, and what was found in it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="imports")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    files = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "digest"], name="work_import_once")]
