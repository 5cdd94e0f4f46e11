"""Marks on an item: what spans, shapes and time segments have in common: a list of objects, each with a label and a part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .answer import AnswerKind, Setting, Unfit
from .choices import choices_faults, keyed, values_of, whole_faults
from .item import Part

MARKS_LIMIT = 500
PART_LENGTH = 80
LABELS = Setting(name="labels", title=gettext_lazy("Labels"), kind="labels", help=gettext_lazy("What can be marked."))
LEAST = Setting(name="least", title=gettext_lazy("At least"), kind="number")


class Marks(AnswerKind):
    """The base of kinds whose value is a list of marks, each with one of the field's `labels`."""

    settings: ClassVar[tuple[Setting, ...]] = (LABELS, LEAST)
    draws = True

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        return choices_faults(field.get("labels"), "labels", least=1) + whole_faults(field, "least", 1, MARKS_LIMIT)

    @classmethod
    def filled(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {**field, "labels": keyed(field["labels"])}

    @classmethod
    def schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "type": "array",
            "minItems": field.get("least", 1),
            "maxItems": MARKS_LIMIT,
            "items": cls.mark_schema(field),
        }

    @classmethod
    def mark_schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        """JSON Schema of one mark."""
        raise NotImplementedError

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(mark, dict) for mark in value):
            raise Unfit(_("This is a list of objects, one a mark."))
        if len(value) > MARKS_LIMIT:
            raise Unfit(_("At most %(n)d marks.") % {"n": MARKS_LIMIT})
        if len(value) < field.get("least", 1):
            raise Unfit(_("Mark at least %(n)d.") % {"n": field.get("least", 1)})
        return [cls._cleaned(field, mark, place) for place, mark in enumerate(value, 1)]

    @classmethod
    def _cleaned(cls, field: Mapping[str, Any], mark: Mapping[str, Any], place: int) -> dict[str, Any]:
        labels = values_of(field["labels"])
        if mark.get("label") not in labels or not isinstance(mark["label"], str):
            raise Unfit(_("Mark %(place)d: choose one of %(values)s.") % {"place": place, "values": ", ".join(labels)})
        part = mark.get("part", "")
        if not isinstance(part, str) or len(part) > PART_LENGTH or "\x00" in part:
            raise Unfit(_("Mark %(place)d: “part” names a part of the item.") % {"place": place})
        return {**cls.clean_mark(field, mark, place), "label": mark["label"], "part": part}

    @classmethod
    def clean_mark(cls, field: Mapping[str, Any], mark: Mapping[str, Any], place: int) -> dict[str, Any]:
        """Where the mark lies, as it is stored; raises `Unfit`."""
        raise NotImplementedError

    @classmethod
    def fit(cls, field: Mapping[str, Any], value: Any, parts: Mapping[str, Part]) -> Any:
        fitting = {name: part for name, part in parts.items() if part.role in cls.marks}
        fitted = []
        for place, mark in enumerate(value, 1):
            # An item with one such part needs no name for it.
            name = mark["part"] or (next(iter(fitting)) if len(fitting) == 1 else "")
            if name not in fitting:
                raise Unfit(_("Mark %(place)d: the item has no such part.") % {"place": place})
            fitted.append({**cls.fit_mark(mark, fitting[name], place), "part": name})
        return fitted

    @classmethod
    def fit_mark(cls, mark: dict[str, Any], part: Part, place: int) -> dict[str, Any]:
        """The mark held against its part; raises `Unfit`."""
        return mark

    @classmethod
    def said(cls, field: Mapping[str, Any], value: Any) -> list[str]:
        return list(dict.fromkeys(mark["label"] for mark in value))

    @classmethod
    def said_schema(cls, field: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
        return {"contains": {"properties": {"label": {"enum": list(words)}}, "required": ["label"]}}

    @classmethod
    def words(cls, field: Mapping[str, Any], value: Any) -> str:
        titles = {label["value"]: label["title"] for label in field["labels"]}
        kinds = ", ".join(titles.get(word, word) for word in cls.said(field, value))
        n = len(value)
        return ngettext("%(n)d mark: %(kinds)s", "%(n)d marks: %(kinds)s", n) % {"n": n, "kinds": kinds}


def labelled(field: Mapping[str, Any], **where: Mapping[str, Any]) -> dict[str, Any]:
    """JSON Schema of a mark that lies at `where`."""
    properties = {
        **where,
        "label": {"enum": values_of(field["labels"])},
        "part": {"type": "string", "maxLength": PART_LENGTH},
    }
    needed = [*where, "label"]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}
