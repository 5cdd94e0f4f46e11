"""Does the loop close? Scenarios run through the product over several seeds, and what it concluded against what was planted.

    scripts/bench twin                         the small scenario over 20 seeds
    scripts/bench twin -- large 3 0.1          another one, so many seeds, with a share of its decisions
    scripts/bench twin -- speed                the large scenario's data alone: decisions a second and peak memory

Each seed is another organisation with the same events, in a folder of its own that is thrown away; its run is
`evenkeel twin run`, the table `evenkeel twin score` over all of them. Intervals are Wilson's over all cases of all seeds.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

EVENKEEL = (sys.executable, "-m", "evenkeel.edges.cli")


def main(words: list[str]) -> None:
    """Print the table."""
    print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
    if words[:1] == ["speed"]:
        speed(words[1] if len(words) > 1 else "0.1")
        return
    scenario = words[0] if words else "small"
    seeds = int(words[1]) if len(words) > 1 else 20
    work = ["--work", words[2]] if len(words) > 2 else []
    with tempfile.TemporaryDirectory() as place:
        folders = [str(Path(place) / f"seed-{seed}") for seed in range(1, seeds + 1)]
        began = perf_counter()
        for seed, folder in enumerate(folders, start=1):
            _run("twin", "run", scenario, "--out", folder, "--seed", str(seed), *work)
        took = (perf_counter() - began) / seeds
        print(f"{scenario}, {seeds} seeds, {took:.0f} s a run", flush=True)
        _run("twin", "score", *folders, shows=True)


def speed(work: str) -> None:
    """How fast the data is made when nobody looks at it, roll-ups included."""
    with tempfile.TemporaryDirectory() as place:
        began = perf_counter()
        _run("twin", "run", "large", "--out", str(Path(place) / "run"), "--work", work, "--no-watch", shows=True)
        took = perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{took:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of CPU, peak {used.ru_maxrss / 1024:.0f} MB")


def _run(*words: str, shows: bool = False) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run([*EVENKEEL, *words], check=True, stdout=None if shows else quiet, stderr=quiet)


if __name__ == "__main__":
    main(sys.argv[1:])
