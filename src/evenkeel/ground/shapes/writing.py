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


def insert(rows: Sequence[Model], *, keys_into: type[Model] | None = None) -> None:
    """Insert new objects of one table, whose keys they bring or the database gives. No signals, nothing read back.

    With `keys_into`, a table of nothing but keys, theirs go there in the same statement.
    """
    if not rows:
        return
    on, model, brings_key = here(), type(rows[0]), rows[0].pk is not None
    if on.vendor != "postgresql":
        statement, fields = _by_values(on.vendor, model, brings_key)
        send_rows(
            on, statement, [[_for_sqlite(on, field, getattr(row, field.attname)) for field in fields] for row in rows]
        )
        if keys_into is not None:
            send_rows(on, _by_values(on.vendor, keys_into, True)[0], [[adapted(on, row.pk)] for row in rows])
    elif len(rows) == 1 and keys_into is None and _is_narrow(model):
        # A long text as it is, and not within JSON, where each of its quotes is written and read twice.
        statement, fields = _by_values(on.vendor, model, brings_key)
        send(on, statement, [getattr(rows[0], field.attname) for field in fields], may_repeat=False)
    else:
        statement, fields = _by_record(model, brings_key, keys_into)
        send(on, statement, [_record(rows, fields)], may_repeat=False)
    for row in rows:
        row._state.adding, row._state.db = False, on.alias


def _record(rows: Sequence[Model], fields: Sequence[Field[Any, Any]]) -> str:
    """Rows as one value: however many there are, the statement is the same and stays prepared.

    What is empty is left out: most of a wide row is, and the database reads every word.
    """
    names = [(field.attname, str(field.column)) for field in fields]
    # By their dictionaries: a foreign key's descriptor is a function of its own, asked for every value.
    held = [row.__dict__ for row in rows]
    said = [{column: value for name, column in names if (value := each[name]) is not None} for each in held]
    # It knows UUIDs and moments, and writes them ten times as fast as Python's own.
    return to_json(said).decode()


def _fields(model: type[Model], brings_key: bool) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if brings_key or not isinstance(field, AutoField)]


_FEW = 8


@lru_cache(maxsize=256)
def _is_narrow(model: type[Model]) -> bool:
    fields = model._meta.concrete_fields
    return len(fields) <= _FEW and not any(isinstance(field, JSONField) for field in fields)


@lru_cache(maxsize=256)
def _by_values(vendor: str, model: type[Model], brings_key: bool) -> tuple[Statement, list[Field[Any, Any]]]:
    on, fields = here(), _fields(model, brings_key)
    columns = ", ".join(on.ops.quote_name(str(field.column)) for field in fields)
    table, places = on.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(fields))
    return Statement.of(f"INSERT INTO {table} ({columns}) VALUES ({places})"), fields  # noqa: S608  (the model's own names)


@lru_cache(maxsize=256)
def _by_record(
    model: type[Model], brings_key: bool, keys_into: type[Model] | None
) -> tuple[Statement, list[Field[Any, Any]]]:
    on, fields = here(), _fields(model, brings_key)
    quoted = [on.ops.quote_name(str(field.column)) for field in fields]
    table, columns = on.ops.quote_name(model._meta.db_table), ", ".join(quoted)
    typed = ", ".join(f"{name} {field.db_type(on)}" for name, field in zip(quoted, fields, strict=True))
    text = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_to_recordset(%s::json) AS r({typed})"  # noqa: S608  (the model's own names)
    if keys_into is not None:
        other, key = on.ops.quote_name(keys_into._meta.db_table), on.ops.quote_name(str(keys_into._meta.pk.column))
        own = on.ops.quote_name(str(model._meta.pk.column))
        text = f"WITH put AS ({text} RETURNING {own}) INSERT INTO {other} ({key}) SELECT {own} FROM put"  # noqa: S608  (the models' own names)
    return Statement.of(text), fields


def _for_sqlite(on: BaseDatabaseWrapper, field: Field[Any, Any], value: Any) -> Any:
    if isinstance(field, JSONField) or isinstance(value, date):
        return field.get_db_prep_save(value, connection=on)
    return adapted(on, value)
