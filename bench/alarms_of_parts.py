"""What planted the change, when a part of an organisation raises the alarm, and when somebody asks by hand?

    scripts/bench alarms_of_parts               twenty organisations (about 40 s of CPU)
    scripts/bench alarms_of_parts -- 40         so many

A made-up organisation of 400 people: eight sites of five teams, five markets, seven answers, 4.2 audits a person and day. Rates
differ by person, by site and answer, and by answer; four weeks before. By hand: the whole programme, the week of the fault.
After an alarm: a place (a team, a site, a market) whose first day crossed the limits of one in 400 points, and five days more;
its own cells alone (as before), and with the rest of the programme asked first (`improve.rules_beyond`). A named part counts as
the planted one when the two hold eight in ten of the same work; one that reaches beyond the place must do so everywhere.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt

SITES, TEAMS, PEOPLE, A_DAY, BEFORE = 8, 5, 10, 4.2, 28
ANSWERS, ERRORS = np.array([0.6, 0.14, 0.1, 0.06, 0.05, 0.03, 0.02]), np.array([0.03, 0.05, 0.09, 0.1, 0.12, 0.1, 0.08])
# Two markets a site, and how much of its work each is.
MARKETS = [((0, 0.7), (1, 0.3))] * 2 + [((0, 0.7), (2, 0.3))] * 2 + [((0, 0.7), (3, 0.3))] * 2
MARKETS += [((0, 0.85), (4, 0.15)), ((1, 0.85), (4, 0.15))]
NAMES, PLACES = (
    ("queue", "organisation", "site", "team", "worker", "expected_label"),
    ("organisation", "site", "team", "worker"),
)
CHANCE, LIMIT_Z, DAYS = 1 / 400, 2.807, 6
RUSH, RING = ("rush", {"site": 3}, 1.7), ("ring", {"team": 12}, 0.15)
LANGUAGE, CLAUSE = ("language", {"queue": 4}, 0.8), ("clause", {"expected_label": 3}, 0.8)
MISREAD = ("misread", {"site": 2, "expected_label": 2}, 1.2)
ALARMS = ((RUSH, "site", 3), (RUSH, "team", 15), (RUSH, "queue", 2), (RING, "team", 12), (RING, "site", 2), (CLAUSE, "team", 7),
          (CLAUSE, "site", 7), (LANGUAGE, "site", 6), (None, "team", 7), (None, "site", 7), (None, "queue", 2))  # fmt: skip

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Fault = tuple[str, dict[str, int], float] | None


@dataclass
class House:
    """A made-up organisation: a row a person, market and answer, with its audits a day and the logit of an error."""

    rng: np.random.Generator
    columns: dict[str, Ints]
    a_day: Floats
    logit: Floats

    @classmethod
    def of(cls, seed: int) -> House:
        """Another one for each seed."""
        rng = np.random.default_rng([781, seed])
        lean, skill = np.exp(rng.normal(0, 0.25, (5, 7))), rng.normal(0, 0.3, SITES * TEAMS * PEOPLE)
        unlike, rows = rng.normal(0, 0.2, (SITES, 7)), []
        for person, own in enumerate(skill):
            site = person // (TEAMS * PEOPLE)
            for market, share in MARKETS[site]:
                mix = ANSWERS * lean[market] / (ANSWERS * lean[market]).sum()
                level = np.log(ERRORS / (1 - ERRORS)) + own + unlike[site]
                rows += [
                    (market, site // 2, site, person // PEOPLE, person, k, share * mix[k] * A_DAY, level[k])
                    for k in range(7)
                ]
        table = np.array(rows)
        return cls(rng, {name: table[:, k].astype(np.int64) for k, name in enumerate(NAMES)}, table[:, 6], table[:, 7])

    def inside(self, where: Any) -> Bools:
        """The rows of a part."""
        inside = np.ones(len(self.a_day), dtype=bool)
        for name, value in where:
            inside &= self.columns[name] == int(value)
        return inside

    def odds(self, fault: Fault) -> Floats:
        """How probable an error is in each row."""
        base, (kind, where, amount) = 1 / (1 + np.exp(-self.logit)), fault or ("", {}, 0.0)
        worse = 1 / (1 + np.exp(-self.logit - amount))
        if kind == "ring":
            worse = (1 - amount) * base + amount * (1 - ANSWERS[self.columns["expected_label"]])
        if kind == "rush":
            worse = 0.77 * base + 0.23 * worse
        struck = self.inside(where.items()) & (fault is not None)
        return np.where(struck, worse, base)

    def days(self, fault: Fault, days: int) -> tuple[Ints, Ints]:
        """Audits and errors of so many days."""
        n = self.rng.poisson(self.a_day * days)
        return n, self.rng.binomial(n, self.odds(fault))

    def after_alarm(self, fault: Fault, place: Bools) -> tuple[Ints, Ints] | None:
        """Days of which the first crossed the place's limits; None where that hardly ever happens."""
        odds, mean = self.odds(fault)[place], float(np.average(self.odds(None)[place], weights=self.a_day[place]))
        for _ in range(20_000):
            n = self.rng.poisson(self.a_day[place])
            wrong = self.rng.binomial(n, odds)
            if wrong.sum() - n.sum() * mean > LIMIT_Z * np.sqrt(n.sum() * mean * (1 - mean)):
                first, later = self.days(fault, 1), self.days(fault, DAYS - 1)
                first[0][place], first[1][place] = n, wrong
                return first[0] + later[0], first[1] + later[1]
        return None

    def counts(self, window: tuple[Ints, Ints], rows: Bools) -> dict[tuple[str, ...], tuple[float, float]]:
        """The cells of a window as an investigation reads them."""
        keys = zip(*(self.columns[name][rows].astype(str) for name in NAMES), strict=True)
        cells = zip(keys, window[1][rows].tolist(), window[0][rows].tolist(), strict=True)
        return {key: (float(errors), float(n)) for key, errors, n in cells if n}


def main(words: list[str]) -> None:
    """Print both tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    began, runs = process_time(), int(words[0]) if words else 20
    print(f"load average {os.getloadavg()[0]:.1f}\nby hand, {runs} of each")
    for fault in (RUSH, RING, LANGUAGE, CLAUSE, MISREAD, None):
        said = Counter(_by_hand(House.of(seed), fault) for seed in range(runs))
        print(f"  {fault[0] if fault else 'nothing':10} {dict(said)}", flush=True)
    print("after an alarm")
    for fault, kind, value in ALARMS:
        alone, asked = Counter[str](), Counter[str]()
        for seed in range(runs if fault else 3 * runs):
            for counter, told in zip(
                (alone, asked), _after_alarm(House.of(1000 + seed), fault, {kind: value}), strict=True
            ):
                counter[told] += 1
        print(
            f"  {fault[0] if fault else 'nothing':10} of its {kind:6} alone {dict(alone)}  rest asked {dict(asked)}",
            flush=True,
        )
    print(f"{process_time() - began:.0f} s of CPU")


def _by_hand(house: House, fault: Fault) -> str:
    from evenkeel.improve.rules import lines_of

    everything = house.inside(())
    before, now = (house.counts(house.days(what, days), everything) for what, days in ((None, BEFORE), (fault, 7)))
    return _told(house, fault, lines_of(_explained(before, now)), everything)


def _after_alarm(house: House, fault: Fault, where: dict[str, int]) -> tuple[str, str]:
    from evenkeel.improve.rules import lines_of
    from evenkeel.improve.rules_beyond import reaching_into, with_reaching

    place = house.inside(where.items())
    then, window = house.days(None, BEFORE), house.after_alarm(fault, place)
    if window is None:
        return "no alarm", "no alarm"
    (before, now), (rest0, rest1) = ([house.counts(each, rows) for each in (then, window)] for rows in (place, ~place))
    chosen: dict[str, Any] = {"alarm_chance": CHANCE, "alarm_share": 1 / DAYS}
    rest = _explained(rest0, rest1, most_causes=8, family_error=0.025, least_share=0.0)
    reaching = reaching_into(rest, names=NAMES, before=before, now=now)
    known = [(cause.where, cause.rate_ratio.value) for cause in reaching]
    alone, asked = lines_of(_explained(before, now, **chosen)), lines_of(_explained(before, now, known=known, **chosen))
    return _told(house, fault, alone, place), _told(house, fault, with_reaching(asked, reaching), place)


def _explained(before: Any, now: Any, **said: Any) -> Any:
    from evenkeel.kernel import explain_rate

    keys = [*before, *now]
    columns = {name: [key[k] for key in keys] for k, name in enumerate(NAMES) if len({key[k] for key in keys}) > 1}
    errors, n = zip(*(*before.values(), *now.values()), strict=True)
    asked: dict[str, Any] = {"most_causes": 3, "most_ranked": 20, "most_unproven": 3, "hierarchies": (PLACES,)} | said
    return explain_rate(columns, errors, [False] * len(before) + [True] * len(now), n=n, **asked)


def _told(house: House, fault: Fault, lines: Sequence[Any], place: Bools) -> str:
    named = [line for line in lines if line.is_cause]
    if fault is None:
        return "named" if named else "none named"

    def is_right(line: Any) -> bool:
        reach = house.inside(()) if line.is_beyond else place
        one, other = reach & house.inside(line.driver.where), reach & house.inside(fault[1].items())
        return bool(house.a_day[one & other].sum() >= 0.8 * house.a_day[one | other].sum())

    if named and is_right(named[0]):
        return "first"
    kind = "another named" if named else "none named"
    return f"{kind}, shown" if any(is_right(line) for line in lines[:3]) else kind


if __name__ == "__main__":
    main(sys.argv[1:])
