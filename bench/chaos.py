"""Nothing lost, nothing twice: people decide while web, worker and database are killed -9 at random and started again.

    scripts/bench chaos                                    200 rounds with 32 people on both databases
    scripts/bench chaos -- --rounds 20 --people 8 --database postgresql --seed 3

A round waits a moment, kills one of them, starts it again: forked from a process that has everything loaded, so that a
round takes two seconds and not ten. People send again, by the same key, whatever had no answer.
At the end: every acknowledged decision is stored exactly once and stands once in the log, no task was decided beyond its
overlap, nobody decided an item twice, counters are what they count, no lease outlives its length, the trail is intact.
Exit 1 when anything of that does not hold. On SQLite there is no database process to kill.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench._database import Postgres

from evenkeel.edges.tests import chaos
from evenkeel.edges.tests.servers import Install


def main() -> int:
    """Run it on each database and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--people", type=int, default=32)
    parser.add_argument("--items", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--between", nargs=2, type=float, default=[0.3, 1.5], help="seconds between two kills")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args([word for word in sys.argv[1:] if word != "--"])
    faults = 0
    for name in options.database:
        with ExitStack() as stack:
            server = stack.enter_context(Postgres()) if name == "postgresql" else None
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            settings = {"EVENKEEL_DATABASE_URL": server.url("chaos"), "EVENKEEL_WEB_PROCESSES": "2"} if server else {}
            install = Install(folder / "data", **settings)
            install.init()
            assert install.run("prepare", "--migrate").returncode == 0
            began = perf_counter()
            found = chaos.run(
                install,
                people=options.people,
                rounds=options.rounds,
                items=options.items,
                seed=options.seed,
                between_s=(options.between[0], options.between[1]),
                database=server,
                tell=(lambda line: print(f"  {line}", flush=True)) if options.verbose else lambda _line: None,
            )
            kills = ", ".join(f"{what} {n}" for what, n in found.kills.items())
            print(
                f"{name:<12} {found.rounds} rounds ({kills}), {options.people} people, {perf_counter() - began:.0f} s, load "
                f"{os.getloadavg()[0]:.1f}: {found.acknowledged:,} acknowledged, {found.refused:,} refused, "
                f"{len(found.faults)} faults",
                flush=True,
            )
            for fault in found.faults:
                print(f"  {fault}", flush=True)
            faults += len(found.faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
