"""The finest cells of each metric by day, from which any change is taken apart without the rows behind them.

A day's cells of a metric are one row, made anew whenever rows of that day come in. So cells wait until there are many
rows, or an hour has passed; whoever asks meanwhile reads what waits from the log (`awaited`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from django.db import connection as database
from django.db.models import Max

from evenkeel.ground.log import computed, read_batches

from ..cubed import CELL_SUMS, cell_dimensions, has_cells, step_of, value_of
from ..models import ConsumedBatch, CubeParts, CubeValue, RollupMember
from .adding import cell_key, in_parts
from .packing import Cells, Steps, packed, together, unpacked

if TYPE_CHECKING:
    import pyarrow as pa

    from ..base import DayMetric

_LOCK = 7_260_004
_TEXT = 120
_WAITS = timedelta(hours=1)
_ENOUGH = 100_000
_OF_DAY = ("day", "programme")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What some batches say of one metric: sums by day, programme and cell, and where its values are counted, by step too."""

    kind: type[DayMetric]
    sums: pa.Table
    steps: pa.Table | None


class CubeFeed:
    """Feeds the cells of metrics of one fact, all in one pass over its rows."""

    prefix = "cubes"
    rows_at_once = 100_000

    def __init__(self, metrics: Sequence[type[DayMetric]], *, consumer: str):
        self.metrics = tuple(metrics)
        self.consumer = consumer
        self.fact, self.at = metrics[0].fact, metrics[0].at

    @staticmethod
    def feeds(kind: type[DayMetric]) -> bool:
        """Whether a metric has cells."""
        return has_cells(kind)

    @staticmethod
    def member(kind: type[DayMetric]) -> str:
        """Under which name a metric that is in stands among the members."""
        return f"cube {kind.slug}"

    def waits(self, batches: Sequence[Any], now: datetime) -> bool:
        """Whether so little came in, so lately, that making the days' cells anew is not worth it yet."""
        return sum(batch.rows for batch in batches) < _ENOUGH and all(
            now - _WAITS < batch.created_at <= now for batch in batches
        )

    def prepare(self, batches: Sequence[Any], connection: Any) -> list[Said]:
        """What these batches say; reads files only."""
        return said_of(self.metrics, read_batches(self.fact, batches, connection=connection), connection)

    def store(self, prepared: list[Said], *, now: datetime) -> None:
        """Add the cells, within the transaction that marks their batches."""
        _one_at_a_time()
        codes = Codes(are_kept=True)
        for said in prepared:
            _store(said, codes)

    def begin(self) -> None:
        """The first batch of these versions: what older ones summed up must not stay."""
        self.clear()
        for kind in self.metrics:
            ConsumedBatch.objects.filter(consumer__startswith=f"{self.prefix}:{kind.slug}:").delete()

    def clear(self) -> None:
        """Throw the cells away. Values keep their numbers, so that the same cells come again."""
        CubeParts.objects.filter(metric__in=[kind.slug for kind in self.metrics]).delete()
        RollupMember.objects.filter(metric__in=[self.member(kind) for kind in self.metrics]).delete()


def said_of(metrics: Sequence[type[DayMetric]], rows: Any, connection: Any) -> list[Said]:
    """What rows of a fact say of metrics of it."""
    kinds = tuple(metrics)
    stepped = next((kind for kind in kinds if kind.is_sketched), None)
    finest = computed(connection, rows, expression=partial(_finest, kinds, stepped), key=("cells", kinds))
    keys, terms = ([name for name in finest.column_names if ("." in name) is is_term] for is_term in (False, True))
    cells = finest.group_by([name for name in keys if name != "step"]).aggregate([(name, "sum") for name in terms])
    found = []
    for kind in kinds:
        by = [*_OF_DAY, *cell_dimensions(kind)]
        own = [name for name in CELL_SUMS if f"{kind.slug}.{name}" in terms]
        sums = cells.select([*by, *(f"{kind.slug}.{name}_sum" for name in own)]).rename_columns([*by, *own])
        steps = None
        if kind is stepped:
            steps = finest.select([*by, "step", f"{kind.slug}.n"]).rename_columns([*by, "step", "n"])
            steps = steps.filter(_counts(steps))
        elif kind.is_sketched:
            steps = computed(connection, rows, expression=partial(_steps, kind), key=("steps", kind))
        found.append(Said(kind=kind, sums=sums, steps=steps))
    return found


def _counts(steps: pa.Table) -> Any:
    import pyarrow.compute as pc

    return pc.and_(pc.not_equal(steps["n"], 0), pc.is_valid(steps["step"]))


def _keys(kind: type[DayMetric], rows: Any, names: Iterable[str]) -> dict[str, Any]:
    keys = {"day": rows[kind.at].cast("date"), "programme": rows.programme_id}
    return keys | {name: value_of(kind, rows, name) for name in names}


def _dated(kind: type[DayMetric], rows: Any) -> Any:
    # Without its moment a row belongs to no day, and without a programme to no change in one.
    return rows.filter(rows[kind.at].notnull() & rows.programme_id.notnull())


def _finest(kinds: Sequence[type[DayMetric]], stepped: type[DayMetric] | None, rows: Any) -> Any:
    """The sums of all of them by all that any is cut by, and by the step of one of them, which saves a pass."""
    rows = _dated(kinds[0], rows)
    keys = _keys(kinds[0], rows, dict.fromkeys(name for kind in kinds for name in cell_dimensions(kind)))
    terms = {
        f"{kind.slug}.{name}": term for kind in kinds for name, term in kind.terms(rows).items() if name in CELL_SUMS
    }
    if stepped is not None:
        keys["step"] = step_of(stepped, rows)
    said = rows.select(**keys, **terms)
    return said.group_by(list(keys)).aggregate(**{name: said[name].sum() for name in terms})


def _steps(kind: type[DayMetric], rows: Any) -> Any:
    rows = _dated(kind, rows)
    keys = _keys(kind, rows, cell_dimensions(kind)) | {"step": step_of(kind, rows)}
    said = rows.select(**keys, n=kind.terms(rows)["n"])
    said = said.filter((said.n != 0) & said.step.notnull())
    return said.group_by(list(keys)).aggregate(n=said.n.sum())


class Codes:
    """The numbers of values. Those that have none are given one, for good or (`are_kept` no) as long as this lasts."""

    def __init__(self, *, are_kept: bool) -> None:
        self._are_kept = are_kept
        self._known: dict[tuple[bool, str], int] = {(False, ""): 0, (True, ""): 0}

    def of(self, values: Sequence[str], *, are_people: bool) -> list[int]:
        """The number of each; 0 for an empty one."""
        wanted = [value[:_TEXT] for value in values]
        missing = self._learn(sorted({value for value in wanted if (are_people, value) not in self._known}), are_people)
        if missing and self._are_kept:
            named = ({"worker_id": UUID(value)} if are_people else {"text": value} for value in missing)
            CubeValue.objects.bulk_create(CubeValue(**name) for name in named)
            self._learn(missing, are_people)
        elif missing:
            first = max(CubeValue.objects.aggregate(last=Max("id"))["last"] or 0, *self._known.values()) + 1
            self._known |= {(are_people, value): first + place for place, value in enumerate(missing)}
        return [self._known[are_people, value] for value in wanted]

    def texts(self, numbers: Iterable[int]) -> dict[int, str]:
        """The values that numbers stand for."""
        found = {number: text for (_are_people, text), number in self._known.items()}
        for part in in_parts([number for number in numbers if number not in found]):
            rows = CubeValue.objects.filter(pk__in=part).values_list("id", "text", "worker_id")
            found |= {pk: str(worker) if worker is not None else text for pk, text, worker in rows}
        return found

    def _learn(self, values: Sequence[str], are_people: bool) -> list[str]:
        """Look these up; those that have no number."""
        for part in in_parts(values):
            where: dict[str, Any] = {"worker__in": part} if are_people else {"text__in": part, "worker": None}
            for pk, text, worker in CubeValue.objects.filter(**where).values_list("id", "text", "worker_id"):
                self._known[are_people, str(worker) if are_people else text] = pk
        return [value for value in values if (are_people, value) not in self._known]


def _store(said: Said, codes: Codes) -> None:
    new = dict(by_day(said, codes))
    keys = {place: cell_key(said.kind.slug, *place) for place in new}
    known: dict[UUID, Cells] = {}
    for part in in_parts(list(keys.values())):
        there = CubeParts.objects.select_for_update().filter(pk__in=part).values_list("pk", "cells", "steps")
        known |= {pk: unpacked(bytes(cells), None if steps is None else bytes(steps)) for pk, cells, steps in there}
    rows, gone = [], []
    for (day, programme), cells in new.items():
        key = keys[day, programme]
        both = together([known[key], cells]) if key in known else together([cells])
        if both.n:
            said_cells, said_steps = packed(both)
            place = {"metric": said.kind.slug, "day": day, "programme_id": UUID(programme)}
            rows.append(CubeParts(id=key, **place, cells=said_cells, steps=said_steps))
        else:
            gone.append(key)
    CubeParts.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["cells", "steps"], batch_size=100
    )
    for part in in_parts(gone):
        CubeParts.objects.filter(pk__in=part).delete()


def by_day(said: Said, codes: Codes) -> Iterator[tuple[tuple[date, str], Cells]]:
    """The cells of each day and programme; several times the same cell where values are counted."""
    names = cell_dimensions(said.kind)
    tables = [said.sums] if said.steps is None else [said.sums, said.steps]
    places: dict[tuple[date, str], int] = {}
    parts: list[tuple[Any, Cells]] = []
    own = tuple(_columns_of(said.sums))
    for table in tables:
        coded = np.column_stack(
            [*(_coded(table, name, codes) for name in names), np.zeros(table.num_rows, dtype=np.int64)]
        )
        is_steps = table is said.steps
        sums = (
            np.zeros((table.num_rows, len(own)))
            if is_steps
            else np.column_stack([_numbers(table, name) for name in own]).astype(np.float64)
        )
        found = None
        if said.steps is not None:
            rows = np.arange(table.num_rows) if is_steps else np.zeros(0, dtype=np.int64)
            step, n = (table["step"].to_numpy(), table["n"].to_numpy()) if is_steps else (rows.copy(), rows.copy())
            found = Steps(cell=rows, step=step.astype(np.int64), n=n.astype(np.int64))
        days, programmes = (table[name].to_pylist() for name in _OF_DAY)
        where = np.array(
            [places.setdefault(place, len(places)) for place in zip(days, programmes, strict=True)], dtype=np.int64
        )
        parts.append((where, Cells(names=own, codes=coded[:, :-1], sums=sums, steps=found)))
    for place, number in places.items():
        yield place, together([cells.only(where == number) for where, cells in parts])


def _columns_of(table: pa.Table) -> list[str]:
    return [name for name in CELL_SUMS if name in table.column_names]


def _numbers(table: pa.Table, name: str) -> Any:
    column = table[name]
    return (column.fill_null(0) if column.null_count else column).to_numpy()


def _coded(table: pa.Table, name: str, codes: Codes) -> Any:
    column = table[name].combine_chunks().dictionary_encode()
    numbers = np.array(codes.of(column.dictionary.to_pylist(), are_people=name == "worker"), dtype=np.int64)
    return numbers[column.indices.to_numpy()]


def _one_at_a_time() -> None:
    """A day's row is read and written again. SQLite's write lock sees to it by itself."""
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
