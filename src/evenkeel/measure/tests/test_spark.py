"""The log and every figure made of it are the same on Spark: a real cluster, a standalone master with two workers."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings

from evenkeel.ground import log
from evenkeel.ground.env_objects import ObjectStorage
from evenkeel.ground.log import Fact, facts
from evenkeel.ground.log.facts import Column
from evenkeel.ground.models import LogBatch, LogFile, LogSchema
from evenkeel.ground.tests.s3_server import s3_server
from evenkeel.ground.tests.spark_cluster import spark_cluster
from evenkeel.measure import rebuild, roll_up
from evenkeel.measure.awaited import COSTS, SCHEDULE
from evenkeel.measure.evaluation import _Labels
from evenkeel.measure.metric import DayMetric, fed_metrics, metrics
from evenkeel.measure.models import (
    CellParts,
    ConsumedBatch,
    CutParts,
    DayParts,
    ItemFigures,
    LabelTally,
    SketchParts,
    WorkerDayParts,
)
from evenkeel.measure.rollup import feeds, take_in, tallies
from evenkeel.measure.rollup.parts import signed_rows
from evenkeel.measure.rollup.sketching import sketch_rows

from .floor import Floor, day

pytestmark = [pytest.mark.spark, pytest.mark.once]

NOW = datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC)
ROWS = 1_000
CELL = ("day", "organisation_id", "queue_id")
KINDS = Fact(
    name="kinds",
    why="One column of each kind.",
    at="at",
    columns={kind if kind != "moment" else "at": Column(kind=kind, why=kind) for kind in facts.KINDS},
)
# Words that metrics ask for by name; all other text is one of a few.
WORDS: dict[str, list[str | None]] = {
    "origin": ["desk", "api", "import", "tier", "appeal", "amended"],
    "state": ["production", "audit", "training", "break", "idle", "system_down"],
    "error_class": ["over_enforcement", "under_enforcement", "wrong_selection", "technical_error", "", None],
}


@contextmanager
def engine(master: str, **said: Any) -> Iterator[None]:
    config = settings.EVENKEEL
    with override_settings(EVENKEEL=replace(config, log=replace(config.log, engine=master), **said)):
        yield


# Spark's bridge leaves closing its sockets to the collector of garbage.
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.django_db
def test_spark_answers_as_duckdb_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One test, so that the cluster starts once: kinds of columns, the catalogue, roll-ups, studies, objects in a bucket."""
    # What no room writes yet is measured all the same.
    declared = {fact.name: fact for fact in (KINDS, COSTS, SCHEDULE)}
    monkeypatch.setattr(facts, "_facts", {**facts._facts, **declared})
    with spark_cluster(tmp_path) as master:
        from evenkeel.ground.log.spark import backend

        try:
            every_kind_of_column(master)
            older_columns(master, monkeypatch)
            examples(master)
            sums_of_a_generated_log(master)
            roll_ups_and_studies(master, monkeypatch)
            objects_in_a_bucket(master)
        finally:
            backend(master)._session.stop()
            gc.collect()


def every_kind_of_column(master: str) -> None:
    """Whole numbers beyond what a float holds, microseconds, both sides of midnight, and empty ones among them."""
    with engine(master):
        assert log.read(KINDS).to_pyarrow().num_rows == 0
    full: dict[str, Any] = {
        "id": "a",
        "text": "Grüße 你好 '\"\\",
        "whole": 2**53 + 1,
        "number": 0.1 + 0.2,
        "yes_no": True,
    }
    full |= {"at": NOW, "day": date(2026, 3, 29)}
    rows = [full, dict.fromkeys(full) | {"at": NOW + timedelta(microseconds=1)}]
    rows += [full | {"at": NOW + timedelta(days=1), "number": -1e-300, "whole": -(2**62), "yes_no": False}]
    with transaction.atomic():
        log.append(KINDS, rows)
    log.flush(NOW)
    with engine(master), log.opened() as connection:
        table = log.read(KINDS, connection=connection).order_by("at")
        assert connection.to_pyarrow(table).to_pylist() == rows
        assert connection.to_pyarrow(table).schema == KINDS.schema()
        days = connection.to_pyarrow(table.at.date().name("on")).to_pylist()
        assert days == [date(2026, 3, 29), date(2026, 3, 29), date(2026, 3, 30)]


def older_columns(master: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were written when a column was narrower, and another not there yet."""
    columns = {**KINDS.columns, "whole": Column(kind="number", why="wider"), "later": Column(kind="text", why="new")}
    wider = Fact(name="kinds", why=KINDS.why, at="at", columns=columns)
    with monkeypatch.context() as patch:
        patch.setattr(facts, "_facts", {**facts._facts, "kinds": wider})
        with transaction.atomic():
            log.append(wider, [dict.fromkeys(columns) | {"at": NOW + timedelta(days=2), "whole": 0.5, "later": "said"}])
        log.flush(NOW)
        assert LogSchema.objects.filter(fact="kinds").count() == 2
        found = []
        for name in ("duckdb", master):
            with engine(name), log.opened() as connection:
                rows = log.read(wider, connection=connection).order_by("at")
                found.append(connection.to_pyarrow(rows.select("whole", "later")).to_pylist())
    assert found[0] == found[1]
    assert [row["later"] for row in found[0]] == [None, None, None, "said"]
    assert found[0][3]["whole"] == 0.5


def examples(master: str) -> None:
    """Rows that are in no file: a rate, a quantile and a metric made of two others give what they give on DuckDB."""
    for slug in ("overturn_rate", "turnaround_p90", "occupancy"):
        kind = metrics[slug]
        here = kind.try_example()
        with engine(master):
            there = kind.try_example()
        assert there.value == pytest.approx(here.value, rel=1e-9, nan_ok=True), kind.slug
        assert there.n == here.n, kind.slug


def sums_of_a_generated_log(master: str) -> None:
    """Every metric's sums and histograms over many rows, cell by cell; all metrics of a fact at once, as roll-ups ask.

    Sums of multiples of 2^-20 are exact.
    """
    rng = np.random.default_rng(20260329)
    by_fact: dict[str, list[type[DayMetric]]] = {}
    for kind in fed_metrics():
        by_fact.setdefault(f"{kind.fact.name}.{kind.at}", []).append(kind)
    for fact in {kinds[0].fact.name: kinds[0].fact for kinds in by_fact.values()}.values():
        with transaction.atomic():
            log.append_table(fact, generated(fact, rng), day=NOW.date(), now=NOW)
    log.flush(NOW)
    for name, kinds in by_fact.items():
        found = []
        for said in ("duckdb", master):
            with engine(said), log.opened() as connection:
                rows = log.read(kinds[0].fact, connection=connection)
                signed = signed_rows(kinds, rows)
                sums = {each: signed[each].sum() for kind in kinds for each in signed.columns if of(kind, each)}
                by = [each for each in CELL if each in signed.columns]
                cells = connection.to_pyarrow(signed.group_by(by).aggregate(**sums))
                buckets = sorted(sketch_rows(kinds, rows, connection), key=str)
                found.append((cells.sort_by([(each, "ascending") for each in by]), buckets))
        (here, buckets), (there, same_buckets) = found
        assert here.num_rows > 10, name
        for column in here.column_names:
            assert there[column].to_pylist() == [_near(value) for value in here[column].to_pylist()], column
        assert same_buckets == buckets, name


def of(kind: type[DayMetric], column: str) -> bool:
    """Whether the column is one of the metric's sums."""
    return column.startswith(f"{kind.slug}.")


def _near(value: Any) -> Any:
    return pytest.approx(value, rel=1e-12, abs=1e-12) if isinstance(value, float) else value


def generated(fact: Fact, rng: np.random.Generator) -> pa.Table:
    """Rows of any fact: every fifth value is empty but for the row's id, sign and moment."""
    columns = {}
    for name, column in fact.columns.items():
        values = _values(name, column.kind, rng)
        gaps = (
            rng.random(ROWS) < 0.2 if name not in ("id", "sign", "pi", fact.at, "decided_at") else np.zeros(ROWS, bool)
        )
        columns[name] = [None if gap else value for value, gap in zip(values, gaps, strict=True)]
    return pa.table(columns, schema=fact.schema())


def _values(name: str, kind: str, rng: np.random.Generator) -> Any:
    if name == "sign":
        return np.where(rng.random(ROWS) < 0.1, -1, 1).tolist()
    if kind in ("id", "text"):
        return [
            each and str(each) for each in rng.choice(np.array(WORDS.get(name, ["A", "B", "C"]), dtype=object), ROWS)
        ]
    made: Mapping[str, Any] = {
        "whole": lambda: rng.integers(0, 90_000, ROWS).tolist(),
        "number": lambda: (0.05 + 0.95 * rng.random(ROWS)).tolist(),
        "yes_no": lambda: (rng.random(ROWS) < 0.7).tolist(),
        "moment": lambda: [NOW + timedelta(microseconds=int(each)) for each in rng.integers(0, 3 * 10**11, ROWS)],
        "day": lambda: [NOW.date() + timedelta(days=int(each)) for each in rng.integers(0, 3, ROWS)],
    }
    return made[kind]()


def roll_ups_and_studies(master: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job that feeds every page, with a metric for each of its tables, and what a programme's study reads."""
    some: Any = [metrics[slug] for slug in ("accuracy", "decided", "handle_time")]
    monkeypatch.setattr(feeds, "fed_metrics", lambda: some)
    LogBatch.objects.all().delete()
    LogFile.objects.all().delete()
    floor = Floor.make()
    rows = floor.labels(["NNY", "YN", "NNU"])
    floor.write(
        decisions=[*rows, floor.decision(0, 1), floor.decision(1, active_ms=None), floor.decision(0, 0, replicate=2)],
        audits=[floor.audit(0), floor.audit(1, is_right=False, pi=0.3), floor.audit(2, at=day(3), pi=1 / 3)],
        experts=[floor.expert(0, "No"), floor.expert(1, "Yes")],
    )
    floor.write(decisions=[rows[0] | {"sign": -1}])
    roll_up(now=NOW)
    assert all(_state().values())
    before, labels = _state(), _Labels.read(floor.programme.pk, now=NOW)
    with engine(master):
        rebuild(NOW)
        assert _state() == before
        again = _Labels.read(floor.programme.pk, now=NOW)
    here, there = labels.label_set(None), again.label_set(None)
    assert (there.classes, there.workers, again.repeats) == (here.classes, here.workers, labels.repeats)
    for name in ("counts", "truth", "tally"):
        assert getattr(there, name).tolist() == getattr(here, name).tolist(), name
    labels_of_a_large_chunk(master, floor, monkeypatch)


def labels_of_a_large_chunk(master: str, floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done with millions of labels at once: lone items have no tally, and a later second answer finds the first."""
    monkeypatch.setattr(tallies, "LISTED_UP_TO", 3)
    found = []
    for said in ("duckdb", master):
        with engine(said):
            rebuild(NOW)
            assert ConsumedBatch.objects.exclude(items_from=None).exists()
            large = _labels_state()
        with transaction.atomic(), engine(said):
            # Of few rows: the first answers are looked up in the files of the large chunk.
            floor.write(decisions=[floor.decision(2, 3, "Yes"), floor.decision(1, 4, "No")])
            take_in(NOW)
            found.append((large, _labels_state()))
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0][0] != found[0][1]


def _labels_state() -> list[list[dict[str, Any]]]:
    kept: tuple[Any, ...] = (LabelTally, ItemFigures)
    return [list(table.objects.order_by("pk").values()) for table in kept]


def _state() -> dict[str, list[dict[str, Any]]]:
    tables: tuple[Any, ...] = (DayParts, WorkerDayParts, CellParts, CutParts, SketchParts, LabelTally, ItemFigures)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def objects_in_a_bucket(master: str) -> None:
    """Spark's workers read the files of a bucket without a jar of Spark's own for it."""
    with s3_server("facts") as address:
        storage = ObjectStorage(
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
        config = settings.EVENKEEL
        kept = replace(config, objects=storage, log=replace(config.log, bucket="facts", folder="evenkeel"))
        with override_settings(EVENKEEL=kept):
            rows = [
                dict.fromkeys(KINDS.columns) | {"at": NOW + timedelta(days=5 + n), "text": f"T{n}"} for n in range(3)
            ]
            LogBatch.objects.filter(fact="kinds").delete()
            LogSchema.objects.filter(fact="kinds").delete()
            with transaction.atomic():
                log.append(KINDS, rows)
            log.flush(NOW)
            with engine(master), log.opened() as connection:
                assert connection.to_pyarrow(log.read(KINDS, connection=connection).order_by("at")).to_pylist() == rows
