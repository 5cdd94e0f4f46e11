"""A scenario of several programmes as one plan a programme: each is lived, kept and scored as a scenario of its own is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from .plan import EventPlan, Plan, ProgrammePlan, SitePlan

# What a programme may say for itself.
_OWN = ("clauses", "markets", "versions", "models", "habits", "audits", "appeals", "disputes", "calibrations", "arrivals",
        "prelabels", "golds", "gold_rate")  # fmt: skip
# Settings of events that name a clause.
CLAUSES = ("clause", "taken_as", "allowed")


@dataclass(frozen=True, kw_only=True)
class Part(Plan):
    """One programme of several: its teams of every site, its clauses and markets, and of the events those that concern it."""

    policy: str
    # By site: how many of its teams work in programmes before this one.
    teams_before: Mapping[str, int]

    @property
    def policy_name(self) -> str:
        """What its policy is called."""
        return self.policy

    def team_names(self, site: SitePlan) -> tuple[str, ...]:
        """Teams are counted through a site, whichever programme they work in."""
        before = self.teams_before.get(site.name, 0)
        return tuple(f"{site.name} {before + number + 1}" for number in range(site.teams))


def parts_of(plan: Plan) -> tuple[Plan, ...]:
    """A plan for each programme, in their order; the plan itself where it is one programme."""
    if not plan.programmes:
        return (plan,)
    before = dict.fromkeys((site.name for site in plan.sites), 0)
    found = []
    for place, programme in enumerate(plan.programmes):
        found.append(_part(plan, programme, place, before))
        before = {name: count + int(programme.teams.get(name, 0)) for name, count in before.items()}
    return tuple(found)


def folder_of(truth: Path, plan: Plan, place: int) -> Path:
    """Where the truth of a programme is kept: a folder of its own where there are several."""
    return truth / f"{place + 1:02d}" if plan.programmes else truth


def truths_in(truth: Path) -> list[Path]:
    """The folders in which a run keeps what really was: one a programme."""
    return sorted(path.parent for path in truth.glob("*/plan.json")) or [truth]


def concerns(event: EventPlan, part: Plan, programme: str) -> bool:
    """Whether all that an event names is there in a programme."""
    known = places_of(part, programme=programme)
    clauses = [event.settings[name] for name in CLAUSES if isinstance(event.settings.get(name), str)]
    return all(value in known[name] for name, value in event.where.items()) and set(clauses) <= known["clause"]


def places_of(plan: Plan, *, programme: str = "") -> dict[str, set[str]]:
    """The names that an event may say, by `events.PLACES`; `programme` is the one that the plan is a part of."""
    return {
        "programme": {programme} - {""},
        "organisation": {site.organisation for site in plan.sites},
        "site": {site.name for site in plan.sites},
        "team": {name for site in plan.sites for name in plan.team_names(site)},
        "market": {market.name for market in plan.markets},
        "clause": set(plan.labels),
    }


def _part(plan: Plan, programme: ProgrammePlan, place: int, before: Mapping[str, int]) -> Part:
    own = {name: said for name in _OWN if (said := getattr(programme, name)) not in (None, ())}
    labels = [clause.name for clause in own.get("clauses", plan.clauses)]
    told = {each.name: getattr(plan, each.name) for each in fields(Plan)} | _shared(plan, labels) | own
    sites = tuple(_site(site, int(programme.teams.get(site.name, 0)), labels) for site in plan.sites)
    part = Part(
        **told
        | {
            "title": programme.name,
            "about": programme.about or plan.about,
            "seed": _seed(plan.seed, place),
            "sites": tuple(site for site in sites if site.teams),
            "programmes": (),
        },
        policy=programme.policy or programme.name,
        teams_before=dict(before),
    )
    events = tuple(_here(event) for event in plan.events if concerns(event, part, programme.name))
    return replace(part, events=events)


def _seed(seed: int, place: int) -> int:
    """Chance of its own for each programme; the first one's is the scenario's."""
    return int(np.random.SeedSequence([seed, place]).generate_state(1)[0]) if place else seed


def _shared(plan: Plan, labels: Sequence[str]) -> dict[str, Any]:
    """What the scenario says for every programme, as far as it concerns clauses that one has."""
    return {
        "audits": replace(plan.audits, boosts=_of(plan.audits.boosts, labels)),
        "markets": tuple(replace(each, lean=_of(each.lean, labels)) for each in plan.markets),
        "versions": tuple(replace(each, ambiguity=_of(each.ambiguity, labels)) for each in plan.versions),
    }


def _site(site: SitePlan, teams: int, labels: Sequence[str]) -> SitePlan:
    return replace(site, teams=teams, by_clause=_of(site.by_clause, labels))


def _of(by_clause: Mapping[str, float], labels: Sequence[str]) -> dict[str, float]:
    return {name: value for name, value in by_clause.items() if name in labels}


def _here(event: EventPlan) -> EventPlan:
    return replace(event, where={name: value for name, value in event.where.items() if name != "programme"})
