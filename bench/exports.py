"""What it costs to take rows out: decisions of the log to each format, each in a process of its own.

    scripts/bench exports -- 1000000

Timed: from the order to the file in its place, reading the log, joining names and writing. Not timed: making the log.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

FORMATS = ("csv", "parquet", "duckdb", "xlsx")
DAYS = 28
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def main(words: list[str]) -> None:
    """Make a log of so many decisions, then write it in every format."""
    size = int(words[0]) if words else 1_000_000
    head = ("rows", "format", "seconds", "CPU s", "rows/CPU s", "peak MB", "over MB", "file MB", "load")
    print("{:>10} {:<9}{:>9}{:>8}{:>12}{:>9}{:>9}{:>9}{:>7}".format(*head))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EVENKEEL_DATA_DIR"] = folder
        subprocess.run([sys.executable, __file__, "--make", str(size)], check=True)
        for slug in words[1:] or FORMATS:
            subprocess.run([sys.executable, __file__, "--one", slug, str(size)], check=True)


def make(size: int) -> None:
    """A log of made-up decisions by two hundred people, one file a day."""
    _django()
    import numpy as np
    import pyarrow as pa
    from django.core.management import call_command
    from django.db import transaction

    from evenkeel.ground import log
    from evenkeel.measure.tests.floor import Floor
    from evenkeel.work import DECISIONS

    call_command("migrate", verbosity=0)
    floor = Floor.make(workers=200, items=6)
    pick = np.random.default_rng(7)
    a_day = -(-size // DAYS)
    with transaction.atomic():
        for number in range(DAYS):
            n = min(a_day, size - number * a_day)
            who, what = pick.integers(0, 200, n), pick.integers(0, 6, n)
            began = NOW - timedelta(days=DAYS - number)
            at = np.datetime64(began.replace(tzinfo=None), "us") + pick.integers(0, 36_000_000_000, n).astype("m8[us]")
            said = {
                "id": [f"{number:08x}-0000-7000-8000-{row:012x}" for row in range(n)],
                "sign": np.ones(n, dtype=np.int64),
                "decided_at": at,
                "programme_id": [str(floor.programme.pk)] * n,
                "queue_id": [str(floor.queues[k % 2].pk) for k in what],
                "item_id": [str(floor.items[k].pk) for k in what],
                "worker_id": [str(floor.workers[k].pk) for k in who],
                "organisation_id": [str(floor.workers[k].organisation_id) for k in who],
                "site_id": [str(floor.workers[k].site_id) for k in who],
                "team_id": [str(floor.workers[k].team_id) for k in who],
                "label": np.where(what % 3 == 0, "Yes", "No"),
                "replicate": np.ones(n, dtype=np.int64),
                "origin": ["desk"] * n,
                "active_ms": pick.integers(900, 90_000, n),
            }
            schema = DECISIONS.schema()
            columns = {
                field.name: pa.array(said[field.name], field.type) if field.name in said else pa.nulls(n, field.type)
                for field in schema
            }
            table = pa.table(columns, schema=schema)
            log.append_table(DECISIONS, table, day=began.date(), now=NOW)


def one(slug: str, size: int) -> None:
    """Order and make one file, and print its row."""
    _django()
    from evenkeel.ground.access import Actor
    from evenkeel.reports import Asked, make_export, order_export

    actor = Actor.system("bench")
    asked = Asked.of(
        {"fact": "decisions", "since": date(2026, 2, 1), "until": NOW.date()}, actor=actor, today=NOW.date()
    )
    order = order_export(actor, asked=asked, file_format=slug, in_background=False, now=NOW)
    path = Path(os.environ["EVENKEEL_DATA_DIR"]) / f"out-{slug}"
    before, wall, cpu = peak_mb(), perf_counter(), process_time()
    done = make_export(actor, order, path=path, now=NOW)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    assert done.rows == size, done.rows
    peak = peak_mb()
    print(
        f"{size:>10,} {slug:<9}{wall:>9.1f}{cpu:>8.1f}{size / cpu:>12,.0f}{peak:>9.0f}{peak - before:>9.0f}"
        f"{path.stat().st_size / 1e6:>9.1f}{os.getloadavg()[0]:>7.1f}",
        flush=True,
    )
    path.unlink()


def peak_mb() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        make(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main([word for word in sys.argv[1:] if word != "--"])
