"""From a query of the ORM to a statement and the places where its values go.

The values are found again among the statement's parameters by markers that stand in for them while it is built.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.backends.base.base import BaseDatabaseWrapper

Value = UUID | datetime | str | list[UUID] | list[str]
Form = Mapping[str, Any] | None
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value belongs; on SQLite one element of a list, elsewhere lists are one value."""

    name: str
    element: int | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """A statement's parameters: some always the same, some to be filled."""

    places: tuple[Any, ...]
    on: str

    def filled(self, values: Mapping[str, Value]) -> tuple[Any, ...]:
        """The parameters for these values."""
        if self.on != "sqlite":
            return tuple([values[place.name] if type(place) is _Place else place for place in self.places])
        return tuple([_filled(place, values) if type(place) is _Place else place for place in self.places])


def key_of(on: BaseDatabaseWrapper, form: Form, values: Mapping[str, Value]) -> Key:
    """What makes a statement another one. SQLite has no arrays: there a list of another length is another statement."""
    said = tuple(sorted(form.items())) if form else ()
    if on.vendor != "sqlite":
        return ("", said)
    return (on.vendor, said, *[len(value) for value in values.values() if isinstance(value, list)])


def without_empty(on: BaseDatabaseWrapper, values: dict[str, Value]) -> dict[str, Value]:
    """On SQLite the ORM refuses to write `IN ()`: a value that no row has stands for an empty list."""
    if on.vendor != "sqlite" or [] not in values.values():
        return values
    return {name: value if value != [] else [uuid4()] for name, value in values.items()}


def markers(on: BaseDatabaseWrapper, values: Mapping[str, Value]) -> dict[str, Value]:
    """A marker for each value, unlike anything else in the statement."""
    return {name: _marker(on, value, number) for number, (name, value) in enumerate(values.items())}


def placed(
    on: BaseDatabaseWrapper, text: str, found: Sequence[Any], stand_ins: Mapping[str, Value]
) -> tuple[str, Places]:
    """The statement with its places; on PostgreSQL a list is one value, `= ANY(%s)` in place of `IN (%s, %s)`."""
    where: dict[Any, _Place] = {}
    for name, marker in stand_ins.items():
        if isinstance(marker, list):
            where |= {adapted(on, each): _Place(name, place) for place, each in enumerate(marker)}
        else:
            where[adapted(on, marker)] = _Place(name)
    places = [where.get(each, each) if isinstance(each, str | UUID | datetime) else each for each in found]
    if {place.name for place in places if isinstance(place, _Place)} != set(stand_ins):
        raise AssertionError("a value of the shape is not among the statement's parameters")
    if on.vendor != "sqlite":
        text, places = _with_arrays(text, places)
    return text, Places(tuple(places), on.vendor)


def adapted(on: BaseDatabaseWrapper, value: Any) -> Any:
    """A value as the ORM would hand it to the driver."""
    if on.vendor != "sqlite" or isinstance(value, str):
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(on.ops.adapt_datetimefield_value(value))
    return value


def _filled(place: _Place, values: Mapping[str, Value]) -> Any:
    from .driver import here

    value: Any = values[place.name]
    return adapted(here(), value if place.element is None else value[place.element])


def _marker(on: BaseDatabaseWrapper, value: Value, number: int) -> Value:
    if isinstance(value, list):
        n = len(value) if on.vendor == "sqlite" else 2
        return [uuid4().hex for _ in range(n)] if value and isinstance(value[0], str) else [uuid4() for _ in range(n)]
    if isinstance(value, str):
        return uuid4().hex
    return (
        uuid4()
        if isinstance(value, UUID)
        else datetime(1, 1, 2, tzinfo=UTC) + timedelta(seconds=number, microseconds=7)
    )


def _with_arrays(text: str, places: Sequence[Any]) -> tuple[str, list[Any]]:
    parts = text.split("%s")
    if len(parts) != len(places) + 1:
        raise AssertionError("a statement with a percent sign of its own cannot be a shape")
    said, kept = parts[0], []
    for place, part in zip(places, parts[1:], strict=True):
        if isinstance(place, _Place) and place.element == 0:
            if not said.endswith(" IN ("):
                raise AssertionError("a list of a shape stands in `__in`")
            said = said.removesuffix("IN (") + "= ANY("
        if isinstance(place, _Place) and place.element == 1:
            said = said.removesuffix(", ") + part
            continue
        said += "%s" + part
        kept.append(place)
    return said, kept
