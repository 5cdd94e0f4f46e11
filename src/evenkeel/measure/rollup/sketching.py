"""Histograms of values by day and team: buckets are counted by the engine that reads the log, and added up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from evenkeel.ground.log import computed
from evenkeel.kernel import LOG_GAMMA, LogHistogram

from ..base import PLACES
from ..models import SketchParts
from .adding import add_up, cell_key, in_parts

if TYPE_CHECKING:
    import pyarrow as pa

    from ..base import DayMetric

_PLACE = tuple(f"{name}_id" for name in PLACES)


def sketch_rows(metrics: Sequence[type[DayMetric]], rows: Any, connection: Any) -> list[dict[str, Any]]:
    """One histogram a metric, day and place, of the metrics whose values are sketched."""
    found = []
    for kind in metrics:
        if kind.is_sketched:
            found += _histograms(
                kind, computed(connection, rows, expression=partial(_buckets, kind), key=("buckets", kind))
            )
    return found


def _buckets(kind: type[DayMetric], rows: Any) -> Any:
    """By day, place and bucket: how many values, sign-aware. As `LogHistogram` numbers its buckets."""
    import ibis

    rows = rows.filter(rows[kind.at].notnull())
    names = [f"{name}_id" for name in PLACES if name in kind.places]
    value = (kind.value(rows) * kind.sketch_scale).cast("float64")
    bucket = (ibis.greatest(value, 1.0).ln() / LOG_GAMMA).ceil().cast("int64")
    keys = {"day": rows[kind.at].cast("date"), **{name: rows[name] for name in names}, "bucket": bucket}
    where = kind.where(rows)
    kept = rows.select(**keys, n=kind.terms(rows)["n"], is_kept=ibis.literal(True) if where is None else where)
    kept = kept.filter(kept.is_kept)
    return kept.group_by(list(keys)).aggregate(n=kept.n.sum())


def _histograms(kind: type[DayMetric], table: pa.Table) -> list[dict[str, Any]]:
    import pyarrow.compute as pc

    names = [name for name in table.column_names if name not in ("n", "bucket")]
    kept = table.filter(pc.and_(pc.not_equal(table["n"], 0), pc.is_valid(table["bucket"])))
    cells = kept.group_by(names).aggregate([("bucket", "list"), ("n", "list")])
    by = {name: cells[name].to_pylist() for name in names}
    places = zip(by["day"], *(by.get(name) or [None] * cells.num_rows for name in _PLACE), strict=True)
    found = []
    for place, buckets, counts in zip(
        places, cells["bucket_list"].to_pylist(), cells["n_list"].to_pylist(), strict=True
    ):
        histogram = LogHistogram.of_buckets(buckets, counts)
        row = {"id": cell_key(kind.slug, *place), "metric": kind.slug, "day": place[0]}
        row |= dict(zip(PLACES, place[1:], strict=True)) | {"n": histogram.n, "counts": histogram.to_list()}
        found.append(row)
    return found


def store_sketches(rows: Sequence[dict[str, Any]]) -> None:
    """Add histograms to those that are there, within the transaction that marks their batches."""
    by_key = {row["id"]: row for row in rows}
    for part in in_parts(list(by_key)):
        known = SketchParts.objects.select_for_update().filter(pk__in=part).values_list("pk", "counts")
        for pk, counts in known:
            both = LogHistogram.from_list(counts) + LogHistogram.from_list(by_key[pk]["counts"])
            by_key[pk]["counts"] = both.to_list()
    add_up(SketchParts, by_key.values(), sums=["n"], sets=["counts"])
    gone = [row["id"] for row in by_key.values() if not row["counts"]]
    for part in in_parts(gone):
        SketchParts.objects.filter(pk__in=part).delete()
