"""Day metrics: their additive parts by day, team and worker; by cuts beside place; histograms of their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from evenkeel.ground.log import read_batches, summed_by

from ..base import PLACES, SUMS
from ..cuts import EXTRAS
from ..models import CellParts, ConsumedBatch, CutParts, DayParts, RollupMember, SketchParts, WorkerDayParts
from .adding import add_rows, sweep
from .cutting import store_cuts, sums_of
from .grouping import Groups, Rows
from .sketching import sketch_rows, store_sketches
from .units import refresh_units

if TYPE_CHECKING:
    import pyarrow as pa

    from ..base import DayMetric

PARTS: tuple[Any, ...] = (DayParts, WorkerDayParts, CellParts, CutParts, SketchParts)
PLACE = tuple(f"{name}_id" for name in PLACES)
CUT = "cut."
_CELL = ("cut.label", "cut.policy_version")
# Columns, the day first -> the sums of all metrics by them.
Sets = dict[tuple[str, ...], "pa.Table"]


class PartsFeed:
    """Feeds the sums of metrics of one fact, all in one pass over its rows."""

    prefix = "parts"
    # Of several days together. Where few rows fall into each day, nearly every row makes cells of its own.
    rows_at_once = 100_000

    def __init__(self, metrics: Sequence[type[DayMetric]], *, consumer: str):
        self.metrics = tuple(metrics)
        self.consumer = consumer
        self.fact, self.at = metrics[0].fact, metrics[0].at

    @staticmethod
    def feeds(kind: type[DayMetric]) -> bool:
        """Every metric that a fact feeds has sums."""
        return True

    @staticmethod
    def member(kind: type[DayMetric]) -> str:
        """Under which name a metric that is in stands among the members."""
        return kind.slug

    def prepare(self, batches: Sequence[Any], connection: Any) -> tuple[Sets, list[dict[str, Any]]]:
        """The sums of these batches by each set of columns that is kept, and the buckets of values; reads files only."""
        rows = read_batches(self.fact, batches, connection=connection)
        return sums_of_sets(self.metrics, rows, connection), sketch_rows(self.metrics, rows, connection)

    def store(self, prepared: tuple[Sets, list[dict[str, Any]]], *, now: Any) -> None:
        """Add the sums, within the transaction that marks their batches."""
        sets, sketched = prepared
        if not any(table.num_rows for table in sets.values()):
            return
        for kinds in _alike(self.metrics):
            _store(kinds, sets)
        for model in (DayParts, WorkerDayParts, CellParts):
            # What was taken back entirely leaves no trace, so that a grown roll-up equals a rebuilt one.
            sweep(model, [kind.slug for kind in self.metrics])
        store_cuts(self.metrics, sets)
        store_sketches(sketched)
        touched = {
            (day, worker)
            for by, table in sets.items()
            if by in {columns_of(kind) for kind in self.metrics} and "worker_id" in by
            for day, worker in zip(table["day"].to_pylist(), table["worker_id"].to_pylist(), strict=True)
            if worker is not None
        }
        refresh_units({kind.slug for kind in self.metrics}, touched)

    def begin(self) -> None:
        """The first batch of these versions: what older ones summed up must not stay."""
        self.clear()
        for kind in self.metrics:
            ConsumedBatch.objects.filter(consumer__startswith=f"parts:{kind.slug}:").delete()

    def clear(self) -> None:
        """Throw the sums away."""
        from ..metric import unit_metrics

        slugs = {kind.slug for kind in self.metrics}
        gone = sum(table._default_manager.filter(metric__in=slugs).delete()[0] for table in PARTS)
        RollupMember.objects.filter(metric__in=slugs).delete()
        if gone:
            # What is made of them is made anew from what is there once they are in.
            units = [unit.slug for unit in unit_metrics() if slugs & set(unit.feeds())]
            RollupMember.objects.filter(metric__in=units).delete()


def sums_of_sets(metrics: Sequence[type[DayMetric]], rows: Any, connection: Any) -> Sets:
    """By each set of columns that some of the metrics are kept by: the sums of those metrics side by side.

    Columns are `<slug>.<sum>`, and `<slug>.rows` counts rows whatever their sign.
    """
    kinds = tuple(metrics)
    sets: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for kind in kinds:
        for by in _sets(kind):
            sets[by].add(kind.slug)
    return summed_by(connection, rows, expression=partial(signed_rows, kinds), sets=sets, key=("signed", kinds))


def signed_rows(metrics: Sequence[type[DayMetric]], rows: Any) -> Any:
    """Each row's day, places, worker and kept dimensions, and what it adds to every sum, as an Ibis expression."""
    import ibis

    fact, at = metrics[0].fact, metrics[0].at
    # Without its moment a row belongs to no day.
    rows = rows.filter(rows[at].notnull())
    named = dict.fromkeys(name for kind in metrics for by in _sets(kind) for name in by)
    keys: dict[str, Any] = {"day": rows[at].cast("date")}
    for name in [name for name in named if name != "day"]:
        if name.startswith(CUT):
            keys[name] = EXTRAS[name.removeprefix(CUT)].of(fact, rows)
        else:
            keys[name] = rows[name] if name in fact.columns else ibis.null("string")
    terms: dict[str, Any] = {}
    for kind in metrics:
        found = kind.terms(rows)
        terms |= {f"{kind.slug}.{name}": term for name, term in found.items()}
        terms[f"{kind.slug}.rows"] = found["n"].abs()
    return rows.select(**keys, **terms)


def columns_of(kind: type[DayMetric]) -> tuple[str, ...]:
    """By what a metric is kept at the least: day, its places, and the worker where rows have one."""
    has_worker = "worker" in kind.places and "worker_id" in kind.fact.columns
    return ("day", *(f"{name}_id" for name in PLACES if name in kind.places), *(["worker_id"] if has_worker else []))


def _sets(kind: type[DayMetric]) -> list[tuple[str, ...]]:
    """Every set of columns that the metric's tables are made from."""
    least = columns_of(kind)
    cells = [(*least, *_CELL)] if kind.cell_label else []
    return [least, *cells, *(cut_columns(kind, cut) for cut in kind.kept)]


def cut_columns(kind: type[DayMetric], cut: Sequence[str]) -> tuple[str, ...]:
    """By what the rows of a cut are made: with the workers, who are counted to protect them."""
    return (*columns_of(kind), *(f"{CUT}{name}" for name in cut))


def _alike(metrics: Sequence[type[DayMetric]]) -> list[list[type[DayMetric]]]:
    """Metrics that are kept by the same places, so that one pass groups them all."""
    found: dict[tuple[Any, ...], list[type[DayMetric]]] = {}
    for kind in metrics:
        found.setdefault((kind.places, kind.cell_label), []).append(kind)
    return list(found.values())


def _store(kinds: Sequence[type[DayMetric]], sets: Sets) -> None:
    first = kinds[0]
    least = columns_of(first)
    places = [name for name in least if name != "worker_id"]
    _sums_by(kinds, sets[least], places, DayParts)
    if "worker_id" in least:
        _sums_by(kinds, sets[least], least, WorkerDayParts)
    if first.cell_label:
        _sums_by(kinds, sets[*least, *_CELL], [*least, *_CELL], CellParts)


def _sums_by(kinds: Sequence[type[DayMetric]], table: pa.Table, by: Sequence[str], model: Any) -> None:
    groups = Groups(table, by, [name for kind in kinds for name in sums_of(kind, table)])
    rows = Rows(model, groups, {_field(name): _values(name, groups) for name in _KEYS[model]})
    add_rows(model, rows.names, (row for kind in kinds for _place, row in rows.of(kind, with_nothing=False)), sums=SUMS)


_KEYS: dict[Any, tuple[str, ...]] = {
    DayParts: PLACE,
    WorkerDayParts: (*PLACE, "worker_id"),
    CellParts: (*PLACE, "worker_id", *_CELL),
}


def _field(name: str) -> str:
    return name.removeprefix(CUT).removesuffix("_id")


def _values(name: str, groups: Groups) -> list[Any]:
    empty = "" if name == "cut.label" else None
    return [value or empty for value in groups.values(name)]
