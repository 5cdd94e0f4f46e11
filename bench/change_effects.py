"""How often a proof of effect is wrong: "it worked" where nothing did, and power against what plans promise.

    scripts/bench change_effects              5 seeds of 200 runs each (some minutes)
    scripts/bench change_effects -- 40        5 seeds of so many

Seeded, so that a second run prints the same shares. Intervals are Wilson's over all runs; the range is that of the seeds. The
simulations stand in the kernel's tests, which run a short form of them. The last table is CPU time of one proof each,
imports not timed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from statistics import median
from time import process_time

import numpy as np

from evenkeel.kernel import proportion
from evenkeel.kernel.tests import effect_cases as cases

SEEDS = (11, 12, 13, 14, 15)


def main(runs: int) -> None:
    """Print the tables."""
    began = process_time()
    print(f"'It worked' without any effect, {len(SEEDS)} seeds of {runs} runs")
    for name, case in cases.NULLS.items():
        _line(name, [cases.share_effective(case, runs, seed) for seed in SEEDS], runs)
    print(
        f"\n60 daily looks at 200 audits an arm, 5 % wrong in both, {len(SEEDS)} seeds of {runs * 10} runs: 'they differ'"
    )
    looked = [cases.peeking(runs * 10, seed) for seed in SEEDS]
    for name, key in (("one look at the end", "one look"), ("ordinary interval, daily", "daily"),
                      ("ordinary interval, weekly", "weekly"), ("normal mixture, daily", "mixture")):  # fmt: skip
        _line(name, [each[key] for each in looked], runs * 10)
    real = [cases.peeking(runs * 2, seed, rates=(0.05, 0.035)) for seed in SEEDS]
    _line("mixture, 5 % became 3.5 %", [each["mixture"] for each in real], runs * 2)
    print(f"  found at the look (median): {median(each['median look'] for each in real):g}")
    print(f"\nPower of plans for their own number of weeks, {len(SEEDS)} seeds of {runs} runs")
    for design in ("ab", "its", "freeze", "did"):
        found = [cases.planned_power(design, runs, seed) for seed in SEEDS]
        _line(f"{design}, {found[0][2]} weeks, promised {found[0][0]:.3f}", [each[1] for each in found], runs)
    print("\nCPU seconds of one proof (median of 9)")
    for name in ("its, errors independent", "freeze, errors independent", "did, 4 of 8 units", "did, 3 waves of 3, 3 never",
                 "counterfactual, drift .1, 2 controls", "coaching, rates last"):  # fmt: skip
        print(f"  {name:38} {_seconds(cases.NULLS[name]):.4f}")
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"\n{process_time() - began:.0f} s of CPU, load average {load}")


def _line(name: str, shares: list[float], runs: int) -> None:
    n = runs * len(shares)
    found = proportion(round(float(np.mean(shares)) * n), n)
    print(
        f"  {name:38} {found.value:.3f} ({found.low:.3f} to {found.high:.3f})  seeds {min(shares):.3f} to {max(shares):.3f}",
        flush=True,
    )


def _seconds(case: Callable[[np.random.Generator], object]) -> float:
    rng = np.random.default_rng(1)
    taken = []
    for _ in range(9):
        began = process_time()
        case(rng)
        taken.append(process_time() - began)
    return median(taken)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
