"""Does a fit give back the numbers that made the data?

    scripts/bench twin_fit               12 organisations of the small scenario, four weeks each, audits of a fifth
    scripts/bench twin_fit -- 40         so many

Each seed is another organisation with the same numbers; the days' columns go to the fit as the log would show them, no
database between. A row says in how many of them the 95 % interval holds the planted number, and the mean of the estimates.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from dataclasses import replace
from time import process_time


def main(seeds: int) -> None:
    """Print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from evenkeel.kernel import proportion
    from evenkeel.twin.fit.living import seen_of
    from evenkeel.twin.fit.telling import scenario_of
    from evenkeel.twin.tests.test_fit import numbers, planted

    began = process_time()
    found: defaultdict[str, list[tuple[bool, float]]] = defaultdict(list)
    for seed in range(1, seeds + 1):
        plan = replace(planted(), seed=seed)
        said = numbers(scenario_of(seen_of(plan)))
        true = planted_numbers(plan)
        for name, value in true.items():
            if name in said:
                estimate, low, high = said[name]
                found[name].append((low <= value <= high, estimate))
    for name, some in found.items():
        mean = sum(estimate for _is_held, estimate in some) / len(some)
        print(f"{name:40} {true[name]:9.4g} {mean:9.4g} {sum(is_held for is_held, _ in some):4} of {len(some)}")
    every = [is_held for some in found.values() for is_held, _ in some]
    share = proportion(sum(every), len(every))
    print(f"all {sum(every)} of {len(every)}: {share.value:.3f} [{share.low:.3f}, {share.high:.3f}]")
    print(f"{process_time() - began:.0f} s of CPU, load average {os.getloadavg()[0]:.1f}")


def planted_numbers(plan: object) -> dict[str, float]:
    """Every number of the plan that a fit estimates, by its place."""
    from evenkeel.twin import Plan

    assert isinstance(plan, Plan)
    true = {f"habits.{name}": getattr(plan.habits, name) for name in ("hours", "learning", "learning_weeks")}
    of_site = ("accuracy", "accuracy_spread", "seconds", "seconds_spread", "absence", "weekend", "leavers_a_year")
    true |= {f"sites.{site.name}.{name}": getattr(site, name) for site in plan.sites for name in of_site}
    of_clause = ("share", "ambiguity", "time")
    return true | {f"clauses.{each.name}.{name}": getattr(each, name) for each in plan.clauses for name in of_clause}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
