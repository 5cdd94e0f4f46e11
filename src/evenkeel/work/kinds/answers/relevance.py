"""A grade for each result of a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, AnswerKind, Setting, Unfit, answer_kind
from ..choices import choices_faults, keyed, values_of
from ..item import Part
from ..marks import PART_LENGTH

_GRADES = [
    {"value": "2", "title": "Relevant"},
    {"value": "1", "title": "Somewhat"},
    {"value": "0", "title": "Off topic"},
]
_RESULTS_LIMIT = 100


@answer_kind
class Relevance(AnswerKind):
    slug = "relevance"
    title = gettext_lazy("Grades of results")
    why = gettext_lazy("How well each result answers the query: what ranking measures such as nDCG are made of.")
    marks = ("result",)
    settings = (Setting(name="grades", title=gettext_lazy("Grades, best first"), kind="labels"),)
    example = AnswerExample(
        field={"name": "grades", "kind": "relevance", "title": "Relevance", "grades": _GRADES},
        right=[({"a.0": "2", "a.1": "0"}, {"a.0": "2", "a.1": "0"})],
        wrong=["2", ["2"], {"a.0": 2}, {"a.0": "3"}, {}, {"": "2"}, {"x" * 81: "2"}],
        bad_fields=[
            {"name": "grades", "kind": "relevance", "grades": _GRADES[:1]},
            {"name": "grades", "kind": "relevance"},
        ],
    )

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        return choices_faults(field.get("grades"), "grades")

    @classmethod
    def filled(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {**field, "grades": keyed(field["grades"])}

    @classmethod
    def schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "propertyNames": {"minLength": 1, "maxLength": PART_LENGTH},
            "additionalProperties": {"enum": values_of(field["grades"])},
            "minProperties": 1,
            "maxProperties": _RESULTS_LIMIT,
        }

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        grades = values_of(field["grades"])
        if not isinstance(value, dict) or not 1 <= len(value) <= _RESULTS_LIMIT:
            raise Unfit(_("This is an object with one grade a result."))
        for part, grade in value.items():
            if not 1 <= len(str(part)) <= PART_LENGTH or not isinstance(grade, str) or grade not in grades:
                raise Unfit(_("Grade each result by one of: %(grades)s.") % {"grades": ", ".join(grades)})
        return dict(value)

    @classmethod
    def fit(cls, field: Mapping[str, Any], value: Any, parts: Mapping[str, Part]) -> Any:
        results = [name for name, part in parts.items() if part.role == "result"]
        if value.keys() - set(results):
            raise Unfit(_("The item has no such result."))
        missing = [name for name in results if name not in value]
        if missing:
            raise Unfit(_("Grade every result; %(n)d are left.") % {"n": len(missing)})
        return {name: value[name] for name in results}

    @classmethod
    def said(cls, field: Mapping[str, Any], value: Any) -> list[str]:
        return list(dict.fromkeys(value.values()))

    @classmethod
    def said_schema(cls, field: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
        # Some grade is among the words: not every grade is outside of them.
        return {"not": {"additionalProperties": {"not": {"enum": list(words)}}}}

    @classmethod
    def words(cls, field: Mapping[str, Any], value: Any) -> str:
        titles = {grade["value"]: grade["title"] for grade in field["grades"]}
        return ", ".join(f"{part}: {titles.get(grade, grade)}" for part, grade in value.items())
