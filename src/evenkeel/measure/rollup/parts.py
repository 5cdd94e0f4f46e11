"""Day metrics: their additive parts by day, team and worker; by cuts beside place; histograms of their values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from evenkeel.ground.log import computed, read_batches

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
_IDS = (*PLACE, "worker_id")


class PartsFeed:
    """Feeds the sums of metrics of one fact, all in one pass over its rows."""

    def __init__(self, metrics: Sequence[type[DayMetric]], *, consumer: str):
        self.metrics = tuple(metrics)
        self.consumer = consumer
        self.fact, self.at = metrics[0].fact, metrics[0].at

    def prepare(self, batches: Sequence[Any], connection: Any) -> tuple[pa.Table, list[dict[str, Any]]]:
        """The sums of these batches in their finest cells, and the buckets of values; reads files only."""
        rows = read_batches(self.fact, batches, connection=connection)
        finest = computed(connection, rows, expression=partial(finest_cells, self.metrics), key=("cells", self.metrics))
        return finest, sketch_rows(self.metrics, rows, connection)

    def store(self, prepared: tuple[pa.Table, list[dict[str, Any]]], *, now: Any) -> None:
        """Add the sums, within the transaction that marks their batches."""
        finest, sketched = prepared
        if not finest.num_rows:
            return
        for kinds in _alike(self.metrics):
            _store(kinds, finest)
        for model in (DayParts, WorkerDayParts, CellParts):
            # What was taken back entirely leaves no trace, so that a grown roll-up equals a rebuilt one.
            sweep(model, [kind.slug for kind in self.metrics])
        store_cuts(self.metrics, finest)
        store_sketches(sketched)
        touched = {
            (row["day"], row["worker_id"])
            for row in finest.select(["day", "worker_id"]).group_by(["day", "worker_id"]).aggregate([]).to_pylist()
            if row["worker_id"] is not None
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


def finest_cells(metrics: Sequence[type[DayMetric]], rows: Any) -> Any:
    """By day, every place, worker and kept dimension: the sums of all metrics side by side, as an Ibis expression.

    Columns are `<slug>.<sum>`, and `<slug>.rows` counts rows whatever their sign.
    """
    import ibis

    fact, at = metrics[0].fact, metrics[0].at
    # Without its moment a row belongs to no day.
    rows = rows.filter(rows[at].notnull())
    extras = sorted({name for kind in metrics for cut in _cuts(kind) for name in cut})
    keys: dict[str, Any] = {"day": rows[at].cast("date")}
    keys |= {name: rows[name] if name in fact.columns else ibis.null("string") for name in _IDS}
    keys |= {f"cut.{name}": EXTRAS[name].of(fact, rows) for name in extras}
    terms: dict[str, Any] = {}
    for kind in metrics:
        found = kind.terms(rows)
        terms |= {f"{kind.slug}.{name}": term for name, term in found.items()}
        terms[f"{kind.slug}.rows"] = found["n"].abs()
    signed = rows.select(**keys, **terms)
    return signed.group_by(list(keys)).aggregate(**{name: signed[name].sum() for name in terms})


def _cuts(kind: type[DayMetric]) -> list[tuple[str, ...]]:
    """Every cut that the metric keeps, and what its finest cells keep."""
    return [*kind.kept, *([("label",), ("policy_version",)] if kind.cell_label else [])]


def _alike(metrics: Sequence[type[DayMetric]]) -> list[list[type[DayMetric]]]:
    """Metrics that are kept by the same places, so that one pass groups them all."""
    found: dict[tuple[Any, ...], list[type[DayMetric]]] = {}
    for kind in metrics:
        found.setdefault((kind.places, kind.cell_label), []).append(kind)
    return list(found.values())


def _store(kinds: Sequence[type[DayMetric]], finest: pa.Table) -> None:
    first = kinds[0]
    places = [f"{name}_id" for name in PLACES if name in first.places]
    _sums_by(kinds, finest, ["day", *places], DayParts)
    if "worker" in first.places and "worker_id" in first.fact.columns:
        _sums_by(kinds, finest, ["day", *places, "worker_id"], WorkerDayParts)
    if first.cell_label:
        _sums_by(kinds, finest, ["day", *places, "worker_id", "cut.label", "cut.policy_version"], CellParts)


def _sums_by(kinds: Sequence[type[DayMetric]], finest: pa.Table, by: Sequence[str], model: Any) -> None:
    groups = Groups(finest, by, [name for kind in kinds for name in sums_of(kind, finest)])
    rows = Rows(model, groups, {_field(name): _values(name, groups) for name in _KEYS[model]})
    add_rows(model, rows.names, (row for kind in kinds for _place, row in rows.of(kind, with_nothing=False)), sums=SUMS)


_KEYS: dict[Any, tuple[str, ...]] = {
    DayParts: PLACE,
    WorkerDayParts: (*PLACE, "worker_id"),
    CellParts: (*PLACE, "worker_id", "cut.label", "cut.policy_version"),
}


def _field(name: str) -> str:
    return name.removeprefix("cut.").removesuffix("_id")


def _values(name: str, groups: Groups) -> list[Any]:
    empty = "" if name == "cut.label" else None
    return [value or empty for value in groups.values(name)]
