"""Is the planted cause named first, among three; and is no cause named in a flood that is nobody's fault?

    scripts/bench causes_in_twin                    the small scenario over 10 seeds
    scripts/bench causes_in_twin -- small 4         so many seeds
    scripts/bench causes_in_twin -- in FOLDER ...   runs of the twin that are there

Nobody waits for a signal: of every planted event an investigation is opened by hand over the whole programme, the 28 days
before it against its own days (a week of them at most), and of every run one over two weeks in which nothing was planted. A
named part counts as the planted one when the two hold at least eight in ten of the same decisions. What is opened is rolled
back. Intervals are Wilson's over all cases of all seeds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

EVENKEEL = (sys.executable, "-m", "evenkeel.edges.cli")


def main(words: list[str]) -> None:
    """Print the table."""
    if words[:1] == ["one"]:
        for case in _cases(Path(words[1])):
            print(json.dumps(case), flush=True)
        return
    print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
    if words[:1] == ["in"]:
        _tell([Path(word) for word in words[1:]])
        return
    scenario, seeds = (words[0] if words else "small"), int(words[1]) if len(words) > 1 else 10
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place) / f"seed-{seed}" for seed in range(1, seeds + 1)]
        began = perf_counter()
        for seed, folder in enumerate(folders, start=1):
            made = (*EVENKEEL, "twin", "run", scenario, "--out", str(folder), "--seed", str(seed), "--no-watch")
            subprocess.run(made, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print(f"{scenario}, {seeds} seeds, {(perf_counter() - began) / seeds:.0f} s a run", flush=True)
        _tell(folders)


def _tell(folders: list[Path]) -> None:
    from evenkeel.kernel import proportion

    found: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    seconds: list[float] = []
    for folder in folders:
        environment = {**os.environ, "EVENKEEL_DATA_DIR": str(folder)}
        said = subprocess.run(
            (sys.executable, __file__, "one", str(folder)), check=True, capture_output=True, text=True, env=environment
        )
        for line in said.stdout.splitlines():
            case = json.loads(line)
            seconds.append(case["cpu_s"])
            for name in ("first", "three", "shown", "quiet"):
                if case[name] is not None:
                    found[case["kind"], name].append(case[name])
    names = {
        "first": "planted cause first", "three": "planted cause in the first three", "shown": "named or shown among three",
        "quiet": "no cause named",
    }  # fmt: skip
    for (kind, name), hits in sorted(found.items()):
        share = proportion(sum(hits), len(hits))
        print(f"{kind:16} {names[name]:34} {sum(hits):3} of {len(hits):3}  {share.low:.2f} to {share.high:.2f}")
    if seconds:
        print(f"{max(seconds):.2f} s of CPU to open one, at most")


def _cases(folder: Path) -> Iterator[dict[str, object]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from evenkeel.twin.kinds.scores.asked import cases
    from evenkeel.twin.scoring import Run

    found = cases(Run(folder / "truth"))
    while True:
        began = process_time()
        case = next(found, None)
        if case is None:
            return
        yield {
            "kind": case.kind, "verdict": case.verdict, "first": case.first, "three": case.three, "shown": case.shown,
            "quiet": case.is_quiet, "cpu_s": process_time() - began,
        }  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
