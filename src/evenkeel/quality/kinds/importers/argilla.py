from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.json_stream import elements

from ..importer import Found, Importer, ImporterExample, Reading, importer


@importer
class Argilla(Importer):
    slug = "argilla"
    title = gettext_lazy("Argilla")
    why = gettext_lazy(
        "Records of Argilla 2: each person's submitted response to a record is a decision; suggestions are not."
    )
    source = "https://docs.argilla.io/latest/how_to_guides/import_export/"
    how = gettext_lazy("dataset.records.to_json(path=…) in Python, or the records.json of dataset.to_disk(…).")
    suffixes = (".json",)
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
        for name, place, record in elements(reading.stream):
            reading.stream.row = place
            if name or not isinstance(record, dict) or not isinstance(record.get("fields"), dict):
                reading.bad(
                    _("This is no record of Argilla: it has no “fields”."),
                    _("Write the records with to_json."),
                    row=place or 1,
                )
                if name:
                    return
                continue
            for _each in record.get("suggestions") or ():
                reading.leave_out("suggestion")
            about = {
                "record": record.get("id") or record.get("_server_id") or f"row-{place}",
                "fields": record["fields"],
                "metadata": record.get("metadata") or {},
            }
            yield from (Found(place, {**about, **said}) for said in _responses(record.get("responses"), reading))


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
