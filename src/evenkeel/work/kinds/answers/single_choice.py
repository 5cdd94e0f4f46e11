"""One of several choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, AnswerKind, Unfit, answer_kind

TONES = ("good", "warn", "bad", "info", "quiet")
LABEL_LENGTH = 120  # as long as the column of the decision's label


@answer_kind
class SingleChoice(AnswerKind):
    slug = "single_choice"
    title = gettext_lazy("One of several")
    why = gettext_lazy(
        "The usual question of moderation and labelling: exactly one of a few named answers, one key each."
    )
    can_be_main = True
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
        if not isinstance(choices, list) or not all(isinstance(choice, dict) for choice in choices):
            return [_("“choices” is a list of objects with value and title.")]
        if len(choices) < 2:
            return [_("One of several needs at least two choices.")]
        return [fault for choice in choices for fault in _choice_faults(choice)] + _repeated(choices)

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        values = [choice["value"] for choice in field["choices"]]
        if not isinstance(value, str) or value not in values:
            raise Unfit(_("Choose one of: %(values)s.") % {"values": ", ".join(values)})
        return value


def _choice_faults(choice: Mapping[str, Any]) -> list[str]:
    faults = []
    value = choice.get("value")
    if not isinstance(value, str) or not value or len(value) > LABEL_LENGTH:
        faults.append(_("Each choice has a value of 1 to %(n)d characters.") % {"n": LABEL_LENGTH})
    if not isinstance(choice.get("title"), str) or not choice["title"]:
        faults.append(_("Each choice has a title for people."))
    if choice.get("key") is not None and (not isinstance(choice["key"], str) or choice["key"] not in "123456789"):
        faults.append(_("A choice's key is a digit from 1 to 9."))
    if choice.get("tone") is not None and choice["tone"] not in TONES:
        faults.append(_("A choice's tone is one of %(tones)s.") % {"tones": ", ".join(TONES)})
    return faults


def _repeated(choices: list[dict[str, Any]]) -> list[str]:
    sentences = {"value": _("Two choices have the value %(said)s."), "key": _("Two choices have the key %(said)s.")}
    return [
        sentence % {"said": said}
        for what, sentence in sentences.items()
        for said, n in Counter(str(choice[what]) for choice in choices if choice.get(what) is not None).items()
        if n > 1
    ]
