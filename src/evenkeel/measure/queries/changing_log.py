"""Sums by cell of the log's rows, over both windows of a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from evenkeel.ground.log import opened, read

from ..base import DayMetric
from ..taken_apart import Explained
from .apart import Apart, without_rows
from .changing_names import kinds
from .changing_rows import Days, limit_of, narrow, value_of, within

# What speaks against the figure, and n, by cell.
Sums = dict[tuple[str, ...], tuple[float, float]]


def logged(
    way: Explained,
    names: Sequence[str],
    programme_id: UUID,
    before: Days,
    now: Days,
    where: Mapping[str, UUID | None],
    apart: Sequence[Apart] = (),
) -> list[Sums]:
    """The sums of either window, without what is `apart`."""
    with opened() as connection:
        sides = []
        for kind in kinds(way):
            assert issubclass(kind, DayMetric)
            every = narrow(read(kind.fact, connection=connection), kind, programme_id, where)
            # A count is one a day of the window: days left out would count as days without.
            if apart and way.how != "count":
                told = [part for part in apart if set(part.where) <= set(names)]
                every = without_rows(every, told, at=kind.at, value=partial(value_of, kind, every))
            limit = None
            if way.p is not None:
                limit, _is_high = limit_of(way, kind, within(every, kind, before), connection)
            sides.append(
                [_sums(way, kind, names, within(every, kind, days), limit, connection) for days in (before, now)]
            )
    if not way.above:
        return sides[0]
    # Two facts: what is counted above, against what is counted below, cell by cell.
    return [
        {key: (above.get(key, (0.0, 0.0))[1], below.get(key, (0.0, 0.0))[1]) for key in {*above, *below}}
        for above, below in zip(*sides, strict=True)
    ]


def _sums(
    way: Explained, kind: type[DayMetric], names: Sequence[str], rows: Any, limit: float | None, connection: Any
) -> Sums:
    terms = kind.terms(rows)
    if limit is not None:
        over = (kind.value(rows) > limit).ifelse(terms["n"], 0)
        terms = {"n": terms["n"], "wy": over, "wwyy": over}
    keyed = rows.mutate(
        **{f"_by_{name}": value_of(kind, rows, name) for name in names},
        **{f"_{name}": term for name, term in terms.items()},
    )
    table = keyed.group_by([f"_by_{name}" for name in names]).aggregate(
        **{name: keyed[f"_{name}"].sum() for name in terms}
    )
    found: Sums = {}
    for row in connection.to_pyarrow(table).to_pylist():
        if row["n"]:
            key = tuple(row[f"_by_{name}"] for name in names)
            found[key] = _counted(
                way, kind, kind.whole({name: row[name] for name in terms}), is_limited=limit is not None
            )
    return found


def _counted(
    way: Explained, kind: type[DayMetric], sums: Mapping[str, Any], *, is_limited: bool
) -> tuple[float, float]:
    """(What speaks against the figure, n) of a cell."""
    n, w, wy = float(sums["n"]), float(sums["w"]), float(sums["wy"])
    if way.above:
        return n, n
    if way.how == "count":
        return wy, n
    if way.how == "mean":
        return wy * way.scale, w
    share = min(max(wy / w, 0.0), 1.0) if w else 0.0
    return (1 - share if kind.better == "up" and not is_limited else share) * n, n
