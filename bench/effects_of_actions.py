"""How often the check of an action says "it worked" where it did, and where nothing was done.

    scripts/bench effects_of_actions              20 effective and 20 idle actions of each comparison
    scripts/bench effects_of_actions -- 100       so many

Through the acts that people and time run: open, freeze the plan (a plan that cannot see its target is refused and counted),
approve, begin, check after the window. Figures by week stand in the roll-ups as an install has them. The true effect is what
the plan expects, four points of an error rate of ten percent (coaching: five), or none. Weeks' rates vary by 5 % of
themselves beyond chance; units share a common course that moves by 5 % a week where others are compared with. Coached are
the quarter of 40 people who did worst in the baseline. SQLite in a folder that is thrown away afterwards; seeded.
"""

from __future__ import annotations

import os
import sys
import tempfile
from time import process_time
from typing import Any

import numpy as np

SEED = 20260309
RATE, BETTER, COACHED_BETTER = 0.10, 0.04, 0.05


def main(runs: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"EVENKEEL_DATA_DIR": folder, "EVENKEEL_LOG_LEVEL": "ERROR"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _table(runs)


def _table(runs: int) -> None:
    from django.db import transaction

    from evenkeel.improve.tests.plant import Plant
    from evenkeel.kernel import proportion

    began = process_time()
    print(
        f"{'comparison':<16}{'truth':<12}{'runs':>5}{'effective':>11}{'not':>6}{'cannot tell':>13}{'refused':>9}   95 %"
    )
    with transaction.atomic():
        plant = Plant.make()
        for comparison in ("matched", "before_after", "coaching"):
            for is_real in (True, False):
                rng = np.random.default_rng(SEED)
                found = [_verdict(plant, comparison, is_real, rng) for _run in range(runs)]
                judged = runs - found.count("refused")
                said = proportion(found.count("effective"), max(judged, 1))
                truth = "effective" if is_real else "idle"
                counts = [found.count(name) for name in ("effective", "not_effective", "cannot_tell", "refused")]
                row = f"{comparison:<16}{truth:<12}{runs:>5}{counts[0]:>11}{counts[1]:>6}{counts[2]:>13}{counts[3]:>9}"
                print(f"{row}   {said.value:.1%} ({said.low:.1%} to {said.high:.1%})", flush=True)
        transaction.set_rollback(True)
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{process_time() - began:.0f} s of CPU, load average {load}")


def _verdict(plant: Any, comparison: str, is_real: bool, rng: np.random.Generator) -> str:
    from django.db import transaction

    from evenkeel.ground.errors import Invalid
    from evenkeel.improve import approve_plan, begin_action, check_effect, freeze_plan
    from evenkeel.improve.tests.plant import AFTER, matched
    from evenkeel.improve.tests.story import NOW

    with transaction.atomic():
        said = _planted(plant, comparison, is_real, rng)
        action = plant.opened(**said.pop("place"))
        try:
            plan = freeze_plan(plant.lead, action=action, asked=matched(plant, **said), now=NOW)
        except Invalid:
            transaction.set_rollback(True)
            return "refused"
        approve_plan(plant.manager, action=action, sha256=plan.sha256, now=NOW)
        begin_action(plant.lead, action=action, now=NOW)
        verdict = check_effect(plant.lead, action=action, now=AFTER).verdict
        transaction.set_rollback(True)
    return str(verdict)


def _planted(plant: Any, comparison: str, is_real: bool, rng: np.random.Generator) -> dict[str, Any]:
    """Writes the figures; returns what the plan asks for."""
    from evenkeel.improve.tests.plant import BASELINE, WEEKS

    seed = int(rng.integers(2**31))
    if comparison == "coaching":
        skill = rng.beta(6, 54, 40)
        lucky = rng.binomial(240, skill)
        worst = set(np.argsort(-lucky)[:10].tolist())
        better = COACHED_BETTER if is_real else 0.0
        # What was seen in the baseline is what they were picked by; afterwards their skill counts, less what coaching did.
        wrong = {n: (skill[n], max(skill[n] - better * (n in worst), 0.001)) for n in range(40)}
        people = plant.people(wrong, seed=seed, counts={n: int(lucky[n]) for n in range(40)})
        return {
            "place": {"team": plant.teams[0]}, "comparison": comparison, "coached": [people[n] for n in worst],
            "expected": COACHED_BETTER,
        }  # fmt: skip
    course = np.exp(np.cumsum(rng.normal(0, 0.05, WEEKS))) if comparison == "matched" else np.ones(WEEKS)
    teams = plant.teams if comparison == "matched" else plant.teams[:1]
    for number, team in enumerate(teams):
        level = RATE * np.exp(rng.normal(0, 0.15)) if comparison == "matched" else RATE
        noise = np.exp(rng.normal(0, 0.05, WEEKS))
        is_changed = number < 4
        rates = np.clip(
            level * course * noise - (BETTER * is_real * is_changed) * (np.arange(WEEKS) >= BASELINE), 0.001, 0.9
        )
        plant.weeks(team, lambda week, rates=rates: float(rates[week]), seed=seed + number)
    place = {} if comparison == "matched" else {"team": plant.teams[0]}
    return {"place": place, "comparison": comparison, "expected": BETTER}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
