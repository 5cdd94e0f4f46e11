"""Ground's own tables: the trail, the log's outbox and manifest, the clocks of periodic jobs."""

from django.db import models

from .entity import Entity


class TrailEntry(Entity):
    """Who did what to which, when. Append-only; the database refuses changes (migration 0001)."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    scope = models.CharField(max_length=100)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=100, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    organisation_id = models.UUIDField(null=True)
    # Canonical JSON as text, because a database's own JSON type may re-order or re-write it and the seal covers the bytes.
    detail_json = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id", "at"], name="trail_by_object"),
            models.Index(fields=["actor_id", "at"], name="trail_by_actor"),
        ]


class TrailPending(models.Model):
    """An entry that waits for its place in the chain; written beside the entry, removed by the sealing job.

    Its key has no constraint: one statement writes both, and no entry ever goes. PostgreSQL would look each entry up again,
    in a young install by reading the whole trail.
    """

    entry = models.OneToOneField(TrailEntry, on_delete=models.PROTECT, primary_key=True, db_constraint=False)


class TrailSeal(models.Model):
    """The chain: position, the entry's digest, and the hash over it and the seal before. Append-only."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)


class LogRow(models.Model):
    """A fact on its way to Parquet, written in the same transaction as the change it tells of."""

    id = models.BigAutoField(primary_key=True)
    fact = models.CharField(max_length=60)
    day = models.DateField()
    payload_json = models.TextField()


class LogSchema(Entity):
    """The columns of a fact as files of this version have them: name -> kind. A new version only adds or widens."""

    fact = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    columns = models.JSONField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "version"], name="log_schema_once")]


class LogHorizon(models.Model):
    """How far back a fact's rows reach: those of days before it have left the log, the sums made of them have not."""

    fact = models.CharField(primary_key=True, max_length=60)
    before_on = models.DateField()
    moved_at = models.DateTimeField()


class LogErasure(Entity):
    """An id that is to become another in every file. `old_id` is forgotten with the last file that held it."""

    old_id = models.UUIDField(null=True)
    new_id = models.UUIDField()
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    files = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="log_erasing", condition=models.Q(done_at__isnull=True))]


class LogFile(Entity):
    """A file into which the files of several batches of one fact and day were put together."""

    fact = models.CharField(max_length=60)
    day = models.DateField()
    rows = models.PositiveBigIntegerField()
    schema_version = models.PositiveIntegerField(default=1, db_default=1)
    checksum = models.CharField(max_length=64)
    made_at = models.DateTimeField()


class LogBatch(Entity):
    """One batch of rows: the log's manifest. `written_at` is empty until its file stands under its final name.

    The file is the batch's own until it is put together with others (`file`). One that was found damaged is set aside and
    read by nobody (`set_aside_at`).
    """

    fact = models.CharField(max_length=60)
    day = models.DateField()
    rows = models.PositiveIntegerField()
    schema_version = models.PositiveIntegerField(default=1, db_default=1)
    is_staged = models.BooleanField(default=False)
    # The log is the only place of its rows: they cannot be compared with the database, nor made anew from it.
    is_only_here = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    # SHA-256 of the file as it was written.
    checksum = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(LogFile, on_delete=models.PROTECT, null=True, related_name="batches")
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="log_open", condition=models.Q(written_at__isnull=True)),
            models.Index(fields=["fact", "written_at"], name="log_by_fact"),
            models.Index(fields=["fact"], name="log_aside", condition=models.Q(set_aside_at__isnull=False)),
        ]


class JobClock(models.Model):
    """When a periodic job is due next, and how its last run went."""

    name = models.CharField(primary_key=True, max_length=120)
    due_at = models.DateTimeField()
    busy_until = models.DateTimeField(null=True)
    busy_by = models.CharField(max_length=120, blank=True)
    last_started_at = models.DateTimeField(null=True)
    last_ended_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
