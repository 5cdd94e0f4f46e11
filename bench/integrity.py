"""What the detectors of odd work open by luck, and what they find.

    scripts/bench integrity                     both, some minutes
    scripts/bench integrity -- 2000 20          so many people a run, so many runs

Ordinary people (`quality/tests/integrity_worlds.py`) through the product's own rules at the product's own limit: looks a run
for each 1,000 people, by luck. Then the same with 5 % of them planted: how many of those are found, and how many looks at
ordinary people come beside them. A run is a week judged with the three before it.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict

import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")


def main(people: int = 1_000, runs: int = 20) -> None:
    """The table."""
    import django

    django.setup()
    from evenkeel.quality.rules.integrity import detectors, limit_of, suspicions
    from evenkeel.quality.tests.integrity_worlds import WORLDS, names

    limit = limit_of(len(detectors))
    began = time.process_time()
    false, small, found, beside = (defaultdict[str, float](float) for _ in range(4))
    for run in range(runs):
        for at, kind in enumerate(detectors):
            rng = np.random.default_rng([run, at])
            nobody = np.zeros(people, dtype=bool)
            judged = kind.judge(WORLDS[kind.slug](people, rng, nobody))
            false[kind.slug] += len(suspicions({kind.slug: judged}, limit=limit))
            # How close ordinary people come: the share of chances below 1 %, where 1 % at most may be.
            small[kind.slug] += float((judged.chances < 0.01).sum())
            some = rng.random(people) < 0.05
            bad = set(names(people)[some])
            looks = suspicions({kind.slug: kind.judge(WORLDS[kind.slug](people, rng, some))}, limit=limit)
            found[kind.slug] += sum(each.worker in bad for each in looks) / max(len(bad), 1)
            beside[kind.slug] += sum(each.worker not in bad for each in looks)
    per = people * runs / 1_000
    print(
        f"{runs} runs of {people} people, limit {limit:.2e}, {time.process_time() - began:.0f} s of CPU, "
        f"load {os.getloadavg()[0]:.1f}"
    )
    print(
        "| detector | false looks per 1,000 people and week | chances below 1 % | planted found | false looks beside them |"
    )
    print("|---|---:|---:|---:|---:|")
    for kind in detectors:
        slug = kind.slug
        print(
            f"| `{slug}` | {false[slug] / per:.2f} | {small[slug] / people / runs:.2%} | {found[slug] / runs:.1%} "
            f"| {beside[slug] / per:.2f} |"
        )
    print(f"| all | {sum(false.values()) / per:.2f} | | | {sum(beside.values()) / per:.2f} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
