"""Rows of our own formats (JSONL, CSV, Parquet), checked field by field and turned into records, and back."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ..kinds.item import text_faults
from .contents import CONTEXT, LANGUAGE, RESPONSE, TEXT, item_from_cells
from .exchange import LABEL_LENGTH, WORKER_LENGTH, Record, Said, SentDecision, SentItem, label_of, moment_of
from .items import KEY_LENGTH, NewItem
from .texts import holds_nul

if TYPE_CHECKING:
    from ..kinds.format import Reading

ITEM_NAMES = ("item", "kind", LANGUAGE, "content", "attributes", TEXT, CONTEXT, RESPONSE, "created_at")
DECISION_NAMES = (
    "item", "worker", "label", "answer", "replicate", "decided_at", "active_ms",
    "id", "origin", "queue", "form", "is_taken_back",
)  # fmt: skip
_WHOLE_LIMIT = 2_147_483_647


def item_record(row: int, said: Mapping[str, Any], reading: Reading) -> Record | None:
    """An item from named values; None when it does not fit, with the reasons noted.

    `content` is the content as its kind has it. Without one, `text`, or `context` and `response`, are the content and
    every other name is an attribute, as in the items file of an import of labels.
    """
    key = said.get("item", said.get("key"))
    key = str(key).strip() if isinstance(key, str | int) and not isinstance(key, bool) else ""
    if not _is_name(key, KEY_LENGTH, row, "item", reading):
        return None
    content, attributes = said.get("content"), said.get("attributes")
    columns = {"key": "item"}
    if content is None or content == "":
        columns |= {"content": _written_in(said), "attributes": ""}
        cells = {
            str(name): _cell(value) for name, value in said.items() if name not in ("attributes", "kind", "created_at")
        }
        cells.pop("key", None)
        item = item_from_cells(key, {"item": key, **cells})
        extra = attributes if isinstance(attributes, Mapping) else {}
        item = NewItem(
            key=key,
            kind=item.kind,
            content=item.content,
            language=item.language,
            attributes={**item.attributes, **extra},
        )
    else:
        if not isinstance(content, Mapping) or not isinstance(attributes or {}, Mapping):
            wrong = "attributes" if isinstance(content, Mapping) else "content"
            reading.bad(_("“content” and “attributes” are objects."), _("Write them as JSON."), row=row, column=wrong)
            return None
        unknown = [str(name) for name in said if name not in (*ITEM_NAMES, "key")]
        if unknown:
            _unknown(unknown, ITEM_NAMES, row, reading)
            return None
        item = NewItem(
            key=key,
            kind=str(said.get("kind") or "text"),
            language=str(said.get(LANGUAGE) or ""),
            content=dict(content),
            attributes=dict(attributes or {}),
        )
    return Record(row=row, key=key, item=item) if reading.is_sound(item, row=row, columns=columns) else None


def decision_record(row: int, said: Mapping[str, Any], reading: Reading) -> Record | None:
    """A decision about an item that is there, from named values; None when it does not fit."""
    unknown = [str(name) for name in said if name not in DECISION_NAMES]
    if unknown:
        _unknown(unknown, DECISION_NAMES, row, reading)
        return None
    if str(said.get("is_taken_back", "")).lower() in ("true", "1", "yes"):
        reading.leave_out("taken back")
        return None
    key, worker = (str(said.get(name, "") or "").strip() for name in ("item", "worker"))
    is_named = _is_name(key, KEY_LENGTH, row, "item", reading)
    is_named = _is_name(worker, WORKER_LENGTH, row, "worker", reading) and is_named
    answer = said.get("answer") or {}
    if not isinstance(answer, Mapping) or holds_nul(answer):
        reading.bad(_("“answer” is an object."), _("Write it as JSON."), row=row, column="answer")
        return None
    label = str(said.get("label") or "") or (label_of(answer) if answer else "")
    if not _is_name(label, LABEL_LENGTH, row, "label", reading) or not is_named:
        return None
    column = "decided_at"
    try:
        decided_at = moment_of(said.get("decided_at"))
        column = "active_ms"
        active_ms = _whole(said.get("active_ms"))
    except ValueError as error:
        reading.bad(
            _("The moment or the active time cannot be read: %(why)s.") % {"why": error},
            _("Write 2026-03-02T09:30:00Z, and milliseconds as a whole number."),
            row=row,
            column=column,
        )
        return None
    given = Said(answer=dict(answer), label=label, worker_code=worker, decided_at=decided_at, active_ms=active_ms)
    return Record(row=row, key=key, said=(given,))


def form_record(row: int, said: Mapping[str, Any], reading: Reading) -> Record | None:
    """A form from named values."""
    name, spec = said.get("name"), said.get("spec")
    if not isinstance(name, str) or not name.strip() or not isinstance(spec, Mapping):
        reading.bad(_("A form has “name” and “spec”."), _("Export a form to see one."), row=row, column="spec")
        return None
    return Record(row=row, key=name.strip(), form=dict(spec))


def item_row(item: SentItem) -> dict[str, Any]:
    """An item as named values."""
    return {
        "item": item.key,
        "kind": item.kind,
        "language": item.language,
        "content": item.content,
        "attributes": item.attributes,
        "created_at": item.created_at,
    }


def decision_row(made: SentDecision) -> dict[str, Any]:
    """A decision as named values."""
    return {
        "item": made.item,
        "worker": made.worker,
        "label": made.label,
        "answer": made.answer,
        "replicate": made.replicate,
        "decided_at": made.decided_at,
        "active_ms": made.active_ms,
        "id": made.id,
        "origin": made.origin,
        "queue": made.queue,
        "form": made.form,
        "is_taken_back": made.is_taken_back,
    }


def _written_in(said: Mapping[str, Any]) -> str:
    """The column that an item's content is written in: the first that could not be kept, else the first."""
    names = [name for name in (TEXT, CONTEXT, RESPONSE) if said.get(name)]
    return next(
        (name for name in names if holds_nul(said[name]) or text_faults(said[name], name)), (names or ["item"])[0]
    )


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    # What a data frame writes where nothing is.
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool | int | float | list | tuple | Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.isoformat() if isinstance(value, date) else str(value)


def _whole(said: Any) -> int | None:
    if said in (None, ""):
        return None
    whole = int(said)
    if not 0 <= whole <= _WHOLE_LIMIT:
        raise ValueError(said)
    return whole


def _is_name(value: str, longest: int, row: int, column: str, reading: Reading) -> bool:
    if not value or value.isspace():
        reading.bad(_("The cell is empty."), _("Fill it in, or remove the row."), row=row, column=column)
        return False
    if len(value) > longest or holds_nul(value):
        what = _("“%(value)s” has %(length)s characters.") % {"value": value[:59], "length": f"{len(value):,}"}
        reading.bad(what, _("Shorten it to %(longest)s.") % {"longest": longest}, row=row, column=column)
        return False
    return True


def _unknown(names: Collection[str], known: Collection[str], row: int, reading: Reading) -> None:
    for name in names:
        near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
        fix = _("Did you mean “%(near)s”?") % {"near": near[0]} if near else _("Remove it.")
        reading.bad(_("The column is unknown."), fix, row=row, column=name[:80])
