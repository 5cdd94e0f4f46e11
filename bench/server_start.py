"""How long from the command to the first answered page: `evenkeel serve` on an empty folder, and again on the same one.

    scripts/bench server_start                 on SQLite
    scripts/bench server_start -- demo         also `evenkeel demo`: the first start makes four weeks of data
    scripts/bench server_start -- 20           so many second starts instead of five

The clock runs from the start of the command until the log-in page has come whole: interpreter, settings, migrations,
static files, server, first request. The first start makes all tables and gathers the static files; the later ones find them.
"CPU" is what all processes together used until they ended: where others use the machine too, it tells more than the clock.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from evenkeel.edges.tests.servers import Install


def main(arguments: list[str]) -> None:
    """Print the table."""
    again = next((int(word) for word in arguments if word.isdigit()), 5)
    print(f"{'command':<16} {'start':<22} {'runs':>4} {'median s':>9} {'worst s':>8} {'CPU s':>7}")
    for command in ("serve", *(["demo"] if "demo" in arguments else [])):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            _row(command, "first, empty folder", [_start(command, data)])
            _row(command, "again, same folder", [_start(command, data) for _ in range(again)])


def _start(command: str, data: Path) -> tuple[float, float]:
    before, started = _cpu_s(), perf_counter()
    with Install(data).serving(command=command, page="/accounts/login/") as server:
        answered = perf_counter() - started
        server.terminate()
        server.wait(timeout=120)
    return answered, _cpu_s() - before


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _row(command: str, start: str, runs: list[tuple[float, float]]) -> None:
    seconds, cpu = [run[0] for run in runs], median(run[1] for run in runs)
    print(
        f"{'evenkeel ' + command:<16} {start:<22} {len(runs):>4} {median(seconds):>9.2f} {max(seconds):>8.2f} {cpu:>7.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
