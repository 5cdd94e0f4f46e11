"""What every kind of answer field tells, and the catalogue of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from evenkeel.ground.catalogue import Catalogue

from .item import Part


class Unfit(ValueError):
    """A value that does not fit its field; the sentence is for people."""


@dataclass(frozen=True, kw_only=True)
class AnswerExample:
    """A worked example: a field, values with what becomes of them, and values that are refused."""

    field: Mapping[str, Any]
    right: Sequence[tuple[Any, Any]]
    wrong: Sequence[Any]
    bad_fields: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What the form editor lets people set of a field; `kind` is choices, labels, tree, number, flag, words or tools."""

    name: str
    title: Any
    kind: str
    help: Any = ""


class AnswerKind:
    """A kind of field in an answer form. Subclasses are registered, never made into instances."""

    slug: ClassVar[str]
    title: ClassVar[Any]
    why: ClassVar[Any]
    example: ClassVar[AnswerExample]
    settings: ClassVar[tuple[Setting, ...]] = ()
    # Whether its value can be the decision's label.
    can_be_main: ClassVar[bool] = False
    # Which parts of an item it marks or grades (`Part.role`); empty for a kind that says something of the whole item.
    marks: ClassVar[tuple[str, ...]] = ()
    # Whether its value is a list of places on such parts.
    draws: ClassVar[bool] = False

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        """What is wrong with a field's definition, as sentences; empty when it is fine."""
        raise NotImplementedError

    @classmethod
    def filled(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        """The sound field with what was left out filled in. A main field leaves here with `choices`: its labels."""
        return dict(field)

    @classmethod
    def schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        """JSON Schema (2020-12) of the value as it is stored."""
        raise NotImplementedError

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        """The value as it is stored; raises `Unfit`. A missing value never gets here."""
        raise NotImplementedError

    @classmethod
    def fit(cls, field: Mapping[str, Any], value: Any, parts: Mapping[str, Part]) -> Any:
        """The cleaned value held against the item's parts; raises `Unfit` for what lies outside of them."""
        return value

    @classmethod
    def said(cls, field: Mapping[str, Any], value: Any) -> list[str]:
        """The plain words in a cleaned value, which other fields' conditions look at; a main field's first one is the label."""
        return [value] if isinstance(value, str) else []

    @classmethod
    def said_schema(cls, field: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
        """JSON Schema of the values that say one of these words."""
        return {"enum": list(words)}

    @classmethod
    def words(cls, field: Mapping[str, Any], value: Any) -> str:
        """The value for people to read."""
        titles = {choice["value"]: choice["title"] for choice in field.get("choices", ())}
        return ", ".join(titles.get(word, word) for word in cls.said(field, value))


answer_kinds: Catalogue[type[AnswerKind]] = Catalogue("answer kind", package="evenkeel.work.kinds.answers")
answer_kind = answer_kinds.register
