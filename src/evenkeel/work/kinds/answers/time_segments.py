"""Segments of audio or video."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, Unfit, answer_kind
from ..item import Part
from ..marks import Marks, labelled

_LABELS = [{"value": "slur", "title": "Slur", "tone": "bad"}, {"value": "music", "title": "Music"}]
_DAY_MS = 86_400_000
# Players round; a segment up to the end may say a little more than the file does.
_SLACK_MS = 250


@answer_kind
class TimeSegments(Marks):
    slug = "time_segments"
    title = gettext_lazy("Segments of time")
    why = gettext_lazy("When in a recording: where violence starts and ends, who speaks, what must be cut.")
    marks = ("audio", "video")
    example = AnswerExample(
        field={"name": "when", "kind": "time_segments", "title": "When?", "labels": _LABELS},
        right=[
            (
                [{"start_ms": 500, "end_ms": 1750, "label": "slur"}],
                [{"start_ms": 500, "end_ms": 1750, "label": "slur", "part": ""}],
            )
        ],
        wrong=[
            [],
            [{"start_ms": 1750, "end_ms": 500, "label": "slur"}],
            [{"start_ms": -5, "end_ms": 500, "label": "slur"}],
            [{"start_ms": 0.5, "end_ms": 500, "label": "slur"}],
            [{"start_ms": 0, "end_ms": _DAY_MS + 1, "label": "slur"}],
            [{"start_ms": 0, "end_ms": 500, "label": "noise"}],
            "0-500",
        ],
        bad_fields=[{"name": "when", "kind": "time_segments", "labels": "slur"}],
    )

    @classmethod
    def mark_schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        moment = {"type": "integer", "minimum": 0, "maximum": _DAY_MS}
        return labelled(field, start_ms=moment, end_ms=moment)

    @classmethod
    def clean_mark(cls, field: Mapping[str, Any], mark: Mapping[str, Any], place: int) -> dict[str, Any]:
        start, end = mark.get("start_ms"), mark.get("end_ms")
        is_whole = all(isinstance(each, int) and not isinstance(each, bool) for each in (start, end))
        if not is_whole or not 0 <= start < end <= _DAY_MS:  # type: ignore[operator]
            raise Unfit(_("Mark %(place)d: milliseconds, and the end comes after the start.") % {"place": place})
        return {"start_ms": start, "end_ms": end}

    @classmethod
    def fit_mark(cls, mark: dict[str, Any], part: Part, place: int) -> dict[str, Any]:
        if part.duration_ms is None:
            return mark
        if mark["start_ms"] >= part.duration_ms or mark["end_ms"] > part.duration_ms + _SLACK_MS:
            raise Unfit(_("Mark %(place)d ends behind the recording.") % {"place": place})
        return {**mark, "end_ms": min(mark["end_ms"], part.duration_ms)}

    @classmethod
    def words(cls, field: Mapping[str, Any], value: Any) -> str:
        titles = {label["value"]: label["title"] for label in field["labels"]}
        return "; ".join(
            f"{titles.get(mark['label'], mark['label'])}: {mark['start_ms'] / 1000:.1f} to {mark['end_ms'] / 1000:.1f} s"
            for mark in value
        )
