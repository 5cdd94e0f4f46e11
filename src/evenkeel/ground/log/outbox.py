"""The way into the log, inside the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction
from pydantic_core import to_json

from ..models import LogBatch, LogRow
from ..shapes import fresh, insert
from .facts import Fact
from .files import finish_staged, stage
from .schemas import version_for

if TYPE_CHECKING:
    import pyarrow


def append(fact: Fact, rows: Iterable[Mapping[str, Any]]) -> None:
    """Append rows to a fact, if the surrounding transaction commits. Every declared column must be named in a row.

    Rows of one day wait together in one row of the outbox: they were written together and leave it together.
    Raises `ValueError` for a row whose columns are not the declared ones: a bug in the caller.
    """
    _insist_on_transaction()
    by_day: dict[date, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row.keys() != fact.columns.keys():
            wrong = sorted(row.keys() ^ fact.columns.keys())
            raise ValueError(f"a row of {fact.name} differs from its declaration in {', '.join(wrong)}")
        _insist_on_kinds(fact, row)
        by_day.setdefault(_day_of(fact, row), []).append(row)
    insert([fresh(LogRow, fact=fact.name, day=day, payload_json=written_down(part)) for day, part in by_day.items()])


def append_table(fact: Fact, table: pyarrow.Table, *, day: date, now: datetime, is_only_here: bool = False) -> None:
    """Append a whole Arrow table that belongs to one day; the way for imports.

    `is_only_here` says that the database will not hold these rows: the log is compared without them, and made anew around them.

    The file is written beside the log first and takes its place there when the transaction has committed; if the process
    dies between the two, `flush` finishes the move.
    """
    _insist_on_transaction()
    if not table.num_rows:
        return
    table = table.select(list(fact.columns)).cast(fact.schema())
    batch = LogBatch(
        fact=fact.name,
        day=day,
        rows=table.num_rows,
        schema_version=version_for(fact, now=now),
        is_staged=True,
        is_only_here=is_only_here,
        created_at=now,
    )
    stage(batch, table)
    batch.save(force_insert=True)
    transaction.on_commit(lambda: finish_staged(batch, now=now))


def _insist_on_kinds(fact: Fact, row: Mapping[str, Any]) -> None:
    """A value of the wrong kind is refused here: once it waits in the outbox it would hold up the whole fact."""
    for name, column in fact.columns.items():
        value = row[name]
        if value is not None and type(value) not in _PLAIN[column.kind] and not _fits(column.kind, value):
            raise ValueError(f"{fact.name}.{name} holds {column.kind}, not {value!r}")
    if row[fact.at] is None:
        raise ValueError(f"{fact.name}.{fact.at} says when, so it cannot be empty")


# What fits by its type alone; what does not is looked at closely.
_PLAIN: dict[str, tuple[type, ...]] = {
    "moment": (),
    "day": (date,),
    "whole": (int,),
    "number": (int, float),
    "id": (UUID, str),
    "text": (str,),
    "yes_no": (bool,),
}


def _fits(kind: str, value: Any) -> bool:
    if kind == "moment":
        return isinstance(value, datetime) and value.tzinfo is not None
    if kind == "day":
        return isinstance(value, date) and not isinstance(value, datetime)
    if kind in ("whole", "number"):
        return isinstance(value, int if kind == "whole" else (int, float)) and not isinstance(value, bool)
    if kind == "id":
        return isinstance(value, (str, UUID))
    return isinstance(value, str if kind == "text" else bool)


# Between rows that wait together. Within JSON no line ends, so whoever moves them parts them without reading them.
BETWEEN = "\n,"


def written_down(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows of one day as they wait in one row of the outbox. What is empty is not named: that is a third of a decision."""
    said = [to_json({name: value for name, value in row.items() if value is not None}).decode() for row in rows]
    return said[0] if len(said) == 1 else f"[{BETWEEN.join(said)}]"


def _day_of(fact: Fact, row: Mapping[str, Any]) -> date:
    at = row[fact.at]
    # The day in UTC, whatever zone the moment came in: a row must not change its file with its writer's clock.
    day: date = at.astimezone(UTC).date() if isinstance(at, datetime) else at
    return day


def _insist_on_transaction() -> None:
    if not connection.in_atomic_block:
        raise AssertionError("the log is written inside the transaction of the act")
