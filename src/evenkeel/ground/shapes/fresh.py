"""New objects to insert, without the ORM's way around: it asks every field for its descriptor, its default and its setter."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db.models import NOT_PROVIDED, Model
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)


def fresh(model: type[M], **values: Any) -> M:
    """An object that is not stored yet, by the names of its columns (`queue_id`, not `queue`); others get their default.

    Raises `TypeError` for a name that is no column. No signals, and `clean` is not asked: for rows that we make ourselves.
    """
    plain, made_anew = _defaults(model)
    said = {**plain, **{name: make() for name, make in made_anew.items() if name not in values}, **values}
    if len(said) != len(plain) + len(made_anew):
        raise TypeError(
            f"{model.__name__} has no column {', '.join(sorted(values.keys() - plain.keys() - made_anew.keys()))}"
        )
    made = model.__new__(model)
    made.__dict__ = said
    made._state = ModelState()
    return made


def link(row: Model, **known: Model | None) -> None:
    """Let a row know objects that its keys point at. The ORM's own way looks for each at tables, databases and keys first."""
    row._state.fields_cache.update(known)


@cache
def _defaults(model: type[Model]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """By column: defaults that are the same for every row, and those that are made for each."""
    plain: dict[str, Any] = {}
    made_anew: dict[str, Callable[[], Any]] = {}
    for field in model._meta.concrete_fields:
        if field.default is not NOT_PROVIDED and callable(field.default):
            made_anew[field.attname] = field.default
        else:
            plain[field.attname] = field.get_default()
    return plain, made_anew
