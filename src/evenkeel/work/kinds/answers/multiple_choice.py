"""Any of several choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, AnswerKind, Setting, Unfit, answer_kind
from ..choices import CHOICES_LIMIT, choices_faults, keyed, values_of, whole_faults

_CHOICES = [{"value": "spam", "title": "Spam"}, {"value": "scam", "title": "Scam"}, {"value": "bot", "title": "Bot"}]


@answer_kind
class MultipleChoice(AnswerKind):
    slug = "multiple_choice"
    title = gettext_lazy("Any of several")
    why = gettext_lazy("What applies, of a list where more than one thing can: features, targets, reasons.")
    settings = (
        Setting(name="choices", title=gettext_lazy("Choices"), kind="choices"),
        Setting(name="least", title=gettext_lazy("At least"), kind="number"),
        Setting(name="most", title=gettext_lazy("At most"), kind="number"),
    )
    example = AnswerExample(
        field={"name": "traits", "kind": "multiple_choice", "title": "Traits", "choices": _CHOICES, "most": 2},
        right=[(["scam", "spam"], ["spam", "scam"]), (["bot"], ["bot"])],
        wrong=["spam", [], ["spam", "spam"], ["spam", "scam", "bot"], ["ham"], [1], {"spam": True}],
        bad_fields=[
            {"name": "traits", "kind": "multiple_choice", "choices": _CHOICES[:1]},
            {"name": "traits", "kind": "multiple_choice", "choices": _CHOICES, "least": 3, "most": 2},
            {"name": "traits", "kind": "multiple_choice", "choices": _CHOICES, "most": 4},
            {"name": "traits", "kind": "multiple_choice", "choices": _CHOICES, "most": "all"},
        ],
    )

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        faults = choices_faults(field.get("choices"))
        if faults:
            return faults
        n = min(len(field["choices"]), CHOICES_LIMIT)
        faults = whole_faults(field, "least", 1, n) + whole_faults(field, "most", 1, n)
        if not faults and (field.get("least") or 1) > (field.get("most") or n):
            faults.append(_("“least” is not above “most”."))
        return faults

    @classmethod
    def filled(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        # Keys are the main question's: several fields cannot share the nine digits.
        return {**field, "choices": [{"tone": "quiet", **choice, "key": ""} for choice in keyed(field["choices"])]}

    @classmethod
    def schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        values = values_of(field["choices"])
        least, most = _bounds(field)
        return {"type": "array", "items": {"enum": values}, "uniqueItems": True, "minItems": least, "maxItems": most}

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        values = values_of(field["choices"])
        if not isinstance(value, list) or not all(isinstance(each, str) and each in values for each in value):
            raise Unfit(_("Choose among: %(values)s.") % {"values": ", ".join(values)})
        if len(set(value)) != len(value):
            raise Unfit(_("Each choice once."))
        least, most = _bounds(field)
        if not least <= len(value) <= most:
            raise Unfit(_("Choose %(least)d to %(most)d.") % {"least": least, "most": most})
        return [each for each in values if each in value]

    @classmethod
    def said(cls, field: Mapping[str, Any], value: Any) -> list[str]:
        return list(value)

    @classmethod
    def said_schema(cls, field: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
        return {"contains": {"enum": list(words)}}


def _bounds(field: Mapping[str, Any]) -> tuple[int, int]:
    return field.get("least") or 1, field.get("most") or len(field["choices"])
