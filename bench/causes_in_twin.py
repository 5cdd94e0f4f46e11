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
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import perf_counter, process_time

EVENKEEL = (sys.executable, "-m", "evenkeel.edges.cli")
_LONGEST, _BEFORE = 7, 28


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
            for name in ("first", "three", "quiet"):
                if case[name] is not None:
                    found[case["kind"], name].append(case[name])
    names = {"first": "planted cause first", "three": "planted cause in the first three", "quiet": "no cause named"}
    for (kind, name), hits in sorted(found.items()):
        share = proportion(sum(hits), len(hits))
        print(f"{kind:16} {names[name]:34} {sum(hits):3} of {len(hits):3}  {share.low:.2f} to {share.high:.2f}")
    if seconds:
        print(f"{max(seconds):.2f} s of CPU to open one, at most")


def _cases(folder: Path) -> Iterator[dict[str, object]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from django.db import transaction

    from evenkeel.ground.access import Actor
    from evenkeel.improve import Windows, open_investigation
    from evenkeel.people import Person
    from evenkeel.twin.kinds.scores.causes import _cell
    from evenkeel.twin.scoring import Planted, Run
    from evenkeel.work import Programme

    run = Run(folder / "truth")
    programme = Programme.objects.get(pk=run.programme)
    owner = programme.owner or Person.objects.filter(is_active=True).first()
    asked: list[tuple[str, Planted | None, int, int]] = []
    for event in run.events:
        until = min(event.until_day or run.days, event.from_day + _LONGEST, run.days)
        asked.append((event.kind, event, event.from_day, until))
    quiet = next((day for day in range(14, run.days - 7) if not any(
        event.from_day < day + 7 and day - 14 < (event.until_day or run.days) for event in run.events)), None)  # fmt: skip
    asked += [("nothing", None, quiet, quiet + 7)] if quiet is not None else []
    for kind, planted_here, since, until in asked:
        first_day = max(since - (_BEFORE if planted_here else 14), 0)
        windows = Windows(baseline_since=run.date_of(first_day), since=run.date_of(since), until=run.date_of(until))
        began = process_time()
        with transaction.atomic():
            made = open_investigation(
                Actor.system("bench"), title=kind, programme=programme, windows=windows, owner=owner,
                now=datetime.combine(run.date_of(until) + timedelta(days=1), time.min, UTC),
            )  # fmt: skip
            cpu_s = process_time() - began
            causes = [driver for driver in made.drivers.all() if driver.is_cause]
            transaction.set_rollback(True)
        blames = planted_here.blames if planted_here is not None and planted_here.is_fault else None
        reach, n = run.between(since, until), run.columns["n"]
        alike = []
        for driver in causes if blames is not None else ():
            named, planted = reach & _cell(run, driver.cell), reach & run.mask(blames or {})
            alike.append(n[named & planted].sum() >= 0.8 * n[named | planted].sum())
        yield {
            "kind": kind,
            "verdict": made.scan["verdict"],
            "first": bool(alike[:1] and alike[0]) if blames is not None else None,
            "three": any(alike[:3]) if blames is not None else None,
            "quiet": None if blames is not None else not any(driver.cell for driver in causes),
            "cpu_s": cpu_s,
        }


if __name__ == "__main__":
    main(sys.argv[1:])
