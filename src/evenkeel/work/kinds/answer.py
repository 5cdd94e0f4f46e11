"""What every kind of answer field tells, and the catalogue of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from evenkeel.ground.catalogue import Catalogue


class Unfit(ValueError):
    """A value that does not fit its field; the sentence is for people."""


@dataclass(frozen=True, kw_only=True)
class AnswerExample:
    """A worked example: a field, values with what becomes of them, and values that are refused."""

    field: Mapping[str, Any]
    right: Sequence[tuple[Any, Any]]
    wrong: Sequence[Any]
    bad_fields: Sequence[Mapping[str, Any]]


class AnswerKind:
    """A kind of field in an answer form. Subclasses are registered, never made into instances."""

    slug: ClassVar[str]
    title: ClassVar[Any]
    why: ClassVar[Any]
    example: ClassVar[AnswerExample]
    # Whether its value can be the decision's label.
    can_be_main: ClassVar[bool] = False

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        """What is wrong with a field's definition, as sentences; empty when it is fine."""
        raise NotImplementedError

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        """The value as it is stored; raises `Unfit`. A missing value never gets here."""
        raise NotImplementedError


answer_kinds: Catalogue[type[AnswerKind]] = Catalogue("answer kind", package="evenkeel.work.kinds.answers")
answer_kind = answer_kinds.register
