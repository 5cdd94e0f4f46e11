"""Where a table's rows come from: the database, or a sequence that is already here. Both sort, narrow, count and cut alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, QuerySet

from ..templatetags import estimates
from .columns import Column, at_path, part_of
from .filters import Filter

COUNTED_TO = 10_000


@dataclass(frozen=True)
class Count:
    """How many rows there are. `is_more`: counting stopped here, because nobody reads on and it would cost a scan."""

    value: int
    is_more: bool = False


class Source(Protocol):
    """What a table asks of its rows."""

    def narrowed(self, by: Filter, value: Any) -> Self: ...
    def sorted_by(self, column: Column, *, is_down: bool) -> Self: ...
    def count(self) -> Count: ...
    def cut(self, start: int, stop: int) -> Sequence[Any]: ...
    def all(self) -> Iterator[Any]: ...


@dataclass(frozen=True)
class Database:
    """Rows of a queryset. Nothing but the shown page and a bounded count is ever asked of it."""

    rows: QuerySet[Any]

    def narrowed(self, by: Filter, value: Any) -> Database:
        return Database(by.narrow(self.rows, value))

    def sorted_by(self, column: Column, *, is_down: bool) -> Database:
        """By the column's paths, the unknown last; the key breaks ties, so that no row is on two pages or on none."""
        if callable(column.sort) or isinstance(column.sort, bool):
            raise TypeError(f"the column {column.name!r} sorts rows of the database: give a path, not {column.sort!r}")
        given = column.sort or ()
        paths = [given] if isinstance(given, str) else list(given)
        order = [self._order(path.removeprefix("-"), is_down=is_down != path.startswith("-")) for path in paths]
        return Database(self.rows.order_by(*order, "-pk" if is_down else "pk"))

    def _order(self, path: str, *, is_down: bool) -> Any:
        try:
            may_be_null = bool(getattr(self.rows.model._meta.get_field(path), "null", True))
        except FieldDoesNotExist:
            may_be_null = True
        if not may_be_null:  # a plain order can use a plain index
            return f"-{path}" if is_down else path
        return F(path).desc(nulls_last=True) if is_down else F(path).asc(nulls_last=True)

    def count(self) -> Count:
        found = self.rows.order_by()[: COUNTED_TO + 1].count()
        return Count(min(found, COUNTED_TO), is_more=found > COUNTED_TO)

    def cut(self, start: int, stop: int) -> Sequence[Any]:
        rows = self.rows if self.rows.ordered else self.rows.order_by("pk")
        return list(rows[start:stop])

    def all(self) -> Iterator[Any]:
        return self.rows.iterator(chunk_size=2000)


@dataclass(frozen=True)
class Plain:
    """Rows that are already here: objects or mappings."""

    rows: Sequence[Any]

    def narrowed(self, by: Filter, value: Any) -> Plain:
        return Plain([row for row in self.rows if by.keeps(row, value)])

    def sorted_by(self, column: Column, *, is_down: bool) -> Plain:
        """By the column's value. What is unknown, and estimates too thin to be ranked, stand last either way."""
        keyed = [(self._key(column)(row), row) for row in self.rows]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=is_down)
        return Plain([row for _key, row in known] + [row for key, row in keyed if key is None])

    def _key(self, column: Column) -> Callable[[Any], Any]:
        given = column.sort
        if callable(given):
            return given
        if isinstance(given, str):
            return lambda row: comparable(at_path(row, given))
        if given is True or given is None:
            return lambda row: comparable(column.value_of(row))
        paths = list(given) if not isinstance(given, bool) else []
        return lambda row: tuple(str(at_path(row, path) or "").casefold() for path in paths)

    def count(self) -> Count:
        return Count(len(self.rows))

    def cut(self, start: int, stop: int) -> Sequence[Any]:
        return self.rows[start:stop]

    def all(self) -> Iterator[Any]:
        return iter(self.rows)


def comparable(value: Any) -> Any:
    """What to sort by: text without regard to case, an estimate by its value when it may be ranked."""
    if isinstance(value, str):
        return value.casefold()
    if hasattr(value, "low") or isinstance(value, dict):
        return part_of(value, "value") if estimates.read(value).state == "known" else None
    return value


def source_of(rows: QuerySet[Any] | Sequence[Any]) -> Source:
    """The right source for what a page hands in."""
    return Database(rows) if isinstance(rows, QuerySet) and not rows.query.is_sliced else Plain(list(rows))
