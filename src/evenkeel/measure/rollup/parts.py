"""Day metrics: their additive parts by day, team and worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from evenkeel.ground.log import read_batches
from evenkeel.kernel import WeightedParts

from ..models import CellParts, ConsumedBatch, DayParts, WorkerDayParts
from ..sums import SUMS, parts_in
from .adding import add_up, key
from .reading import log_open

if TYPE_CHECKING:
    from ..metric import DayMetric

PLACE = ("programme_id", "queue_id", "organisation_id", "site_id", "team_id")


class PartsFeed:
    """Feeds one metric's sums. A new version of the metric starts from nothing."""

    def __init__(self, metric: type[DayMetric]):
        self.metric = metric
        self.consumer = f"parts:{metric.slug}:{metric.version}"
        self.fact = metric.fact

    def prepare(self, batches: Sequence[Any], connection: Any) -> list[dict[str, Any]]:
        """The sums of these batches; reads files only."""
        rows = read_batches(self.fact, batches, connection=connection)
        found: list[dict[str, Any]] = connection.to_pyarrow(self.metric.parts(rows)).to_pylist()
        return [row for row in found if row["n"] or row["w"]]

    def store(self, prepared: list[dict[str, Any]], *, now: datetime) -> None:
        """Add the sums, within the transaction that marks their batches."""
        if not prepared:
            return
        slug, label = self.metric.slug, self.metric.cell_label
        tables: list[tuple[type[Model], tuple[str, ...]]] = [
            (DayParts, PLACE),
            (WorkerDayParts, (*PLACE, "worker_id")),
            *([(CellParts, (*PLACE, "worker_id", label, "policy_version_id"))] if label else []),
        ]
        for model, by in tables:
            rows = [
                {"id": key(slug, row["day"], *(row[name] for name in by)), "metric": slug, **_columns(row, by, label)}
                for row in _summed(prepared, by)
            ]
            add_up(model, rows, sums=SUMS)
            # What was taken back entirely leaves no trace, so that a grown roll-up equals a rebuilt one.
            model._default_manager.filter(metric=slug, n=0, w=0).delete()

    def begin(self) -> None:
        """The first batch of this version: what an older one summed up must not stay."""
        self.clear()
        ConsumedBatch.objects.filter(consumer__startswith=f"parts:{self.metric.slug}:").delete()

    def clear(self) -> None:
        """Throw the metric's sums away."""
        for table in (DayParts, WorkerDayParts, CellParts):
            table._default_manager.filter(metric=self.metric.slug).delete()


def parts_of_rows(metric: type[DayMetric], rows: Sequence[Mapping[str, Any]]) -> WeightedParts:
    """The parts of a few rows given as Python values, through the same expression that reads the log."""
    import ibis
    import pyarrow as pa

    fact = metric.fact
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    filled = [{"sign": 1, metric.at: moment, "programme_id": "p", "worker_id": "w", **row} for row in rows]
    columns = {name: [row.get(name) for row in filled] for name in fact.columns}
    table = ibis.memtable(pa.table(columns, schema=fact.schema()))
    with log_open() as connection:
        found = connection.to_pyarrow(metric.parts(table)).to_pylist()
    return sum((parts_in(row) for row in found), WeightedParts())


def _columns(row: Mapping[str, Any], by: Sequence[str], label: str) -> dict[str, Any]:
    """A row of a table of parts: the day, the dimensions (ids as text), the sums."""
    found: dict[str, Any] = {"day": row["day"]}
    for name in by:
        if name == label:
            found["label"] = row[name] or ""
        else:
            found[name.removesuffix("_id")] = row[name]
    return found | {name: row[name] for name in SUMS}


def _summed(rows: Sequence[Mapping[str, Any]], by: Sequence[str]) -> list[dict[str, Any]]:
    cells: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        place = (row["day"], *(row[name] for name in by))
        cell = cells.get(place)
        if cell is None:
            cells[place] = dict(row)
        else:
            for name in SUMS:
                cell[name] += row[name]
    return list(cells.values())
