"""What targeted plans do to the headline, and how fast a plan is drawn.

    scripts/bench sampling                  both
    scripts/bench sampling -- bias 400      the simulation, so many samples a design
    scripts/bench sampling -- bias 400 risk whole     of these designs alone
    scripts/bench sampling -- speed 1e7     drawing from so many decisions in Parquet files as the log has them

The simulation draws 28 days of a made-up floor (56,000 decisions, 40 people, errors where queues are hard, people new, answers
rare, risk high) through the product's own layers, odds and keyed hash, and weighs by the odds. Per design: audits, bias of the
headline with its standard error, what the plain share of the audited would be off by, error (root mean square) and that of as
many hours of audits drawn at random (audits of hard queues take longer), how often the interval holds the truth.

Speed: reading the columns with DuckDB, odds and keyed hash for every row, the drawn ones kept; then the same number of draws
and audits written as rows into SQLite, as the job writes them. Making the files is not timed.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")


def main(what: list[str]) -> None:
    """The parts that were asked for."""
    import django

    django.setup()
    if not what or what[0] == "bias":
        bias(int(what[1]) if len(what) > 1 else 400, what[2:])
    if not what or what[0] == "speed":
        speed(int(float(what[1])) if len(what) > 1 else 10_000_000)


def bias(samples: int, names: list[str]) -> None:
    """A line a design, of those named or of all."""
    from evenkeel.quality.tests.floor_world import DESIGNS, draw_floor, make_floor

    floor = make_floor(days=28, a_day=2_000, seed=1)
    n, truth = sum(len(right) for right in floor.right), floor.truth
    print(f"{samples} samples a design; true accuracy {truth:.2%} of {n:,} decisions. Points of a percent.\n")
    print(
        f"{'design':14} {'audits':>7} {'hours':>6} {'bias':>16} {'unweighted':>11} {'error':>7} {'random':>7} "
        f"{'ratio':>6} {'holds':>6}"
    )
    for name, design in ((each, DESIGNS[each]) for each in names or DESIGNS):
        made = [draw_floor(floor, design, salt=salt) for salt in range(samples)]
        off = 100 * (np.array([one.headline.value for one in made]) - truth)
        audits = float(np.mean([one.audits for one in made]))
        error = sqrt(float((off**2).mean()))
        hours = float(np.mean([one.hours for one in made]))
        random = 100 * sqrt(truth * (1 - truth) * (floor.seconds / (hours * 3600) - 1 / n))
        naive = 100 * (float(np.mean([one.naive for one in made])) - truth)
        holds = float(np.mean([one.headline.low <= truth <= one.headline.high for one in made]))
        spread = off.std(ddof=1) / sqrt(samples)
        print(
            f"{name:14} {audits:7.0f} {hours:6.1f} {off.mean():+8.3f} ± {spread:5.3f} {naive:+11.2f} "
            f"{error:7.3f} {random:7.3f} {error / random:6.2f} {holds:6.1%}",
            flush=True,
        )


def speed(rows: int) -> None:
    """Columns first, rows after."""
    from evenkeel.quality.rules.layers import day_odds

    with tempfile.TemporaryDirectory() as folder:
        print(f"\nload average {os.getloadavg()[0]:.1f}")
        _write(Path(folder), rows)
        for name, design in (
            ("one rate of 1 %", {"rate": 0.01}),
            (
                "three layers",
                {
                    "rate": 0.005,
                    "layers": [
                        {"kind": "stratified", "by": "queue_id", "each_a_day": 100},
                        {"kind": "rare_class", "below": 0.05, "rate": 0.1},
                        {"kind": "new_hire", "days": 30, "rate": 0.05},
                    ],
                },
            ),
        ):
            odds = day_odds(design, _history())
            began, cpu = time.perf_counter(), time.process_time()
            drawn, seen = _draw(Path(folder), odds)
            print(
                f"{name}: {drawn:,} of {seen:,} drawn in {time.perf_counter() - began:.1f} s, of CPU "
                f"{time.process_time() - cpu:.1f} s; peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB",
                flush=True,
            )
    _rows_written(100_000)


def _write(folder: Path, rows: int) -> None:
    """Ten files of decisions with the columns that layers look at, ids as text like the log's."""
    import pyarrow as pa
    from pyarrow import parquet

    rng = np.random.default_rng(1)
    people = [_uuids(rng, 1)[0].as_py() for _n in range(5_000)]
    queues, part = [_uuids(rng, 1)[0].as_py() for _n in range(40)], rows // 10
    start = datetime(2026, 2, 2, tzinfo=UTC)
    for number in range(10):
        at = np.datetime64(start.replace(tzinfo=None), "us") + np.sort(rng.integers(0, 2 * 86_400_000_000, part))
        table = pa.table(
            {
                "id": _uuids(rng, part),
                "sign": pa.array(np.ones(part, dtype=np.int64)),
                "decided_at": pa.array(at + np.timedelta64(2 * number, "D")).cast(pa.timestamp("us", tz="UTC")),
                "queue_id": pa.DictionaryArray.from_arrays(rng.integers(0, 40, part), queues).cast(pa.string()),
                "worker_id": pa.DictionaryArray.from_arrays(rng.integers(0, 5_000, part), people).cast(pa.string()),
                "label": pa.DictionaryArray.from_arrays(
                    np.minimum(rng.geometric(0.5, part) - 1, 9), [f"label {n}" for n in range(10)]
                ).cast(pa.string()),
            }
        )
        parquet.write_table(table, folder / f"{number}.parquet", compression="zstd")


def _uuids(rng: np.random.Generator, n: int) -> Any:
    import pyarrow as pa

    digits = np.frombuffer(rng.bytes(16 * n).hex().encode(), dtype=np.uint8).reshape(n, 32)
    text = np.insert(digits, (8, 12, 16, 20), ord("-"), axis=1)
    offsets = np.arange(0, 36 * (n + 1), 36, dtype=np.int32)
    return pa.StringArray.from_buffers(n, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(text)))


def _history() -> Any:
    import pyarrow as pa

    from evenkeel.quality.rules.history import History

    rows = pa.table({"queue_id": ["q"] * 99 + ["r"], "label": ["label 0"] * 99 + ["label 9"]})
    return History(
        day=date(2026, 2, 2), rows=rows, scale=10_000.0, started_on={f"p{n}": date(2026, 1, 30) for n in range(200)}
    )


def _draw(folder: Path, odds: Any) -> tuple[int, int]:
    from evenkeel.ground.log import connect
    from evenkeel.quality.rules.book import Book, Version
    from evenkeel.quality.rules.odds import drawn

    start = datetime(2026, 1, 1, tzinfo=UTC)
    first = start.date()
    days = {(1, first + timedelta(days=number)): odds for number in range(100)}
    book = Book(versions=[Version(number=1, from_at=start, rate=odds.rate, is_layered=bool(odds.layers))], frames=days)
    import pyarrow as pa

    hits, seen = 0, 0
    table = connect().read_parquet(str(folder / "*.parquet"))
    columns = ["id", "decided_at", *(sorted({name for layer in odds.layers for name in layer.by}))]
    for batch in table.filter(table.sign > 0).select(columns).to_pyarrow_batches(chunk_size=200_000):
        rows = pa.Table.from_batches([batch])
        seen += rows.num_rows
        for version, day, places in book.parts(rows):
            part = rows if len(places) == rows.num_rows else rows.take(places)
            found = book.odds(version, day)
            assert found is not None
            hits += len(drawn(part, found.of(part), salt=7)[1])
    return hits, seen


def _rows_written(n: int) -> None:
    """Draws and audits as rows, in batches as the job writes them, into SQLite tables of the same columns."""
    from django.db import connection, transaction
    from django.test.utils import setup_databases, teardown_databases

    from evenkeel.ground.ids import uuid7
    from evenkeel.quality import AuditTask, Draw

    old = setup_databases(verbosity=0, interactive=False)
    try:
        now = datetime(2026, 3, 2, tzinfo=UTC)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys=OFF")
        ids = [uuid7() for _n in range(n)]
        began, cpu = time.perf_counter(), time.process_time()
        with connection.constraint_checks_disabled(), transaction.atomic():
            draws = [
                Draw(
                    plan_id=ids[0],
                    decision_id=id_,
                    stratum="",
                    layers=["random"],
                    pi=0.01,
                    u=0.005,
                    plans=1,
                    drawn_at=now,
                )
                for id_ in ids
            ]
            Draw.objects.bulk_create(draws, batch_size=500)
            tasks = [
                AuditTask(draw=draw, programme_id=ids[1], queue_id=None, worker_id=ids[2], organisation_id=ids[3])
                for draw in draws
            ]
            AuditTask.objects.bulk_create(tasks, batch_size=500)
            took, spent = time.perf_counter() - began, time.process_time() - cpu
            transaction.set_rollback(True)
        print(f"{n:,} draws with their audits written as rows: {took:.1f} s, of CPU {spent:.1f} s")
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:])
