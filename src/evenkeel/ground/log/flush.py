"""The job that moves outbox rows to Parquet, each exactly once.

1. read: rows that wait, gathered by fact and day;  2. begin: each heap gets a batch;  3. write: the batch's file, under a
name that follows from the batch;  4. finish: in one transaction the batches are marked written and just those rows leave
the outbox. Nothing is written beside a row while it waits. Killed anywhere before 4, the rows still wait, and the next run
drops the batch that was begun, with its file, and begins another. What is read is what leaves, by its numbers and not by a
cursor over them: a row whose transaction committed late on PostgreSQL, under a lower number, is found by the next run. Of two
that move the same rows at once, the second finds them gone in 4 and takes everything back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import CharField
from django.db.models.functions import Cast

from ..errors import NotNow
from ..models import LogBatch, LogErasure, LogRow
from .facts import Fact, all_facts
from .files import final_name, finish_staged, write_whole
from .outbox import BETWEEN
from .schemas import version_for
from .store import store

if TYPE_CHECKING:
    import pyarrow

# What is moved together at most: rows of the outbox, and characters in them, because one may hold a whole act's facts.
_MOST_ROWS = 50_000
_MOST_SAID = 128 << 20
_AT_A_TIME = 1_000
# Read by Arrow together: half of what fits is twice the calls, ten times as much is memory that is fresh each time.
_PIECE = 4 << 20
_BLOCK = 1 << 20
Place = tuple[str, date]


class NotWritten(NotNow, RuntimeError):
    """Some batches could not be written: a full disk, a bucket that is away. What they hold waits in the database."""

    code = "log-unwritten"

    def __init__(self, batches: int, first: Exception):
        said = " ".join(str(first).split())[:200]
        super().__init__(
            f"{batches} batches of the log could not be written ({said}). Nothing is lost: they wait in the database, "
            "and go on by themselves once their place can be written to."
        )


@dataclass
class _Heap:
    """Rows of one fact and day: their numbers in the outbox, and what they say, as Arrow piece by piece."""

    fact: str
    day: date
    numbers: list[int] = field(default_factory=list)
    tables: list[pyarrow.Table] = field(default_factory=list)
    error: Exception | None = None
    _said: list[str] = field(default_factory=list)
    _length: int = 0

    def take(self, numbers: list[int], said: list[str]) -> int:
        """Take some rows; returns how many characters they are."""
        self.numbers += numbers
        self._said += said
        length = sum(map(len, said))
        self._length += length
        if self._length >= _PIECE:
            self.read()
        return length

    def read(self) -> None:
        """Read what was taken; what nobody can read is kept as this heap's error."""
        step = max(1, len(self._said) * _PIECE // max(1, self._length))
        for start in range(0, len(self._said), step):
            if self.error is None:
                try:
                    self.tables.append(table_of(all_facts()[self.fact], self._said[start : start + step]))
                except Exception as error:
                    self.error = error
        self._said, self._length = [], 0

    def write(self, batch: LogBatch, now: datetime) -> None:
        """Write the batch's file, and note in the batch what it is."""
        import pyarrow as pa

        if self.error is not None:
            raise self.error
        table = pa.concat_tables(self.tables)
        batch.schema_version = version_for(all_facts()[self.fact], now=now)
        batch.checksum = write_whole(table, final_name(batch))
        # Until now it said how many rows of the outbox; each holds what was appended together.
        batch.rows, batch.written_at = table.num_rows, now


def flush(now: datetime) -> int:
    """Move everything that waits to its Parquet file; returns the number of rows moved.

    Raises `NotWritten` at the end when some batch could not be written; the others have been all the same.
    """
    failed = _finish_imports(now)
    begun_at = _drop_begun()
    moved, after = 0, 0
    while True:
        erasures = LogErasure.objects.count()
        heaps, last = _gathered(after)
        if not heaps:
            break
        batches = _begin(heaps, begun_at, now)
        written = []
        for heap, batch in zip(heaps, batches, strict=True):
            try:
                heap.write(batch, now)
                written.append((heap, batch))
            except Exception as error:
                # One batch that cannot be written must not hold up every other fact.
                failed.setdefault((heap.fact, heap.day), error)
        if not _finished(written, erasures):
            break
        moved += sum(batch.rows for _heap, batch in written)
        after = last
    if failed:
        first = next(iter(failed.values()))
        raise NotWritten(len(failed), first) from first
    return moved


def _finish_imports(now: datetime) -> dict[Any, Exception]:
    failed: dict[Any, Exception] = {}
    for batch in LogBatch.objects.filter(written_at=None, is_staged=True).order_by("id"):
        try:
            finish_staged(batch, now=now)
        except Exception as error:
            failed[batch.pk] = error
    return failed


def _drop_begun() -> dict[Place, datetime]:
    """Drop batches that were begun and not finished: their rows still wait. Returns since when, by fact and day."""
    begun_at: dict[Place, datetime] = {}
    for batch in LogBatch.objects.filter(written_at=None, is_staged=False).order_by("created_at"):
        if _dropped(batch):
            begun_at.setdefault((batch.fact, batch.day), batch.created_at)
    return begun_at


def _dropped(batch: LogBatch) -> bool:
    # Somebody who is just finishing it has either come first, or finds it gone.
    gone, _kinds = LogBatch.objects.filter(pk=batch.pk, written_at=None).delete()
    if gone:
        # What cannot be taken away now is taken away by `sweep`: no manifest knows it.
        with suppress(Exception):
            store().remove(final_name(batch))
    return bool(gone)


def _gathered(after: int) -> tuple[list[_Heap], int]:
    """Some of what waits beyond a number, by fact and day, and the last number among it; no heap where nothing waits."""
    heaps: dict[tuple[str, str], _Heap] = {}
    count = said = 0
    while count < _MOST_ROWS and said < _MOST_SAID:
        rows = _waiting(after, most=min(_AT_A_TIME, _MOST_ROWS - count))
        if not rows:
            break
        together: dict[tuple[str, str], tuple[list[int], list[str]]] = {}
        for after, name, day, payload in rows:
            numbers, payloads = together.setdefault((name, day), ([], []))
            numbers.append(after)
            payloads.append(payload)
        for place, parts in together.items():
            if place not in heaps:
                heaps[place] = _Heap(place[0], date.fromisoformat(place[1]))
            said += heaps[place].take(*parts)
        count += len(rows)
    for heap in heaps.values():
        heap.read()
    return sorted(heaps.values(), key=lambda heap: (heap.fact, heap.day)), after


def _waiting(after: int, *, most: int) -> list[tuple[int, str, str, str]]:
    # The day as text: making a date of it for every row would take as long as fetching the row.
    rows = LogRow.objects.filter(id__gt=after).order_by("id").annotate(on=Cast("day", CharField()))
    return list(rows.values_list("id", "fact", "on", "payload_json")[:most])


def _begin(heaps: Sequence[_Heap], begun_at: dict[Place, datetime], now: datetime) -> list[LogBatch]:
    """Batches that are not written yet: where one stays so, administrators see since when its rows wait."""
    batches = [
        LogBatch(
            fact=heap.fact, day=heap.day, rows=len(heap.numbers), created_at=begun_at.get((heap.fact, heap.day), now)
        )
        for heap in heaps
    ]
    with transaction.atomic():
        return LogBatch.objects.bulk_create(batches)


def _finished(written: Sequence[tuple[_Heap, LogBatch]], erasures: int) -> bool:
    """Let the batches count and their rows leave the outbox; False, with nothing done, where another was faster."""
    numbers = [number for heap, _batch in written for number in heap.numbers]
    with transaction.atomic():
        counted = sum(_counts(batch) for _heap, batch in written)
        left = _leave(numbers)
        # Who asked for an id to be replaced meanwhile has changed the rows that waited, not those that were read.
        is_ours = counted == len(written) and left == len(numbers) and LogErasure.objects.count() == erasures
        transaction.set_rollback(not is_ours)
    if not is_ours:
        for _heap, batch in written:
            _dropped(batch)
    return is_ours


def _counts(batch: LogBatch) -> int:
    return LogBatch.objects.filter(pk=batch.pk, written_at=None).update(
        written_at=batch.written_at, rows=batch.rows, checksum=batch.checksum, schema_version=batch.schema_version
    )


def _leave(numbers: Collection[int]) -> int:
    """Delete rows of the outbox, from one gap in their numbers to the next; returns how many there were."""
    if not numbers:
        return 0
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {LogRow._meta.db_table} WHERE id BETWEEN %s AND %s",  # noqa: S608
            list(_unbroken(numbers)),
        )
        return int(cursor.rowcount)


def _unbroken(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """Numbers as the runs they make: 1, 2, 3, 7 -> (1, 3), (7, 7)."""
    import numpy as np

    ordered = np.sort(np.fromiter(numbers, dtype=np.int64))
    ends = np.flatnonzero(np.diff(ordered) != 1)
    firsts, lasts = ordered[np.append(0, ends + 1)], ordered[np.append(ends, len(ordered) - 1)]
    return zip(firsts.tolist(), lasts.tolist(), strict=True)


def table_of(fact: Fact, payloads: Sequence[str]) -> pyarrow.Table:
    """What waited, as the outbox has it, as an Arrow table in the fact's types.

    Arrow reads the JSON, with less work than Python would; what it cannot read, such as a number that is none, Python
    reads, and refuses in its own words where it must.
    """
    import pyarrow as pa

    try:
        return _read_by_arrow(fact, "\n".join([said if said[0] == "{" else _lines(said) for said in payloads]))
    except pa.ArrowInvalid:
        return _read_by_python(fact, payloads)


def _lines(payload: str) -> str:
    """A row a line, of rows that were appended together."""
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
