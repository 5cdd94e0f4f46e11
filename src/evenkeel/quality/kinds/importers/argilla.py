from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.json_stream import elements

from ..importer import Found, Importer, ImporterExample, Reading, importer
from .jsonl import JsonLines
from .parquet import Parquet

# Beside the answers to a question stands who gave them.
_USERS = ".responses.users"
_PEEK = 64


@importer
class Argilla(Importer):
    slug = "argilla"
    title = gettext_lazy("Argilla")
    why = gettext_lazy(
        "Records of Argilla 2: each person's submitted response to a record is a decision; suggestions are not."
    )
    source = "https://docs.argilla.io/latest/how_to_guides/import_export/"
    how = gettext_lazy(
        "In Python dataset.records.to_datasets().to_json(path), or the Parquet files that to_hub wrote: they say which "
        "responses are drafts. The file of records.to_json does not, so drafts in it count as decisions."
    )
    suffixes = (".json", ".jsonl", ".parquet")
    known = {
        "item": "record", "text": "fields.text", "decision_id": "={record}/{user}", "worker": "user", "answer": "answers",
        "decided_at": "updated_at",
    }  # fmt: skip
    example = ImporterExample(
        file=json.dumps(
            [
                {
                    "id": "r-1",
                    "fields": {"text": "Buy gold!"},
                    "metadata": {"market": "SG"},
                    "suggestions": {"label": {"value": "Spam", "score": 0.8, "agent": "m"}},
                    "responses": {
                        "label": [{"value": "Spam", "user_id": "u-1"}, {"value": "Fine", "user_id": "u-2"}],
                        "why": [{"value": "gold", "user_id": "u-1"}],
                    },
                    "vectors": {},
                    "_server_id": None,
                },
                {
                    "id": "r-2",
                    "fields": {"text": "Hello"},
                    "responses": [
                        {"user_id": "u-1", "status": "draft", "values": {"label": {"value": "Spam"}}},
                        {
                            "user_id": "u-2",
                            "status": "submitted",
                            "updated_at": "2026-03-02T09:30:00Z",
                            "values": {"label": {"value": "Fine"}},
                        },
                    ],
                },
            ]
        ).encode(),
        fields={"label": "answers.label"},
        facts=[
            ("decision", "r-1", "u-1", "Spam"),
            ("decision", "r-1", "u-2", "Fine"),
            ("decision", "r-2", "u-2", "Fine"),
        ],
        leaves_out=["suggestion", "draft response"],
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        for place, record in _records(reading):
            reading.stream.row = place
            if isinstance(record.get("fields"), dict):
                about, suggested, said = record, record.get("suggestions") or (), record.get("responses")
                answers = _responses(said, reading)
            elif "_server_id" in record or any(name.endswith(_USERS) for name in record):
                about, suggested = _flat(record)
                answers = _flat_responses(record, reading)
            else:
                what = _("This is no record of Argilla: it has neither “fields” nor “….responses”.")
                reading.bad(what, _("Write the records as it is said above."), row=place)
                continue
            for _each in suggested:
                reading.leave_out("suggestion")
            told = {
                "record": record.get("id") or record.get("_server_id") or f"row-{place}",
                "fields": about["fields"],
                "metadata": about.get("metadata") or {},
            }
            yield from (Found(place, {**told, **answer}) for answer in answers)


def _records(reading: Reading) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The records of a file, whichever of the three it is: Parquet, one object a line, or one list."""
    head = reading.stream.head(_PEEK).lstrip()
    if head.startswith(b"PAR1"):
        yield from Parquet.rows(reading)
    elif head.startswith(b"{"):
        yield from JsonLines.rows(reading)
    else:
        for _name, place, record in elements(reading.stream):
            if isinstance(record, dict):
                yield place, record
            else:
                reading.bad(_("This is no record of Argilla."), _("Write the records as it is said above."), row=place)


def _flat(record: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Fields and metadata as they stand side by side in a data set, and the questions that have a suggestion."""
    fields = {
        name: value
        for name, value in record.items()
        if name not in ("id", "status", "_server_id")
        and not name.partition(".")[2].startswith(("responses", "suggestion"))
    }
    suggested = [name for name, value in record.items() if name.endswith(".suggestion") and value is not None]
    return {"fields": fields}, suggested


def _flat_responses(record: Mapping[str, Any], reading: Reading) -> Iterator[dict[str, Any]]:
    """What each person answered, from three lists of one length for each question: values, people and states."""
    people: dict[str, dict[str, Any]] = {}
    undecided: dict[str, str] = {}
    for name, users in record.items():
        if not name.endswith(_USERS) or not users:
            continue
        question = name.removesuffix(_USERS)
        states = record.get(f"{question}.responses.status") or [None] * len(users)
        for user, value, state in zip(users, record.get(f"{question}.responses") or [], states, strict=False):
            people.setdefault(str(user), {})[question] = value
            if state not in (None, "submitted"):
                undecided[str(user)] = str(state)
    for state in undecided.values():
        reading.leave_out(f"{state} response")
    yield from ({"user": user, "answers": said} for user, said in people.items() if user not in undecided)


def _responses(said: Any, reading: Reading) -> Iterator[dict[str, Any]]:
    """What each person answered: by question as the SDK writes it, by person as the server does."""
    if isinstance(said, Mapping):
        people: dict[str, dict[str, Any]] = {}
        for question, given in said.items():
            for each in given or ():
                people.setdefault(str(each.get("user_id")), {})[question] = each.get("value")
        yield from ({"user": user, "answers": answers} for user, answers in people.items())
        return
    for each in said or ():
        if each.get("status") not in (None, "submitted"):
            reading.leave_out(f"{each['status']} response")
            continue
        answers = {
            name: value.get("value") for name, value in (each.get("values") or {}).items() if isinstance(value, Mapping)
        }
        yield {
            "user": str(each.get("user_id")),
            "answers": answers,
            "updated_at": each.get("updated_at") or each.get("inserted_at"),
        }
