"""Of what an alarm chose, is a cause named where there is none, and still where there is one?

    scripts/bench after_alarms                      120 alarms without a fault, 40 of each kind of fault

A place of ten people, four queues and six answers, 60 audits a day of which 7 to 8 % are wrong: four weeks before, a day that
crossed the limits of one alarm in 400 points, and the days until somebody asks. Each is asked twice, as if it had been
chosen by hand and with what the alarm's limits allow (`alarm_chance` of `kernel.explain_rate`).

Then the windows: of alarms by chance on a chart of points and their moving average, how often the mean of the days since the
change lies beyond 1.96, and beyond what `least_after_choice` asks with a probability of .05 / 3; the change dated on the day
of the alarm, and anew five days later with the window from the latest day on.
"""

from __future__ import annotations

import os
from collections import Counter
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from evenkeel.kernel import Explanation, date_change, explain_rate, least_after_choice, proportion

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
    _windows()
    print(f"{process_time() - began:.0f} s of CPU")


def _windows() -> None:
    rng = np.random.default_rng(1)
    for limit_chance, charts in ((1 / 200, 6_000), (1 / 1000, 12_000)):
        z = -rng.standard_normal((charts, 120))
        found: dict[str, list[tuple[float, float]]] = {"dated by the alarm": [], "dated anew": []}
        for scores, first in zip(z, _first_alarms(z, limit_chance), strict=True):
            if first < 0:
                continue
            end, since = first + 6, max(14, first + 6 - 60)
            once = date_change(scores[since : first + 1])
            anew = date_change(scores[since:end])
            starts = min(since + int(once.at), first), min(since + int(anew.high), end - 3)
            for name, start in zip(found, starts, strict=True):
                window = scores[start:end]
                share = min(max((first + 1 - start) / len(window), 0.0), 1.0)
                found[name].append((float(window.mean() * len(window) ** 0.5), round(share, 2)))
        for name, cases in found.items():
            least = {share: least_after_choice(0.05 / 3, limit_chance=limit_chance, share=share) for _, share in cases}
            beyond = [sum(score > 1.96 for score, _ in cases), sum(score > least[share] for score, share in cases)]
            said = " and ".join(f"{count / len(cases):.3f}" for count in beyond)
            print(f"limits of 1 in {1 / limit_chance:.0f}, {name}: {said} of {len(cases)}")


def _first_alarms(z: npt.NDArray[np.float64], limit_chance: float) -> list[int]:
    """The point of each chart's first alarm after forty quiet points, six before its end; -1 without."""
    limit, weight = norm.isf(0.6 * limit_chance), 0.2
    average, hits = np.zeros(len(z)), np.zeros(z.shape, dtype=bool)
    for point in range(z.shape[1]):
        average = (1 - weight) * average + weight * z[:, point]
        is_far = average > limit * (weight / (2 - weight)) ** 0.5
        hits[:, point] = (z[:, point] > limit) | (is_far & (point > 20))
    at = hits[:, 40:-6].argmax(axis=1) + 40
    return [int(place) if hit[40:-6].any() and not hit[:40].any() else -1 for place, hit in zip(at, hits, strict=True)]


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
