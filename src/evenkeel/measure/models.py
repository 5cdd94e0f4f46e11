"""Roll-ups of the log, evaluations of studies, and signals.

The roll-ups hold additive parts only, so any two rows may be summed; they can be thrown away and made again from the
log (`rebuild`). Pages read these tables and never scan decisions, so their cost does not grow with history.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class ConsumedBatch(Entity):
    """A batch of the log has gone into a roll-up. Written in the transaction of the sums: that is what makes them right."""

    consumer = models.CharField(max_length=80)
    # Without a foreign key: the log may merge small files, and what was consumed stays consumed.
    batch_id = models.UUIDField()
    made_at = models.DateTimeField()
    # Of a batch whose items with one answer have no tally: between which ids they lie. Empty where all have theirs.
    items_from = models.UUIDField(null=True)
    items_to = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consumer", "batch_id"], name="measure_consumed_once")]
        indexes = [models.Index(fields=["consumer", "made_at"], name="measure_consumed_recent")]


class _Cell(models.Model):
    """One metric in one cell of one day.

    The key is a hash of metric, day and dimensions, so that an empty dimension is a value like any other and adding to a
    cell is one statement.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    metric = models.CharField(max_length=60)
    day = models.DateField()
    # Empty for what belongs to none: a break has no queue, a day's backlog no team.
    programme = models.ForeignKey(
        "work.Programme", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    n = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class _Parts(_Cell):
    """The six sums of `kernel.WeightedParts` for one metric and one cell of one day."""

    w = models.FloatField(default=0)
    wy = models.FloatField(default=0)
    ww = models.FloatField(default=0)
    wwy = models.FloatField(default=0)
    wwyy = models.FloatField(default=0)

    class Meta:
        abstract = True


class DayParts(_Parts):
    """By day and team: what pages, charts and alarms read."""

    class Meta:
        indexes = [
            models.Index(fields=["programme", "metric", "day"], name="measure_day_parts"),
            models.Index(fields=["metric", "day"], name="measure_day_metric"),
            models.Index(fields=["metric"], name="measure_day_empty", condition=models.Q(n=0)),
        ]


class WorkerDayParts(_Parts):
    """By day and worker: personal figures, behind `measure:person:view`."""

    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "metric", "day"], name="measure_worker_day"),
            models.Index(fields=["worker", "metric", "day"], name="measure_worker_own"),
            models.Index(fields=["metric"], name="measure_worker_empty", condition=models.Q(n=0)),
        ]


class CellParts(_Parts):
    """The finest cells of a metric that keeps them (audits): by worker, answer and policy version too.

    There are at most as many as audits. The scan for drivers of a change reads them.
    """

    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    label = models.CharField(max_length=120, blank=True)
    policy_version = models.ForeignKey(
        "policy.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["programme", "metric", "day"], name="measure_cell_parts"),
            models.Index(fields=["metric"], name="measure_cell_empty", condition=models.Q(n=0)),
        ]


class CutParts(_Parts):
    """By day, team and one or two dimensions beside place, as many as the metric keeps (`names`, `values`, by commas).

    `people` holds the five smallest signs of those behind the row: enough to tell whether five people stand behind any sum
    of rows, and too few to list anybody. A row whose sums came back to nothing stays, so that it can be made anew alike.
    """

    names = models.CharField(max_length=60)
    values = models.CharField(max_length=260)
    people = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "metric", "names", "day"], name="measure_cut_parts"),
            models.Index(fields=["metric", "names", "day"], name="measure_cut_metric"),
        ]


class SketchParts(_Cell):
    """By day and team: a histogram of the metric's values (`kernel.LogHistogram`), from which quantiles are told."""

    counts = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "metric", "day"], name="measure_sketch_parts"),
            models.Index(fields=["metric", "day"], name="measure_sketch_metric"),
        ]


class RollupMember(Entity):
    """A metric's present version is part of what a feed takes in; one that is new comes in by itself first."""

    feed = models.CharField(max_length=80)
    metric = models.CharField(max_length=60, unique=True)
    version = models.PositiveIntegerField()


class LabelTally(models.Model):
    """How often an item was given a label, by people and by experts. Feeds `ItemFigures`.

    Items of large batches with one answer and no expert's have none (`rollup.companions`). Where there are such, a tally of
    0 stays: it says that the item's answers have all been counted.
    """

    SOURCES = (("people", _("people")), ("expert", _("experts")))

    id = models.UUIDField(primary_key=True, editable=False)
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey("work.Item", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=8, choices=SOURCES)
    label = models.CharField(max_length=120)
    n = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["id"], name="measure_tally_empty", condition=models.Q(n=0))]


class ItemFigures(models.Model):
    """What people and experts said about an item, so that lists of items are sorted and filtered by index."""

    item = models.OneToOneField("work.Item", on_delete=models.PROTECT, primary_key=True, related_name="+")
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    n = models.PositiveIntegerField(_("answers"))
    counts = models.JSONField(default=dict)
    # Share of pairs of answers that differ; 0 when there is no pair, so that sorting needs no special case.
    disagreement = models.FloatField(default=0)
    entropy = models.FloatField(default=0)
    majority_label = models.CharField(max_length=120, blank=True)
    majority_share = models.FloatField(null=True)
    is_tied = models.BooleanField(default=False)
    expert_label = models.CharField(max_length=120, blank=True)
    differs = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "-disagreement", "item"], name="measure_item_contested"),
            models.Index(fields=["programme", "-n", "item"], name="measure_item_n"),
            models.Index(fields=["programme", "majority_share", "item"], name="measure_item_share"),
            models.Index(
                fields=["programme", "-disagreement", "item"],
                name="measure_item_differs",
                condition=models.Q(differs=True),
            ),
        ]


class Study(models.Model):
    """A programme's labels as one set: when they last changed, and when its evaluations were last made from them."""

    programme = models.OneToOneField("work.Programme", on_delete=models.PROTECT, primary_key=True, related_name="+")
    # Counted up with each change: an evaluation that began before a later change must not pass for its own.
    changes = models.BigIntegerField(default=0)
    evaluated_changes = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField()
    evaluated_at = models.DateTimeField(null=True)


class WorkerTally(Entity):
    """A worker's labels against the experts' answers: one cell of her confusion matrix; an empty `truth` = no expert."""

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    truth = models.CharField(max_length=120, blank=True)
    label = models.CharField(max_length=120)
    n = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "worker", "organisation", "truth", "label"], name="measure_worker_tally_once"
            )
        ]


class RaterFigures(Entity):
    """A worker's accuracy against the experts as of the last evaluation: plain, and leaning on that of her colleagues.

    `rank` is empty for whoever has too few answers to be compared.
    """

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, related_name="+")
    labels = models.BigIntegerField()
    n = models.BigIntegerField()
    hits = models.BigIntegerField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    shrunk = models.FloatField(null=True)
    shrunk_low = models.FloatField(null=True)
    shrunk_high = models.FloatField(null=True)
    kappa = models.FloatField(null=True)
    top_label = models.CharField(max_length=120, blank=True)
    top_share = models.FloatField(null=True)
    is_thin = models.BooleanField()
    rank = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "worker", "organisation"], name="measure_rater_once")
        ]
        indexes = [models.Index(fields=["programme", "shrunk"], name="measure_rater_shrunk")]


class Evaluation(Entity):
    """A figure of a study as it was at `as_of`: over everybody, or over one partner's own labels."""

    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    metric = models.CharField(max_length=60)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.BigIntegerField()
    n_effective = models.FloatField()
    method = models.CharField(max_length=60)
    level = models.FloatField(default=0.95)
    detail = models.JSONField(default=dict)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation", "metric"],
                name="measure_evaluation_partner",
                condition=models.Q(organisation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["programme", "metric"], name="measure_evaluation_all", condition=models.Q(organisation=None)
            ),
        ]


class Series(Entity):
    """A watched line: one metric for one programme, queue, organisation, team or answer; with its frozen baseline.

    Limits come from the baseline days and stay until somebody says that the process is a new one; otherwise a shift
    would widen the limits that should have shown it.
    """

    KINDS = (
        ("programme", _("Programme")),
        ("queue", _("Queue")),
        ("organisation", _("Organisation")),
        ("site", _("Site")),
        ("team", _("Team")),
        ("label", _("Answer")),
    )
    CLOCKS = (("day", _("day by day")), ("live", _("every few minutes")))

    metric = models.CharField(max_length=60)
    # Of a metric that people define: its version, whose figures the baseline is made of.
    version = models.PositiveIntegerField(default=0)
    clock = models.CharField(max_length=4, choices=CLOCKS, default="day")
    kind = models.CharField(max_length=16, choices=KINDS)
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+")
    # Of a line that follows an answer: which. Nullable, as what is added to a table with rows must be.
    label = models.CharField(max_length=120, null=True)
    # The programme's, queue's, organisation's or team's own id: what `kind` speaks of; an answer's is made of its programme's.
    target_id = models.UUIDField()
    baseline_from_on = models.DateField()
    baseline_until_on = models.DateField(null=True)
    watched_until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "metric", "clock", "kind", "target_id"], name="measure_series_once_a_clock"
            )
        ]


class Signal(Entity):
    """A series changed by more than it does by itself. What was found never changes; what came of it stands beside."""

    SIDES = ((-1, _("below")), (1, _("above")))

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="signals")
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+")
    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+")
    # Of a series that follows an answer: which.
    label = models.CharField(max_length=120, null=True)
    where_name = models.CharField(max_length=200)
    metric = models.CharField(max_length=60)
    side = models.SmallIntegerField(choices=SIDES)
    rule = models.CharField(max_length=32)
    first_on = models.DateField()
    last_on = models.DateField()
    # Estimates as they were: the baseline, the flagged days together, and the difference of the two.
    before = models.JSONField()
    after = models.JSONField()
    change = models.JSONField()
    # Names of other watched things in which the same change showed.
    also_in = models.JSONField(default=list)
    # How many alarms a point its limits allowed when it was raised; 0 for limits of three standard errors.
    rate = models.FloatField(default=0)
    # When the change most likely began, and the days between which it did (95 %); empty where that cannot be told.
    dated = models.JSONField(default=dict)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="signals")
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "side"], name="measure_signal_open_once", condition=models.Q(closed_at=None)
            )
        ]
        indexes = [models.Index(fields=["owner", "-raised_at"], name="measure_signal_owner")]

    def __str__(self) -> str:
        return self.where_name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Acknowledgement(Entity):
    """Somebody has seen a signal and looks after it. Append-only."""

    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, related_name="acknowledgement")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Disposition(Entity):
    """What a signal turned out to be. Append-only."""

    KINDS = (
        ("real", _("Real change")),
        ("noise", _("Noise")),
        ("known_change", _("Known change: a new baseline starts here")),
        ("data_problem", _("Problem with the data")),
    )

    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, related_name="disposition")
    kind = models.CharField(_("what it was"), max_length=16, choices=KINDS)
    reason = models.TextField(_("why you think so"))
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


from .models_channels import SignalChannel as SignalChannel  # noqa: E402
from .models_channels import SignalMessage as SignalMessage  # noqa: E402
from .models_cubes import CubeParts as CubeParts  # noqa: E402
from .models_cubes import CubeValue as CubeValue  # noqa: E402
from .models_definitions import Definition as Definition  # noqa: E402
from .models_definitions import DefinitionVersion as DefinitionVersion  # noqa: E402
from .models_definitions import Retirement as Retirement  # noqa: E402
from .models_signals import HandOver as HandOver  # noqa: E402
from .models_signals import SignalMember as SignalMember  # noqa: E402
from .models_signals import Snooze as Snooze  # noqa: E402
from .models_targets import Target as Target  # noqa: E402
from .models_targets import TargetLine as TargetLine  # noqa: E402
from .models_watching import AlarmBudget as AlarmBudget  # noqa: E402
from .models_watching import DataProblem as DataProblem  # noqa: E402
from .models_watching import LiveReading as LiveReading  # noqa: E402
from .models_watching import Watch as Watch  # noqa: E402
