"""Every step of writing and putting together may be the last: in a folder and in a bucket, each row counts once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import obstore
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import override_settings

from evenkeel.ground import log
from evenkeel.ground.env_objects import ObjectStorage
from evenkeel.ground.log import facts, files
from evenkeel.ground.log.store import store
from evenkeel.ground.models import LogBatch

from .s3_server import s3_server
from .test_log import NOW, TESTS, append, row, stored, table
from .test_log import _declared as _declared  # a fixture

DAY = timedelta(days=1)
# What reaches a disk, a bucket or the database; "kill" may come before each and after it.
ON_DISK: tuple[tuple[Any, str], ...] = ((Path, "replace"), (Path, "unlink"), (pq.ParquetWriter, "write_table"))
IN_BUCKET: tuple[tuple[Any, str], ...] = ((obstore, "put"), (obstore, "copy"), (obstore, "delete"))
CHANGES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """As by kill -9: nothing of ours catches it, and what was not committed is not there."""


@dataclass
class Deadline:
    """Lets so many steps happen."""

    steps: int
    names: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        self.names.append(name)
        if len(self.names) > self.steps:
            raise Killed(name)

    @contextmanager
    def watching(self, places: tuple[tuple[Any, str], ...], *, statements: bool) -> Iterator[None]:
        with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
            for owner, name in places:
                patch.setattr(owner, name, self._stepping(name, getattr(owner, name)))
            if statements:
                stack.enter_context(connection.execute_wrapper(self._statement))
            yield

    def _stepping(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def done(*args: Any, **said: Any) -> Any:
            self.step(f"before {name}")
            found = real(*args, **said)
            self.step(f"after {name}")
            return found

        return done

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(CHANGES):
            return execute(sql, params, many, context)
        self.step(f"before {sql[:40]}")
        found = execute(sql, params, many, context)
        self.step(f"after {sql[:40]}")
        return found


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch, _declared: None) -> None:
    monkeypatch.setattr(facts, "_facts", {"tests": TESTS})
    monkeypatch.setattr(facts, "_sources", {})


@pytest.fixture(scope="module")
def bucket() -> Iterator[ObjectStorage]:
    with s3_server("facts") as address:
        yield ObjectStorage(
            endpoint=address,
            region="us-east-1",
            key_id="key",
            secret="a-secret",
            buckets=(),
            uploads_bucket="",
            uploads_folder="",
            is_signed=False,
            signed_s=60,
        )


@contextmanager
def kept_in(bucket: ObjectStorage, folder: str) -> Iterator[None]:
    config = settings.EVENKEEL
    with override_settings(
        EVENKEEL=replace(config, objects=bucket, log=replace(config.log, bucket="facts", folder=folder))
    ):
        yield


def counted() -> list[str]:
    """The labels in those files that the manifest counts."""
    batches = LogBatch.objects.filter(written_at__isnull=False).select_related("file")
    names = {files.name_of(batch) for batch in batches}
    return sorted(label for name in names for label in files.read_file(name, columns=["label"])["label"].to_pylist())


def everything_once(*, kill_after: int, places: tuple[tuple[Any, str], ...], statements: bool) -> bool:
    """Write and put together, killed after so many steps; then again, unharmed. Whether the kill came at all."""
    labels = [f"L{number}" for number in range(4)]
    for label in labels[:2]:
        append(row(label=label))
        log.flush(NOW)
    append(row(label=labels[2]))
    with transaction.atomic():
        # Within a test no commit happens, so this stands as if the process had died right after it.
        log.append_table(TESTS, table(row(label=labels[3])), day=NOW.date(), now=NOW)

    def work() -> None:
        log.flush(NOW)
        log.compact(NOW + DAY, least=2)

    deadline = Deadline(kill_after)
    with suppress(Killed), deadline.watching(places, statements=statements):
        work()
    read = counted()
    assert set(read) <= set(labels), deadline.names[-1]
    assert len(read) == len(set(read)), f"doubled when killed {deadline.names[-1]}"
    work()
    assert counted() == labels, deadline.names[-1]
    found = log.verify(against_database=False)
    assert (found.faults, found.rows) == ((), 4), deadline.names[-1]
    log.sweep(NOW + timedelta(days=20_000))
    manifest = {files.name_of(batch) for batch in LogBatch.objects.select_related("file")}
    assert {kept.name for kept in store().under("facts")} == manifest, deadline.names[-1]
    assert not list(store().under("staged")), deadline.names[-1]
    return len(deadline.names) > kill_after


def killed_everywhere(run: Callable[[int], bool]) -> int:
    """One run for each step there is, each in a database as it was before."""
    kill_after, goes_on = 0, True
    while goes_on:
        with transaction.atomic():
            goes_on = run(kill_after)
            transaction.set_rollback(True)
        kill_after += 1
    return kill_after - 1


@pytest.mark.django_db
def test_killed_at_every_step_in_a_folder_each_row_counts_once(tmp_path: Path) -> None:
    def run(kill_after: int) -> bool:
        with override_settings(EVENKEEL=replace(settings.EVENKEEL, data_dir=tmp_path / str(kill_after))):
            return everything_once(kill_after=kill_after, places=ON_DISK, statements=True)

    assert killed_everywhere(run) > 30


@pytest.mark.once
@pytest.mark.django_db
def test_killed_at_every_step_in_a_bucket_each_row_counts_once(bucket: ObjectStorage) -> None:
    def run(kill_after: int) -> bool:
        with kept_in(bucket, f"run-{kill_after}"):
            return everything_once(kill_after=kill_after, places=IN_BUCKET, statements=False)

    assert killed_everywhere(run) > 10


@pytest.mark.once
@pytest.mark.django_db
def test_a_log_in_a_bucket_is_checked_quarantined_and_made_anew(
    bucket: ObjectStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(at=NOW + timedelta(seconds=number), label=f"L{number}") for number in range(3)]
    monkeypatch.setattr(facts, "_sources", {"tests": lambda: iter(rows)})
    with kept_in(bucket, ""):
        for each in rows:
            append(each)
            log.flush(NOW)
        assert stored() == [each | {"id": str(each["id"])} for each in rows]
        assert log.verify().faults == ()
        first, second, third = log.batches_since(TESTS)
        obstore.put(store()._client, files.final_name(second), b"no Parquet")  # type: ignore[union-attr]
        store().remove(files.final_name(third))
        assert sorted(log.verify().faults) == sorted(
            [
                f"{files.final_name(second)}: the file is not as it was written",
                f"{files.final_name(third)}: the file is missing",
            ]
        )
        assert {each.pk for each in log.set_aside_damaged([first, second, third], now=NOW)} == {second.pk, third.pk}
        assert [kept.name for kept in store().under("damaged")] == [f"damaged/{second.pk}.parquet"]
        assert [each["label"] for each in stored()] == ["L0"]
        with transaction.atomic():
            log.rebuild(NOW)
        log.flush(NOW)
        assert log.verify().faults == ()
        assert len(stored()) == 3
        assert list(files.log_dir().rglob("*.parquet*")) == [], "nothing stays on this machine"


@pytest.mark.once
@pytest.mark.django_db
def test_a_bucket_that_is_away_loses_nothing(bucket: ObjectStorage) -> None:
    append(row())
    with (
        kept_in(replace(bucket, endpoint="http://127.0.0.1:9"), "away"),
        pytest.raises(RuntimeError, match="1 batches"),
    ):
        log.flush(NOW)
    with kept_in(bucket, "away"):
        assert log.flush(NOW) == 1
        assert len(stored()) == 1
