"""The log's files are put together, checked and made anew; whatever is killed in between, every row counts once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from evenkeel.ground import log
from evenkeel.ground.log import facts, files
from evenkeel.ground.models import LogBatch, LogFile, LogRow

from .test_log import NOW, TESTS, append, parquet_files, row, stored
from .test_log import _declared as _declared  # a fixture

COMPACTION = import_module("evenkeel.ground.log.compaction")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch, _declared: None) -> None:
    monkeypatch.setattr(facts, "_facts", {"tests": TESTS})
    monkeypatch.setattr(facts, "_sources", {})


def written(*batches: list[dict[str, Any]]) -> None:
    """Each list of rows in a file of its own."""
    for rows in batches:
        append(*rows)
        log.flush(NOW)


def path_of(batch: LogBatch) -> Path:
    return files.log_dir() / files.final_name(batch)


def joint_path() -> Path:
    return files.log_dir() / files.joint_name(LogFile.objects.get())


def ten_files() -> list[dict[str, Any]]:
    rows = [row(at=NOW + timedelta(seconds=number), label=f"L{number}") for number in range(10)]
    written(*([each] for each in rows))
    return rows


@pytest.mark.django_db
def test_ten_files_become_one_and_read_the_same() -> None:
    ten_files()
    before = stored()
    assert len(parquet_files()) == 10
    assert log.compact(NOW + DAY) == 9
    assert len(parquet_files()) == 1
    assert stored() == before
    assert log.verify(against_database=False).is_whole
    assert log.compact(NOW + DAY) == 0, "there is nothing left to put together"


@pytest.mark.django_db
def test_today_and_days_of_few_files_are_left_alone() -> None:
    ten_files()
    assert log.compact(NOW) == 0
    assert log.compact(NOW + DAY, least=11) == 0
    assert len(parquet_files()) == 10


@pytest.mark.django_db
def test_batches_are_read_one_by_one_after_they_were_put_together() -> None:
    ten_files()
    batches = log.batches_since(TESTS)
    one_by_one = [log.read_batches(TESTS, [each]).to_pyarrow().to_pylist() for each in batches]
    log.compact(NOW + DAY)
    written([row(at=NOW + timedelta(seconds=60))])
    again = log.batches_since(TESTS)
    assert [each.pk for each in again[:10]] == [each.pk for each in batches]
    assert [log.read_batches(TESTS, [each]).to_pyarrow().to_pylist() for each in again[:10]] == one_by_one
    mixed = log.read_batches(TESTS, [again[3], again[10]]).to_pyarrow().to_pylist()
    assert sorted(each["label"] for each in mixed) == ["L3", "Safe"]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["while the file is written", "before the manifest knows", "before the old ones go"])
def test_killed_at_any_step_every_row_counts_once(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ten_files()
    before = stored()

    def killed(*_said: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    place: dict[str, tuple[object, str]] = {
        "while the file is written": (COMPACTION, "_widened"),
        "before the manifest knows": (LogFile, "save"),
        "before the old ones go": (Path, "unlink"),
    }
    with monkeypatch.context() as patch:
        patch.setattr(*place[where], killed)
        with pytest.raises(KeyboardInterrupt):
            log.compact(NOW + DAY)
    assert stored() == before
    log.compact(NOW + DAY)
    assert stored() == before
    for path in (files.log_dir() / "facts").glob("*/*/*"):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    log.sweep(NOW + 2 * DAY)
    assert len(list((files.log_dir() / "facts").glob("*/*/*"))) == 1
    assert stored() == before
    assert log.verify(against_database=False).is_whole


@pytest.mark.django_db
def test_what_somebody_else_put_together_meanwhile_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ten_files()
    before = stored()
    real = COMPACTION.write_tables
    done: list[str] = []

    def overtaken(tables: Any, name: str, **said: Any) -> str:
        checksum = str(real(tables, name, **said))
        if not done:
            done.append(name)
            assert log.compact(NOW + DAY) == 9
        return checksum

    monkeypatch.setattr(COMPACTION, "write_tables", overtaken)
    assert log.compact(NOW + DAY) == 0
    assert stored() == before
    assert LogFile.objects.count() == 1


@pytest.mark.django_db
def test_a_column_newer_than_the_files_is_empty_in_the_joint_file(monkeypatch: pytest.MonkeyPatch) -> None:
    ten_files()
    wider = facts.Fact(
        name="tests", why=TESTS.why, at="at", columns={**TESTS.columns, "shift": facts.Column(kind="whole", why="new")}
    )
    monkeypatch.setattr(facts, "_facts", {"tests": wider})
    log.compact(NOW + DAY)
    assert log.read(wider).to_pyarrow()["shift"].to_pylist() == [None] * 10


# ------------------------------------------------------------------ checking


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.unlink(), "missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), "not as it was written"),
        (lambda path: path.write_bytes(b"PAR1" + path.read_bytes()[4:-30] + b"x" * 30), "not as it was written"),
    ],
    ids=["gone", "cut short", "overwritten"],
)
def test_a_damaged_file_is_named_set_aside_and_the_rest_answers(harm: Any, said: str) -> None:
    rows = ten_files()
    harm(path_of(LogBatch.objects.order_by("id")[3]))
    (fault,) = log.verify(against_database=False).faults
    assert said in fault
    (aside,) = log.set_aside_damaged(log.batches_since(TESTS), now=NOW)
    assert aside.pk == LogBatch.objects.order_by("id")[3].pk
    assert [each["label"] for each in stored()] == [each["label"] for each in rows if each["label"] != "L3"]
    (fault,) = log.verify(against_database=False).faults
    assert "set aside" in fault


@pytest.mark.django_db
def test_a_damaged_joint_file_takes_all_its_batches_along() -> None:
    ten_files()
    log.compact(NOW + DAY)
    written([row(label="after")])
    joint_path().write_bytes(b"nothing")
    assert len(log.set_aside_damaged(log.batches_since(TESTS), now=NOW)) == 10
    assert [each["label"] for each in stored()] == ["after"]


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the database is said to hold."""
    rows: list[dict[str, Any]] = []

    def of_database() -> Iterator[dict[str, Any]]:
        yield from rows

    log.source(TESTS)(of_database)
    return rows


@pytest.mark.django_db
def test_log_and_database_agree_row_by_row(database: list[dict[str, Any]]) -> None:
    database += ten_files()
    gone = row(label="gone", share=None)
    written([gone], [gone | {"sign": -1}])
    assert log.verify().faults == ()
    database[4] = database[4] | {"label": "another"}
    assert log.verify().faults == ("tests, 2026-03-02: the rows of log and database differ, though both have 10",)
    del database[4]
    assert log.verify().faults == ("tests, 2026-03-02: 10 rows stand in the log, 9 in the database",)
    database.append(row(at=NOW + DAY))
    assert len(log.verify().faults) == 2


@pytest.mark.django_db
def test_what_waits_is_counted_and_not_called_a_fault(database: list[dict[str, Any]]) -> None:
    database.append(row())
    append(database[0])
    found = log.verify()
    assert (found.waiting, found.is_whole) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_the_log_is_written_anew_from_the_database(database: list[dict[str, Any]]) -> None:
    database += ten_files()
    database.append(row(at=NOW + DAY, label="tomorrow"))
    log.compact(NOW + DAY)
    joint_path().unlink()
    append(row(label="waits"))
    assert not log.verify().is_whole
    assert log.rebuild(NOW) == 11
    assert log.verify().faults == ()
    assert not LogRow.objects.exists()
    assert sorted(each["label"] for each in stored()) == sorted(each["label"] for each in database)
    assert len(parquet_files()) == 2


@pytest.mark.django_db(transaction=True)
def test_rows_of_which_the_log_is_the_only_place_outlast_a_rebuild(database: list[dict[str, Any]]) -> None:
    database += ten_files()
    with transaction.atomic():
        log.append_table(TESTS, TESTS.table([row(label="past")]), day=NOW.date(), now=NOW, is_only_here=True)
    assert log.compact(NOW + DAY) == 9
    assert log.verify().faults == ()
    assert log.rebuild(NOW) == 10
    assert (log.verify().faults, len(stored())) == ((), 11)

    # Its file is lost: nothing makes it anew, it is said, and a rebuild takes it in once it is back.
    past = LogBatch.objects.get(is_only_here=True)
    kept = path_of(past).read_bytes()
    path_of(past).unlink()
    assert log.answer([TESTS], lambda connection: len(stored()), now=NOW) == 10
    log.rebuild(NOW)
    assert f"bring {files.final_name(past)} back from a backup" in log.verify().faults[0]
    path_of(past).write_bytes(kept)
    log.rebuild(NOW)
    assert (log.verify().faults, len(stored())) == ((), 11)


@pytest.mark.django_db
def test_without_a_source_nothing_is_thrown_away() -> None:
    ten_files()
    with pytest.raises(RuntimeError, match="nobody says where the rows of tests come from"), transaction.atomic():
        log.rebuild(NOW)
    assert len(stored()) == 10
