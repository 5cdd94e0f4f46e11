"""The log's rows of a place and of some days, and which of them speak against a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from evenkeel.ground.log import opened, read

from ..base import DayMetric
from ..cubed import value_of
from ..metric import metrics
from ..taken_apart import Explained, explained
from .apart import Days
from .changing_cubes import limit_of_cells
from .changing_names import dimensions_of

Part = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class RowBehind:
    """A row of the log that speaks against the figure: the decision it is about, and the verdict that says so."""

    decision_id: UUID | None
    verdict_id: UUID | None
    value: float


def rows_behind(
    metric: str,
    *,
    programme_id: UUID,
    before: Days,
    now: Days,
    where: Mapping[str, UUID | None],
    part: Part | None = None,
    of: Days | None = None,
    most: int = 5_000,
) -> list[RowBehind]:
    """The rows that speak against the figure in the days `of` (the changed window unless given), newest first.

    A share's unwanted rows; of a mean those beyond the baseline's ninth decile on its unwanted side; all rows of a count.
    `part` narrows them to a cell. Empty for a metric whose rows are about no single decisions.
    """
    way, names = explained(metric), dimensions_of(metric)
    if not way.has_cases:
        return []
    kind = _day_kind(way.above or way.metric)
    days = of or now
    with opened() as connection:
        every = narrow(read(kind.fact, connection=connection), kind, programme_id, where)
        limit, is_high = _limit(way, kind, programme_id, where, before), kind.better != "up"
        if limit is None and _has_limit(way):
            limit = _limit_of_rows(kind, within(every, kind, before), connection)
        rows = within(every, kind, days)
        for name, value in (part or {}).items():
            if name in names:
                rows = rows.filter(value_of(kind, rows, name) == value)
        keep = speaks_against(way, kind, rows, limit, is_high)
        rows = rows if keep is None else rows.filter(keep)
        ids = {"decision": "id" if kind.fact.name == "decisions" else "decision_id", "verdict": "verdict_id"}
        if kind.fact.name == "audits":
            ids["verdict"] = "id"
        said = {name: rows[column] if column in rows.columns else _nothing() for name, column in ids.items()}
        sign = rows.sign if "sign" in rows.columns else 1
        table = rows.select(**said, at=rows[kind.at], value=kind.value(rows) * 1.0, sign=sign)
        grouped = table.group_by(["decision", "verdict"]).aggregate(
            at=table.at.max(), value=table.value.max(), sign=table.sign.sum()
        )
        grouped = grouped.filter(grouped.sign > 0).order_by([grouped["at"].desc(), grouped["decision"]]).limit(most)
        found = connection.to_pyarrow(grouped).to_pylist()
    return [
        RowBehind(
            decision_id=UUID(row["decision"]) if row["decision"] else None,
            verdict_id=UUID(row["verdict"]) if row["verdict"] else None,
            value=float(row["value"] or 0.0),
        )
        for row in found
    ]


def _limit(
    way: Explained, kind: type[DayMetric], programme_id: UUID, where: Mapping[str, UUID | None], before: Days
) -> float | None:
    """The value beyond which a row speaks against a mean or a quantile, from the baseline's cells where these count values."""
    if not _has_limit(way) or not kind.is_sketched:
        return None
    return limit_of_cells(kind, way.p or _beyond(kind), programme_id, where, before)


def _has_limit(way: Explained) -> bool:
    return not (way.is_money or (way.how == "share" and way.p is None) or way.how == "count" or way.above)


def _beyond(kind: type[DayMetric]) -> float:
    return 0.9 if kind.better != "up" else 0.1


def _limit_of_rows(kind: type[DayMetric], rows: Any, connection: Any) -> float:
    where = kind.where(rows)
    known = rows if where is None else rows.filter(where)
    table = connection.to_pyarrow(known.aggregate(limit=kind.value(known).cast("float64").quantile(_beyond(kind))))
    found = table.to_pylist()[0]["limit"]
    return (float("inf") if kind.better != "up" else float("-inf")) if found is None else float(found)


def speaks_against(way: Explained, kind: type[DayMetric], rows: Any, limit: float | None, is_high: bool) -> Any:
    """The condition under which a row speaks against the figure; None where every row does."""
    where = kind.where(rows)
    if way.above or (way.how == "count" and not way.is_money):
        return where
    value = kind.value(rows)
    if limit is not None:
        against = value > limit if is_high else value < limit
    else:
        against = value < 1 if kind.better == "up" else value > 0
    return against if where is None else where & against


def narrow(rows: Any, kind: type[DayMetric], programme_id: UUID, where: Mapping[str, UUID | None]) -> Any:
    """The rows of a programme, and of a place in it."""
    rows = rows.filter(rows.programme_id == str(programme_id))
    for name, value in where.items():
        if value is not None and f"{name}_id" in rows.columns:
            rows = rows.filter(rows[f"{name}_id"] == str(value))
    return rows


def within(rows: Any, kind: type[DayMetric], days: Days) -> Any:
    """The rows of these days (UTC)."""
    first, end = (datetime.combine(day, time(), tzinfo=UTC) for day in (days.since, days.until))
    return rows.filter((rows[kind.at] >= first) & (rows[kind.at] < end))


def _nothing() -> Any:
    import ibis

    return ibis.literal(None, type="string")


def _day_kind(slug: str) -> type[DayMetric]:
    kind = metrics[slug]
    assert issubclass(kind, DayMetric)
    return kind
