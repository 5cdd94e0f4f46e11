"""Adding to rows that may or may not be there, in one statement and without reading them first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Field, JSONField, Model, QuerySet, UUIDField

from ..base import SUMS

_ROWS = 2_000
_HEX_LETTERS = 32
# What a cell's key begins with: its day.
DAY_LETTERS = 4
_FIRST = date(1970, 1, 1)


def key(*values: object) -> UUID:
    """The key of a cell: the same values, empty ones among them, give the same key in every process."""
    text = "\x1f".join("" if value is None else str(value) for value in values)
    return UUID(digest_of(text))


def digest_of(text: str) -> str:
    """The key of a cell whose values are joined to one text already: 32 letters, which both databases take for an id."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def cell_key(metric: str, day: date, *place: object) -> UUID:
    """The key of a metric's cell of one day."""
    said = str(day)
    return UUID(cell_digest(said, "\x1f".join([metric, said, *("" if each is None else str(each) for each in place)])))


def cell_digest(day: str, text: str) -> str:
    """As `digest_of`, of a cell of this day (as ISO writes it), but for its first four letters: those count the days.

    So the cells of a day stand together in the index of keys. Keys that were random all through touched a page of it each:
    the longer the history, the more a night's roll-up had to write.
    """
    return f"{_place_of(day)}{digest_of(text)[DAY_LETTERS:]}"


def keys_of_day(letters: str) -> tuple[UUID, UUID]:
    """The first and the last key that begins with these letters of a day."""
    return UUID(letters.ljust(_HEX_LETTERS, "0")), UUID(letters.ljust(_HEX_LETTERS, "f"))


def first_key_of(day: date) -> UUID:
    """No cell of this day or a later one has a smaller key."""
    return keys_of_day(_place_of(str(day)))[0]


@lru_cache(maxsize=1_000)
def _place_of(day: str) -> str:
    return f"{(date.fromisoformat(day) - _FIRST).days % 16**DAY_LETTERS:0{DAY_LETTERS}x}"


def add_up(
    model: type[Model], rows: Iterable[Mapping[str, Any]], *, sums: Sequence[str], sets: Sequence[str] = ()
) -> int:
    """Insert rows by primary key; where a row is there already, add `sums` to it and put `sets` in place of what it has.

    All rows name the same columns, in the same order; ids may be text. Two rows of one call must not share a key. Returns
    the number of rows.
    """
    waiting = list(rows)
    if not waiting:
        return 0
    made_ready = [ready(model, name) for name in waiting[0]]
    given = ([made(value) for made, value in zip(made_ready, row.values(), strict=True)] for row in waiting)
    return add_rows(model, tuple(waiting[0]), given, sums=sums, sets=sets)


def add_rows(
    model: type[Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    sums: Sequence[str],
    sets: Sequence[str] = (),
) -> int:
    """As `add_up`, of rows whose values stand in the order of `names` and are `ready` for the driver."""
    waiting = list(rows)
    if not waiting:
        return 0
    quote = connection.ops.quote_name
    columns = [quote(str(_column(model, name).column)) for name in names]
    table, id_ = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    added = [quote(str(_column(model, name).column)) for name in sums]
    replaced = [quote(str(_column(model, name).column)) for name in sets]
    changes = [f"{name} = {table}.{name} + EXCLUDED.{name}" for name in added]
    changes += [f"{name} = EXCLUDED.{name}" for name in replaced]
    into, or_else = (
        f"INSERT INTO {table} ({', '.join(columns)})",
        f"ON CONFLICT ({id_}) DO UPDATE SET {', '.join(changes)}",
    )
    with connection.cursor() as cursor:
        for start in range(0, len(waiting), _ROWS):
            part = waiting[start : start + _ROWS]
            if connection.vendor == "postgresql":
                types = [_array_type(_column(model, name)) for name in names]
                arrays = [
                    _as_array(column, type_) for column, type_ in zip(zip(*part, strict=True), types, strict=True)
                ]
                rows_ = ", ".join(f"%s::{type_}" for type_ in types)
                cursor.execute(f"{into} SELECT * FROM unnest({rows_}) {or_else}", arrays)  # noqa: S608
            else:
                values = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"{into} VALUES ({values}) {or_else}", part)
    return len(waiting)


def _array_type(field: Field[Any, Any]) -> str:
    """PostgreSQL's type of a column of values. Casting to a bounded text would cut it off; storing it complains."""
    kind = str(field.db_type(connection))
    return "text[]" if kind.startswith("varchar") else f"{kind}[]"


def _as_array(values: Iterable[Any], kind: str) -> str:
    """A column as PostgreSQL writes arrays: one parameter instead of one a value, which took longer than the storing."""
    if kind in ("text[]", "jsonb[]"):
        return "{" + ",".join("NULL" if value is None else _quoted(value) for value in values) + "}"
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def ready(model: type[Model], name: str) -> Callable[[Any], Any]:
    """How a column's values are handed to the driver. Django's own way asks anew for each of millions."""
    field = _column(model, name)
    while field.is_relation:
        field = field.target_field  # type: ignore[attr-defined]
    if isinstance(field, JSONField):
        return json.dumps
    if connection.vendor == "sqlite" and isinstance(field, UUIDField):
        return _as_hex
    if connection.vendor == "sqlite" and isinstance(field, DateField):
        return str
    return _as_it_is


def sweep(model: type[Model], metrics: Sequence[str]) -> None:
    """Remove the cells of some metrics whose every sum came back to nothing.

    Not by n alone: a row taken back before it came in, beside another one, leaves n at 0 and values that still matter.
    """
    model._default_manager.filter(metric__in=metrics, **dict.fromkeys(SUMS, 0)).delete()


def as_driven(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows of a `values_list` as the driver gives them, `ready` to be handed back: ids and days stay what they are."""
    sql, params = rows.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while part := cursor.fetchmany(_ROWS):
            yield from part


class Texts:
    """Keys of cells whose values are as the driver gave them. There are many cells and few values: each is told once."""

    def __init__(self) -> None:
        self._told: dict[Any, str] = {None: ""}

    def key(self, slug: str, day: Any, place: Iterable[Any]) -> Any:
        """As `cell_key`, `ready` for the driver."""
        said = self._text(day)
        return cell_digest(said, "\x1f".join((slug, said, *map(self._text, place))))

    def _text(self, value: Any) -> str:
        if value not in self._told:
            is_hex = isinstance(value, str) and len(value) == _HEX_LETTERS
            self._told[value] = str(UUID(value)) if is_hex else str(value)
        return self._told[value]


def _as_hex(value: UUID | str | None) -> str | None:
    return value.replace("-", "") if isinstance(value, str) else value.hex if value is not None else None


def _as_it_is(value: Any) -> Any:
    return value


def _column(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def in_parts(values: Sequence[Any], size: int = 500) -> Iterable[Sequence[Any]]:
    """A long list in pieces that fit into one statement."""
    return (values[start : start + size] for start in range(0, len(values), size))
