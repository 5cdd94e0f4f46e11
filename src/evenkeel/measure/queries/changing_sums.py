"""Sums by cell of the roll-ups by person, for what is made of two sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Sum

from ..models import WorkerDayParts
from ..taken_apart import Explained
from .apart import Days
from .changing_cubes import Sums


def units(
    way: Explained, names: Sequence[str], programme_id: UUID, days: Days, where: Mapping[str, UUID | None]
) -> Sums:
    """The sums of one window."""
    rows = WorkerDayParts.objects.filter(
        metric=way.metric, programme=programme_id, day__gte=days.since, day__lt=days.until,
        **{name: value for name, value in where.items() if value is not None},
    )  # fmt: skip
    columns = [f"{name}_id" for name in names]
    cells = rows.order_by().values(*columns).annotate(y=Sum("wy"), x=Sum("w"))
    return {tuple(str(row[column] or "") for column in columns): (row["y"], row["x"]) for row in cells}
