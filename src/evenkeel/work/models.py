"""Programmes, queues, items, tasks, leases and decisions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class Programme(Entity):
    """A body of work with one purpose: a moderation service, a labelling study."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    about = models.TextField(_("what it is for"), blank=True)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="programmes")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Engagement(Entity):
    """An organisation takes part in a programme, since a moment, until one. Our own takes part in every one."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="engagements")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="engagements")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "organisation"], name="work_engagement_once")]


class AnswerForm(Entity):
    """What is asked about an item; its versions hold the questions."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="forms")
    name = models.CharField(_("name"), max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="work_form_name")]

    def __str__(self) -> str:
        return self.name


class FormVersion(Entity):
    """A published form, append-only. `spec` is checked by `work.rules.check_spec` before it is stored."""

    form = models.ForeignKey(AnswerForm, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    spec = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["form", "-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="work_form_version_number")]


class Queue(Entity):
    """Where items wait to be decided, and by which rules they are handed out."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="queues")
    name = models.CharField(_("name"), max_length=160)
    form = models.ForeignKey(AnswerForm, on_delete=models.PROTECT, related_name="queues")
    policy = models.ForeignKey("policy.Policy", on_delete=models.PROTECT, null=True, blank=True, related_name="queues")
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
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="work_queue_name"),
            models.CheckConstraint(condition=models.Q(overlap__gte=1), name="work_queue_overlap"),
        ]

    def __str__(self) -> str:
        return self.name


class Item(Entity):
    """Something to decide about. `content` depends on the kind (`work/kinds/`)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(_("key"), max_length=200)
    kind = models.CharField(max_length=32, default="text")
    language = models.CharField(max_length=12, blank=True)
    content = models.JSONField(default=dict)
    attributes = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="work_item_key")]

    def __str__(self) -> str:
        return self.key


class Task(Entity):
    """An item in a queue. `missing` is how many decisions it still wants beyond those made and those under lease."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="tasks")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="tasks")
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
            models.CheckConstraint(condition=models.Q(wanted__gte=models.F("decided") + models.F("leased")), name="work_task_overlap"),
        ]
        indexes = [
            models.Index(
                fields=["queue", "-priority", "id"],
                name="work_task_open",
                condition=models.Q(closed_at=None) & models.Q(wanted__gt=models.F("decided") + models.F("leased")),
            ),
            models.Index(fields=["item"], name="work_task_by_item"),
        ]


class Lease(Entity):
    """A task is in somebody's hands until `expires_at`; it ends by a decision, a return, or time."""

    ENDINGS = (("decided", _("decided")), ("returned", _("returned")), ("skipped", _("skipped")), ("lapsed", _("lapsed")))

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="leases")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="leases")
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=8, choices=ENDINGS, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "worker"], condition=models.Q(ended_at=None), name="work_lease_once"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="work_lease_running", condition=models.Q(ended_at=None)),
            models.Index(fields=["worker", "task"], name="work_lease_by_worker"),
        ]


class Decision(Entity):
    """Somebody's answer about an item. Append-only; it keeps what was true at that moment."""

    ORIGINS = (("desk", _("at the desk")), ("api", _("by the API")), ("import", _("imported")), ("twin", _("simulated")))

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decisions")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="decisions")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="decisions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="decisions")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="+")
    policy_version = models.ForeignKey("policy.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=120)
    answer = models.JSONField(default=dict)
    replicate = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=ORIGINS)
    # Made by the client before it sends: sent twice, stored once.
    client_key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  (NULLs do not collide)
    decided_at = models.DateTimeField()
    active_ms = models.PositiveIntegerField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        indexes = [
            models.Index(fields=["programme", "item", "id"], name="work_decision_by_item"),
            models.Index(fields=["programme", "worker", "id"], name="work_decision_by_worker"),
            models.Index(fields=["worker", "decided_at"], name="work_decision_recent"),
            models.Index(fields=["queue", "decided_at"], name="work_decision_by_queue"),
        ]


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
