"""What a change of any metric can be taken apart by: sums by cell of the log's rows, and the rows themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from evenkeel.ground.log import opened, read
from evenkeel.people import Organisation, Site, Team, Worker
from evenkeel.policy import PolicyVersion
from evenkeel.work import Queue

from ..base import DayMetric, FigureMetric
from ..cuts import EXTRAS
from ..metric import metrics
from ..models import WorkerDayParts
from ..taken_apart import Explained, explained
from .apart import Apart, without_rows
from .figures import AuditCell, names_of

_PLACES = ("queue", "organisation", "site", "team")
# Beside place: what a reader can look into. Others (hour, tenure) make so many cells that each holds next to nothing.
_BESIDE = ("label", "language", "item_kind", "policy_version")
_TABLES: Mapping[str, Any] = {
    "queue": Queue, "organisation": Organisation, "site": Site, "team": Team, "worker": Worker,
    "policy_version": PolicyVersion,
}  # fmt: skip
Part = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Days:
    """A half-open span of days: since <= day < until."""

    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class RowBehind:
    """A row of the log that speaks against the figure: the decision it is about, and the verdict that says so."""

    decision_id: UUID | None
    verdict_id: UUID | None
    value: float


def dimensions_of(metric: str) -> tuple[str, ...]:
    """By what a change of this metric is taken apart: the places it is kept by, and what its rows tell beside them."""
    way = explained(metric)
    places = [name for name in (*_PLACES, "worker") if all(name in kind.places for kind in _kinds(way))]
    facts = [kind.fact for kind in _kinds(way) if issubclass(kind, DayMetric)]
    if way.from_units or not facts:
        return tuple(places)
    beside = [name for name in _BESIDE if all(EXTRAS[name].column_of(fact) for fact in facts)]
    return (*(name for name in places if all(f"{name}_id" in fact.columns for fact in facts)), *beside)


def change_cells(
    metric: str,
    *,
    programme_id: UUID,
    before: Days,
    now: Days,
    where: Mapping[str, UUID | None],
    apart: Sequence[Apart] = (),
) -> tuple[list[AuditCell], list[AuditCell]]:
    """What counts by cell in either window: `errors` of `n`, as `explained(metric)` says what they are.

    A share's unwanted rows (weighted by the odds of being drawn), a mean's sum of values (as it is shown), a count's rows with
    the days of the window for n. `apart` is left out, of shares and means that are read from rows. Reads the log, or the
    roll-ups by person for what is made of two sums. Nobody's own eyes: the caller has asked.
    """
    way, names = explained(metric), dimensions_of(metric)
    if way.how == "none":
        return [], []
    if way.from_units:
        found = [_units(way, names, programme_id, days, where) for days in (before, now)]
    else:
        found = _logged(way, names, programme_id, before, now, where, apart)
    if way.how == "count":
        found = _a_day(found, before, now)
    titles = _titles(names, found)
    return tuple(  # type: ignore[return-value]
        [
            AuditCell(
                values=dict(zip(names, key, strict=True)),
                titles={name: titles[name].get(value, value) for name, value in zip(names, key, strict=True)},
                errors=max(errors, 0.0),
                n=n,
            )
            for key, (errors, n) in sorted(window.items())
            if n > 0
        ]
        for window in found
    )


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
        every = _narrow(read(kind.fact, connection=connection), kind, programme_id, where)
        limit, is_high = _limit(way, kind, _within(every, kind, before), connection)
        rows = _within(every, kind, days)
        for name, value in (part or {}).items():
            if name in names:
                rows = rows.filter(_value(kind, rows, name) == value)
        keep = _speaks_against(way, kind, rows, limit, is_high)
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


Sums = dict[tuple[str, ...], tuple[float, float]]


def _logged(
    way: Explained,
    names: Sequence[str],
    programme_id: UUID,
    before: Days,
    now: Days,
    where: Mapping[str, UUID | None],
    apart: Sequence[Apart],
) -> list[Sums]:
    with opened() as connection:
        sides = []
        for kind in _kinds(way):
            assert issubclass(kind, DayMetric)
            every = _narrow(read(kind.fact, connection=connection), kind, programme_id, where)
            # A count is one a day of the window: days left out would count as days without.
            if apart and way.how != "count":
                told = [part for part in apart if set(part.where) <= set(names)]
                every = without_rows(every, told, at=kind.at, value=partial(_value, kind, every))
            limit = None
            if way.p is not None:
                limit, _is_high = _limit(way, kind, _within(every, kind, before), connection)
            sides.append(
                [_sums(way, kind, names, _within(every, kind, days), limit, connection) for days in (before, now)]
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
        **{f"_by_{name}": _value(kind, rows, name) for name in names},
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


def _a_day(found: Sequence[Sums], before: Days, now: Days) -> list[Sums]:
    """A count has no n but its days: every cell of either window stood open to be counted on each of them."""
    cells = {key for window in found for key in window}
    return [
        {key: (window.get(key, (0.0, 0.0))[0], float((days.until - days.since).days)) for key in cells}
        for window, days in zip(found, (before, now), strict=True)
    ]


def _units(
    way: Explained, names: Sequence[str], programme_id: UUID, days: Days, where: Mapping[str, UUID | None]
) -> Sums:
    from django.db.models import Sum

    rows = WorkerDayParts.objects.filter(
        metric=way.metric, programme=programme_id, day__gte=days.since, day__lt=days.until,
        **{name: value for name, value in where.items() if value is not None},
    )  # fmt: skip
    columns = [f"{name}_id" for name in names]
    cells = rows.order_by().values(*columns).annotate(y=Sum("wy"), x=Sum("w"))
    return {tuple(str(row[column] or "") for column in columns): (row["y"], row["x"]) for row in cells}


def _limit(way: Explained, kind: type[DayMetric], rows: Any, connection: Any) -> tuple[float | None, bool]:
    """The value beyond which a row speaks against a mean or a quantile, from the baseline; and on which side."""
    is_high = kind.better != "up"
    if (way.how == "share" and way.p is None) or way.how == "count" or way.above:
        return None, is_high
    where = kind.where(rows)
    known = rows if where is None else rows.filter(where)
    p = way.p if way.p is not None else (0.9 if is_high else 0.1)
    table = connection.to_pyarrow(known.aggregate(limit=kind.value(known).cast("float64").quantile(p)))
    found = table.to_pylist()[0]["limit"]
    return (float("inf") if is_high else float("-inf")) if found is None else float(found), is_high


def _speaks_against(way: Explained, kind: type[DayMetric], rows: Any, limit: float | None, is_high: bool) -> Any:
    where = kind.where(rows)
    if way.above or way.how == "count":
        return where
    value = kind.value(rows)
    if limit is not None:
        against = value > limit if is_high else value < limit
    else:
        against = value < 1 if kind.better == "up" else value > 0
    return against if where is None else where & against


def _narrow(rows: Any, kind: type[DayMetric], programme_id: UUID, where: Mapping[str, UUID | None]) -> Any:
    rows = rows.filter(rows.programme_id == str(programme_id))
    for name, value in where.items():
        if value is not None and f"{name}_id" in rows.columns:
            rows = rows.filter(rows[f"{name}_id"] == str(value))
    return rows


def _within(rows: Any, kind: type[DayMetric], days: Days) -> Any:
    first, end = (datetime.combine(day, time(), tzinfo=UTC) for day in (days.since, days.until))
    return rows.filter((rows[kind.at] >= first) & (rows[kind.at] < end))


def _value(kind: type[DayMetric], rows: Any, name: str) -> Any:
    if name in EXTRAS:
        return EXTRAS[name].of(kind.fact, rows)
    return rows[f"{name}_id"].cast("string").fill_null("")


def _nothing() -> Any:
    import ibis

    return ibis.literal(None, type="string")


def _kinds(way: Explained) -> list[type[FigureMetric]]:
    return [metrics[slug] for slug in ((way.above, way.below) if way.above else (way.metric,))]  # type: ignore[misc]


def _day_kind(slug: str) -> type[DayMetric]:
    kind = metrics[slug]
    assert issubclass(kind, DayMetric)
    return kind


def _titles(names: Iterable[str], windows: Sequence[Sums]) -> dict[str, dict[str, str]]:
    values: defaultdict[str, set[str]] = defaultdict(set)
    listed = list(names)
    for window in windows:
        for key in window:
            for name, value in zip(listed, key, strict=True):
                if value:
                    values[name].add(value)
    found: dict[str, dict[str, str]] = {}
    for name in listed:
        table = _TABLES.get(name)
        titles = names_of(table, {UUID(value) for value in values[name]}) if table is not None else {}
        found[name] = {str(key): title for key, title in titles.items()}
    return found
