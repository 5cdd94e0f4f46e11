"""Of what an alarm chose, is a cause named where there is none, and still where there is one?

    scripts/bench after_alarms                      120 alarms without a fault, 40 of each kind of fault

A place of ten people, four queues and six answers, 60 audits a day of which 7 to 8 % are wrong: four weeks before, a day that
crossed the limits of one alarm in 400 points, and the days until somebody asks. Each is asked twice, as if it had been
chosen by hand and with what the alarm's limits allow (`alarm_chance` of `kernel.explain_rate`).
"""

from __future__ import annotations

import os
from collections import Counter
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import Explanation, explain_rate, proportion

PEOPLE, QUEUES, ANSWERS = 10, (0.5, 0.3, 0.15, 0.05), (0.6, 0.15, 0.1, 0.06, 0.05, 0.04)
ERRORS = 0.07 * np.array([0.6, 0.8, 1.5, 1.0, 2.0, 2.2])
DAILY, BEFORE, ALARM = 60, 28, 1 / 400
LIMIT_Z = 2.807  # one side of a normal, 1 in 400
CLAUSE = 2

Rows = npt.NDArray[np.int64]


def main() -> None:
    """Print the table."""
    print(f"load average {os.getloadavg()[0]:.1f}")
    began = process_time()
    for kind, runs in (("none", 120), ("clause", 40), ("everything", 40)):
        for days in (1, 6):
            rng = np.random.default_rng(3)
            said: dict[str, Counter[str]] = {"by hand": Counter(), "after an alarm": Counter()}
            for _ in range(runs):
                asked = _cells(*_world(rng, kind, days))
                for name, chance in zip(said, (None, ALARM), strict=True):
                    said[name][
                        _told(
                            explain_rate(
                                **asked, hierarchies=(), most_causes=3, alarm_chance=chance, alarm_share=1 / days
                            )
                        )
                    ] += 1
            for name, counted in said.items():
                told = ", ".join(f"{what} {n}" for what, n in counted.most_common())
                share = proportion(counted["nothing"], runs)
                quiet = f"nothing in {share.value:.2f} ({share.low:.2f} to {share.high:.2f})"
                print(f"{kind:10} {days} days  {name:14} {quiet}: {told}")
    print(f"{process_time() - began:.0f} s of CPU")


def _world(rng: np.random.Generator, kind: str, days: int) -> tuple[Rows, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    before, rest = (_audits(rng, DAILY * number) for number in (BEFORE, days - 1))
    mean = float(np.dot(ANSWERS, ERRORS))
    while True:
        first = _audits(rng, DAILY)
        wrong = _wrong(rng, first, kind)
        if wrong.sum() - DAILY * mean > LIMIT_Z * np.sqrt(DAILY * mean * (1 - mean)):
            break
    rows = np.concatenate([before, first, rest], axis=1)
    errors = np.concatenate([_wrong(rng, before, "none"), wrong, _wrong(rng, rest, kind)])
    return rows, errors, np.arange(rows.shape[1]) >= DAILY * BEFORE


def _audits(rng: np.random.Generator, n: int) -> Rows:
    columns = rng.integers(0, PEOPLE, n), rng.choice(len(QUEUES), n, p=QUEUES), rng.choice(len(ANSWERS), n, p=ANSWERS)
    return np.stack([np.asarray(column, dtype=np.int64) for column in columns])


def _wrong(rng: np.random.Generator, rows: Rows, kind: str) -> npt.NDArray[np.bool_]:
    chance = ERRORS[rows[2]]
    if kind == "clause":
        chance = np.where(rows[2] == CLAUSE, 0.5, chance)
    if kind == "everything":
        chance = chance * 2.2
    found: npt.NDArray[np.bool_] = rng.random(rows.shape[1]) < chance
    return found


def _cells(rows: Rows, errors: npt.NDArray[np.bool_], is_current: npt.NDArray[np.bool_]) -> dict[str, Any]:
    cells, place = np.unique(np.vstack([rows, is_current]), axis=1, return_inverse=True)
    names = ("person", "queue", "answer")
    return {
        "dimensions": dict(zip(names, cells, strict=False)), "events": np.bincount(place.ravel(), errors),
        "is_current": cells[3].astype(bool), "n": np.bincount(place.ravel()),
    }  # fmt: skip


def _told(found: Explanation) -> str:
    if found.causes and found.causes[0].where == (("answer", CLAUSE),):
        return "the answer"
    return "another part" if found.causes else "everything" if found.everywhere else "nothing"


if __name__ == "__main__":
    main()
