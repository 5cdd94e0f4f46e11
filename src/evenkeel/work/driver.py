"""Many rows at once, as plain tuples to the driver: by COPY on PostgreSQL, by executemany on SQLite.

Django's own bulk_create spends most of its time on making objects. Columns that are not named get their field's default, so
a column that a table gains later is filled like everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import RawSQL
from pydantic_core import to_json

_FETCHED = 1_000


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, skips_taken: bool = False
) -> int:
    """Insert rows whose values stand in the order of `columns` (names of columns); returns how many there were.

    With `skips_taken` a row whose unique values are taken is passed over; all of them are then held at once.

    Values are ids, moments, numbers, texts, and for JSON columns whatever JSON can carry.
    """
    fields = {field.column: field for field in model._meta.concrete_fields}
    rest = [field for column, field in fields.items() if column not in columns]
    defaults = tuple(_default(field) for field in rest)
    names = [*columns, *(str(field.column) for field in rest)]
    every = [(place, _preparing(fields[column])) for place, column in enumerate(columns)]
    # Most columns take a value as it is: a call for each of them would cost more than sending it.
    ready = [(place, prepare) for place, prepare in every if prepare is not _same]
    counted = _Counted(_prepared(row, ready, defaults) for row in rows)
    if skips_taken and connection.vendor == "postgresql":
        _write_free(model, names, counted)
    else:
        _write(model._meta.db_table, names, counted, end=" ON CONFLICT DO NOTHING" if skips_taken else "")
    return counted.n


def _prepared(
    row: Sequence[Any], ready: Sequence[tuple[int, Callable[[Any], Any]]], defaults: tuple[Any, ...]
) -> tuple[Any, ...]:
    made = [*row, *defaults]
    for place, prepare in ready:
        made[place] = prepare(made[place])
    return tuple(made)


def one_value(texts: Sequence[str]) -> RawSQL:
    """Texts for a filter `name__in=…`, sent as one value: thousands of marks cost Django more than the database."""
    of_list = "jsonb_array_elements_text(%s::jsonb)" if connection.vendor == "postgresql" else "json_each(%s)"
    return RawSQL(f"SELECT value FROM {of_list}", [_encode(list(texts))])  # noqa: S608, S611  (no word of it is a caller's)


def ids_as_one_value(ids: Sequence[UUID | str]) -> RawSQL:
    """The same for ids, as `plain_rows` gives them."""
    if connection.vendor != "postgresql":
        return one_value([each.hex if isinstance(each, UUID) else each for each in ids])
    return RawSQL("SELECT value::uuid FROM jsonb_array_elements_text(%s::jsonb)", [_encode(ids)])


def plain_rows(rows: models.QuerySet[Any, Any], columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Columns of rows as the driver gives them: what Django makes of each value costs more than reading and writing it.

    An id is for comparing and for `ids_as_one_value` alone (`plain_id` makes one), JSON is its text, and a moment may lack
    its zone (`zoning`).
    """
    try:
        statement, values = rows.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        while portion := cursor.fetchmany(_FETCHED):
            yield from portion


def plain_id(value: UUID | None) -> UUID | str | None:
    """An id as `plain_rows` gives it."""
    return value if connection.vendor == "postgresql" else _hex(value)


def zoning() -> Callable[[datetime], datetime]:
    """What gives a moment of `plain_rows` its zone. The connection is asked once: asking costs as much as reading a row."""
    zone = connection.timezone
    return lambda moment: moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


class _Counted:
    def __init__(self, rows: Iterator[tuple[Any, ...]]):
        self.n, self._rows = 0, rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for row in self._rows:
            self.n += 1
            yield row


def _write_free(model: type[models.Model], names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY cannot pass a row over; a statement with an array a column can, and is planned once."""
    kinds = {field.column: field.db_type(connection) for field in model._meta.concrete_fields}
    marks = ", ".join(f"%s::{kinds[name]}[]" for name in names)
    arrays = [list(column) for column in zip(*rows, strict=True)]
    if arrays:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) "  # noqa: S608  (the names are the model's own)
                f"SELECT * FROM unnest({marks}) ON CONFLICT DO NOTHING",
                arrays,
            )


def _write(table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]], *, end: str = "") -> None:
    joined = ", ".join(names)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({joined}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _name in names)
    connection.ensure_connection()
    # The driver's own cursor: Django's would rewrite the statement's marks and copy every row once more.
    connection.connection.cursor().executemany(
        f"INSERT INTO {table} ({joined}) VALUES ({marks}){end}",  # noqa: S608  (the names are the model's own)
        iter(rows),
    )


def _default(field: models.Field[Any, Any]) -> Any:
    if not field.has_default() and not field.null and not isinstance(field, models.CharField | models.TextField):
        raise ValueError(f"{field.model.__name__}.{field.name} has no default: name it among the columns")
    return _preparing(field)(field.get_default())


def _encode(value: Any) -> str:
    return to_json(value).decode()


def _preparing(field: models.Field[Any, Any]) -> Any:
    """How a value of the field becomes one of the driver's."""
    if isinstance(field, models.JSONField):
        return _encode
    if connection.vendor == "sqlite":
        if isinstance(field, models.UUIDField | models.ForeignKey):
            return _hex
        if isinstance(field, models.DateTimeField):
            return _moments()
    return _same


def _same(value: Any) -> Any:
    return value


def _hex(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _moments() -> Callable[[datetime | None], str | None]:
    """Spells moments as Django does, in a tenth of its time; that of the row before, which is mostly the same, for nothing."""
    zone = connection.timezone
    last: tuple[datetime | None, str | None] = (None, None)

    def spelt(value: datetime | None) -> str | None:
        nonlocal last
        if value is not last[0]:
            last = (value, None if value is None else str(value.astimezone(zone).replace(tzinfo=None)))
        return last[1]

    return spelt
