"""Shapes that write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, JSONField, Model, QuerySet
from django.db.models.sql import UpdateQuery
from pydantic_core import to_json

from .driver import Statement, here, is_together, send, send_rows
from .ready import Form, Key, Places, Value, adapted, key_of, markers, placed


@dataclass(frozen=True, slots=True)
class Sent:
    """A change that was sent; inside `together` its count is known only at the end of the block."""

    cursor: Any

    @property
    def count(self) -> int:
        return 0 if self.cursor is None else int(self.cursor.rowcount)


class UpdateShape:
    """An UPDATE; `build` gives the rows and what to set."""

    def __init__(self, build: Callable[..., tuple[QuerySet[Any], dict[str, Any]]]):
        self._build = build
        self._kept: dict[Key, tuple[Statement, Places]] = {}

    def run(self, *, form: Form = None, **values: Value) -> int:
        """Change the rows; how many there were."""
        if is_together():
            raise AssertionError("inside `together` nothing is counted yet: use `send`")
        return self.send(form=form, **values).count

    def send(self, *, form: Form = None, **values: Value) -> Sent:
        """Change the rows; how many there were can be asked later."""
        if any(value == [] for value in values.values()):
            return Sent(None)
        on = here()
        statement, places = self._ready(on, form, values)
        return Sent(send(on, statement, places.filled(values), may_repeat=False))

    def _ready(self, on: BaseDatabaseWrapper, form: Form, values: dict[str, Value]) -> tuple[Statement, Places]:
        key = key_of(on, form, values)
        if key not in self._kept:
            stand_ins = markers(on, values)
            rows, change = self._build(**(form or {}), **stand_ins)
            query: Any = rows.query.chain(UpdateQuery)
            query.add_update_values(change)
            query.clear_ordering(force=True)
            text, found = query.get_compiler(connection=on).as_sql()
            text, places = placed(on, text, found, stand_ins)
            self._kept[key] = (Statement.of(text), places)
        return self._kept[key]


def insert(rows: Sequence[Model]) -> None:
    """Insert new objects of one table, whose keys they bring or the database gives. No signals, nothing read back."""
    if not rows:
        return
    on = here()
    brings_key = rows[0].pk is not None
    statement, fields = _inserting(on.vendor, type(rows[0]), brings_key)
    names = [(field.attname, str(field.column)) for field in fields]
    if on.vendor == "postgresql":
        # One value however many rows: the statement is the same for all of them and stays prepared.
        # It knows UUIDs and moments, and writes them ten times as fast as Python's own.
        # By their dictionaries: a foreign key's descriptor is a function of its own, asked for every value.
        held = [row.__dict__ for row in rows]
        # What is empty is left out: most of a wide row is, and the database reads every word.
        text = to_json(
            [{column: value for name, column in names if (value := said[name]) is not None} for said in held]
        )
        send(on, statement, [text.decode()], may_repeat=False)
    else:
        send_rows(
            on, statement, [[_for_sqlite(on, field, getattr(row, field.attname)) for field in fields] for row in rows]
        )
    for row in rows:
        row._state.adding, row._state.db = False, on.alias


@lru_cache(maxsize=256)
def _inserting(vendor: str, model: type[Model], brings_key: bool) -> tuple[Statement, list[Field[Any, Any]]]:
    on = here()
    fields = [field for field in model._meta.concrete_fields if brings_key or not isinstance(field, AutoField)]
    quoted = [on.ops.quote_name(str(field.column)) for field in fields]
    table, columns = on.ops.quote_name(model._meta.db_table), ", ".join(quoted)
    if vendor == "postgresql":
        typed = ", ".join(f"{name} {field.db_type(on)}" for name, field in zip(quoted, fields, strict=True))
        text = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_to_recordset(%s::json) AS r({typed})"  # noqa: S608  (the model's own names)
    else:
        text = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608  (the model's own names)
    return Statement.of(text), fields


def _for_sqlite(on: BaseDatabaseWrapper, field: Field[Any, Any], value: Any) -> Any:
    if isinstance(field, JSONField) or isinstance(value, date):
        return field.get_db_prep_save(value, connection=on)
    return adapted(on, value)
