"""Label Studio's JSON: tasks with their annotations and predictions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import to_json

from evenkeel.ground.reading.json_stream import elements

from ...rules.exchange import PREDICTIONS, Record, Said, SentItem, label_of, moment_of, prediction_from
from ...rules.items import KEY_LENGTH, NewItem
from ...rules.label_studio import NOT_REPRESENTED, answer_from, results_of
from ...rules.pictures import address_of, media_item, media_kind
from ..format import ITEMS, Format, FormatExample, Reading, file_format

# Its own book-keeping: numbers of its database, counts, locks. It is made anew wherever the file goes.
_TASK_KNOWN = {"data", "annotations", "completions", "predictions", "id"}
_TASK_BOOKS = {
    "inner_id", "project", "created_at", "updated_at", "updated_by", "total_annotations", "cancelled_annotations",
    "total_predictions", "annotations_ids", "comment_count", "unresolved_comment_count", "comment_authors", "overlap",
    "is_labeled", "file_upload", "allow_skip", "last_comment_updated_at", "agreement", "avg_lead_time", "draft_exists",
    "storage_filename", "annotations_results", "predictions_results", "predictions_score", "precomputed_agreement",
    "comments", "locked_by", "allow_postpone", "state", "import_id",
}  # fmt: skip
_BOOKS = "book-keeping of Label Studio"
_COLUMNS = {
    "key": "data.key",
    "content": "data",
    "attributes": "data",
    "language": "data.language",
    "kind": "data.evenkeel",
}


@file_format
class LabelStudio(Format):
    slug = "label_studio"
    title = gettext_lazy("Label Studio")
    why = gettext_lazy("JSON of Label Studio: tasks, who annotated them how, and what a model predicted.")
    suffix, media_type = ".json", "application/json"
    reads = writes = (ITEMS,)
    carries_answers = True
    not_represented = (
        *NOT_REPRESENTED, "skipped annotation", "draft", "ground truth mark", "task's meta", _BOOKS,
    )  # fmt: skip
    example = FormatExample(
        what=ITEMS,
        file=json.dumps(
            [
                {
                    "id": 7,
                    "data": {"text": "Buy gold!", "market": "SG"},
                    "annotations": [
                        {
                            "id": 1,
                            "completed_by": {"id": 3, "email": "ada@example.org"},
                            "lead_time": 4.5,
                            "created_at": "2026-03-02T09:30:00Z",
                            "result": [
                                {
                                    "from_name": "label",
                                    "to_name": "text",
                                    "type": "choices",
                                    "value": {"choices": ["Spam"]},
                                },
                                {"type": "relation", "from_id": "a", "to_id": "b"},
                            ],
                        }
                    ],
                }
            ]
        ).encode(),
        keys=["ls-7"],
        labels=[("ada@example.org", "Spam")],
        leaves_out=["relation"],
    )

    @classmethod
    def read(cls, reading: Reading) -> Iterator[Record]:
        for element in elements(reading.stream):
            reading.stream.row = row = element.place
            if element.name or not isinstance(element.value, dict) or not isinstance(element.value.get("data"), dict):
                what = _("This is no task of Label Studio: it has no “data”.")
                reading.bad(what, _("Export the project as JSON (not JSON-MIN)."), row=row or 1, column="data")
                if element.name:
                    return
                continue
            made = _record(row, element.value, reading)
            if made is not None:
                yield made

    @classmethod
    def write_items(cls, items: Iterable[SentItem], file: BinaryIO, remark: Callable[[str], None]) -> int:
        n = 0
        file.write(b"[")
        for n, item in enumerate(items, 1):
            file.write(b",\n" if n > 1 else b"\n")
            file.write(to_json(_task(n, item, remark)))
        file.write(b"\n]\n")
        return n


def _record(row: int, task: Mapping[str, Any], reading: Reading) -> Record | None:
    data = task["data"]
    key = str(data.get("key") or (f"ls-{task['id']}" if task.get("id") is not None else f"ls-row-{row}"))[:KEY_LENGTH]
    said = []
    predictions = [*_own_predictions(data)]
    at = "annotations"
    try:
        for place, each in enumerate(task.get("annotations") or task.get("completions") or ()):
            at = f"annotations.{place}"
            said += _annotation(each, reading)
        for place, each in enumerate(task.get("predictions") or ()):
            at = f"predictions.{place}"
            if isinstance(each, dict):
                predictions.append(_prediction(each, reading))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        reading.bad(
            _("An annotation cannot be read: %(why)s.") % {"why": str(error)[:120]},
            _("Change the row, or leave it out."),
            row=row,
            column=at,
        )
        return None
    for name in task.keys() - _TASK_KNOWN:
        if task[name]:
            reading.leave_out(_BOOKS if name in _TASK_BOOKS else "draft" if name == "drafts" else f"task's {name}")
    item = _item(key, data, [each for each in predictions if each])
    return Record(row=row, key=key, item=item, said=said) if reading.is_sound(item, row=row, columns=_COLUMNS) else None


def _own_predictions(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    kept = data.get(PREDICTIONS)
    return [each for each in kept if isinstance(each, dict)] if isinstance(kept, list) else []


def _item(key: str, data: Mapping[str, Any], predictions: list[dict[str, Any]]) -> NewItem:
    attributes = {
        name: value
        for name, value in data.items()
        if name not in ("key", "language", "evenkeel", PREDICTIONS) and value is not None
    }
    if predictions:
        attributes[PREDICTIONS] = predictions
    language = str(data.get("language") or "")
    ours = data.get("evenkeel")
    if isinstance(ours, dict) and isinstance(ours.get("content"), dict):
        # What we wrote ourselves comes back as it was.
        kept = {**dict(ours.get("attributes") or {}), **({PREDICTIONS: predictions} if predictions else {})}
        return NewItem(
            key=key, kind=str(ours.get("kind", "text")), language=language, content=ours["content"], attributes=kept
        )
    turns = next(
        (data[name] for name in ("dialogue", "conversation", "messages") if isinstance(data.get(name), list)), None
    )
    if turns and all(isinstance(turn, dict) for turn in turns):
        content = {"turns": [{"speaker": _speaker(turn), "text": _words(turn)} for turn in turns]}
        rest = {name: value for name, value in attributes.items() if value is not turns}
        return NewItem(key=key, kind="conversation", content=content, language=language, attributes=rest)
    for name, value in data.items():
        if kind := media_kind(name, value):
            attributes.pop(name)
            return media_item(key, kind, str(value), {**attributes, "shown_as": name}, language=language)
    name = next((each for each in ("text", "html", "content") if isinstance(data.get(each), str)), "")
    name = name or next((each for each, value in data.items() if isinstance(value, str) and each != "key"), "")
    attributes.pop(name, None)
    return NewItem(
        key=key, kind="text", content={"text": str(data.get(name) or key)}, language=language, attributes=attributes
    )


def _speaker(turn: Mapping[str, Any]) -> str:
    return str(next((turn[name] for name in ("author", "speaker", "role", "name") if turn.get(name)), "?"))


def _words(turn: Mapping[str, Any]) -> str:
    return str(next((turn[name] for name in ("text", "content", "message") if turn.get(name)), "…"))


def _annotation(each: Any, reading: Reading) -> list[Said]:
    if not isinstance(each, dict):
        reading.leave_out("annotation that is no object")
        return []
    if each.get("was_cancelled"):
        reading.leave_out("skipped annotation")
        return []
    if each.get("ground_truth"):
        reading.leave_out("ground truth mark")
    answer, kinds = answer_from(each.get("result") or [], kinds=reading.kinds, leave_out=reading.leave_out)
    if not answer:
        reading.leave_out("annotation without an answer")
        return []
    reading.kinds.update({name: kind for name, kind in kinds.items() if name not in reading.kinds})
    by = each.get("completed_by")
    worker = str((by.get("email") or by.get("id") or "") if isinstance(by, dict) else by if by is not None else "")
    lead = each.get("lead_time")
    return [
        Said(
            answer=answer,
            label=label_of(answer),
            worker_code=worker.strip()[:64],
            decided_at=moment_of(each.get("created_at")),
            active_ms=round(float(lead) * 1000) if isinstance(lead, int | float) and 0 <= lead < 2_000_000 else None,
        )
    ]


def _prediction(each: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    answer, _kinds = answer_from(each.get("result") or [], kinds=reading.kinds, leave_out=reading.leave_out)
    if not answer:
        return {}
    kept: dict[str, Any] = {"answer": answer}
    if each.get("model_version"):
        kept["model"] = str(each["model_version"])
    if isinstance(each.get("score"), int | float) and not isinstance(each["score"], bool):
        kept["score"] = each["score"]
    return kept


def _task(number: int, item: SentItem, remark: Callable[[str], None]) -> dict[str, Any]:
    shows, address = address_of(item.kind, item.content, item.attributes)
    shows = shows or ("dialogue" if item.kind == "conversation" else "text")
    attributes = {name: value for name, value in item.attributes.items() if name != PREDICTIONS}
    data: dict[str, Any] = {
        "key": item.key,
        shows: address or _shown(item),
        "language": item.language,
        # What Label Studio does not know it keeps and gives back.
        "evenkeel": {"kind": item.kind, "content": item.content, "attributes": attributes},
    }
    found = [prediction_from(each) for each in item.attributes.get(PREDICTIONS) or ()]
    return {
        "id": number,
        "data": data,
        "annotations": [
            {
                "id": place,
                "completed_by": {"email": made.worker},
                "created_at": made.decided_at.isoformat(),
                "lead_time": made.active_ms / 1000 if made.active_ms is not None else None,
                "was_cancelled": False,
                "result": results_of(
                    made.answer or {"label": made.label}, kinds=made.kinds, shows=shows, leave_out=remark
                ),
            }
            for place, made in enumerate(item.said, 1)
        ],
        "predictions": [
            {
                "model_version": each.model,
                "score": each.score,
                "result": results_of(each.answer, kinds={}, shows=shows, leave_out=remark),
            }
            for each in found
            if each is not None
        ],
    }


def _shown(item: SentItem) -> Any:
    if item.kind == "conversation":
        return [{"author": turn["speaker"], "text": turn["text"]} for turn in item.content.get("turns", [])]
    return str(item.content.get("text", item.key))
