"""The job that moves outbox rows to Parquet, each exactly once.

1. claim: in one transaction, waiting rows get a batch;  2. write: the batch's file, under a name that follows from the
batch;  3. finish: in one transaction, the batch is marked written and its rows leave the outbox. Killed anywhere, the
next run finds the open batch and does 2 and 3 again, with the same result. Rows are claimed by "has no batch yet", not by
a cursor over ids, so a row whose transaction committed late on PostgreSQL is found all the same.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

from ..models import LogBatch, LogRow
from .facts import Fact, all_facts
from .files import final_name, finish_staged, write_whole
from .schemas import version_for

if TYPE_CHECKING:
    import pyarrow

_CLAIM_LIMIT = 50_000
_LOCK = 7_260_002


def flush(now: datetime) -> int:
    """Move everything that waits to its Parquet file; returns the number of rows moved.

    Raises `RuntimeError` at the end when some batch could not be written; the others have been all the same.
    """
    moved = 0
    failed: dict[UUID, Exception] = {}
    while True:
        claimed = _claim(now)
        for batch in LogBatch.objects.filter(written_at=None).exclude(pk__in=failed).order_by("id"):
            try:
                if batch.is_staged:
                    finish_staged(batch, now=now)
                else:
                    moved += _write(batch, now)
            except Exception as error:
                # One batch that cannot be written must not hold up every other fact.
                failed[batch.pk] = error
        if not claimed:
            break
    if failed:
        raise RuntimeError(f"{len(failed)} batches of the log could not be written") from next(iter(failed.values()))
    return moved


def _claim(now: datetime) -> int:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
                if not cursor.fetchone()[0]:
                    return 0
        waiting = list(LogRow.objects.filter(batch=None).order_by("id").values_list("id", "fact", "day")[:_CLAIM_LIMIT])
        groups = Counter((fact, day) for _, fact, day in waiting)
        for (fact, day), rows in groups.items():
            batch = LogBatch.objects.create(fact=fact, day=day, rows=rows, created_at=now)
            ids = [id_ for id_, of_fact, of_day in waiting if (of_fact, of_day) == (fact, day)]
            for start in range(0, len(ids), 500):
                LogRow.objects.filter(id__in=ids[start : start + 500]).update(batch=batch)
        return len(waiting)


def _write(batch: LogBatch, now: datetime) -> int:
    texts = list(batch.waiting.order_by("id").values_list("payload_json", flat=True))
    payloads = [
        row for said in json.loads(f"[{','.join(texts)}]") for row in (said if isinstance(said, list) else [said])
    ]
    checksum, version = "", batch.schema_version
    if payloads:
        fact = all_facts()[batch.fact]
        version = version_for(fact, now=now)
        checksum = write_whole(table_of(fact, payloads), final_name(batch))
    with transaction.atomic():
        # Until now it said how many rows of the outbox; each holds what was appended together.
        finished = LogBatch.objects.filter(pk=batch.pk, written_at=None).update(
            written_at=now, rows=len(payloads), checksum=checksum, schema_version=version
        )
        LogRow.objects.filter(batch=batch).delete()
    return len(payloads) if finished else 0


def table_of(fact: Fact, rows: list[dict[str, Any]]) -> pyarrow.Table:
    """Rows as JSON carried them -> an Arrow table in the fact's types."""
    import pyarrow as pa

    columns = {name: _values(column.kind, [row.get(name) for row in rows]) for name, column in fact.columns.items()}
    return pa.table(columns, schema=fact.schema())


def _values(kind: str, said: list[Any]) -> list[Any]:
    if kind == "moment":
        return [None if each is None else datetime.fromisoformat(each).astimezone(UTC) for each in said]
    if kind == "day":
        return [None if each is None else date.fromisoformat(each) for each in said]
    return said
