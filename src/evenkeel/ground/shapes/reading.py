"""Shapes that read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db.models import JSONField, Model, QuerySet

from .driver import Statement, here, is_direct, is_together, send, together
from .making import Maker
from .ready import Form, Key, Places, Value, key_of, markers, placed, without_empty

M = TypeVar("M", bound=Model)
T = TypeVar("T")
N = TypeVar("N")
Converters = Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """All that is the same whatever the values."""

    statement: Statement
    counting: Statement
    places: Places
    converters: Converters
    maker: Maker


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """A question with its values, not yet asked."""

    statement: Statement
    values: tuple[Any, ...]
    read: Callable[[Any], T]

    def now(self) -> T:
        """Ask it; what came."""
        return self.read(send(here(), self.statement, self.values))

    def sent(self) -> Callable[[], T]:
        """Ask it along with what a `together` writes; gives what came, once that block is over."""
        if not is_together():
            found = self.now()
            return lambda: found
        cursor = send(here(), self.statement, self.values)
        return lambda: self.read(cursor)

    def then(self, make: Callable[[T], N]) -> Asked[N]:
        """The same question, with something else made of its answer."""
        return Asked(self.statement, self.values, lambda cursor: make(self.read(cursor)))


def gather(*asked: Asked[Any]) -> list[Any]:
    """The answers to several questions, in their order, for one journey to the server. Each sees what was locked before it."""
    on = here()
    if on.vendor != "postgresql" or not is_direct(on):
        return [each.now() for each in asked]
    with together():
        cursors = [send(on, each.statement, each.values) for each in asked]
    return [each.read(cursor) for each, cursor in zip(asked, cursors, strict=True)]


class Shape(Generic[M]):
    """A query that gives objects, with what `select_related` brings; built once a form."""

    def __init__(self, build: Callable[..., QuerySet[M]]):
        self._build = build
        self._kept: dict[Key, _Ready] = {}

    def fetch(self, *, form: Form = None, **values: Value) -> list[M]:
        """The objects for these values."""
        return self.asked(form=form, **values).now()

    def first(self, *, form: Form = None, **values: Value) -> M | None:
        """The first of them; None when there is none."""
        return next(iter(self.fetch(form=form, **values)), None)

    def count(self, *, form: Form = None, **values: Value) -> int:
        """How many there are, up to the query's own limit."""
        return self.counted(form=form, **values).now()

    def asked(self, *, form: Form = None, **values: Value) -> Asked[list[M]]:
        """The same as `fetch`, for `gather`."""
        ready, values = self._ready(form, values)

        def read(cursor: Any) -> list[M]:
            rows = cursor.fetchall()
            # Binary rows hold JSON as objects already; the ORM's own cursor, where somebody watches, gives text.
            if ready.converters and not (ready.statement.is_binary and is_direct(here())):
                rows = [_converted(row, ready.converters) for row in rows]
            return cast("list[M]", ready.maker.make_all(rows))

        return Asked(ready.statement, ready.places.filled(values), read)

    def counted(self, *, form: Form = None, **values: Value) -> Asked[int]:
        """The same as `count`, for `gather`."""
        ready, values = self._ready(form, values)
        return Asked(ready.counting, ready.places.filled(values), _only)

    def _ready(self, form: Form, values: dict[str, Value]) -> tuple[_Ready, dict[str, Value]]:
        on = here()
        values = without_empty(on, values)
        key = key_of(on, form, values)
        if key not in self._kept:
            stand_ins = markers(on, values)
            compiler = self._build(**(form or {}), **stand_ins).query.get_compiler(connection=on)
            text, found = compiler.as_sql()
            text, places = placed(on, text, found, stand_ins)
            columns = [each[0] for each in compiler.select[: compiler.col_count]]
            converters = [(place, *each) for place, each in compiler.get_converters(columns).items()]
            is_binary = on.vendor == "postgresql" and all(_reads_json(convert) for _, convert, _ in converters)
            self._kept[key] = _Ready(
                Statement.of(text, is_binary=is_binary),
                Statement.of(f"SELECT COUNT(*) FROM ({text}) counted"),  # noqa: S608  (the ORM's own)
                places,
                converters,
                Maker.of(compiler),
            )
        return self._kept[key], values


def _only(cursor: Any) -> int:
    return int(cursor.fetchone()[0])


def _converted(row: Sequence[Any], converters: Converters) -> list[Any]:
    on, found = here(), list(row)
    for place, convert, column in converters:
        for each in convert:
            found[place] = each(found[place], column, on)
    return found


def _reads_json(convert: Sequence[Callable[..., Any]]) -> bool:
    owner: Any = getattr(convert[0], "__self__", None)
    return len(convert) == 1 and isinstance(owner, JSONField) and owner.decoder is None
