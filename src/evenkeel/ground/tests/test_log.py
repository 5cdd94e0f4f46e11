"""Facts reach their files exactly once, whatever is killed or retried in between."""

from __future__ import annotations

import errno
import json
import os
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import transaction

from evenkeel.ground import log
from evenkeel.ground.ids import uuid7
from evenkeel.ground.log import Fact, facts, files
from evenkeel.ground.log.facts import Column
from evenkeel.ground.log.store import FolderStore
from evenkeel.ground.models import LogBatch, LogRow

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
# The package has a function of the first one's name.
FLUSH, OUTBOX = import_module("evenkeel.ground.log.flush"), import_module("evenkeel.ground.log.outbox")
TESTS = Fact(
    name="tests",
    why="A fact with one column of each kind.",
    at="at",
    columns={
        "id": Column(kind="id", why="what"),
        "sign": Column(kind="whole", why="1 or -1"),
        "at": Column(kind="moment", why="when"),
        "on": Column(kind="day", why="which day"),
        "label": Column(kind="text", why="which label", is_dimension=True),
        "share": Column(kind="number", why="how much"),
        "is_right": Column(kind="yes_no", why="right or not"),
    },
)


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_facts", {**facts._facts, "tests": TESTS})


def row(**said: Any) -> dict[str, Any]:
    full = {"id": uuid7(), "sign": 1, "at": NOW, "on": NOW.date(), "label": "Safe", "share": 0.5, "is_right": True}
    return full | said


def append(*rows: dict[str, Any]) -> None:
    with transaction.atomic():
        log.append(TESTS, rows)


def stored() -> list[dict[str, Any]]:
    """What the log holds, in the order of the moments."""
    found: list[dict[str, Any]] = log.read(TESTS).order_by(["at", "id"]).to_pyarrow().to_pylist()
    return found


def parquet_files() -> list[Path]:
    return sorted((files.log_dir() / "facts" / "tests").glob("*/*.parquet"))


@pytest.mark.django_db
def test_a_row_comes_out_as_it_went_in_to_the_microsecond() -> None:
    at = NOW + timedelta(microseconds=123_457)
    one = row(at=at, label="Grüße 你好", share=0.1 + 0.2)
    empty = row(at=at + timedelta(seconds=1), on=None, label=None, share=None, is_right=None, sign=None)
    append(one, empty)
    assert log.flush(NOW) == 2
    assert stored() == [one | {"id": str(one["id"])}, empty | {"id": str(empty["id"])}]


@pytest.mark.django_db
def test_a_second_flush_moves_nothing() -> None:
    append(row(), row())
    assert log.flush(NOW) == 2
    assert log.flush(NOW) == 0
    assert len(stored()) == 2
    assert LogRow.objects.count() == 0
    assert list(LogBatch.objects.values_list("rows", "written_at")) == [(2, NOW)]


@pytest.mark.django_db
def test_each_day_has_a_file_and_the_day_is_of_utc() -> None:
    east = timezone(timedelta(hours=8))
    append(row(), row(at=datetime(2026, 3, 3, 6, tzinfo=east)), row(at=NOW + timedelta(days=1)))
    log.flush(NOW)
    assert [path.parent.name for path in parquet_files()] == ["day=2026-03-02", "day=2026-03-03"]
    assert pq.read_metadata(parquet_files()[0]).num_rows == 2


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_taken_back_leaves_no_row() -> None:
    def broken() -> None:
        with transaction.atomic():
            log.append(TESTS, [row()])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert log.flush(NOW) == 0
    assert stored() == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_taken() -> None:
    with pytest.raises(AssertionError, match="inside the transaction"):
        log.append(TESTS, [row()])
    with pytest.raises(AssertionError, match="inside the transaction"):
        log.append_table(TESTS, TESTS.schema().empty_table(), day=NOW.date(), now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("killed_in", ["write_whole", "after the file"])
def test_killed_while_writing_the_next_flush_does_it_over(killed_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
    append(row(), row())
    write = files.write_whole

    def killed(table: pa.Table, name: str) -> None:
        if killed_in == "after the file":
            write(table, name)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(FLUSH, "write_whole", killed)
        with pytest.raises(KeyboardInterrupt):
            log.flush(NOW)
    assert LogRow.objects.count() == 1, "what was appended together waits in one row"
    assert LogBatch.objects.get().written_at is None
    assert log.flush(NOW + timedelta(seconds=5)) == 2
    assert LogBatch.objects.get().rows == 2
    assert len(stored()) == 2
    assert len(parquet_files()) == 1


@pytest.mark.django_db
def test_rows_that_commit_late_are_found_all_the_same() -> None:
    append(row())
    append(row())
    late, early = LogRow.objects.order_by("id")
    # As on PostgreSQL: the lower number commits after the higher one was flushed.
    LogRow.objects.filter(pk=late.pk).delete()
    log.flush(NOW)
    LogRow.objects.create(pk=late.pk, fact="tests", day=late.day, payload_json=late.payload_json)
    assert early.pk > late.pk
    assert log.flush(NOW) == 1
    assert len(stored()) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limit", "most", "files"), [("_MOST_ROWS", 2, 2), ("_MOST_SAID", 1, 3), ("_AT_A_TIME", 1, 1), ("_PIECE", 1, 1)]
)
def test_it_moves_in_parts(limit: str, most: int, files: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FLUSH, limit, most)
    if limit == "_MOST_SAID":
        monkeypatch.setattr(FLUSH, "_AT_A_TIME", 1)
    for n in range(1, 4):
        append(*(row() for _ in range(n)))
    assert log.flush(NOW) == 6
    assert len(stored()) == 6
    assert len(parquet_files()) == files


@pytest.mark.django_db
def test_what_is_empty_is_not_named_while_it_waits() -> None:
    append(row(label=None))
    assert "label" not in json.loads(LogRow.objects.get().payload_json)
    assert log.flush(NOW) == 1
    assert [each["label"] for each in stored()] == [None]


@pytest.mark.django_db
def test_one_batch_that_cannot_be_written_does_not_hold_up_the_others() -> None:
    append(row())
    LogRow.objects.update(payload_json='{"at": "no moment"}')
    log_rows = [row(at=NOW + timedelta(days=1))]
    append(*log_rows)
    with pytest.raises(RuntimeError, match="1 batches of the log could not be written"):
        log.flush(NOW)
    assert len(stored()) == 1
    assert LogRow.objects.count() == 1, "what could not be written still waits"


@pytest.mark.django_db
def test_what_was_changed_while_it_was_moved_still_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody asks for an id to be replaced between the reading of the rows and their leaving."""
    hers, hers_no_more = uuid7(), uuid7()
    append(row(id=hers))
    write = files.write_whole

    def asked_meanwhile(table: pa.Table, name: str) -> str:
        with transaction.atomic():
            log.ask_to_replace(hers, hers_no_more, now=NOW)
        return write(table, name)

    with monkeypatch.context() as patch:
        patch.setattr(FLUSH, "write_whole", asked_meanwhile)
        assert log.flush(NOW) == 0
    assert (stored(), parquet_files(), LogBatch.objects.count()) == ([], [], 0)
    assert log.flush(NOW) == 1


@pytest.mark.django_db
def test_of_two_that_move_the_same_rows_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    append(row(), row(at=NOW + timedelta(days=1)))
    write, moved = files.write_whole, []

    def second(table: pa.Table, name: str) -> str:
        monkeypatch.setattr(FLUSH, "write_whole", write)
        moved.append(log.flush(NOW))
        return write(table, name)

    monkeypatch.setattr(FLUSH, "write_whole", second)
    assert (log.flush(NOW), moved) == (0, [2])
    assert len(stored()) == 2
    assert len(LogBatch.objects.all()) == 2


@pytest.mark.django_db
def test_since_when_rows_wait_is_kept_while_they_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    append(row())

    def full(table: pa.Table, name: str) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FLUSH, "write_whole", full)
        for minutes in range(3):
            with pytest.raises(RuntimeError, match="1 batches"):
                log.flush(NOW + timedelta(minutes=minutes))
    assert log.log_faults().waiting_since == NOW
    assert log.flush(NOW + timedelta(minutes=9)) == 1
    assert log.log_faults().waiting_since is None


def test_rows_leave_from_gap_to_gap() -> None:
    assert list(FLUSH._unbroken([7, 2, 1, 3])) == [(1, 3), (7, 7)]
    assert list(FLUSH._unbroken([5])) == [(5, 5)]


WRONG = {
    "id": 7,
    "sign": True,
    "at": datetime(2026, 3, 2),
    "on": NOW,
    "label": 3,
    "share": "0.5",
    "is_right": 1,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRONG)
def test_a_value_of_the_wrong_kind_is_refused_at_once(name: str) -> None:
    with pytest.raises(ValueError, match=f"tests.{name} holds {TESTS.columns[name].kind}"):
        append(row(**{name: WRONG[name]}))
    assert LogRow.objects.count() == 0


@pytest.mark.django_db
def test_a_row_has_the_declared_columns_and_a_moment() -> None:
    short = row()
    del short["share"]
    with pytest.raises(ValueError, match="differs from its declaration in share"):
        append(short)
    with pytest.raises(ValueError, match="differs from its declaration in extra"):
        append(row(extra=1))
    with pytest.raises(ValueError, match="cannot be empty"):
        append(row(at=None))


# ------------------------------------------------------------------ whole tables


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([each | {"id": str(each["id"])} for each in rows], schema=TESTS.schema())


@pytest.mark.django_db(transaction=True)
def test_a_whole_table_takes_its_place_at_the_commit() -> None:
    with transaction.atomic():
        log.append_table(TESTS, table(row(), row()), day=NOW.date(), now=NOW)
        assert stored() == []
    assert len(stored()) == 2
    assert list(LogBatch.objects.values_list("rows", "written_at", "is_staged")) == [(2, NOW, True)]
    assert list((files.log_dir() / "staged").iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_a_whole_table_of_a_change_that_was_taken_back_is_swept_up() -> None:
    def broken() -> None:
        with transaction.atomic():
            log.append_table(TESTS, table(row()), day=NOW.date(), now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    (orphan,) = (files.log_dir() / "staged").iterdir()
    os.utime(orphan, (NOW.timestamp(), NOW.timestamp()))
    log.sweep(NOW + timedelta(hours=1))
    assert orphan.exists(), "it might be an import that is still under way"
    log.sweep(NOW + timedelta(days=2))
    assert not orphan.exists()
    assert stored() == []


@pytest.mark.django_db(transaction=True)
def test_killed_between_commit_and_move_the_flush_finishes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(OUTBOX, "finish_staged", lambda batch, now: None)
        with transaction.atomic():
            log.append_table(TESTS, table(row()), day=NOW.date(), now=NOW)
    assert stored() == []
    log.flush(NOW)
    assert len(stored()) == 1
    batch = LogBatch.objects.get()
    files.finish_staged(batch, now=NOW)
    assert len(stored()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_staged_file_that_is_gone_is_said_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(OUTBOX, "finish_staged", lambda batch, now: None)
        with transaction.atomic():
            log.append_table(TESTS, table(row()), day=NOW.date(), now=NOW)
    for path in (files.log_dir() / "staged").iterdir():
        path.unlink()
    append(row())
    with pytest.raises(RuntimeError) as raised:
        log.flush(NOW)
    assert isinstance(raised.value.__cause__, FileNotFoundError)
    assert len(stored()) == 1


@pytest.mark.django_db(transaction=True)
def test_an_empty_table_makes_no_file() -> None:
    with transaction.atomic():
        log.append_table(TESTS, table(), day=NOW.date(), now=NOW)
    assert LogBatch.objects.count() == 0
    assert parquet_files() == []


# ------------------------------------------------------------------ reading


@pytest.mark.django_db
def test_an_empty_log_reads_as_an_empty_table_of_the_right_columns() -> None:
    found = log.read(TESTS)
    assert list(found.columns) == list(TESTS.columns)
    assert stored() == []


@pytest.mark.django_db
def test_a_column_that_is_newer_than_the_files_reads_as_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    append(row())
    log.flush(NOW)
    newer = Fact(
        name="tests",
        why=TESTS.why,
        at="at",
        columns={**TESTS.columns, "site_id": Column(kind="id", why="new"), "hours": Column(kind="number", why="new")},
    )
    (found,) = log.read(newer).to_pyarrow().to_pylist()
    assert (found["label"], found["site_id"], found["hours"]) == ("Safe", None, None)


@pytest.mark.django_db
def test_batches_are_read_one_by_one_for_roll_ups() -> None:
    append(row(label="one"))
    log.flush(NOW)
    append(row(label="two"))
    log.flush(NOW + timedelta(minutes=1))
    first, second = log.batches_since(TESTS)
    assert log.batches_since(TESTS, done=[first.id]) == [second]
    assert log.batches_since(TESTS, after=NOW + timedelta(seconds=30)) == [second]
    assert log.read_batches(TESTS, [second]).label.to_pyarrow().to_pylist() == ["two"]
    assert log.read_batches(TESTS, []).count().to_pyarrow().as_py() == 0


@pytest.mark.django_db
def test_a_batch_that_is_not_written_yet_is_no_batch_to_read() -> None:
    LogBatch.objects.create(fact="tests", day=NOW.date(), rows=1, created_at=NOW)
    assert log.batches_since(TESTS) == []


# ------------------------------------------------------------------ declarations


def test_a_fact_is_declared_once_and_names_its_moment() -> None:
    assert log.fact(TESTS) is TESTS
    with pytest.raises(ValueError, match="declared twice"):
        log.fact(Fact(name="tests", why="Another.", at="at", columns={"at": Column(kind="moment", why="when")}))
    with pytest.raises(ValueError, match="has no column 'then'"):
        log.fact(Fact(name="others", why="Wrong.", at="then", columns=TESTS.columns))
    with pytest.raises(ValueError, match="a column is one of"):
        Column(kind="colour", why="none")
    assert list(log.all_facts()) == sorted(log.all_facts())


def test_the_file_of_a_batch_has_one_name() -> None:
    batch = LogBatch(id=UUID(int=7), fact="tests", day=date(2026, 3, 2), rows=1, created_at=NOW)
    assert files.final_name(batch) == f"facts/tests/day=2026-03-02/{UUID(int=7)}.parquet"


def test_a_full_disk_leaves_nothing_half_visible(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_whole(TESTS.schema().empty_table(), "facts/tests/x.parquet")
    assert not list(data_dir.rglob("*.parquet*"))


def test_a_file_that_is_being_written_is_not_there_yet(tmp_path: Path) -> None:
    place = FolderStore(tmp_path)
    with place.writing("facts/x.parquet") as path:
        path.write_bytes(b"half")
        assert not place.has("facts/x.parquet")
    assert place.has("facts/x.parquet")
    assert [kept.name for kept in place.under("facts")] == ["facts/x.parquet"]


@pytest.mark.parametrize("waits", ["alone", "together", "together, as an older version wrote it"])
def test_arrow_reads_what_waits_as_python_does(waits: str) -> None:
    rows = [
        row(at=NOW, label="Grüße \u2028 \\n\n,{} \U0001f600", share=1, on=None),
        row(at=NOW + timedelta(microseconds=1), label="", share=-1e-300, sign=2**62, is_right=None),
        row(at=NOW.astimezone(timezone(timedelta(hours=5, minutes=30))) + timedelta(milliseconds=120), label=None),
        row(at=NOW, share=float("inf"), label="]"),
    ]
    for some in (rows[:3], rows):
        said = [OUTBOX.written_down([each]) for each in some]
        payloads = {"alone": said, "together": [OUTBOX.written_down(some)]}.get(waits, [f"[{', '.join(said)}]"])
        assert FLUSH.table_of(TESTS, payloads).equals(FLUSH._read_by_python(TESTS, payloads))
    assert FLUSH._read_by_arrow(TESTS, "\n".join(map(FLUSH._lines, [OUTBOX.written_down(rows[:3])]))).num_rows == 3
