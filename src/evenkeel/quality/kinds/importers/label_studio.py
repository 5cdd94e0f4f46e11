from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.json_stream import elements
from evenkeel.work import answer_from, label_of

from ..importer import Found, Importer, ImporterExample, Reading, importer

# What a project's own settings and other people's guesses are: nobody's decision.
_LEFT_OUT = {"predictions": "prediction", "drafts": "draft"}


@importer
class LabelStudio(Importer):
    slug = "label_studio"
    title = gettext_lazy("Label Studio")
    why = gettext_lazy("JSON or JSON-MIN of Label Studio: each annotation is a decision, each review of one a review.")
    source = "https://labelstud.io/guide/export.html#Label-Studio-JSON-format-of-annotated-tasks"
    how = gettext_lazy("Project → Export → JSON (reviews come with the Enterprise edition), or JSON-MIN.")
    suffixes = (".json",)
    known = {
        "item": "task", "text": "data.text", "decision_id": "={task}/{annotation}", "worker": "by", "label": "label",
        "answer": "answer", "decided_at": "at", "seconds": "lead_time", "review_id": "review",
        "reviewed_decision": "={task}/{of}", "reviewer": "reviewer", "review_right": "accepted", "reviewed_at": "reviewed_at",
        "review_comment": "comment",
    }  # fmt: skip
    # The tool numbers tasks anew; under its key the item is the one that went out.
    came_from_here = ("data.evenkeel", {"item": "data.key"})
    example = ImporterExample(
        file=json.dumps(
            [
                {
                    "id": 7,
                    "data": {"text": "Buy gold!"},
                    "annotations": [
                        {
                            "id": 1,
                            "completed_by": {"id": 3, "email": "ada@example.org"},
                            "lead_time": 4.5,
                            "created_at": "2026-03-02T09:30:00Z",
                            "updated_at": "2026-03-02T09:30:00Z",
                            "was_cancelled": False,
                            "result": [
                                {
                                    "from_name": "label",
                                    "to_name": "text",
                                    "type": "choices",
                                    "value": {"choices": ["Spam"]},
                                }
                            ],
                            "reviews": [
                                {
                                    "id": 11,
                                    "accepted": False,
                                    "created_by": {"id": 4, "email": "zoe@example.org"},
                                    "created_at": "2026-03-03T08:00:00Z",
                                }
                            ],
                        },
                        {"id": 2, "completed_by": 5, "was_cancelled": True, "result": []},
                    ],
                    "predictions": [{"model_version": "m", "result": []}],
                }
            ]
        ).encode(),
        facts=[("decision", "7", "ada@example.org", "Spam"), ("review", "zoe@example.org", False, "")],
        leaves_out=["skipped annotation", "prediction"],
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        for name, place, task in elements(reading.stream):
            reading.stream.row = row = place
            if name or not isinstance(task, dict):
                reading.bad(
                    _("This is no task of Label Studio."), _("Export the project as JSON or JSON-MIN."), row=row or 1
                )
                if name:
                    return
            elif isinstance(task.get("data"), dict):
                yield from _annotations(row, task, reading)
            else:
                yield from _least(row, task, reading)


def _annotations(row: int, task: Mapping[str, Any], reading: Reading) -> Iterator[Found]:
    for name, part in _LEFT_OUT.items():
        for _each in task.get(name) or ():
            reading.leave_out(part)
    about = {"task": task.get("id", f"row-{row}"), "data": task["data"]}
    for each in task.get("annotations") or task.get("completions") or ():
        if not isinstance(each, Mapping):
            reading.bad(_("An annotation is no object."), _("Export the project again."), row=row, column="annotations")
        elif each.get("was_cancelled"):
            reading.leave_out("skipped annotation")
        else:
            yield from _annotation(row, about, each, reading)


def _annotation(row: int, about: Mapping[str, Any], each: Mapping[str, Any], reading: Reading) -> Iterator[Found]:
    if each.get("ground_truth"):
        reading.leave_out("ground truth mark")
    try:
        answer, _kinds = answer_from(each.get("result") or [], kinds={}, leave_out=reading.leave_out)
    except (ValueError, TypeError, KeyError) as error:
        what = _("An annotation cannot be read: %(why)s.") % {"why": str(error)[:120]}
        reading.bad(what, _("Change the row, or leave it out."), row=row, column="annotations")
        return
    if not answer:
        reading.leave_out("annotation without an answer")
        return
    yield Found(
        row,
        {
            **about,
            "annotation": each.get("id"),
            "by": _who(each.get("completed_by")),
            "at": each.get("created_at"),
            "updated_at": each.get("updated_at"),
            "lead_time": each.get("lead_time"),
            "label": label_of(answer),
            "answer": answer,
            "answers": answer,
        },
    )
    for review in each.get("reviews") or ():
        if isinstance(review, Mapping):
            yield Found(
                row,
                {
                    "task": about["task"],
                    "review": review.get("id"),
                    "of": each.get("id"),
                    "reviewer": _who(review.get("created_by")),
                    "accepted": review.get("accepted"),
                    "reviewed_at": review.get("created_at"),
                    "comment": review.get("comment"),
                },
            )


def _least(row: int, task: Mapping[str, Any], reading: Reading) -> Iterator[Found]:
    """A row of JSON-MIN: the data's and the questions' names stand side by side, so the mapping says which the answer is."""
    about = {name: value for name, value in task.items() if not isinstance(value, dict | list)}
    questions = {name: _least_answer(value) for name, value in task.items() if isinstance(value, dict | list)}
    if "annotation_id" not in task:
        what = _("This is no task of Label Studio: it has neither “data” nor “annotation_id”.")
        reading.bad(what, _("Export the project as JSON or JSON-MIN."), row=row)
        return
    yield Found(
        row,
        {
            **about,
            **questions,
            "task": task.get("id", f"row-{row}"),
            "data": about,
            "annotation": task["annotation_id"],
            "by": _who(task.get("annotator")),
            "at": task.get("created_at"),
            "lead_time": task.get("lead_time"),
        },
    )


def _least_answer(value: Any) -> Any:
    """Several choices stand as {"choices": […]}, regions as a list of objects: as many as there are."""
    if isinstance(value, dict) and isinstance(value.get("choices"), list):
        return value["choices"]
    return (
        f"{len(value)} regions" if isinstance(value, list) and any(isinstance(each, dict) for each in value) else value
    )


def _who(said: Any) -> Any:
    return (said.get("email") or said.get("id")) if isinstance(said, Mapping) else said
