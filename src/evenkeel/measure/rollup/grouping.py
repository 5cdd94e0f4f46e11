"""Sums by some columns, as arrays: rows for the database are made without a dictionary a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ..base import SUMS
from .adding import cell_digest, ready

if TYPE_CHECKING:
    import pyarrow as pa
    from django.db.models import Model

    from ..base import DayMetric

Array = Any


class Groups:
    """The groups of a table by `by`, which begins with the day: their sums, and what each row of the database says of them."""

    def __init__(self, table: pa.Table, by: Sequence[str], sums: Sequence[str]):
        self.by = tuple(by)
        self._found = table.group_by(list(by)).aggregate([(name, "sum") for name in sums])
        self._columns = frozenset(self._found.column_names)
        self.n = self._found.num_rows

    def values(self, name: str) -> list[Any]:
        """One of the columns that make the groups; empty for all where there is no such column."""
        return self._found[name].to_pylist() if name in self.by else [None] * self.n

    def sum(self, name: str) -> Array:
        """One of the sums, a number a group. Sums of multiples of 2^-20: the same whatever the order."""
        found = self._found[f"{name}_sum"]
        if found.null_count:
            found = found.fill_null(0)
        return found.to_numpy()

    def has(self, name: str) -> bool:
        """Whether there is such a sum."""
        return f"{name}_sum" in self._columns

    def counted(self, kind: type[DayMetric]) -> Array:
        """The places of the groups in which the metric counted any row."""
        return np.flatnonzero(self.sum(f"{kind.slug}.rows"))

    def whole(self, kind: type[DayMetric]) -> dict[str, Array]:
        """All six sums of a metric, a number a group each."""
        said = {name: self.sum(f"{kind.slug}.{name}") for name in SUMS if self.has(f"{kind.slug}.{name}")}
        return kind.whole(said)

    @cached_property
    def keys(self) -> dict[tuple[Any, ...], int]:
        """Where each group stands, by its values."""
        return {values: place for place, values in enumerate(zip(*map(self.values, self.by), strict=True))}


class Rows:
    """Rows of one table of the roll-ups for the groups of `groups`: metric, day, `fields` (name -> values), the six sums."""

    def __init__(self, model: type[Model], groups: Groups, fields: dict[str, list[Any]]):
        days = groups.values("day")
        self.names = ("id", "metric", "day", *fields, *SUMS)
        self._groups = groups
        # What a key is made of, beside the metric: as `adding.key` does it.
        self._days = [str(day) for day in days]
        said = (self._days, *([_text(value) for value in column] for column in fields.values()))
        self._tails = ["\x1f".join(parts) for parts in zip(*said, strict=True)]
        columns = zip(("day", *fields), (days, *fields.values()), strict=True)
        self._given = list(zip(*(list(map(ready(model, name), values)) for name, values in columns), strict=True))

    def of(self, kind: type[DayMetric], *, with_nothing: bool) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """The rows of one metric with the places of their groups; `with_nothing` also where every sum came to nothing."""
        places = self._groups.counted(kind)
        sums = self._groups.whole(kind)
        picked = [sums[name][places] for name in SUMS]
        if not with_nothing and len(places):
            said = np.logical_or.reduce([each != 0 for each in picked])
            places, picked = places[said], [each[said] for each in picked]
        slug, tails, days, given = kind.slug, self._tails, self._days, self._given
        for place, *own in zip(places.tolist(), *(each.tolist() for each in picked), strict=True):
            text = f"{slug}\x1f{tails[place]}"
            yield place, (cell_digest(days[place], text), slug, *given[place], *own)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
