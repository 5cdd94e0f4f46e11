"""What golden items can tell: gates' risks under peeking, leaks found, vendors with unlike mixes compared.

    scripts/bench golden                    all three
    scripts/bench golden -- gates 4000      so many people a row
    scripts/bench golden -- leaks 400       so many golden items a row
    scripts/bench golden -- mix 400         so many pairs of vendors

Everything goes through the product's own rules (`quality/rules/gates.py`, `leaks.py`, `skill.py`); the people are made up.
Gates: 300 golden items a person and year, looked at after each, a new run after each pass. "Threshold" is the usual rule,
below the middle of the two accuracies once 20 answers are in. "Fixed" is the smallest fixed test with the same risks.
Leaks: 60 people meet each item; what is known is answered right by 99 % and in 60 % of the usual time. Mix: the same
skill by class, 15 % and 70 % hard items.
"""

from __future__ import annotations

import os
import sys
import time

import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
GATES = ((0.95, 0.85), (0.95, 0.90), (0.90, 0.75))
A_YEAR = 300


def main(what: list[str]) -> None:
    """The parts that were asked for."""
    import django

    django.setup()
    parts = {"gates": (gates, 4_000), "leaks": (leaks, 400), "mix": (mix, 400)}
    asked = [what[0]] if what else list(parts)
    for name in asked:
        part, usual = parts[name]
        begun = time.process_time()
        part(int(what[1]) if len(what) > 1 else usual)
        print(f"{time.process_time() - begun:.1f} s of CPU, load average {os.getloadavg()[0]:.1f}\n")


def gates(people: int) -> None:
    """A line a gate: who is stopped within a year, and after how many golden items."""
    from evenkeel.quality.rules.gates import Limits, outlook

    print(f"{people:,} people a row, {A_YEAR} golden items each")
    print(f"{'good/bad':>10} {'true':>5} {'stopped':>8} {'threshold':>10} {'mean n':>7} {'fixed n':>8}")
    rng = np.random.default_rng(1)
    for good, bad in GATES:
        limits = Limits(good=good, bad=bad, risk_good=0.05, risk_bad=0.1, most=600)
        seen = outlook(limits)
        for true, mean in ((good, seen.mean_good), (bad, seen.mean_bad)):
            wrong = rng.random((people, A_YEAR)) > true
            stopped = sum(_is_stopped(row.tolist(), limits) for row in wrong)
            rate = np.cumsum(wrong, axis=1)[:, 19:] / np.arange(20, A_YEAR + 1)
            crossed = (rate > 1 - (good + bad) / 2).any(axis=1).mean()
            print(
                f"{good:>5.0%}/{bad:.0%} {true:>5.0%} {stopped / people:>8.1%} {crossed:>10.1%} {mean:>7.1f} {seen.fixed:>8}"
            )


def _is_stopped(wrong: list[bool], limits: object) -> bool:
    from evenkeel.quality.rules.gates import judge

    number = 1
    while wrong:
        run = judge(wrong, limits, number=number)  # type: ignore[arg-type]
        if run.is_passed is None:
            return False
        if not run.is_passed:
            return True
        number, wrong = number + 1, wrong[run.n :]
    return False


def leaks(golds: int) -> None:
    """A line a kind of leak: the share of items that are called burnt, alone at 5 % and among sound ones at 1 %."""
    from evenkeel.quality.rules.leaks import leak, leaked
    from evenkeel.quality.tests.test_golden_rules import meetings

    rng = np.random.default_rng(2)
    sound = {n: leak(meetings(rng), seed=n) for n in range(golds)}
    print(f"{golds} golden items a row, 60 people each; one in ten of a set leaked")
    print(f"{'leak':>26} {'p <= 5 %':>9} {'called':>8} {'wrongly':>8}")
    print(f"{'none':>26} {np.mean([each.p <= 0.05 for each in sound.values()]):>9.1%}")
    for name, said in (
        ("after the 15th", {"since": 15}), ("after the 30th", {"since": 30}), ("after the 50th", {"since": 50}),
        ("told within teams", {"told": True}),
    ):  # fmt: skip
        burnt = {golds + n: leak(meetings(rng, **said), seed=n) for n in range(golds // 10)}
        called = leaked({**sound, **burnt}, q=0.01)
        found, wrong = sum(key >= golds for key in called), sum(key < golds for key in called)
        alone = np.mean([each.p <= 0.05 for each in burnt.values()])
        print(f"{name:>26} {alone:>9.1%} {found / len(burnt):>8.1%} {wrong / max(1, len(called)):>8.1%}")


def mix(pairs: int) -> None:
    """How far two vendors of equal skill lie apart, before and after adjusting, and whether the intervals tell them apart."""
    from evenkeel.quality.rules.skill import Answered, adjusted_skill, skill

    rng, raw, fair, apart = np.random.default_rng(3), [], [], 0
    for _pair in range(pairs):
        rows = [
            Answered(
                group=vendor, label="Bad" if hard else "Good", difficulty=3 if hard else 1,
                is_right=bool(rng.random() < (0.75 if hard else 0.98)),
            )
            for vendor, share in (("north", 0.15), ("south", 0.7))
            for hard in rng.random(1_000) < share
        ]  # fmt: skip
        north, south = (skill([each for each in rows if each.group == name]) for name in ("north", "south"))
        raw.append(float(north.value or 0) - float(south.value or 0))
        found = adjusted_skill(rows)
        one, two = found["north"], found["south"]
        assert one is not None
        assert two is not None
        fair.append(float(one.value or 0) - float(two.value or 0))
        apart += float(one.low or 0) > float(two.high or 1) or float(two.low or 0) > float(one.high or 1)
    print(f"{pairs} pairs of vendors, 1,000 golden items each: equal skill, 15 % and 70 % hard items")
    print(f"as answered {100 * np.mean(raw):+.1f} points apart; adjusted {100 * np.mean(fair):+.2f}")
    print(f"intervals that do not touch, once adjusted: {apart / pairs:.1%}")


if __name__ == "__main__":
    main(sys.argv[1:])
