"""Sums by cell of both windows of a change, from the cells of each day; what these lack yet, from the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import exp
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import QuerySet

from evenkeel.ground.log import opened, read_batches

from ..base import DayMetric
from ..cubed import LOG_STEP, cell_dimensions
from ..models import CubeParts
from ..rollup.cubes import Codes, by_day, said_of
from ..rollup.feeds import awaited, cell_feed
from ..rollup.packing import Cells, Floats, Ints, Steps, steps_of, together, unpacked
from ..taken_apart import Explained
from .apart import Apart, Days
from .changing_names import kinds

# What speaks against the figure, and n, by cell.
Sums = dict[tuple[str, ...], tuple[float, float]]
# So many days are put together at a time.
_DAYS_AT_ONCE = 60
_SUMS = ("n", "w", "wy", "over")


def counted(
    way: Explained,
    names: Sequence[str],
    programme_id: UUID,
    before: Days,
    now: Days,
    where: Mapping[str, UUID | None],
    apart: Sequence[Apart] = (),
) -> list[Sums]:
    """The sums of either window, without what is `apart`."""
    sides = []
    for kind in kinds(way):
        assert issubclass(kind, DayMetric)
        # A count is one a day of the window: days left out would count as days without.
        told = [part for part in apart if way.how != "count" and set(part.where) <= set(names)]
        asked = _Asked(kind=kind, names=tuple(names), programme_id=programme_id, where=where, apart=told)
        limit = None if way.p is None else asked.limit(before, way.p)
        sides.append(
            [_counted(way, asked, asked.cells(days, limit), is_limited=way.p is not None) for days in (before, now)]
        )
    if not way.above:
        return sides[0]
    # Two facts: what is counted above, against what is counted below, cell by cell.
    return [
        {key: (above.get(key, (0.0, 0.0))[1], below.get(key, (0.0, 0.0))[1]) for key in {*above, *below}}
        for above, below in zip(*sides, strict=True)
    ]


def limit_of_cells(
    kind: type[DayMetric], p: float, programme_id: UUID, where: Mapping[str, UUID | None], days: Days
) -> float | None:
    """The value, in the metric's own unit, up to which a share `p` of them lies, to within a step; None without values."""
    asked = _Asked(kind=kind, names=cell_dimensions(kind), programme_id=programme_id, where=where, apart=())
    limit = asked.limit(days, p)
    return None if limit is None else exp((limit.step - limit.beyond) * LOG_STEP) / kind.sketch_scale


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A value within a step: of those in this step a share lies `beyond` it."""

    step: int
    beyond: float

    def share_of(self, step: Ints) -> Floats:
        """What share of the values in each of these steps lies beyond."""
        shares: Floats = np.zeros(max(int(step.max(initial=0)), self.step) + 1)
        shares[self.step], shares[self.step + 1 :] = self.beyond, 1.0
        return shares[step]


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """The cells of one metric by `names`, of a part of a programme."""

    kind: type[DayMetric]
    names: tuple[str, ...]
    programme_id: UUID
    where: Mapping[str, UUID | None]
    apart: Sequence[Apart]

    def limit(self, days: Days, p: float) -> Limit | None:
        """Beyond what a share 1 - p of these days' values lies; within a step they are taken to lie evenly."""
        totals: Floats = np.zeros(1)
        for steps in self._steps(days):
            own: Floats = np.bincount(steps.step, weights=steps.n).astype(np.float64)
            longer, shorter = (own, totals) if len(own) > len(totals) else (totals, own)
            longer[: len(shorter)] += shorter
            totals = longer
        whole = float(totals.sum())
        if whole <= 0:
            return None
        reached = np.cumsum(totals) / whole
        step = int(np.argmax(reached >= p))
        return Limit(step=step, beyond=float((reached[step] - p) * whole / totals[step]))

    def _steps(self, days: Days) -> Iterator[Steps]:
        """The steps of these days; where no cell is left out, without looking at the cells."""
        is_whole = not self.apart and not any(value is not None for value in self.where.values())
        if is_whole and not self._waiting:
            for said in self._rows(days).values_list("steps", flat=True).iterator(chunk_size=_DAYS_AT_ONCE):
                assert said is not None
                yield steps_of(bytes(said))
            return
        for cells in self._kept(days, with_steps=True):
            assert cells.steps is not None
            yield cells.steps

    def cells(self, days: Days, limit: Limit | None) -> Cells | None:
        """The sums of these days by cell, and how many values lie beyond the limit."""
        parts: list[Cells] = []
        for cells in self._kept(days, with_steps=limit is not None):
            parts.append(self._by_names(cells, limit))
            if len(parts) >= _DAYS_AT_ONCE:
                parts = [together(parts)]
        return together(parts) if parts else None

    def _by_names(self, cells: Cells, limit: Limit | None) -> Cells:
        known = dict(zip(cells.names, cells.sums.T, strict=True))
        w = known.get("w", known["n"])
        over: Floats = np.zeros(cells.n)
        if limit is not None and cells.steps is not None:
            weights = limit.share_of(cells.steps.step) * cells.steps.n
            over = np.bincount(cells.steps.cell, weights=weights, minlength=cells.n).astype(np.float64)
        sums = np.stack([known["n"], w, known.get("wy", w), over]).T
        wanted = [self._dimensions.index(name) for name in self.names]
        return Cells(names=_SUMS, codes=cells.codes[:, wanted], sums=sums)

    def _kept(self, days: Days, *, with_steps: bool) -> Iterator[Cells]:
        """Each day's cells, without those that are left out."""
        for day, cells in self._every(days, with_steps=with_steps):
            keep = np.ones(cells.n, dtype=bool)
            for name, value in self.where.items():
                if value is not None and name in self._dimensions:
                    keep &= self._is(cells, name, str(value))
            for part in self.apart:
                if part.since <= day < part.until:
                    inside = np.ones(cells.n, dtype=bool)
                    for name, said in part.where.items():
                        inside &= self._is(cells, name, said)
                    keep &= ~inside
            yield cells if keep.all() else cells.only(keep)

    def _is(self, cells: Cells, name: str, value: str) -> Any:
        code = self._codes.of([value], are_people=name == "worker")[0]
        return cells.codes[:, self._dimensions.index(name)] == code

    def _every(self, days: Days, *, with_steps: bool) -> Iterator[tuple[date, Cells]]:
        rows = self._rows(days)
        columns = ("day", "cells", "steps") if with_steps else ("day", "cells")
        for day, *said in rows.order_by("day").values_list(*columns).iterator(chunk_size=_DAYS_AT_ONCE):
            yield day, unpacked(*map(bytes, said))
        for (day, programme), cells in self._waiting.items():
            if programme == str(self.programme_id) and days.since <= day < days.until:
                yield day, cells

    def _rows(self, days: Days) -> QuerySet[CubeParts]:
        return CubeParts.objects.filter(
            programme=self.programme_id, metric=self.kind.stored(), day__gte=days.since, day__lt=days.until
        )

    @cached_property
    def _waiting(self) -> Mapping[tuple[date, str], Cells]:
        """What has not come in yet, from the log."""
        feed = cell_feed(self.kind)
        batches = awaited(feed)
        if not batches:
            return {}
        with opened() as connection:
            rows = read_batches(self.kind.fact, batches, connection=connection)
            (said,) = said_of([self.kind], rows, connection)
        return dict(by_day(said, self._codes))

    @cached_property
    def _codes(self) -> Codes:
        return Codes(are_kept=False)

    @cached_property
    def _dimensions(self) -> tuple[str, ...]:
        return cell_dimensions(self.kind)

    def texts(self, cells: Cells) -> list[tuple[str, ...]]:
        """What each cell is called."""
        texts = self._codes.texts(np.unique(cells.codes).tolist())
        return [tuple(map(texts.__getitem__, row)) for row in cells.codes.tolist()]


def _counted(way: Explained, asked: _Asked, cells: Cells | None, *, is_limited: bool) -> Sums:
    """(What speaks against the figure, n) of each cell."""
    if cells is None:
        return {}
    n, w, wy, over = cells.sums.T
    if way.above:
        against, count = n, n
    elif way.how == "count":
        against, count = wy, n
    elif way.how == "mean":
        against, count = wy * way.scale, w
    elif is_limited:
        against, count = np.clip(over, 0, n), n
    else:
        share = np.clip(np.divide(wy, w, out=np.zeros(len(w)), where=w != 0), 0, 1)
        against, count = (1 - share if asked.kind.better == "up" else share) * n, n
    rows = zip(asked.texts(cells), against.tolist(), count.tolist(), n.tolist(), strict=True)
    return {key: (errors, of) for key, errors, of, number in rows if number}
