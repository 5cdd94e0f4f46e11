"""The people of a plan as columns: who, where, how good, how fast, since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from ..events import Event
from .plan import DAYS_A_YEAR, Plan

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# Of people's differences, how much belongs to the clause and not to the person. No source: chosen, 0.1 to 0.6 tried.
_BY_CLAUSE = 0.35


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Everybody who ever decides, one row a person: `team` and `site` are places in lists of names.

    `error` is the logit of the error by clause, past learning (people x clauses); `seconds` the median time on an item;
    `joined` and `left` are days, `left` exclusive. A seat is taken over by somebody new when its holder leaves.
    """

    team: Ints
    site: Ints
    error: Floats
    seconds: Floats
    joined: Ints
    left: Ints
    teams: tuple[str, ...]
    team_site: Ints

    def __len__(self) -> int:
        return len(self.team)


def hire(plan: Plan, events: Sequence[Event]) -> Staff:
    """Everybody a plan ever employs, with leavers and their successors. Seeded by the plan."""
    rng = np.random.default_rng([plan.seed, 1])
    teams: list[str] = []
    team_site: list[int] = []
    rows: list[tuple[int, int, int, int]] = []
    for number, site in enumerate(plan.sites):
        for count in range(site.teams):
            team, name = len(teams), plan.team_names(site)[count]
            teams.append(name)
            team_site.append(number)
            for _seat in range(site.people):
                rows += _holders(plan, events, rng, team=team, name=name, site=number, a_year=site.leavers_a_year)
    team_, site_, joined, left = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    count = len(rows)
    mean = np.array([site.accuracy for site in plan.sites])[site_]
    spread = np.array([site.accuracy_spread for site in plan.sites])[site_]
    person = rng.normal(0, 1, count) * spread
    by_clause = rng.normal(0, 1, (count, len(plan.clauses))) * (spread * _BY_CLAUSE)[:, None]
    ambiguity = np.array([clause.ambiguity for clause in plan.clauses])
    error = np.log((1 - mean) / mean)[:, None] + person[:, None] + by_clause + ambiguity[None, :]
    pace = np.array([site.seconds for site in plan.sites])[site_]
    unlike = np.array([site.seconds_spread for site in plan.sites])[site_]
    return Staff(
        team=team_, site=site_, error=error, seconds=pace * np.exp(rng.normal(0, 1, count) * unlike),
        joined=joined, left=left, teams=tuple(teams), team_site=np.array(team_site, dtype=np.int64),
    )  # fmt: skip


def _holders(
    plan: Plan, events: Sequence[Event], rng: np.random.Generator, *, team: int, name: str, site: int, a_year: float
) -> list[tuple[int, int, int, int]]:
    """Who holds a seat over time. Whoever is there at the beginning has been for up to two years."""
    found, joined = [], -int(rng.integers(60, 730))
    daily = -np.log1p(-min(a_year, 0.99)) / DAYS_A_YEAR
    day = 0
    while day < plan.days:
        leaves = day + (int(rng.exponential(1 / daily)) if daily > 0 else plan.days) + 1
        for event in events:
            begins = event.plan.from_day
            share = event.hires(begins, name)
            # An event that concerns others must not move the dice of anybody here.
            if share and day < begins < leaves and rng.random() < share:
                leaves = begins
        found.append((team, site, joined, min(leaves, plan.days)))
        day = joined = leaves
    return found


def sits_down_at(plan: Plan, day: int, *, hour: int = 9) -> npt.NDArray[np.int64]:
    """When each site's shift begins on a day, in microseconds since 1970, UTC."""
    found: list[Any] = []
    for site in plan.sites:
        local = datetime.combine(plan.date_of(day), time(hour), ZoneInfo(site.time_zone))
        found.append((local - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1))
    return np.array(found, dtype=np.int64)
