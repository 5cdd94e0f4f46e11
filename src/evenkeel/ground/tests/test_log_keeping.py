"""The log keeps what it should: columns that grow, days until they are old, and the rest when a file is damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import override_settings
from duckdb import IOException

from evenkeel.ground import log, trail
from evenkeel.ground.errors import NotNow
from evenkeel.ground.log import Fact, facts, files, readers
from evenkeel.ground.log.facts import Column
from evenkeel.ground.models import LogBatch, LogFile, LogHorizon, LogRow, LogSchema

from .test_log import NOW, TESTS, append, parquet_files, row, stored
from .test_log import _declared as _declared  # a fixture

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch, _declared: None) -> None:
    monkeypatch.setattr(facts, "_facts", {"tests": TESTS})
    monkeypatch.setattr(facts, "_sources", {})
    monkeypatch.setattr(readers, "_readers", [])


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Fact]:
    """`declare(hours="number", label=None)`: the fact with a column more, of another kind, or less."""

    def declared(**kinds: str | None) -> Fact:
        columns = {**TESTS.columns, **{name: Column(kind=kind, why="x") for name, kind in kinds.items() if kind}}
        kept = {name: column for name, column in columns.items() if kinds.get(name, "") is not None}
        made = Fact(name="tests", why=TESTS.why, at="at", columns=kept)
        monkeypatch.setattr(facts, "_facts", {"tests": made})
        return made

    return declared


# ------------------------------------------------------------------ columns


@pytest.mark.django_db
def test_columns_are_recorded_and_grow_version_by_version(declare: Callable[..., Fact]) -> None:
    append(row(sign=2))
    log.flush(NOW)
    newer = declare(sign="number", hours="number")
    with transaction.atomic():
        log.append(newer, [row(sign=0.5, hours=7.5)])
    log.flush(NOW + DAY)
    assert list(LogSchema.objects.values_list("version", "since")) == [(1, NOW), (2, NOW + DAY)]
    assert log.versions(newer)[1] == {name: column.kind for name, column in TESTS.columns.items()}
    assert sorted(LogBatch.objects.values_list("schema_version", flat=True)) == [1, 2]
    found = log.read(newer).order_by("sign").to_pyarrow()
    assert found["sign"].to_pylist() == [0.5, 2.0]
    assert found["hours"].to_pylist() == [7.5, None]
    log.compact(NOW + 2 * DAY, least=2)
    assert LogFile.objects.get().schema_version == 2
    assert log.read(newer).order_by("sign").to_pyarrow() == found
    assert log.verify(against_database=False).is_whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ({"share": None}, "have a column 'share' in 'tests' that this version does not declare"),
        ({"share": None, "part": "number"}, "It seems to be 'part' now: declare both"),
        ({"share": "whole"}, "hold 'number' in tests.share, and this version declares 'whole'"),
        ({"label": "id"}, "hold 'text' in tests.label"),
    ],
    ids=["gone", "renamed", "narrowed", "another"],
)
def test_a_change_that_old_files_cannot_follow_is_refused_at_the_start(
    declare: Callable[..., Fact], kinds: dict[str, str | None], said: str
) -> None:
    log.insist_on_schemas(now=NOW)
    log.insist_on_schemas(now=NOW + DAY)
    declare(**kinds)
    with pytest.raises(NotNow, match=said):
        log.insist_on_schemas(now=NOW)
    assert LogSchema.objects.count() == 1


# ------------------------------------------------------------------ retention


def keeping(**days: int) -> override_settings:
    config = settings.EVENKEEL
    return override_settings(EVENKEEL=replace(config, log=replace(config.log, keep_days=tuple(days.items()))))


@pytest.fixture
def three_days(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Two rows a day on three days, in files of their own; the first day's put together."""
    rows = [row(at=NOW + day * DAY, label=f"{day}{letter}") for day in range(3) for letter in "ab"]
    for each in rows:
        append(each)
        log.flush(NOW)
    log.compact(NOW + DAY, least=2)
    monkeypatch.setattr(facts, "_sources", {"tests": lambda: iter(rows)})
    return rows


@pytest.mark.django_db
def test_whole_days_leave_and_the_trail_tells_it(three_days: list[dict[str, Any]]) -> None:
    read: list[datetime] = []
    log.reader(read.append)
    now = NOW + 4 * DAY
    with keeping(tests=3):
        (told,) = log.leaving(now)
        assert (told.days, told.files, told.rows, len(stored())) == (1, 1, 2, 6)
        assert log.retain(now) == [told]
        assert [each["label"] for each in stored()] == ["1a", "1b", "2a", "2b"]
        assert read == [now], "whoever makes sums has read everything before it leaves"
        assert log.retain(now) == []
    assert len(parquet_files()) == 4
    assert json.loads(trail.entries().get().detail_json) == {
        "fact": "tests", "older_than": "2026-03-03", "days": 1, "files": 1, "rows": 2,
    }  # fmt: skip
    assert log.verify().faults == (), "the database is compared as far back as the log reaches"
    with transaction.atomic():
        assert log.rebuild(now) == 4


@pytest.mark.django_db
def test_what_has_left_does_not_return_with_a_longer_setting(three_days: list[dict[str, Any]]) -> None:
    with keeping(tests=1):
        log.retain(NOW + 3 * DAY)
    with keeping(tests=3):
        log.retain(NOW + 3 * DAY)
    assert LogHorizon.objects.get().before_on == date(2026, 3, 4)


@pytest.mark.django_db
def test_nothing_leaves_when_somebody_could_not_read_it(three_days: list[dict[str, Any]]) -> None:
    def fails(now: datetime) -> None:
        raise RuntimeError("not read")

    log.reader(fails)
    with keeping(tests=1), pytest.raises(RuntimeError, match="not read"):
        log.retain(NOW + 9 * DAY)
    assert len(stored()) == 6


@pytest.mark.django_db
def test_killed_before_the_files_go_they_are_swept(
    three_days: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_said: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with keeping(tests=1):
        with monkeypatch.context() as patch:
            patch.setattr(Path, "unlink", killed)
            with pytest.raises(KeyboardInterrupt):
                log.retain(NOW + 2 * DAY)
        assert [each["label"] for each in stored()] == ["1a", "1b", "2a", "2b"]
        log.sweep(NOW + timedelta(days=20_000))
    assert len(parquet_files()) == 4


@pytest.mark.django_db
def test_a_setting_that_names_no_fact_is_refused_at_the_start() -> None:
    with keeping(desicions=3), pytest.raises(NotNow, match=r"names 'desicions', which is no fact. Choose among tests"):
        log.insist_on_known_facts()


# ------------------------------------------------------------------ damage


@pytest.mark.django_db
def test_a_damaged_file_is_set_aside_when_it_is_met_and_the_rest_answers(three_days: list[dict[str, Any]]) -> None:
    batch = LogBatch.objects.filter(file=None).order_by("id").first()
    assert batch is not None
    (files.log_dir() / files.final_name(batch)).write_bytes(b"not Parquet")

    def labels(connection: Any) -> list[str]:
        found = connection.to_pyarrow(log.read(TESTS, connection=connection).order_by("at"))
        return [str(each) for each in found["label"].to_pylist()]

    assert sorted(log.answer([TESTS], labels, now=NOW)) == ["0a", "0b", "1b", "2a", "2b"]
    assert log.set_aside_rows() == 1
    assert (files.log_dir() / "damaged" / f"{batch.pk}.parquet").exists()

    def wrong(connection: Any) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        log.answer([TESTS], wrong, now=NOW)


@pytest.mark.django_db
def test_a_folder_that_is_not_there_at_all_is_no_damage(three_days: list[dict[str, Any]], data_dir: Path) -> None:
    (data_dir / "log" / "facts").rename(data_dir / "away")
    with pytest.raises(IOException, match="No files found"):
        log.answer([TESTS], lambda connection: log.read(TESTS, connection=connection).count().to_pyarrow(), now=NOW)
    assert log.set_aside_rows() == 0
    (data_dir / "away").rename(data_dir / "log" / "facts")
    assert len(stored()) == 6


@pytest.mark.django_db
def test_a_disk_that_is_full_while_flushing_loses_and_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    append(row(), row())

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(RuntimeError, match="1 batches of the log could not be written"):
            log.flush(NOW)
    assert stored() == []
    assert list(files.log_dir().rglob("*.part")) == []
    assert LogRow.objects.count() == 1
    assert log.flush(NOW) == 2
    assert len(stored()) == 2


# ------------------------------------------------------------------ PostgreSQL


@pytest.fixture
def _others_may_write(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time: rows commit in the order of their numbers")


@pytest.mark.usefixtures("_others_may_write")
def test_transactions_that_commit_in_the_reverse_order_lose_and_double_nothing() -> None:
    """The lower numbers are written first and committed last; each commit is followed by a flush."""
    begun, ends = [Event() for _ in range(3)], [Event() for _ in range(3)]

    def write(number: int) -> None:
        with transaction.atomic():
            log.append(TESTS, [row(label=f"{number}"), row(label=f"{number}")])
            begun[number].set()
            assert ends[number].wait(30)
        connection.close()

    threads = []
    for number in range(3):
        thread = Thread(target=write, args=(number,))
        thread.start()
        assert begun[number].wait(30)
        threads.append(thread)
    seen = []
    for number in reversed(range(3)):
        ends[number].set()
        threads[number].join(30)
        assert log.flush(NOW) == 2
        assert log.flush(NOW) == 0
        seen.append(number)
        assert sorted(each["label"] for each in stored()) == sorted(f"{each}" for each in seen for _twice in "ab")
    ids = list(LogBatch.objects.order_by("id").values_list("rows", flat=True))
    assert ids == [2, 2, 2]
    assert not LogRow.objects.exists()


@pytest.mark.usefixtures("_others_may_write")
def test_two_that_flush_at_once_move_each_row_once() -> None:
    for number in range(40):
        append(row(at=NOW + number % 4 * DAY, label=f"{number}"))
    moved: list[int] = []

    def flush() -> None:
        moved.append(log.flush(NOW))
        connection.close()

    threads = [Thread(target=flush) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    log.flush(NOW)
    assert sum(moved) == 40
    assert sorted(int(each["label"]) for each in stored()) == list(range(40))
    assert log.verify(against_database=False).is_whole
