"""Marked pieces of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, Unfit, answer_kind
from ..item import CONTENT_LIMIT, Part
from ..marks import Marks, labelled

_LABELS = [{"value": "threat", "title": "Threat", "tone": "bad"}, {"value": "name", "title": "Name"}]


@answer_kind
class TextSpans(Marks):
    """Offsets count Unicode characters from 0; `end` is the first one that no longer belongs to the span."""

    slug = "text_spans"
    title = gettext_lazy("Marked text")
    why = gettext_lazy("Which words exactly: the threat in a post, names to be masked, the claim to be checked.")
    marks = ("text",)
    example = AnswerExample(
        field={"name": "spans", "kind": "text_spans", "title": "Where?", "labels": _LABELS},
        right=[
            (
                [{"start": 2, "end": 7, "label": "threat", "part": "text"}],
                [{"start": 2, "end": 7, "label": "threat", "part": "text"}],
            )
        ],
        wrong=[
            [],
            [{"start": 7, "end": 7, "label": "threat"}],
            [{"start": -1, "end": 7, "label": "threat"}],
            [{"start": 1.5, "end": 7, "label": "threat"}],
            [{"start": 1, "end": 7, "label": "praise"}],
            [{"start": 1, "end": 7}],
            {"start": 1, "end": 7, "label": "threat"},
            "2-7",
        ],
        bad_fields=[
            {"name": "spans", "kind": "text_spans", "labels": []},
            {"name": "spans", "kind": "text_spans", "labels": _LABELS, "least": 0},
        ],
    )

    @classmethod
    def mark_schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        offset = {"type": "integer", "minimum": 0, "maximum": CONTENT_LIMIT}
        made = labelled(field, start=offset, end=offset)
        made["properties"]["quote"] = {"type": "string"}
        return made

    @classmethod
    def clean_mark(cls, field: Mapping[str, Any], mark: Mapping[str, Any], place: int) -> dict[str, Any]:
        start, end = mark.get("start"), mark.get("end")
        is_whole = all(isinstance(each, int) and not isinstance(each, bool) for each in (start, end))
        if not is_whole or not 0 <= start < end <= CONTENT_LIMIT:  # type: ignore[operator]
            raise Unfit(
                _("Mark %(place)d: “start” and “end” are offsets, and end comes after start.") % {"place": place}
            )
        return {"start": start, "end": end}

    @classmethod
    def fit_mark(cls, mark: dict[str, Any], part: Part, place: int) -> dict[str, Any]:
        if mark["end"] > len(part.text):
            raise Unfit(_("Mark %(place)d ends behind the text.") % {"place": place})
        # The words themselves are kept as well: an export is then readable without the item.
        return {**mark, "quote": part.text[mark["start"] : mark["end"]]}

    @classmethod
    def words(cls, field: Mapping[str, Any], value: Any) -> str:
        titles = {label["value"]: label["title"] for label in field["labels"]}
        return "; ".join(
            f"{titles.get(mark['label'], mark['label'])}: “{mark['quote']}”"
            if "quote" in mark
            else f"{titles.get(mark['label'], mark['label'])}: {mark['start']} to {mark['end']}"
            for mark in value
        )
