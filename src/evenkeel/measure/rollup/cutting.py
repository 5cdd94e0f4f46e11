"""Sums by what lies beside place: language, answer, tenure ... and enough of the people behind each to protect them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..base import PLACES, SUMS
from ..cuts import BETWEEN
from ..models import CutParts
from .adding import DAY_LETTERS, add_rows, in_parts, keys_of_day
from .grouping import Groups, Rows

if TYPE_CHECKING:
    import pyarrow as pa

    from ..base import DayMetric
    from .parts import Sets

# So many people are kept of each row, and a sum of rows is shown when it has as many.
PEOPLE_KEPT = 5
# Of a worker's key the end, which is random in UUIDv7: twelve hexadecimal digits.
_SIGN_FROM = 24


def store_cuts(metrics: Sequence[type[DayMetric]], sets: Sets) -> None:
    """Add the sums of every kept cut, within the transaction that marks their batches."""
    from .parts import cut_columns

    alike: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], list[type[DayMetric]]] = defaultdict(list)
    for kind in metrics:
        for cut in kind.kept:
            alike[cut, cut_columns(kind, cut)].append(kind)
    rows: dict[str, list[Any]] = {}
    names: tuple[str, ...] = ()
    for (cut, columns), kinds in alike.items():
        names, found = _rows(kinds, cut, [name for name in columns if name != "worker_id"], sets[columns])
        rows |= found
    _with_known(rows)
    add_rows(CutParts, names, rows.values(), sums=SUMS, sets=["people"])


def _rows(
    kinds: Sequence[type[DayMetric]], cut: tuple[str, ...], by: Sequence[str], table: pa.Table
) -> tuple[tuple[str, ...], dict[str, list[Any]]]:
    groups = Groups(table, by, [name for kind in kinds for name in sums_of(kind, table)])
    said = zip(*([(value or "")[:120] for value in groups.values(f"cut.{name}")] for name in cut), strict=True)
    fields = {name: groups.values(f"{name}_id") for name in PLACES}
    fields |= {"names": [",".join(cut)] * groups.n, "values": [BETWEEN.join(values) for values in said]}
    rows = Rows(CutParts, groups, fields)
    people = _People(table, by, groups, [kind for kind in kinds if kind.people_of()])
    found = {}
    for kind in kinds:
        behind = people.of(kind)
        for place, row in rows.of(kind, with_nothing=True):
            found[row[0]] = [*row, behind.get(place, "")]
    return (*rows.names, "people"), found


def sums_of(kind: type[DayMetric], table: pa.Table) -> list[str]:
    """The columns that hold one metric's sums."""
    schema = table.schema
    return [name for name in (f"{kind.slug}.{sum_}" for sum_ in (*SUMS, "rows")) if schema.get_field_index(name) >= 0]


class _People:
    """Who stands behind the groups of a cut: of each group the five smallest signs, metric by metric."""

    def __init__(self, table: pa.Table, by: Sequence[str], groups: Groups, kinds: Sequence[type[DayMetric]]):
        import pyarrow.compute as pc

        self._kinds = frozenset(kinds)
        if not kinds:
            return
        signs = pc.utf8_slice_codeunits(table["worker_id"], _SIGN_FROM, _SIGN_FROM + 12)
        counts = [f"{kind.slug}.rows" for kind in kinds]
        signed = table.select([*by, *counts]).append_column("sign", signs)
        found = signed.filter(pc.is_valid(signs)).group_by([*by, "sign"]).aggregate([(name, "sum") for name in counts])
        found = found.sort_by("sign")
        places = [groups.keys[values] for values in zip(*(found[name].to_pylist() for name in by), strict=True)]
        order = np.argsort(np.asarray(places, dtype=np.int64), kind="stable")
        self._places = np.asarray(places, dtype=np.int64)[order]
        self._signs = found["sign"].to_numpy()[order]
        self._counts = {kind: found[f"{kind.slug}.rows_sum"].fill_null(0).to_numpy()[order] for kind in kinds}

    def of(self, kind: type[DayMetric]) -> dict[int, str]:
        """By the place of a group: the signs of those behind it, by commas."""
        if kind not in self._kinds:
            return {}
        seen = np.flatnonzero(self._counts[kind])
        places = self._places[seen]
        first = np.flatnonzero(np.r_[True, places[1:] != places[:-1]]) if len(places) else seen
        rank = np.arange(len(places)) - np.repeat(first, np.diff(np.r_[first, len(places)]))
        kept = rank < PEOPLE_KEPT
        found: defaultdict[int, list[str]] = defaultdict(list)
        for place, sign in zip(places[kept].tolist(), self._signs[seen][kept].tolist(), strict=True):
            found[place].append(sign)
        return {place: ",".join(signs) for place, signs in found.items()}


def _kept(signs: Iterable[str]) -> str:
    # The smallest, so that rows put together in any order keep the same ones.
    return ",".join(sorted({sign for sign in signs if sign})[:PEOPLE_KEPT])


def _with_known(rows: dict[str, list[Any]]) -> None:
    """Put the people of rows that are there already beside the new ones'."""
    metrics = {row[1] for row in rows.values()}
    # Mostly a whole day comes in at once, and there is nothing yet: to ask for each of its cells took longer than to write it.
    days = {key[:DAY_LETTERS] for key in rows}
    there = {day for day in days if CutParts.objects.filter(pk__range=keys_of_day(day), metric__in=metrics).exists()}
    for part in in_parts([key for key in rows if key[:DAY_LETTERS] in there]):
        known = CutParts.objects.select_for_update().filter(pk__in=part).values_list("pk", "people")
        for pk, people in known:
            row = rows[pk.hex]
            row[-1] = _kept([*people.split(","), *row[-1].split(",")])
