"""Statements that are made ready once: the ORM writes the SQL the first time, afterwards only the values are new.

Building a statement costs the ORM several times what running it costs the database. On a path that thousands take at once
a *shape* keeps what was built: a query whose form is always the same while its values differ. The values are found again
among the statement's parameters by markers that stand in for them while it is built.

    TASKS = Shape(lambda *, queue: Task.objects.filter(queue=queue).order_by("-priority"))
    tasks = TASKS.fetch(queue=queue.pk)

Values are UUIDs, moments, texts, and lists of UUIDs or texts (a list of another length is another statement). Everything
else that makes a difference to the statement, a limit or a flag, goes into `form` and is part of the key.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import connection, connections
from django.db.models import Model, QuerySet
from django.db.models.sql import UpdateQuery

M = TypeVar("M", bound=Model)
Value = UUID | datetime | str | list[UUID] | list[str]


class Shape(Generic[M]):
    """A query that gives objects, with what `select_related` brings; built once a thread, form and length of lists."""

    def __init__(self, build: Callable[..., QuerySet[M]]):
        self._build, self._kept = build, threading.local()

    def fetch(self, *, form: dict[str, Any] | None = None, **values: Value) -> list[M]:
        """The objects for these values."""
        rows, compiler, statement, places = self._ready(form, values)
        # The compiler knows how its columns become objects; only the statement itself is not written again.
        # The connection itself and not the proxy before it, which is looked through at every attribute.
        compiler.connection = connections[connection.alias]
        compiler.as_sql = lambda *_args, **_said: (statement, _filled(places, values))
        compiler.pre_sql_setup = lambda *_args, **_said: None
        again = rows._chain()
        again.query = _Ready(rows.query, compiler)
        return list(again._iterable_class(again))

    def first(self, *, form: dict[str, Any] | None = None, **values: Value) -> M | None:
        """The first of them; None when there is none."""
        return next(iter(self.fetch(form=form, **values)), None)

    def count(self, *, form: dict[str, Any] | None = None, **values: Value) -> int:
        """How many there are, up to the query's own limit."""
        _rows, _compiler, statement, places = self._ready(form, values)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({statement}) counted", _filled(places, values))  # noqa: S608  (the ORM's own)
            return int(cursor.fetchone()[0])

    def _ready(self, form: dict[str, Any] | None, values: dict[str, Value]) -> tuple[Any, Any, str, list[Any]]:
        key = f"{connection.vendor} {_key(form, values)}"
        kept: dict[str, tuple[Any, Any, str, list[Any]]] = self._kept.__dict__
        if key not in kept:
            markers = _markers(values)
            rows = self._build(**(form or {}), **markers)
            compiler = rows.query.get_compiler(connection=connection)
            statement, found = compiler.as_sql()
            # Which columns need converting is the same every time.
            compiler.get_converters = _answered_once(compiler.get_converters)
            kept[key] = (rows, compiler, statement, _places(found, markers))
        return kept[key]


def _answered_once(ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What was answered the first time, whatever is asked."""
    kept: list[Any] = []

    def answer(asked: Any) -> Any:
        if not kept:
            kept.append(ask(asked))
        return kept[0]

    return answer


class _Ready:
    """Stands where the ORM expects a query, and hands out the compiler that is ready."""

    def __init__(self, query: Any, compiler: Any):
        self._query, self._compiler = query, compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)

    def get_compiler(self, *_args: Any, **_said: Any) -> Any:
        return self._compiler


class UpdateShape:
    """An UPDATE; `build` gives the rows and what to set."""

    def __init__(self, build: Callable[..., tuple[QuerySet[Any], dict[str, Any]]]):
        self._build = build
        self._kept: dict[str, tuple[str, list[Any]]] = {}

    def run(self, *, form: dict[str, Any] | None = None, **values: Value) -> int:
        """Change the rows; how many there were."""
        key = f"{connection.vendor} {_key(form, values)}"
        if key not in self._kept:
            markers = _markers(values)
            rows, change = self._build(**(form or {}), **markers)
            query: Any = rows.query.chain(UpdateQuery)
            query.add_update_values(change)
            query.clear_ordering(force=True)
            statement, found = query.get_compiler(connection=connection).as_sql()
            self._kept[key] = (statement, _places(found, markers))
        statement, places = self._kept[key]
        with connection.cursor() as cursor:
            cursor.execute(statement, _filled(places, values))
            return int(cursor.rowcount)


def insert(rows: Sequence[Model]) -> None:
    """Insert new objects of one table, whose keys they bring or the database gives. No signals, nothing read back."""
    if not rows:
        return
    fields = [
        field for field in rows[0]._meta.concrete_fields if getattr(rows[0], field.attname) is not None or field.null
    ]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    for start in range(0, len(rows), 50):
        part = rows[start : start + 50]
        said = [
            field.get_db_prep_save(getattr(row, field.attname), connection=connection)
            for row in part
            for field in fields
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * len(part))}",  # noqa: S608  (the model's own names)
                said,
            )
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _key(form: dict[str, Any] | None, values: dict[str, Value]) -> str:
    lengths = [f"{name}:{len(value)}" for name, value in values.items() if isinstance(value, list)]
    return f"{sorted(form.items()) if form else ''} {lengths}"


def _markers(values: dict[str, Value]) -> dict[str, Value]:
    return {name: _marker(value, number) for number, (name, value) in enumerate(values.items())}


def _marker(value: Value, number: int) -> Value:
    if isinstance(value, list):
        return [uuid4().hex for _each in value] if value and isinstance(value[0], str) else [uuid4() for _each in value]
    if isinstance(value, str):
        return uuid4().hex
    return (
        uuid4()
        if isinstance(value, UUID)
        else datetime(1, 1, 2, tzinfo=UTC) + timedelta(seconds=number, microseconds=7)
    )


def _places(found: Sequence[Any], markers: dict[str, Value]) -> list[Any]:
    """The statement's parameters, with a callable wherever a value belongs."""
    takes: dict[Any, Callable[[dict[str, Value]], Any]] = {}
    for name, marker in markers.items():
        if isinstance(marker, list):
            for place, each in enumerate(marker):
                takes[_adapted(each)] = lambda values, name=name, place=place: values[name][place]  # type: ignore[misc]
        else:
            takes[_adapted(marker)] = lambda values, name=name: values[name]  # type: ignore[misc]
    places = [takes.get(each, each) if isinstance(each, str | UUID | datetime) else each for each in found]
    missing = {id(take) for take in takes.values()} - {id(place) for place in places if callable(place)}
    if missing:
        raise AssertionError("a value of the shape is not among the statement's parameters")
    return places


def _filled(places: list[Any], values: dict[str, Value]) -> tuple[Any, ...]:
    return tuple(_adapted(place(values)) if callable(place) else place for place in places)


def _adapted(value: Any) -> Any:
    """A value as the ORM would hand it to the driver."""
    if connection.vendor != "sqlite" or isinstance(value, str):
        return value
    if isinstance(value, UUID):
        return value.hex
    return str(connection.ops.adapt_datetimefield_value(value))
