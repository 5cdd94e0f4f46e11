"""How long an import takes and how much memory it needs, from the file to the last committed row and the log.

    scripts/bench import_labels                 DICES-350 (43,050 labels), where the reference data are
    scripts/bench import_labels -- 4000000      made-up labels, so many

SQLite in a folder that is thrown away afterwards; with EVENKEEL_DATABASE_URL (scripts/with-postgres) PostgreSQL as well.
Each row of the table is a process of its own, so that the peak of memory is that import's. On a busy machine the seconds of
CPU tell more than those of the clock.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def main(sizes: list[int]) -> None:
    """Print the table."""
    names = ("items", "database", "seconds", "of CPU", "rows/s", "peak MB", "before MB")
    print(f"{'labels':>10} {names[0]:>8} {names[1]:<11} " + " ".join(f"{name:>9}" for name in names[2:]))
    for url in ("", os.environ.get("EVENKEEL_DATABASE_URL", "")) if os.environ.get("EVENKEEL_DATABASE_URL") else ("",):
        for size in sizes or [0]:
            with tempfile.TemporaryDirectory() as folder:
                environment = os.environ | {"EVENKEEL_DATA_DIR": folder, "EVENKEEL_DATABASE_URL": url}
                subprocess.run([sys.executable, __file__, "--one", str(size), folder], env=environment, check=True)


def one(size: int, folder: Path) -> None:
    """Import once in this process and print one row."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from evenkeel.ground import log
    from evenkeel.ground.access import Actor
    from evenkeel.people import Organisation, add_organisation
    from evenkeel.quality import import_labels

    actor = Actor.system("bench")
    call_command("migrate", verbosity=0)
    if not Organisation.objects.filter(is_house=True).exists():
        add_organisation(actor, name="House", is_house=True, now=NOW)
    labels, items = _files(size, folder)
    before_mb = _peak_mb()
    started, cpu = perf_counter(), process_time()
    report = import_labels(actor, labels=labels, items=items, programme_name=f"Bench {size} {os.getpid()}", now=NOW)
    log.flush(NOW)
    took, cpu = perf_counter() - started, process_time() - cpu
    rows = report.counts.labels
    print(
        f"{rows:>10,} {report.counts.items:>8,} {connection.vendor:<11} {took:>9.2f} {cpu:>9.2f} {rows / took:>9,.0f} "
        f"{_peak_mb():>9,.0f} {before_mb:>9,.0f}"
    )


def _files(size: int, folder: Path) -> tuple[Path, Path | None]:
    if size == 0:
        data = Path(os.environ.get("EVENKEEL_REFERENCE_DATA") or ROOT.parent / "shared" / "data") / "quality"
        if not data.is_dir():
            sys.exit(f"no reference data at {data}; give a number of labels to make up")
        return data / "dices350_labels.csv.gz", data / "dices350_items.csv.gz"
    random, per_item = Random(20261122), 20
    path = folder / "labels.csv"
    with path.open("w") as file:
        file.write("item,worker,label\n")
        for item in range(size // per_item):
            workers = random.sample(range(2_000), per_item)
            file.writelines(
                f"i{item:07},w{worker:04},{random.choice(('No', 'No', 'Yes', 'Unsure'))}\n" for worker in workers
            )
    return path, None


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main([int(argument) for argument in sys.argv[1:] if argument.isdigit()])
