"""The job that moves outbox rows to Parquet, each exactly once.

1. claim: in one transaction, waiting rows get a batch;  2. write: the batch's file, under a name that follows from the
batch;  3. finish: in one transaction, the batch is marked written and its rows leave the outbox. Killed anywhere, the
next run finds the open batch and does 2 and 3 again, with the same result. Rows are claimed by "has no batch yet", not by
a cursor over ids, so a row whose transaction committed late on PostgreSQL is found all the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count

from ..errors import NotNow
from ..models import LogBatch, LogRow
from .facts import Fact, all_facts
from .files import final_name, finish_staged, write_whole
from .outbox import BETWEEN
from .schemas import version_for

if TYPE_CHECKING:
    import pyarrow

_CLAIM_LIMIT = 50_000
_BLOCK = 1 << 20
_LOCK = 7_260_002


class NotWritten(NotNow, RuntimeError):
    """Some batches could not be written: a full disk, a bucket that is away. What they hold waits in the database."""

    code = "log-unwritten"

    def __init__(self, batches: int, first: Exception):
        said = " ".join(str(first).split())[:200]
        super().__init__(
            f"{batches} batches of the log could not be written ({said}). Nothing is lost: they wait in the database, "
            "and go on by themselves once their place can be written to."
        )


def flush(now: datetime) -> int:
    """Move everything that waits to its Parquet file; returns the number of rows moved.

    Raises `NotWritten` at the end when some batch could not be written; the others have been all the same.
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
        first = next(iter(failed.values()))
        raise NotWritten(len(failed), first) from first
    return moved


def _claim(now: datetime) -> int:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
                if not cursor.fetchone()[0]:
                    return 0
        unclaimed = LogRow.objects.filter(batch=None)
        numbers = unclaimed.order_by("id").values_list("id", flat=True)
        beyond = numbers[_CLAIM_LIMIT : _CLAIM_LIMIT + 1].first()
        some = unclaimed if beyond is None else unclaimed.filter(id__lt=beyond)
        claimed = 0
        for fact, day, rows in (
            some.order_by().values_list("fact", "day").annotate(rows=Count("pk")).order_by("fact", "day")
        ):
            batch = LogBatch.objects.create(fact=fact, day=day, rows=rows, created_at=now)
            # A row that commits just now may come along: it is whole and in no other batch.
            claimed += some.filter(fact=fact, day=day).update(batch=batch)
        return claimed


def _write(batch: LogBatch, now: datetime) -> int:
    payloads = list(batch.waiting.order_by("id").values_list("payload_json", flat=True))
    rows, checksum, version = 0, "", batch.schema_version
    if payloads:
        fact = all_facts()[batch.fact]
        version = version_for(fact, now=now)
        table = table_of(fact, payloads)
        rows, checksum = table.num_rows, write_whole(table, final_name(batch))
    with transaction.atomic():
        # Until now it said how many rows of the outbox; each holds what was appended together.
        finished = LogBatch.objects.filter(pk=batch.pk, written_at=None).update(
            written_at=now, rows=rows, checksum=checksum, schema_version=version
        )
        LogRow.objects.filter(batch=batch).delete()
    return rows if finished else 0


def table_of(fact: Fact, payloads: Sequence[str]) -> pyarrow.Table:
    """What waited, as the outbox has it, as an Arrow table in the fact's types.

    Arrow reads the JSON, with less work than Python would; what it cannot read, such as a number that is none, Python
    reads, and refuses in its own words where it must.
    """
    import pyarrow as pa

    try:
        return _read_by_arrow(fact, "\n".join(map(_lines, payloads)))
    except pa.ArrowInvalid:
        return _read_by_python(fact, payloads)


def _lines(payload: str) -> str:
    """A row a line."""
    if not payload.startswith("["):
        return payload
    if BETWEEN in payload:
        return payload[1:-1].replace(BETWEEN, "\n")
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in json.loads(payload))


def _read_by_arrow(fact: Fact, lines: str) -> pyarrow.Table:
    import pyarrow as pa
    from pyarrow import json as arrow_json

    said = lines.encode()
    # Moments and days come as text and are cast, which takes them as `isoformat` writes them.
    texts = [
        pa.field(each.name, pa.string() if fact.columns[each.name].kind in ("moment", "day") else each.type)
        for each in fact.schema()
    ]
    table = arrow_json.read_json(
        pa.BufferReader(said),
        # A row must not be longer than two blocks.
        read_options=arrow_json.ReadOptions(use_threads=False, block_size=max(_BLOCK, len(said) + 1)),
        parse_options=arrow_json.ParseOptions(explicit_schema=pa.schema(texts), unexpected_field_behavior="ignore"),
    )
    return table.cast(fact.schema())


def _read_by_python(fact: Fact, payloads: Sequence[str]) -> pyarrow.Table:
    import pyarrow as pa

    rows = [row for said in map(json.loads, payloads) for row in (said if isinstance(said, list) else [said])]
    columns = {name: _values(column.kind, [row.get(name) for row in rows]) for name, column in fact.columns.items()}
    return pa.table(columns, schema=fact.schema())


def _values(kind: str, said: list[Any]) -> list[Any]:
    if kind == "moment":
        return [None if each is None else datetime.fromisoformat(each).astimezone(UTC) for each in said]
    if kind == "day":
        return [None if each is None else date.fromisoformat(each) for each in said]
    return said
