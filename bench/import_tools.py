"""How fast decisions of another tool come in by a mapping, from the file to the last committed row and the log.

    scripts/bench import_tools                       a million decisions from CSV, and from Parquet
    scripts/bench import_tools -- csv 200000 again   so many, and then the same file once more

Each decision is of an item of its own, by one of 400 people in 12 queues, over 30 days, with seconds and a moment. SQLite in
a folder that is thrown away afterwards; with EVENKEEL_DATABASE_URL (scripts/with-postgres) PostgreSQL instead. Each row of
the table is a process of its own, so that the peak of memory is that import's. On a busy machine the seconds of CPU tell
more than those of the clock.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

NOW = datetime(2026, 4, 2, 9, tzinfo=UTC)
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
FIELDS = {
    "decision_id": "id", "item": "content", "worker": "who", "label": "said", "decided_at": "at", "seconds": "took",
    "queue": "queue",
}  # fmt: skip


def main(kinds: list[str], sizes: list[int], *, is_twice: bool) -> None:
    """Print the table."""
    names = ("database", "seconds", "of CPU", "rows/s", "rows/CPU s", "peak MB", "before", "load")
    widths = (-11, 8, 8, 8, 10, 8, 7, 5)
    rest = " ".join(
        name.ljust(-width) if width < 0 else name.rjust(width) for name, width in zip(names, widths, strict=True)
    )
    print(f"{'rows':>10} {'from':<8} {'what':<6} {rest}")
    for size in sizes or [1_000_000]:
        for kind in kinds or ["csv", "parquet"]:
            with tempfile.TemporaryDirectory() as folder:
                environment = os.environ | {"EVENKEEL_DATA_DIR": folder}
                path = str(_file(kind, size, Path(folder)))
                for what in ("first", "again") if is_twice else ("first",):
                    subprocess.run([sys.executable, __file__, "--one", kind, path, what], env=environment, check=True)


def one(kind: str, path: Path, what: str) -> None:
    """Import once in this process and print one row."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from evenkeel.ground.access import Actor
    from evenkeel.ground.reading.sources import Source
    from evenkeel.people import Organisation, add_organisation
    from evenkeel.quality import add_tool, begin_run, carry_on, save_mapping
    from evenkeel.work import Programme, add_programme

    actor = Actor.system("bench")
    call_command("migrate", verbosity=0)
    if not Organisation.objects.filter(is_house=True).exists():
        add_organisation(actor, name="House", is_house=True, now=NOW)
    programme = Programme.objects.first() or add_programme(actor, name="Bench", now=NOW)
    tool = add_tool(actor, name="Bench", programme=programme, now=NOW)
    spec = {"fields": FIELDS, "options": {"add_queues": True}}
    version = save_mapping(actor, tool=tool, name="bench", importer=kind, spec=spec, now=NOW)
    before_mb = _peak_mb()
    started, cpu = perf_counter(), process_time()
    run = begin_run(actor, version=version, file_name=path.name, size_bytes=path.stat().st_size, now=NOW)
    done = carry_on(actor, run=run, source=Source.of(path), now=NOW)
    took, cpu = perf_counter() - started, process_time() - cpu
    rows = done.total
    assert done.counts.get("new" if what == "first" else "same") == rows, done.counts
    print(
        f"{rows:>10,} {kind:<8} {what:<6} {connection.vendor:<11} {took:>8.1f} {cpu:>8.1f} {rows / took:>8,.0f} "
        f"{rows / cpu:>10,.0f} {_peak_mb():>8,.0f} {before_mb:>7,.0f} {os.getloadavg()[0]:>5.1f}",
        flush=True,
    )


def _file(kind: str, size: int, folder: Path) -> Path:
    random = Random(20261122)

    def row(n: int) -> tuple[Any, ...]:
        at = FIRST + timedelta(seconds=n * 30 * 86_400 // size)
        worker, queue = f"w{random.randrange(400):03}", f"queue {random.randrange(12)}"
        label = random.choice(("remove", "approve", "approve"))
        return f"d{n}", f"c{n:08}", worker, label, at, random.randrange(4, 60), queue

    names = list(FIELDS.values())
    if kind == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = folder / "rows.parquet"
        first = pa.table(dict(zip(names, zip(*(row(n) for n in range(2)), strict=True), strict=True)))
        with pq.ParquetWriter(path, first.schema) as writer:
            for start in range(0, size, 50_000):
                columns = zip(*(row(n) for n in range(start, min(size, start + 50_000))), strict=True)
                writer.write_table(pa.table(dict(zip(names, columns, strict=True)), schema=first.schema))
        return path
    path = folder / "rows.csv"
    with path.open("w") as file:
        file.write(",".join(names) + "\n")
        for n in range(size):
            file.write(
                ",".join(each.isoformat() if isinstance(each, datetime) else str(each) for each in row(n)) + "\n"
            )
    return path


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]), sys.argv[4])
    else:
        said = sys.argv[1:]
        main(
            [each for each in said if each in ("csv", "parquet")],
            [int(each) for each in said if each.isdigit()],
            is_twice="again" in said,
        )
