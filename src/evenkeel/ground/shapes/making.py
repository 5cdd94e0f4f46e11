"""From rows to objects, without the ORM's way around: no signals, no defaults, every value as it was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.utils import DEFAULT_DB_ALIAS


@dataclass(frozen=True, slots=True)
class Maker:
    """How a stretch of a row's columns becomes an object, and those after it what belongs to the object."""

    model: type[Model]
    names: tuple[str, ...]
    start: int
    until: int
    key: int
    related: tuple[tuple[Maker, Callable[[Any, Any], None], Callable[[Any, Any], None]], ...] = ()

    @classmethod
    def of(cls, compiler: Any) -> Maker:
        """As the ORM's compiler has planned it; annotations are not for shapes."""
        if compiler.annotation_col_map:
            raise AssertionError("a shape gives objects without annotations")
        return cls._of(compiler.klass_info, compiler.select)

    @classmethod
    def _of(cls, info: dict[str, Any], select: Sequence[Any]) -> Maker:
        start, until = info["select_fields"][0], info["select_fields"][-1] + 1
        names = tuple(select[place][0].target.attname for place in range(start, until))
        related = tuple(
            (cls._of(each, select), each["local_setter"], each["remote_setter"])
            for each in info.get("related_klass_infos", ())
        )
        model = info["model"]
        return cls(model, names, start, until, start + names.index(model._meta.pk.attname), related)

    def make_all(self, rows: Sequence[Sequence[Any]]) -> list[Model]:
        """An object a row."""
        return [self._make(row) for row in rows]

    def _make(self, row: Sequence[Any]) -> Model:
        made = self.model.__new__(self.model)
        made.__dict__ = dict(zip(self.names, row[self.start : self.until], strict=True))
        made._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        for maker, set_here, set_there in self.related:
            other = maker._make(row) if row[maker.key] is not None else None
            set_here(made, other)
            if other is not None:
                set_there(other, made)
        return made
