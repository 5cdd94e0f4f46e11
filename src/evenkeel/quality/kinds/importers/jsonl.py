from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.json_stream import elements

from ..importer import Found, Importer, ImporterExample, Reading, importer


@importer
class JsonLines(Importer):
    slug = "jsonl"
    title = gettext_lazy("JSON Lines")
    why = gettext_lazy("Any tool that writes one object a line; what is nested is reached by a path with dots.")
    source = "https://jsonlines.org/"
    how = gettext_lazy("Export one JSON object a line, as UTF-8, plain or gzip.")
    suffixes = (".jsonl", ".ndjson")
    example = ImporterExample(
        file=b'{"content": {"id": "p-1"}, "by": {"mail": "ada@example.org"}, "decision": "remove", '
        b'"at": "2026-03-02T09:30:00Z"}\n'
        b'{"content": {"id": "p-1"}, "by": {"mail": "bo@example.org"}, "decision": "skip", "at": "2026-03-02T09:30:05Z"}\n',
        fields={"item": "content.id", "worker": "by.mail", "label": "decision", "decided_at": "at"},
        values={"label": {"remove": "Violating", "skip": None}},
        facts=[("decision", "p-1", "ada@example.org", "Violating")],
        leaves_out=["label: skip"],
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        decode = json.JSONDecoder(parse_constant=_no_constant).decode
        stream = reading.stream
        for line in stream.lines():
            stream.row += 1
            stream.row_bytes = 0
            if line.isspace():
                continue
            try:
                said = decode(line.strip())
            except (ValueError, RecursionError) as error:
                reading.bad(
                    _("The line is no JSON: %(why)s") % {"why": str(error)[:120]},
                    _("Write one object a line."),
                    row=stream.row,
                )
                continue
            if not isinstance(said, dict):
                reading.bad(_("The line holds no object."), _("Write one object a line."), row=stream.row)
                continue
            yield Found(stream.row, said)


def _no_constant(said: str) -> Any:
    raise ValueError(f"{said} is no JSON")


@importer
class JsonList(Importer):
    slug = "json"
    title = gettext_lazy("JSON")
    why = gettext_lazy(
        "Any tool that writes one list of objects, alone or under names; what is nested is reached by a path."
    )
    source = "https://www.rfc-editor.org/rfc/rfc8259"
    how = gettext_lazy("Export one list of objects, as UTF-8, plain or gzip.")
    suffixes = (".json",)
    example = ImporterExample(
        file=b'{"cursor": "x", "decisions": [{"item": "p-1", "worker": "ada", "label": "Fine", "seconds": 4}]}',
        facts=[("decision", "p-1", "ada", "Fine")],
        leaves_out=["cursor"],
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        for number, (name, place, value) in enumerate(elements(reading.stream), 1):
            reading.stream.row = number
            if isinstance(value, dict) and (place or not name):
                yield Found(number, value)
            elif name and not place:
                reading.leave_out(name)
            else:
                reading.bad(_("This is no object."), _("A row is an object with names."), row=number)
