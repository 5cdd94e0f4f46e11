"""How often the kernel's 95 % intervals hold the truth: exactly for shares of n audits, by simulation for the rest.

    scripts/bench intervals              2,000 runs a figure (some minutes)
    scripts/bench intervals -- 400       so many

Seeded, so that a second run prints the same. The simulations stand in the kernel's tests, which run a short form of them.
"""

from __future__ import annotations

import os
import sys
from time import process_time

import numpy as np

from evenkeel.kernel.tests import coverage_cases as cases

METHODS = ("wilson", "blaker", "clopper_pearson", "jeffreys", "agresti_coull")


def main(runs: int) -> None:
    """Print the tables."""
    began = process_time()
    print("Shares of n audits, p from .90 to .99, exact: least and mean coverage")
    grid = np.linspace(0.90, 0.99, 1801)
    print(f"{'':18}" + "".join(f"{f'n {n}':>16}" for n in cases.SIZES) + f"{'mean':>8}")
    for method in METHODS:
        found = [cases.exact_coverage(method, n, grid) for n in cases.SIZES]
        cells = "".join(f"{f'{each.min():.3f} {each.mean():.3f}':>16}" for each in found)
        print(f"{method:18}{cells}{np.mean(found):>8.3f}")
    print(
        "\nThe same at every n from 20 to 200 in tens, p in steps of .0005: share of the cases below .93 and above .99"
    )
    rates = np.linspace(0.90, 0.99, 181)
    for method in METHODS:
        every = np.concatenate([cases.exact_coverage(method, n, rates) for n in range(20, 201, 10)])
        outside = f"below {np.mean(every < 0.93):.3f} above {np.mean(every > 0.99):.3f}"
        print(f"{method:18}least {every.min():.3f} most {every.max():.3f} mean {every.mean():.3f} {outside}")
    print(f"\nWeighted designs, n by p ({', '.join(map(str, cases.RATES))}), {runs} runs each: coverage")
    for kind in ("two strata", "log-normal", "score"):
        for how in ("weighted_rate", "wilson", "beta", "logit"):
            table = [
                [cases.covered(cases.of_design(kind, how, n, rate), runs, seed=n) for rate in cases.RATES]
                for n in cases.SIZES
            ]
            rows = " | ".join(" ".join(f"{held:.3f}" for held, _ in row) for row in table)
            held = np.array([[pair[0] for pair in row] for row in table])
            told = np.mean([[pair[1] for pair in row] for row in table])
            print(f"{kind:11} {how:14} {rows}   least {held.min():.3f} mean {held.mean():.3f} given {told:.2f}")
    print(f"\nValues and corrected shares, n {', '.join(map(str, cases.SIZES))}, {runs} runs each: coverage")
    for how in ("mean", "weighted mean", "median", "quantile .9", "ratio", "bootstrap of the mean"):
        _line(how, [cases.covered(cases.of_values(how, n), runs, seed=n) for n in cases.SIZES])
    for how in ("rogan_gladen, errors known", "rogan_gladen, errors measured", "post-strata", "direct standardisation",
                "indirect standardisation", "empirical Bayes", "ppi++", "difference"):  # fmt: skip
        few = max(runs // 10, 1) if how == "empirical Bayes" else runs
        _line(how, [cases.covered(cases.of_shares(how, n), few, seed=n) for n in cases.SIZES])
    print(
        "\nRecall by four strata of a score, labels a stratum 300, 1000, 2500, 5000: coverage, and how often it was given"
    )
    for n in (300, 1000, 2500, 5000):
        share, given = cases.covered(cases.of_recall(n), runs, seed=n)
        print(f"{n:6} {share if given else float('nan'):.3f} given {given:.3f}")
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"\n{process_time() - began:.0f} s of CPU, load average {load}")


def _line(how: str, found: list[tuple[float, float]]) -> None:
    cells = " ".join(f"{held:.3f}" if told else "   - " for held, told in found)
    print(f"{how:32} {cells}   given {np.mean([told for _, told in found]):.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
