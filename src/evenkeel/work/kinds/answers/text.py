"""Free text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, AnswerKind, Setting, Unfit, answer_kind

LENGTH_LIMIT = 4_000


@answer_kind
class Text(AnswerKind):
    slug = "text"
    title = gettext_lazy("Free text")
    why = gettext_lazy("A comment beside the answer: what decided the case, or what the guideline leaves open.")
    settings = (Setting(name="limit", title=gettext_lazy("Characters at most"), kind="number"),)
    example = AnswerExample(
        field={"name": "comment", "kind": "text", "title": "Comment", "limit": 20},
        right=[("  Irony.\r\n", "Irony."), ("Zwei\r\nZeilen", "Zwei\nZeilen")],
        wrong=["x" * 21, 5, ["text"], "nul\x00"],
        bad_fields=[
            {"name": "comment", "kind": "text", "limit": 0},
            {"name": "comment", "kind": "text", "limit": "long"},
            {"name": "comment", "kind": "text", "limit": LENGTH_LIMIT + 1},
        ],
    )

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        limit = field.get("limit", LENGTH_LIMIT)
        if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= LENGTH_LIMIT:
            return [_("“limit” is a number of characters from 1 to %(n)d.") % {"n": LENGTH_LIMIT}]
        return []

    @classmethod
    def schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {"type": "string", "maxLength": field.get("limit", LENGTH_LIMIT)}

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        # PostgreSQL's JSON refuses a NUL; better a sentence here than an error there.
        if not isinstance(value, str) or "\x00" in value:
            raise Unfit(_("Write text."))
        text = value.replace("\r\n", "\n").strip()
        limit = field.get("limit", LENGTH_LIMIT)
        if len(text) > limit:
            raise Unfit(_("At most %(n)d characters; this has %(has)d.") % {"n": limit, "has": len(text)})
        return text
