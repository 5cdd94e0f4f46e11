"""An id becomes another in every row of the log: how a person leaves it while every count stays.

Ids in personal columns are replaced; other personal columns of her rows are emptied. What waits in the outbox is changed in
the transaction that asks for it; files follow, each written anew beside the old one and put in its place, so that a kill
anywhere leaves a log that reads whole. `LogErasure` holds the old id for that long and not longer.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

from ..models import LogBatch, LogErasure, LogRow
from .checking import set_aside_damaged
from .compaction import Change, write_anew
from .facts import Fact, all_facts
from .files import name_of, read_file
from .flush import flush
from .outbox import written_down
from .read import written
from .readers import let_everybody_read
from .store import store

if TYPE_CHECKING:
    import pyarrow

# Missing or damaged: Arrow's error for a file that is no Parquet is a ValueError.
_UNREADABLE = (OSError, ValueError)


def settle(now: datetime) -> None:
    """Have everything that waits moved to files and read by all who sum it up, as far as that is possible now."""
    flush(now)
    let_everybody_read(now)


def ask_to_replace(old: UUID, new: UUID, *, now: datetime) -> LogErasure:
    """Have an id replaced everywhere; within the transaction that replaces it in the database. Files follow later."""
    if not connection.in_atomic_block:
        raise AssertionError("an erasure is asked for inside the transaction of the act")
    for waiting in LogRow.objects.filter(payload_json__contains=str(old)):
        said = json.loads(waiting.payload_json)
        rows = said if isinstance(said, list) else [said]
        fact = all_facts()[waiting.fact]
        changed = [_row_replaced(fact, row, old, new) for row in rows]
        payload = written_down(changed)
        LogRow.objects.filter(pk=waiting.pk).update(payload_json=payload)
    return LogErasure.objects.create(old_id=old, new_id=new, asked_at=now)


def rows_with(old: UUID) -> dict[str, int]:
    """In how many rows of which facts an id stands, files only; for a preview. Reads the personal columns of the whole log."""
    found: Counter[str] = Counter()
    for fact in all_facts().values():
        names = {name_of(batch) for batch in written(fact).select_related("file")} if _ids(fact) else set()
        for name in names:
            # One that cannot be read now is met again when its rows are replaced.
            with suppress(*_UNREADABLE):
                found[fact.name] += int(_held(fact, read_file(name, columns=_ids(fact)), old).sum())
    return {name: count for name, count in found.items() if count}


def replace_asked(now: datetime) -> int:
    """Replace in files what has been asked for; returns the number of files written anew.

    Doing it twice is harmless. An erasure ends once no file holds the id and no batch that was begun before it still waits.
    """
    total = 0
    for erasure in LogErasure.objects.filter(done_at=None).order_by("asked_at"):
        assert erasure.old_id is not None
        # Asked before the files are read: a batch that is written while they are might not have been among them.
        waits = LogBatch.objects.filter(written_at=None, created_at__lte=erasure.asked_at).exists()
        made, is_complete = _replace_in_files(erasure.old_id, erasure.new_id, now)
        total += made
        # What was found damaged cannot be written anew, and the database holds its rows.
        for kept in list(store().under("damaged")):
            store().remove(kept.name)
        with transaction.atomic():
            erasure.files += made
            erasure.save(update_fields=["files"])
            if is_complete and not waits:
                LogErasure.objects.filter(pk=erasure.pk).update(old_id=None, done_at=now)
    return total


def _replace_in_files(old: UUID, new: UUID, now: datetime) -> tuple[int, bool]:
    made, is_complete = 0, True
    for fact in all_facts().values():
        if not _ids(fact):
            continue
        held: dict[str, list[LogBatch]] = {}
        for batch in written(fact).select_related("file").order_by("id"):
            held.setdefault(name_of(batch), []).append(batch)
        for name, batches in held.items():
            try:
                hers = _held(fact, read_file(name, columns=_ids(fact)), old)
            except _UNREADABLE:
                if not set_aside_damaged(batches, now=now):
                    raise
                continue
            if not hers.any():
                continue
            done = write_anew(fact, batches[0].day, batches, now=now, change=_replacing(fact, old, new))
            # Somebody was putting these files together at the same time: the next round finds what became of them.
            is_complete = is_complete and done is not None
            made += done is not None
    return made, is_complete


def _ids(fact: Fact) -> list[str]:
    return [name for name, column in fact.columns.items() if column.is_personal and column.kind == "id"]


def _emptied(fact: Fact) -> list[str]:
    return [name for name, column in fact.columns.items() if column.is_personal and column.kind != "id"]


def _held(fact: Fact, table: pyarrow.Table, old: UUID) -> Any:
    import numpy as np
    import pyarrow.compute as pc

    found = np.zeros(table.num_rows, dtype=bool)
    for name in _ids(fact):
        if name in table.column_names:
            found |= pc.fill_null(pc.equal(table[name], str(old)), False).to_numpy()
    return found


def _replacing(fact: Fact, old: UUID, new: UUID) -> Change:
    def replaced(table: pyarrow.Table) -> pyarrow.Table:
        return _table_replaced(fact, table, old, new)

    return replaced


def _table_replaced(fact: Fact, table: pyarrow.Table, old: UUID, new: UUID) -> pyarrow.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    hers = pa.array(_held(fact, table, old))
    for name in [*_ids(fact), *_emptied(fact)]:
        place = table.column_names.index(name)
        field = table.schema.field(name)
        if name in _ids(fact):
            mask = pc.fill_null(pc.equal(table[name], str(old)), False)
            column = pc.if_else(mask, pa.scalar(str(new), field.type), table[name])
        else:
            column = pc.if_else(hers, pa.scalar(None, field.type), table[name])
        table = table.set_column(place, field, column)
    return table


def _row_replaced(fact: Fact, row: dict[str, Any], old: UUID, new: UUID) -> dict[str, Any]:
    if str(old) not in [row.get(name) for name in _ids(fact)]:
        return row
    replaced = {name: str(new) for name in _ids(fact) if row.get(name) == str(old)}
    return row | replaced | dict.fromkeys(_emptied(fact))
