"""Does the loop close? Scenarios run through the product over several seeds, and what it concluded against what was planted.

    scripts/bench twin                                   the small scenario over 20 seeds
    scripts/bench twin -- forty 3 0.02                   forty planted changes in a thousand people, so many seeds, with a
                                                         share of the decisions and as many audits
    scripts/bench twin -- small 5 0.15 events=none days=182     with other numbers, as `evenkeel twin whatif` takes them
    scripts/bench twin -- speed                          the large scenario's data alone: decisions a second and peak memory

Each seed is another organisation with the same events: one process that runs it (`evenkeel twin run`) in a folder that is
thrown away, and one that scores it. Its rows are written to bench/results/twin before the next seed begins, so what was
broken off goes on where it was; delete the file to run a seed again. The table is over all seeds that are there; shares have
Wilson's interval over all cases, means Student's over seeds.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

EVENKEEL = (sys.executable, "-m", "evenkeel.edges.cli")
RESULTS = Path(__file__).resolve().parent / "results" / "twin"


def main(words: list[str]) -> None:
    """Run what is missing and print the table."""
    print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
    if words[:1] == ["speed"]:
        speed(words[1] if len(words) > 1 else "0.1")
        return
    changes = [word for word in words if "=" in word]
    scenario, seeds, work = [*(word for word in words if "=" not in word), "", "", ""][:3]
    scenario, count = scenario or "small", int(seeds or 20)
    name = "-".join([Path(scenario).stem, *([work] if work else []), *(word.replace("/", "_") for word in changes)])
    found = []
    for seed in range(1, count + 1):
        kept = RESULTS / name / f"seed-{seed}.json"
        if not kept.exists():
            _lived(scenario, seed, work, changes, kept)
        found.append(json.loads(kept.read_text()))
    _tell(found)


def _lived(scenario: str, seed: int, work: str, changes: list[str], kept: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = str(Path(place) / "run")
        more = [*(["--work", work] if work else []), *(word for change in changes for word in ("--change", change))]
        began, before = perf_counter(), _cpu_s()
        _run("twin", "run", scenario, "--out", folder, "--seed", str(seed), *more)
        cpu_s = _cpu_s() - before
        said = _run("twin", "score", folder, "--json")
    print(
        f"seed {seed}: {perf_counter() - began:.0f} s, {cpu_s:.0f} s of CPU, load {os.getloadavg()[0]:.1f}", flush=True
    )
    kept.parent.mkdir(parents=True, exist_ok=True)
    unready = kept.with_suffix(".part")
    unready.write_text(said)
    unready.replace(kept)


def _tell(found: list[list[dict[str, object]]]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from evenkeel.twin import Line, together, told

    runs = [[Line(**{name: value for name, value in row.items() if name != "said"}) for row in rows] for rows in found]  # type: ignore[arg-type]
    for line in together(runs):
        print(f"{line.score:<10} {line.name:<46} {line.n:>6}  {told(line):<34} {line.goal}")


def speed(work: str) -> None:
    """How fast the data is made when nobody looks at it, roll-ups included."""
    with tempfile.TemporaryDirectory() as place:
        began = perf_counter()
        print(_run("twin", "run", "large", "--out", str(Path(place) / "run"), "--work", work, "--no-watch"), end="")
        took = perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{took:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of CPU, peak {used.ru_maxrss / 1024:.0f} MB")


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(*words: str) -> str:
    return subprocess.run(
        [*EVENKEEL, *words], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ).stdout


if __name__ == "__main__":
    main(sys.argv[1:])
