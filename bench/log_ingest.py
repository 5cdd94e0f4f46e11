"""How many facts a second reach the log's Parquet files, and how long putting small files together takes.

    scripts/bench log_ingest                             200,000 facts a row of the table
    scripts/bench log_ingest -- 1000000                  so many
    scripts/bench log_ingest -- --ways alone together    these rows only
    scripts/bench log_ingest -- --database postgresql    on a PostgreSQL of its own, with its durability on

The fact is `decisions`. "alone": each change wrote one fact, as a decision at the desk does; "together": a hundred, as an act
on many does. Both stand in the outbox already when the clock starts: what is timed is `log.flush`, from the outbox to synced
files and an empty outbox, in a process that has flushed once before, as a server has. "bulk" is `append_table`, the way of
imports. "compact" puts together files of 200 facts each. Everything lies in a folder that is thrown away. "of CPU" is this
process: a PostgreSQL server's own seconds are not among it. Each row of the table is a process of its own. On a busy machine
the seconds of CPU tell more than those of the clock.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench._database import Postgres

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WAYS = ("alone", "together", "bulk", "compact")
_A_FILE = 200


def main() -> None:
    """Print the table."""
    asked = ArgumentParser()
    asked.add_argument("sizes", nargs="*", type=int, default=[200_000])
    asked.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = asked.parse_args()
    names = ("seconds", "of CPU", "facts/s", "by CPU", "peak MB", "over MB")
    print(
        f"{'way':<9} {'facts':>10} {'database':<11} " + " ".join(f"{name:>9}" for name in names) + "  load", flush=True
    )
    with TemporaryDirectory() as home, Postgres() if given.database == "postgresql" else nullcontext() as server:
        environment = os.environ | {"EVENKEEL_DATABASE_URL": server.url("log") if server else ""}
        # Once: making the tables takes ten times as long as what is measured.
        made = f"{home}/made"
        subprocess.run([sys.executable, __file__, "--make"], env=environment | {"EVENKEEL_DATA_DIR": made}, check=True)
        for size in given.sizes:
            for way in given.ways:
                folder = shutil.copytree(made, f"{home}/{way}-{size}")
                said = environment | {"EVENKEEL_DATA_DIR": str(folder)}
                subprocess.run([sys.executable, __file__, "--one", way, str(size)], env=said, check=True)


def make() -> None:
    """Make the tables."""
    home = Path(os.environ["EVENKEEL_DATA_DIR"])
    home.mkdir(mode=0o700)
    _setup()
    if not os.environ["EVENKEEL_DATABASE_URL"]:
        from evenkeel.edges.tests.migrated import migrated_sqlite

        shutil.copyfile(migrated_sqlite(), home / "evenkeel.sqlite3")
        return
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def one(way: str, size: int) -> None:
    """Do it once in this process and print one row."""
    _setup()
    from django.db import connection

    from evenkeel.ground.models import LogBatch, LogFile, LogRow

    for table in (LogRow, LogBatch, LogFile):
        table.objects.all().delete()
    _waiting(1)(1)()
    timed = {"alone": _waiting(1), "together": _waiting(100), "bulk": _bulk, "compact": _compact}[way](size)
    before_mb = _peak_mb()
    started, cpu = perf_counter(), process_time()
    timed()
    took, cpu = perf_counter() - started, process_time() - cpu
    print(
        f"{way:<9} {size:>10,} {connection.vendor:<11} {took:>9.2f} {cpu:>9.2f} {size / took:>9,.0f} {size / cpu:>9,.0f} "
        f"{_peak_mb():>9,.0f} {_peak_mb() - before_mb:>9,.0f}  {os.getloadavg()[0]:.0f}",
        flush=True,
    )


def _setup() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()


def _waiting(together: int) -> Callable[[int], Callable[[], Any]]:
    """Facts that wait in the outbox, so many in each row of it; what is timed moves them."""
    from django.db import transaction

    from evenkeel.ground import log
    from evenkeel.work import DECISIONS

    def prepared(size: int) -> Callable[[], Any]:
        made = _facts(size)
        with transaction.atomic():
            for start in range(0, size, together):
                log.append(DECISIONS, made[start : start + together])
        return lambda: log.flush(NOW)

    return prepared


def _bulk(size: int) -> Callable[[], Any]:
    from django.db import transaction

    from evenkeel.ground import log
    from evenkeel.work import DECISIONS

    table = DECISIONS.table(_facts(size))

    def appended() -> None:
        with transaction.atomic():
            log.append_table(DECISIONS, table, day=NOW.date(), now=NOW)

    return appended


def _compact(size: int) -> Callable[[], Any]:
    from django.db import transaction

    from evenkeel.ground import log
    from evenkeel.work import DECISIONS

    made = _facts(size)
    for start in range(0, size, _A_FILE):
        with transaction.atomic():
            log.append_table(DECISIONS, DECISIONS.table(made[start : start + _A_FILE]), day=NOW.date(), now=NOW)
    return lambda: log.compact(NOW + timedelta(days=1))


def _facts(size: int) -> list[dict[str, Any]]:
    from evenkeel.work import DECISIONS

    random = Random(20261122)
    ids = [UUID(int=random.getrandbits(128)) for _ in range(500)]
    said = []
    for _ in range(size):
        at = NOW + timedelta(microseconds=random.randrange(10**10))
        said.append(
            dict.fromkeys(DECISIONS.columns)
            | {
                "id": UUID(int=random.getrandbits(128)), "sign": 1, "decided_at": at, "programme_id": ids[0],
                "queue_id": random.choice(ids[:9]), "item_id": UUID(int=random.getrandbits(128)),
                "worker_id": random.choice(ids), "organisation_id": ids[1], "site_id": random.choice(ids[:20]),
                "team_id": random.choice(ids[:60]), "form_version_id": ids[2], "policy_version_id": ids[3],
                "label": random.choice(("Yes", "No", "Unsure")), "replicate": 1, "origin": "desk",
                "active_ms": random.randrange(60_000), "shown_at": at, "first_act_ms": 900, "submit_ms": 20_000,
                "shift_s": 7_000, "exposure_s": 600, "client_build": "desk 1",
            }
        )  # fmt: skip
    return said


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:] == ["--make"]:
        make()
    else:
        main()
