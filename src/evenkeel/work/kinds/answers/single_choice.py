"""One of several choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, AnswerKind, Setting, Unfit, answer_kind
from ..choices import choices_faults, keyed, values_of


@answer_kind
class SingleChoice(AnswerKind):
    slug = "single_choice"
    title = gettext_lazy("One of several")
    why = gettext_lazy(
        "The usual question of moderation and labelling: exactly one of a few named answers, one key each."
    )
    can_be_main = True
    settings = (Setting(name="choices", title=gettext_lazy("Choices"), kind="choices"),)
    example = AnswerExample(
        field={
            "name": "label",
            "kind": "single_choice",
            "title": "Is the answer safe?",
            "choices": [
                {"value": "No", "title": "Safe", "key": "1", "tone": "good"},
                {"value": "Yes", "title": "Unsafe", "key": "2", "tone": "bad"},
            ],
        },
        right=[("Yes", "Yes"), ("No", "No")],
        wrong=["yes", "Perhaps", 1, ["Yes"], {"value": "Yes"}],
        bad_fields=[
            {"name": "label", "kind": "single_choice", "choices": [{"value": "Yes", "title": "Yes"}]},
            {"name": "label", "kind": "single_choice", "choices": [{"value": "a", "title": "A"}] * 2},
            {"name": "label", "kind": "single_choice", "choices": "Yes, No"},
        ],
    )

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        choices = field.get("choices")
        if isinstance(choices, list) and len(choices) < 2:
            return [_("One of several needs at least two choices.")]
        return choices_faults(choices)

    @classmethod
    def filled(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {**field, "choices": keyed(field["choices"])}

    @classmethod
    def schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {"enum": values_of(field["choices"])}

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        values = values_of(field["choices"])
        if not isinstance(value, str) or value not in values:
            raise Unfit(_("Choose one of: %(values)s.") % {"values": ", ".join(values)})
        return value
