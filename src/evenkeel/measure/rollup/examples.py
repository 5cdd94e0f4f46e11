"""What the roll-ups would hold of a few rows given as Python values, through the expressions that read the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from evenkeel.ground.log import opened
from evenkeel.kernel import LogHistogram, WeightedParts

from ..base import Held

if TYPE_CHECKING:
    from ..base import DayMetric, FigureMetric

_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
Rows = Sequence[Mapping[str, Any]]


def held_of_example(kind: type[FigureMetric]) -> Held:
    """What a cell would hold of a metric's own example."""
    from ..base import DayMetric
    from ..estimators.life_table import LifeTable
    from ..estimators.ratio_of_sums import UnitMetric
    from ..metric import metrics

    # What people defined has rows of its own alone, so those that ship are enough: no database is asked.
    fed = {each.slug: each for each in metrics if issubclass(each, DayMetric)}
    if issubclass(kind, DayMetric):
        # One that is being written is in no catalogue yet.
        fed[kind.slug] = kind
    rows = {kind.slug: kind.example.rows} if kind.example.rows else {}
    rows |= dict(kind.example.beside)
    if issubclass(kind, UnitMetric):
        by_person = {slug: people_of_rows(fed[slug], said) for slug, said in rows.items()}
        people = {person for each in by_person.values() for person in each}
        units = [kind.made_of({slug: each[person] for slug, each in by_person.items()}) for person in people]
        return Held(parts={kind.slug: sum(units, WeightedParts())})
    parts = {slug: parts_of_rows(fed[slug], said) for slug, said in rows.items()}
    sketches = {slug: sketch_of_rows(fed[slug], said) for slug, said in rows.items() if fed[slug].is_sketched}
    if issubclass(kind, LifeTable):
        sketches[kind.AT_END] = sketches.pop(kind.open_ages, LogHistogram())
    return Held(parts=parts, sketches=sketches)


def parts_of_rows(kind: type[DayMetric], rows: Rows) -> WeightedParts:
    """The parts of all rows together."""
    return sum(people_of_rows(kind, rows).values(), WeightedParts())


def people_of_rows(kind: type[DayMetric], rows: Rows) -> defaultdict[str, WeightedParts]:
    """The parts of each person's rows."""
    from .cutting import sums_of
    from .grouping import Groups
    from .parts import signed_rows

    found: defaultdict[str, WeightedParts] = defaultdict(WeightedParts)
    with opened() as connection:
        table = connection.to_pyarrow(signed_rows([kind], _table(kind, rows)))
    by = [name for name in ("day", "worker_id") if name in table.column_names]
    groups = Groups(table, by, sums_of(kind, table))
    whole = {name: values.tolist() for name, values in groups.whole(kind).items()}
    for place, worker in enumerate(groups.values("worker_id")):
        found[worker or ""] += WeightedParts(**{name: values[place] for name, values in whole.items()})
    return found


def sketch_of_rows(kind: type[DayMetric], rows: Rows) -> LogHistogram:
    """The histogram of the rows' values."""
    from .sketching import sketch_rows

    with opened() as connection:
        found = sketch_rows([kind], _table(kind, rows), connection)
    return sum((LogHistogram.from_list(row["counts"]) for row in found), LogHistogram())


def _table(kind: type[DayMetric], rows: Rows) -> Any:
    import ibis
    import pyarrow as pa

    fact = kind.fact
    usual: dict[str, Any] = {
        "sign": 1,
        kind.at: _MOMENT if fact.columns[kind.at].kind == "moment" else date(2026, 1, 1),
    }
    usual |= {"programme_id": "p", "worker_id": "w"}
    filled = [{**usual, **row} for row in rows]
    columns = {name: [row.get(name) for row in filled] for name in fact.columns}
    return ibis.memtable(pa.table(columns, schema=fact.schema()))
