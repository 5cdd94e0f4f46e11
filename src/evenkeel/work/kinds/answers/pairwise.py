"""Which of two is better."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, AnswerKind, Setting, Unfit, answer_kind
from ..choices import flag_faults, values_of


@answer_kind
class Pairwise(AnswerKind):
    slug = "pairwise"
    title = gettext_lazy("Which of two")
    why = gettext_lazy("A against B, side by side: two answers of a model, two lists of results, two pictures.")
    can_be_main = True
    settings = (
        Setting(name="tie", title=gettext_lazy("“About the same” may be said"), kind="flag"),
        Setting(name="neither", title=gettext_lazy("“Neither is acceptable” may be said"), kind="flag"),
    )
    example = AnswerExample(
        field={"name": "better", "kind": "pairwise", "title": "Which is better?", "tie": True},
        right=[("a", "a"), ("b", "b"), ("tie", "tie")],
        wrong=["A", "neither", "both", 1, ["a"]],
        bad_fields=[
            {"name": "better", "kind": "pairwise", "tie": "yes"},
            {"name": "better", "kind": "pairwise", "neither": 1},
        ],
    )

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        return flag_faults(field, "tie") + flag_faults(field, "neither")

    @classmethod
    def filled(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {**field, "choices": _choices(field)}

    @classmethod
    def schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {"enum": values_of(_choices(field))}

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        values = values_of(_choices(field))
        if not isinstance(value, str) or value not in values:
            raise Unfit(_("Choose one of: %(values)s.") % {"values": ", ".join(values)})
        return value


def _choices(field: Mapping[str, Any]) -> list[dict[str, Any]]:
    if field.get("choices"):
        # Published with the titles of its day; a later wording does not change them.
        return list(field["choices"])
    said = [("a", _("A is better"), True), ("b", _("B is better"), True)]
    said += [("tie", _("About the same"), bool(field.get("tie")))]
    said += [("neither", _("Neither is acceptable"), bool(field.get("neither")))]
    shown = [(value, title) for value, title, is_offered in said if is_offered]
    return [
        {"value": value, "title": title, "key": str(place), "tone": "info" if value in "ab" else "quiet"}
        for place, (value, title) in enumerate(shown, 1)
    ]
