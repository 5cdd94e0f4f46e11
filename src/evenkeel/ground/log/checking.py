"""Whether the log is whole: files against the manifest, sums against the database; and how it is made whole again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from django.db import transaction
from django.db.models import Sum

from ..models import LogBatch, LogFile, LogRow
from .engines import connect_duckdb, opened
from .facts import Fact, all_facts, all_sources
from .files import damaged_name, final_name, joint_name, name_of
from .outbox import append_table
from .read import read_recorded, written
from .readers import let_everybody_read
from .retention import horizons
from .store import store

if TYPE_CHECKING:
    import pyarrow

Answer = TypeVar("Answer")
_log = structlog.get_logger(__name__)
_CHUNK = 50_000
_EPOCH = date(1970, 1, 1)
# Day -> (rows that stand, sum of their hashes).
Sums = dict[date, tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What `verify` found. `faults` is empty where all is well."""

    files: int
    rows: int
    waiting: int
    faults: tuple[str, ...]
    without_source: tuple[str, ...] = field(default=())

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing, changed or too much."""
        return not self.faults


def verify(*, against_database: bool = True, now: datetime | None = None) -> Verified:
    """Compare every file with the manifest (there, unchanged, as many rows), and every fact with the database.

    Against the database, the rows that stand are counted and their hashes summed, day by day: sum over rows of
    sign * hash(all columns but sign). Flush first: what waits in the outbox is counted apart and not compared. With `now` the
    files that were found damaged or missing are set aside, so that from then on the rest answers and administrators see it.
    """
    faults: list[str] = []
    damaged: list[str] = []
    files = rows = 0
    for name, checksum, expected in _files():
        files += 1
        fault = _fault_of(name, checksum, expected)
        if fault:
            faults.append(f"{name}: {fault}")
            damaged.append(name)
        else:
            rows += expected
    aside = LogBatch.objects.exclude(set_aside_at=None).select_related("file").order_by("id")
    faults += [
        f"{batch.fact}, {batch.day}: {batch.rows} rows of batch {batch.pk} are set aside{_way(batch)}"
        for batch in aside
    ]
    if damaged and now is not None:
        standing = LogBatch.objects.filter(written_at__isnull=False, set_aside_at=None, rows__gt=0).select_related(
            "file"
        )
        set_aside_damaged([batch for batch in standing if name_of(batch) in set(damaged)], now=now)
    waiting = LogRow.objects.count()
    without = tuple(sorted(set(all_facts()) - set(all_sources())))
    if against_database and not faults and not waiting:
        for name, rows_now in all_sources().items():
            if name in all_facts():
                faults += _differences(all_facts()[name], rows_now())
    return Verified(files=files, rows=rows, waiting=waiting, faults=tuple(faults), without_source=without)


def _way(batch: LogBatch) -> str:
    if not batch.is_only_here:
        return ""
    return f"; nothing else holds them: bring {name_of(batch)} back from a backup, then rebuild"


def _files() -> Iterator[tuple[str, str, int]]:
    standing = LogBatch.objects.filter(written_at__isnull=False, set_aside_at=None, rows__gt=0)
    for batch in standing.filter(file=None).order_by("id").iterator(chunk_size=2_000):
        yield final_name(batch), batch.checksum, batch.rows
    for file in LogFile.objects.filter(batches__isnull=False).distinct().order_by("id").iterator(chunk_size=2_000):
        yield joint_name(file), file.checksum, file.rows


def _fault_of(name: str, checksum: str, rows: int) -> str | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    place = store()
    if not place.has(name):
        return "the file is missing"
    if checksum and place.checksum(name) != checksum:
        return "the file is not as it was written"
    try:
        found = pq.read_metadata(place.place(name), filesystem=place.filesystem).num_rows
    except (pa.ArrowInvalid, OSError) as error:
        return f"the file cannot be read ({str(error).splitlines()[0][:120]})"
    return None if found == rows else f"the file holds {found} rows, not {rows}"


def _differences(fact: Fact, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    in_files, in_database = _sums_of_files(fact), _sums_of_rows(fact, rows)
    found = []
    since = horizons().get(fact.name, date.min)
    for day in sorted(day for day in in_files.keys() | in_database.keys() if day >= since):
        (kept, kept_hash), (known, known_hash) = in_files.get(day, (0, 0)), in_database.get(day, (0, 0))
        if kept != known:
            found.append(f"{fact.name}, {day}: {kept} rows stand in the log, {known} in the database")
        elif kept_hash != known_hash:
            found.append(f"{fact.name}, {day}: the rows of log and database differ, though both have {kept}")
    return found


def _sums_of_files(fact: Fact) -> Sums:
    if not written(fact).exists():
        return {}
    connection = connect_duckdb()
    try:
        return _summed(fact, connection, connection.compile(read_recorded(fact, connection=connection)))
    finally:
        connection.disconnect()


def _sums_of_rows(fact: Fact, rows: Iterable[Mapping[str, Any]]) -> Sums:
    import ibis

    total: defaultdict[date, tuple[int, int]] = defaultdict(lambda: (0, 0))
    connection = connect_duckdb()
    try:
        for table in _tables(fact, rows):
            chunk = connection.create_table("chunk", ibis.memtable(table), temp=True, overwrite=True)
            for day, (count, hashes) in _summed(fact, connection, connection.compile(chunk)).items():
                total[day] = (total[day][0] + count, total[day][1] + hashes)
    finally:
        connection.disconnect()
    return {day: sums for day, sums in total.items() if sums != (0, 0)}


def _summed(fact: Fact, connection: Any, query: str) -> Sums:
    sign = "sign" if "sign" in fact.columns else "1"
    columns = ", ".join(f'"{name}"' for name in fact.columns if name != "sign")
    moment = f'"{fact.at}"' if fact.columns[fact.at].kind == "moment" else f'CAST("{fact.at}" AS TIMESTAMP)'
    asked = (
        f"SELECT epoch_us({moment}) // 86400000000, sum({sign}), sum({sign} * CAST(hash({columns}) AS HUGEINT)) "  # noqa: S608
        f"FROM ({query}) GROUP BY 1"
    )
    found = connection.raw_sql(asked).fetchall()
    return {
        _EPOCH + timedelta(days=int(day)): (int(count), int(hashes)) for day, count, hashes in found if count or hashes
    }


def _tables(fact: Fact, rows: Iterable[Mapping[str, Any]]) -> Iterator[pyarrow.Table]:
    rest = iter(rows)
    while chunk := list(islice(rest, _CHUNK)):
        yield fact.table(chunk)


def rebuild(now: datetime) -> int:
    """Write the log anew from the database, for every fact whose rows have a source; returns the number of rows.

    Rows that were taken back, and what took them back, are gone afterwards: every sum stays. Rows of which the log is the only
    place stay as they are, and those that were set aside count again once their file is back. Readers see the old log until
    the one transaction commits. Roll-ups must be made anew after it. Raises `RuntimeError` when a fact has no source.
    """
    missing = sorted(set(all_facts()) - set(all_sources()))
    if missing:
        raise RuntimeError(f"nobody says where the rows of {', '.join(missing)} come from")
    count = 0
    old: list[str] = []
    reaches = horizons()
    if reaches:
        # Sums of days that have left are not made anew: whoever keeps them must have read everything before.
        let_everybody_read(now)
    with transaction.atomic():
        LogRow.objects.all().delete()
        _take_back(LogBatch.objects.filter(is_only_here=True).exclude(set_aside_at=None).select_related("file"))
        stays = {name_of(batch) for batch in LogBatch.objects.filter(is_only_here=True).select_related("file")}
        old += [name for name, _checksum, _rows in _files() if name not in stays]
        LogBatch.objects.filter(is_only_here=False).delete()
        LogFile.objects.filter(batches=None).delete()
        for name, rows in all_sources().items():
            fact = all_facts()[name]
            for table in _tables(fact, rows()):
                for day, part in _by_day(fact, table):
                    if day >= reaches.get(name, date.min):
                        append_table(fact, part, day=day, now=now)
                        count += part.num_rows
    for name in old:
        store().remove(name)
    return count


def _take_back(aside: Iterable[LogBatch]) -> None:
    """Let batches that were set aside count again where somebody has brought their file back."""
    for batch in aside:
        expected = (batch.file.checksum, batch.file.rows) if batch.file is not None else (batch.checksum, batch.rows)
        if _fault_of(name_of(batch), *expected) is None:
            LogBatch.objects.filter(pk=batch.pk).update(set_aside_at=None)


def _by_day(fact: Fact, table: pyarrow.Table) -> Iterator[tuple[date, pyarrow.Table]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    at = table[fact.at]
    days = pc.cast(pc.cast(at, pa.timestamp("us")), pa.date32()) if fact.columns[fact.at].kind == "moment" else at
    for day in sorted(pc.unique(days).to_pylist()):
        yield day, table.filter(pc.equal(days, pa.scalar(day, pa.date32())))


def answer(facts: Sequence[Fact], question: Callable[[Any], Answer], *, now: datetime) -> Answer:
    """Ask something of the log, given a connection. A damaged file that is in the way is set aside, said, and the rest asked.

    An error that no damaged file explains is raised as it came.
    """
    with opened() as connection:
        try:
            return question(connection)
        except Exception as error:
            batches = [batch for fact in facts for batch in written(fact).select_related("file")]
            damaged = set_aside_damaged(batches, now=now)
            if not damaged:
                raise
            _log.error("log_files_damaged", batches=[str(each.pk) for each in damaged], error=str(error))
    with opened() as connection:
        return question(connection)


def set_aside_rows(*, of: Fact | None = None) -> int:
    """How many rows lie in files that were set aside; of one fact where it is named."""
    aside = LogBatch.objects.exclude(set_aside_at=None)
    aside = aside.filter(fact=of.name) if of is not None else aside
    return aside.aggregate(n=Sum("rows"))["n"] or 0


def set_aside_damaged(batches: Sequence[LogBatch], *, now: datetime) -> list[LogBatch]:
    """Set aside those of the batches whose file is missing or damaged, so that the rest can be read; returns them.

    A damaged file goes to `damaged/` in the log's folder, all its batches with it. `verify` reports them until the log is
    rebuilt.
    """
    found: list[LogBatch] = []
    if next(store().under("facts"), None) is None:
        # Nothing at all lies there: a folder that is not mounted, or another bucket. That is no damage to any file.
        return found
    for name in {name_of(batch) for batch in batches}:
        held = [batch for batch in batches if name_of(batch) == name]
        first = held[0]
        expected = (first.file.checksum, first.file.rows) if first.file is not None else (first.checksum, first.rows)
        if _fault_of(name, *expected) is None:
            continue
        if store().has(name):
            store().move(name, damaged_name(name))
        # As it was known here: a batch whose rows were put into another file meanwhile is whole there.
        whole = (
            LogBatch.objects.filter(file=first.file)
            if first.file is not None
            else LogBatch.objects.filter(pk=first.pk, file=None)
        )
        if whole.update(set_aside_at=now):
            found += held
    return found
