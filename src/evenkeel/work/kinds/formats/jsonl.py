"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...rules.exchange import Record, SentDecision, SentItem
from ...rules.rows import decision_record, decision_row, form_record, item_record, item_row
from ..format import DECISIONS, FORMS, ITEMS, Format, FormatExample, Reading, file_format


@file_format
class JsonLines(Format):
    slug = "jsonl"
    title = gettext_lazy("JSON Lines")
    why = gettext_lazy("Our own form without loss: one object a line, for programs and for moving to another install.")
    suffix, media_type = ".jsonl", "application/x-ndjson"
    reads = writes = (ITEMS, DECISIONS, FORMS)
    example = FormatExample(
        what=ITEMS,
        file=b'{"item": "p-1", "text": "Buy gold!", "market": "SG"}\n\n'
        b'{"item": "p-2", "kind": "text", "content": {"text": "Hello"}, "attributes": {"views": 7}}\n',
        keys=["p-1", "p-2"],
    )

    @classmethod
    def read(cls, reading: Reading) -> Iterator[Record]:
        stream = reading.stream
        as_record = {ITEMS: item_record, DECISIONS: decision_record, FORMS: form_record}[reading.what]
        decode = json.JSONDecoder(parse_constant=_no_constant).decode
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
            made = as_record(stream.row, said, reading)
            if made is not None:
                yield made

    @classmethod
    def write_items(cls, items: Iterable[SentItem], file: BinaryIO, remark: Callable[[str], None]) -> int:
        return write_lines((item_row(item) for item in items), file)

    @classmethod
    def write_decisions(cls, decisions: Iterable[SentDecision], file: BinaryIO) -> int:
        return write_lines((decision_row(each) for each in decisions), file)


def write_lines(rows: Iterable[dict[str, Any]], file: BinaryIO) -> int:
    """Write objects, one a line; returns how many."""
    encode = json.JSONEncoder(ensure_ascii=False, default=_plain, separators=(",", ":")).encode
    n = 0
    pieces: list[str] = []
    for n, row in enumerate(rows, 1):  # noqa: B007
        pieces.append(encode(row))
        if len(pieces) == 1_000:
            file.write(("\n".join(pieces) + "\n").encode())
            pieces.clear()
    if pieces:
        file.write(("\n".join(pieces) + "\n").encode())
    return n


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON")


def _no_constant(said: str) -> Any:
    raise ValueError(f"{said} is no JSON")
