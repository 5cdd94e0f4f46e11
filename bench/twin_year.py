"""A year of a thousand people: how long its log takes to make, in how much memory, and what opening it costs.

    scripts/bench twin_year                      the scenario `year`, its data alone: about a hundred million decisions
    scripts/bench twin_year -- --days 28 --sums  the first days of it, then the product's sums over them
    scripts/bench twin_year -- --days 28 --work 0.02 --sums

Printed every fourth week and at the end: decisions so far, seconds by the clock, seconds of CPU (this process, its threads
included), the most memory it has held since it began, bytes on disk. Memory that does not grow after the first weeks is
flat. `--sums` makes the roll-ups afterwards: what they take of CPU, memory and the database, and whether every count, sum and
accuracy in them, of the whole and of each site, team and queue, is the generator's own. The folder is thrown away
(`--keep` names one that stays); a whole year needs about 8 GB of disk without sums. Nights on which somebody watches are no
part of it: what watching costs, `bench/measure_scale` and `bench/signals` tell.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from time import perf_counter, process_time

_SHOWN_EVERY = 28


def main() -> None:
    """Live through the days asked for and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--sums", action="store_true", help="make the roll-ups as well")
    parser.add_argument("--work", type=float, default=1.0, help="a share of the decisions, with as many audits")
    parser.add_argument("--keep", type=Path, help="a new folder that stays")
    options = parser.parse_args([word for word in sys.argv[1:] if word != "--"])
    if options.keep is not None:
        options.keep.mkdir(parents=True)
        _live(options.keep, options.days, share=options.work, sums=options.sums)
        return
    with tempfile.TemporaryDirectory() as place:
        _live(Path(place), options.days, share=options.work, sums=options.sums)


def _live(folder: Path, days: int, *, share: float, sums: bool) -> None:
    os.environ["EVENKEEL_DATA_DIR"] = str(folder)
    os.environ.pop("EVENKEEL_DATABASE_URL", None)
    os.environ.setdefault("EVENKEEL_LOG_LEVEL", "WARNING")
    from evenkeel.edges.cli.migrating import migrate
    from evenkeel.edges.cli.root import set_up

    set_up()
    migrate()
    from evenkeel.measure import roll_up
    from evenkeel.twin import added, read_plan, run

    plan = replace(read_plan("year").thinned(share), days=days)
    plan = replace(
        plan,
        events=tuple(each for each in plan.events if each.from_day < days),
        versions=tuple(each for each in plan.versions if each.from_day < days),
        models=tuple(each for each in plan.models if each.from_day < days),
    )
    began, cpu = perf_counter(), process_time()
    seen = 0

    def tell(said: str) -> None:
        nonlocal seen
        seen += said.startswith("Day ")
        if seen and (seen % _SHOWN_EVERY == 0 or seen == days):
            _say(said, folder, wall_s=perf_counter() - began, cpu_s=process_time() - cpu)

    ran = run(plan, progress=tell, watched_from=None, rolls_up=False)
    cpu_s = process_time() - cpu
    print(
        f"{ran.decisions:,} decisions and {ran.audits:,} audits by {ran.people:,} people (with leavers) in {ran.days} days: "
        f"{cpu_s:.0f} s of CPU, {ran.decisions / cpu_s:,.0f} decisions a second of it, load {os.getloadavg()[0]:.1f}"
    )
    if sums:
        began, cpu = perf_counter(), process_time()
        roll_up(now=datetime.combine(plan.date_of(days), time(1), UTC))
        _say("Sums", folder, wall_s=perf_counter() - began, cpu_s=process_time() - cpu)
        rows = list(added(folder))
        other = [row for row in rows if not row.is_equal]
        print(f"{len(rows)} sums, {len(rows) - len(other)} of them the generator's own", *other, sep="\n")


def _say(said: str, folder: Path, *, wall_s: float, cpu_s: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parts = {"log": folder / "log", "truth": folder / "truth", "database": folder / "evenkeel.sqlite3"}
    sizes = ", ".join(f"{name} {_bytes(path) / 1e6:,.0f} MB" for name, path in parts.items())
    print(f"{said}: {wall_s:.0f} s, {cpu_s:.0f} s of CPU, peak {peak:.0f} MB, {sizes}", flush=True)


def _bytes(path: Path) -> int:
    return (
        path.stat().st_size
        if path.is_file()
        else sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
    )


if __name__ == "__main__":
    main()
