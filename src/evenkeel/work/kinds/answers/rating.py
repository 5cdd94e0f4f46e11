"""A grade on a scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, AnswerKind, Setting, Unfit, answer_kind
from ..choices import whole_faults


@answer_kind
class Rating(AnswerKind):
    slug = "rating"
    title = gettext_lazy("Rating")
    why = gettext_lazy("How much, on a scale of whole numbers whose ends have names: quality, severity, fluency.")
    can_be_main = True
    settings = (
        Setting(name="from", title=gettext_lazy("From"), kind="number"),
        Setting(name="to", title=gettext_lazy("To"), kind="number"),
        Setting(name="low", title=gettext_lazy("Name of the low end"), kind="words"),
        Setting(name="high", title=gettext_lazy("Name of the high end"), kind="words"),
    )
    example = AnswerExample(
        field={
            "name": "quality",
            "kind": "rating",
            "title": "Quality",
            "from": 1,
            "to": 5,
            "low": "poor",
            "high": "good",
        },
        right=[(1, 1), (5, 5)],
        wrong=[0, 6, 2.5, "3", True, [3], None],
        bad_fields=[
            {"name": "quality", "kind": "rating", "from": 5, "to": 1},
            {"name": "quality", "kind": "rating", "from": 1, "to": 40},
            {"name": "quality", "kind": "rating", "from": "one"},
            {"name": "quality", "kind": "rating", "low": 5},
        ],
    )

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        faults = whole_faults(field, "from", 0, 9) + whole_faults(field, "to", 1, 10)
        faults += [
            _("“%(name)s” is text.") % {"name": end}
            for end in ("low", "high")
            if not isinstance(field.get(end, ""), str)
        ]
        if not faults and _ends(field)[0] >= _ends(field)[1]:
            faults.append(_("“from” is below “to”."))
        return faults

    @classmethod
    def filled(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        low, high = _ends(field)
        names = {low: field.get("low", ""), high: field.get("high", "")}
        choices = [
            {
                "value": str(grade),
                "title": f"{grade} {names[grade]}" if names.get(grade) else str(grade),
                "key": str(grade) if 1 <= grade <= 9 else "",
                "tone": "quiet",
            }
            for grade in range(low, high + 1)
        ]
        return {**field, "from": low, "to": high, "choices": choices}

    @classmethod
    def schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        low, high = _ends(field)
        return {"type": "integer", "minimum": low, "maximum": high}

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        low, high = _ends(field)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise Unfit(_("Choose a whole number from %(low)d to %(high)d.") % {"low": low, "high": high})
        return value

    @classmethod
    def said(cls, field: Mapping[str, Any], value: Any) -> list[str]:
        return [str(value)]

    @classmethod
    def said_schema(cls, field: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
        return {"enum": [int(word) for word in words]}


def _ends(field: Mapping[str, Any]) -> tuple[int, int]:
    low, high = field.get("from"), field.get("to")
    return (1 if low is None else low), (5 if high is None else high)
