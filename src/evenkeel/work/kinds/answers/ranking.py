"""An order of options, best first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, AnswerKind, Setting, Unfit, answer_kind
from ..choices import choices_faults, keyed, values_of, whole_faults

_OPTIONS = [
    {"value": "a", "title": "First answer"},
    {"value": "b", "title": "Second"},
    {"value": "c", "title": "Third"},
]
_MOST = 12


@answer_kind
class Ranking(AnswerKind):
    slug = "ranking"
    title = gettext_lazy("Ranking")
    why = gettext_lazy("Which is better than which, of a few: people order more reliably than they grade.")
    settings = (
        Setting(name="choices", title=gettext_lazy("Options"), kind="choices"),
        Setting(name="top", title=gettext_lazy("Only the first"), kind="number", help=gettext_lazy("Empty: all.")),
    )
    example = AnswerExample(
        field={"name": "order", "kind": "ranking", "title": "Best first", "choices": _OPTIONS},
        right=[(["c", "a", "b"], ["c", "a", "b"])],
        wrong=["cab", ["c", "a"], ["c", "a", "a"], ["c", "a", "d"], [1, 2, 3], {"c": 1}],
        bad_fields=[
            {"name": "order", "kind": "ranking", "choices": _OPTIONS[:1]},
            {"name": "order", "kind": "ranking", "choices": _OPTIONS, "top": 4},
            {"name": "order", "kind": "ranking", "choices": [{"value": str(n), "title": "x"} for n in range(13)]},
        ],
    )

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        faults = choices_faults(field.get("choices"))
        if faults:
            return faults
        if len(field["choices"]) > _MOST:
            return [_("Nobody ranks more than %(n)d options well.") % {"n": _MOST}]
        return whole_faults(field, "top", 1, len(field["choices"]))

    @classmethod
    def filled(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {**field, "choices": [{**choice, "key": ""} for choice in keyed(field["choices"])]}

    @classmethod
    def schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        n = _length(field)
        items = {"enum": values_of(field["choices"])}
        return {"type": "array", "items": items, "uniqueItems": True, "minItems": n, "maxItems": n}

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        values = values_of(field["choices"])
        is_order = isinstance(value, list) and all(isinstance(each, str) and each in values for each in value)
        if not is_order or len(set(value)) != len(value) or len(value) != _length(field):
            raise Unfit(
                _("Order %(n)d of: %(values)s, each once.") % {"n": _length(field), "values": ", ".join(values)}
            )
        return list(value)

    @classmethod
    def said(cls, field: Mapping[str, Any], value: Any) -> list[str]:
        return list(value[:1])

    @classmethod
    def said_schema(cls, field: Mapping[str, Any], words: Any) -> dict[str, Any]:
        return {"prefixItems": [{"enum": list(words)}]}

    @classmethod
    def words(cls, field: Mapping[str, Any], value: Any) -> str:
        titles = {choice["value"]: choice["title"] for choice in field["choices"]}
        return " > ".join(titles.get(each, each) for each in value)


def _length(field: Mapping[str, Any]) -> int:
    return int(field.get("top") or len(field["choices"]))
