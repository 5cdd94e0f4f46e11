"""Label Studio's `result` lists and our answers, both ways. Pure functions.

An answer maps a field's name to its value; Label Studio's regions say `from_name` for the same. What has no place in an answer
is named to `leave_out` and never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .regions import box, is_region, polygon, turned_box

LeaveOut = Callable[[str], None]

# Parts that have no place in an answer, by the name under which a report counts them.
NOT_REPRESENTED = (
    "brushlabels", "ellipselabels", "keypointlabels", "videorectangle", "timeserieslabels", "hypertext without offsets",
    "taxonomy", "datetime", "number with a fraction", "relation", "table", "answer about a region", "region's text",
    "region without a label", "audio channel",
)  # fmt: skip
# Which of our kinds a field is when nothing but the answer is known.
SPANS, BOXES, SEGMENTS = "text_spans", "image_shapes", "time_segments"


def answer_from(
    results: Sequence[Any], *, kinds: Mapping[str, str], leave_out: LeaveOut
) -> tuple[dict[str, Any], dict[str, str]]:
    """An answer, and the kind of each of its fields. `kinds` are those that are known already, by the field's name.

    Raises `ValueError` for a region whose numbers are none.
    """
    # What JSON holds are dicts: asking for that takes a tenth of asking for any mapping.
    answer: dict[str, Any] = {}
    found: dict[str, str] = {}
    # What one part alone could refer to is itself.
    regions = (
        {part.get("id") for part in results if isinstance(part, dict) and _is_region_type(part)}
        if len(results) > 1
        else set()
    )
    for part in results:
        if not isinstance(part, dict) or not isinstance(part.get("value", {}), dict):
            leave_out("part that is no object")
            continue
        _read(part, answer, found, kinds, regions, leave_out)
    return answer, found


def _read(
    part: Mapping[str, Any],
    answer: dict[str, Any],
    found: dict[str, str],
    kinds: Mapping[str, str],
    regions: set[Any],
    leave_out: LeaveOut,
) -> None:
    sort, name, value = str(part.get("type", "")), str(part.get("from_name", "")), part.get("value") or {}
    if sort == "relation":
        leave_out("relation")
        return
    if regions and not _is_region_type(part) and part.get("id") in regions and part.get("id") is not None:
        leave_out("answer about a region")
        return
    read = _READERS.get(sort)
    if read is None or not name:
        leave_out(sort or "part without a type")
        return
    made = read(part, value, kinds.get(name, ""), leave_out)
    if made is None:
        return
    kind, said = made
    found[name] = kind
    if isinstance(said, list) and kind in (SPANS, BOXES, SEGMENTS, "multiple_choice"):
        answer.setdefault(name, []).extend(said)
    elif kind == "text" and name in answer:
        answer[name] += f"\n{said}"
    else:
        answer[name] = said


Read = tuple[str, Any] | None


def _choices(part: Any, value: Any, kind: str, leave_out: LeaveOut) -> Read:
    chosen = [str(each) for each in _list(value.get("choices"))]
    if not chosen:
        return None
    if kind == "multiple_choice" or len(chosen) > 1:
        return "multiple_choice", chosen
    return "single_choice", chosen[0]


def _rating(part: Any, value: Any, kind: str, leave_out: LeaveOut) -> Read:
    said = value.get("rating", value.get("number"))
    if isinstance(said, bool) or not isinstance(said, int | float) or said != int(said):
        leave_out("number with a fraction")
        return None
    return "rating", int(said)


def _text(part: Any, value: Any, kind: str, leave_out: LeaveOut) -> Read:
    if any(name in value for name in ("start", "x", "points")):
        leave_out("region's text")
        return None
    said = value.get("text")
    return "text", "\n".join(str(each) for each in _list(said)) if isinstance(said, list) else str(said or "")


def _labels(part: Any, value: Any, kind: str, leave_out: LeaveOut) -> Read:
    """`labels` are spans of a text or segments of a sound: a sound tells its length, and its ends are seconds."""
    names = _names(value, "labels", "hypertextlabels", "paragraphlabels", leave_out=leave_out)
    if not names:
        return None
    offsets = value.get("globalOffsets") or value
    start, end = offsets.get("start"), offsets.get("end")
    if not isinstance(start, int | float) or not isinstance(end, int | float):
        leave_out("hypertext without offsets")
        return None
    if kind == SEGMENTS or (kind != SPANS and ("original_length" in part or "channel" in value)):
        if value.get("channel"):
            leave_out("audio channel")
        return SEGMENTS, [
            {"label": name, "start_ms": round(start * 1000), "end_ms": round(end * 1000)} for name in names
        ]
    return SPANS, [
        {"label": name, "start": int(start), "end": int(end), "text": str(value.get("text", ""))} for name in names
    ]


def _rectangle(part: Any, value: Any, kind: str, leave_out: LeaveOut) -> Read:
    made = []
    sides = {name: float(value[name]) if name in value else _missing(name) for name in ("x", "y", "width", "height")}
    turn = float(value.get("rotation") or 0)
    for name in _names(value, "rectanglelabels", "labels", leave_out=leave_out):
        if not turn:
            made.append(box(name, **sides, of=(100, 100)))
            continue
        width, height = (float(part.get(f"original_{side}") or 100) for side in ("width", "height"))
        made.append(
            turned_box(
                name,
                x=sides["x"] * width / 100,
                y=sides["y"] * height / 100,
                width=sides["width"] * width / 100,
                height=sides["height"] * height / 100,
                degrees=turn,
                of=(width, height),
            )
        )
    return (BOXES, made) if made else None


def _polygon(part: Any, value: Any, kind: str, leave_out: LeaveOut) -> Read:
    names = _names(value, "polygonlabels", "labels", leave_out=leave_out)
    return (BOXES, [polygon(name, value.get("points") or [], of=(100, 100)) for name in names]) if names else None


def _pairwise(part: Any, value: Any, kind: str, leave_out: LeaveOut) -> Read:
    said = value.get("selected")
    return ("pairwise", str(said)) if said else None


def _ranking(part: Any, value: Any, kind: str, leave_out: LeaveOut) -> Read:
    said = value.get("ranker")
    if isinstance(said, dict):
        lists = [each for each in said.values() if isinstance(each, list)]
        said = lists[0] if len(lists) == 1 else None
    if not isinstance(said, list):
        leave_out("ranker with several lists")
        return None
    return "ranking", [str(each) for each in said]


_READERS: dict[str, Callable[[Any, Any, str, LeaveOut], Read]] = {
    "choices": _choices,
    "rating": _rating,
    "number": _rating,
    "textarea": _text,
    "labels": _labels,
    "hypertextlabels": _labels,
    "paragraphlabels": _labels,
    "rectanglelabels": _rectangle,
    "polygonlabels": _polygon,
    "pairwise": _pairwise,
    "ranker": _ranking,
}


def _is_region_type(part: Mapping[str, Any]) -> bool:
    return str(part.get("type", "")).endswith("labels")


def _names(value: Mapping[str, Any], *under: str, leave_out: LeaveOut) -> list[str]:
    names = next((_list(value[name]) for name in under if value.get(name)), [])
    if not names:
        leave_out("region without a label")
    return [str(name) for name in names]


def _list(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [] if said is None else [said]


def _missing(name: str) -> float:
    raise ValueError(f"{name} is missing")


# ------------------------------------------------------------------ out


def results_of(
    answer: Mapping[str, Any], *, kinds: Mapping[str, str], shows: str, leave_out: LeaveOut
) -> list[dict[str, Any]]:
    """An answer as a `result` list about the object `shows` (text, image, audio). `kinds`: each field's kind."""
    results: list[dict[str, Any]] = []
    for name, value in answer.items():
        kind = kinds.get(name) or kind_of(value)
        write = _WRITERS.get(kind)
        parts = write(value) if write is not None else None
        if parts is None:
            leave_out(f"{name} ({kind or 'unknown'})")
            continue
        for sort, said, beside in parts:
            place = {"id": f"{name}-{len(results) + 1}", "from_name": name, "to_name": shows}
            results.append({**place, "type": sort, "value": said, **beside})
    return results


def kind_of(value: Any) -> str:
    """The kind that a bare value looks like; "" for none of ours."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return "single_choice"
    if isinstance(value, int):
        return "rating"
    if isinstance(value, list) and value:
        first = value[0]
        if is_region(first):
            return BOXES
        if isinstance(first, Mapping):
            return SEGMENTS if "start_ms" in first else SPANS if "start" in first else ""
        if all(isinstance(each, str) for each in value):
            return "multiple_choice"
    return ""


Parts = list[tuple[str, dict[str, Any], dict[str, Any]]]


def _as_regions(value: Any) -> Parts | None:
    if not isinstance(value, list) or not all(is_region(each) for each in value):
        return None
    parts: Parts = []
    for each in value:
        label = str(each.get("label", ""))
        if each.get("shape") == "polygon":
            points = [[x * 100, y * 100] for x, y in each["points"]]
            parts.append(("polygonlabels", {"points": points, "closed": True, "polygonlabels": [label]}, {}))
        else:
            sides = {name: each[ours] * 100 for name, ours in (("x", "x"), ("y", "y"), ("width", "w"), ("height", "h"))}
            parts.append(("rectanglelabels", {**sides, "rotation": 0, "rectanglelabels": [label]}, {}))
    return parts


def _as_segments(value: Any) -> Parts:
    length = max((each["end_ms"] for each in value), default=0) / 1000
    return [
        (
            "labels",
            {"start": each["start_ms"] / 1000, "end": each["end_ms"] / 1000, "channel": 0, "labels": [each["label"]]},
            {"original_length": length},
        )
        for each in value
    ]


_WRITERS: dict[str, Callable[[Any], Parts | None]] = {
    "single_choice": lambda value: [("choices", {"choices": [value]}, {})],
    "multiple_choice": lambda value: [("choices", {"choices": list(value)}, {})],
    "rating": lambda value: [("rating", {"rating": value}, {})],
    "text": lambda value: [("textarea", {"text": [value]}, {})],
    "ranking": lambda value: [("ranker", {"ranker": list(value)}, {})],
    "pairwise": lambda value: [("pairwise", {"selected": value}, {})],
    SPANS: lambda value: [
        (
            "labels",
            {"start": each["start"], "end": each["end"], "text": each.get("text", ""), "labels": [each["label"]]},
            {},
        )
        for each in value
    ],
    BOXES: _as_regions,
    SEGMENTS: _as_segments,
}
