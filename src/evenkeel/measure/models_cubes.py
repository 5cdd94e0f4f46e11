"""What a change of a figure is taken apart by, day by day: the finest cells of a metric, packed into one row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CubeValue(models.Model):
    """A value of a dimension, and the small number that stands for it in packed cells.

    Of people it is the worker herself, so that whoever is erased is erased here, and packed cells need no change.
    """

    id = models.AutoField(primary_key=True)
    text = models.CharField(max_length=120, blank=True)
    worker = models.ForeignKey("people.Worker", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text"], name="measure_cube_text", condition=Q(worker=None)),
            models.UniqueConstraint(fields=["worker"], name="measure_cube_worker"),
        ]


class CubeParts(models.Model):
    """A metric's additive parts in every finest cell of a programme's day: by place, worker, answer, language, kind, policy.

    All cells of one, two or more dimensions are sums of these. A row a cell would cost ten times the bytes, and reading a
    year of them longer than anybody waits. As `rollup.packing` packs them.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    metric = models.CharField(max_length=60)
    day = models.DateField()
    programme = models.ForeignKey("work.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    cells = models.BinaryField()
    # How many values lie in which step of each cell, of metrics whose values are counted. A mean is told without.
    steps = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "metric", "day"], name="measure_cube_parts"),
            models.Index(fields=["metric"], name="measure_cube_metric"),
        ]
