"""Whether a plan holds together: names that point at each other, numbers that can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import available_timezones

from evenkeel.people import STATES

from .plan import Plan
from .programmes import CLAUSES, concerns, parts_of, places_of


def faults_of(plan: Plan) -> list[str]:
    """What is wrong with a plan's numbers and names, each at its place."""
    found = [
        f"{name}: at least {least}, not {value}"
        for name, value, least in (("days", plan.days, 1), ("seed", plan.seed, 0), ("sites", len(plan.sites), 1))
        if value < least
    ]
    found += _faults_of_sites(plan)
    if not 1 <= plan.limits.severity_from <= 4 or not 0 <= plan.limits.minutes_a_day <= 1440:
        found.append("limits: severity_from 1 to 4, minutes_a_day 0 to 1440")
    if not plan.programmes:
        return found + _faults_of_content(plan, "") + _faults_of_clauses(plan) + _faults_of_times(plan)
    # Parts cannot be made of names that are not there.
    named = _faults_of_programmes(plan)
    return found + (named or _faults_of_parts(plan))


def _faults_of_programmes(plan: Plan) -> list[str]:
    """Whether every team of every site works in one programme, and names are there once."""
    sites, names = {site.name: site.teams for site in plan.sites}, [each.name for each in plan.programmes]
    found = [
        f"programmes: there are two of the name {name!r}" for name in sorted({n for n in names if names.count(n) > 1})
    ]
    for place, programme in enumerate(plan.programmes):
        for name, teams in programme.teams.items():
            if name not in sites:
                found.append(f"programmes[{place}].teams.{name}: there is no such site; there are {', '.join(sites)}")
            elif teams != int(teams) or teams < 0:
                found.append(f"programmes[{place}].teams.{name}: how many of its teams, a whole number, not {teams:g}")
        if not sum(programme.teams.values()) > 0:
            found.append(f"programmes[{place}].teams: one at least, by site")
    for name, teams in sites.items():
        given = sum(programme.teams.get(name, 0) for programme in plan.programmes)
        if given != teams:
            found.append(f"programmes: of the {teams} teams of {name} {given:g} are given to a programme")
    return found


def _faults_of_parts(plan: Plan) -> list[str]:
    """What is wrong within a programme, at its place, and what the scenario says of clauses that no programme has."""
    parts, found = parts_of(plan), []
    for place, part in enumerate(parts):
        at = f"programmes[{place}]."
        found += _faults_of_content(part, at)
        found += [f"{at}{fault}" for fault in _faults_of_clauses(part) if not fault.startswith("sites")]
        found += [
            f"{at}{fault}" for fault in _faults_of_times(part) if not fault.startswith(("clock", "arrivals.holidays"))
        ]
        for site in part.sites:
            if not {market.language for market in part.markets} & set(site.languages):
                found.append(f"{at}teams.{site.name}: the site speaks none of the languages of its markets")
    known = {name for part in parts for name in part.labels}
    named = {"audits.boosts": plan.audits.boosts} | {
        f"sites[{n}].by_clause": each.by_clause for n, each in enumerate(plan.sites)
    }
    named |= {f"markets[{n}].lean": each.lean for n, each in enumerate(plan.markets)}
    named |= {f"versions[{n}].ambiguity": each.ambiguity for n, each in enumerate(plan.versions)}
    found += [
        f"{at}.{name}: no programme has such a clause"
        for at, table in named.items()
        for name in table
        if name not in known
    ]
    languages = {market.language for part in parts for market in part.markets}
    found += [f"sites[{n}].by_language.{name}: no market speaks it" for n, site in enumerate(plan.sites)
              for name in site.by_language if name not in languages]  # fmt: skip
    return found + _faults_of_times(replace(plan, versions=(), models=()))


def _faults_of_sites(plan: Plan) -> list[str]:
    found, zones = [], available_timezones()
    names = [site.name for site in plan.sites]
    languages = {market.language for market in plan.markets}
    for place, site in enumerate(plan.sites):
        if site.time_zone not in zones:
            found.append(f"sites[{place}].time_zone: there is no {site.time_zone!r}")
        if site.teams < 1 or site.people < 1:
            found.append(f"sites[{place}].teams, people: at least 1")
        if not 0 < site.accuracy < 1:
            found.append(f"sites[{place}].accuracy: above 0 and below 1, not {site.accuracy}")
        if not plan.programmes and not languages & set(site.languages):
            found.append(f"sites[{place}].languages: none of them is a market's")
    return found + [
        f"sites: there are two of the name {name!r}" for name in sorted({n for n in names if names.count(n) > 1})
    ]


def _faults_of_content(plan: Plan, at: str) -> list[str]:
    """Clauses, markets and what audits say of them; `at` is the programme's place."""
    found = [
        f"{at}{name}: at least {least}, not {count}"
        for name, count, least in (("clauses", len(plan.clauses), 2), ("markets", len(plan.markets), 1))
        if count < least
    ]
    spoken = {language for site in plan.sites for language in site.languages}
    for place, market in enumerate(plan.markets):
        if not 0 <= market.severity <= 4:
            found.append(f"{at}markets[{place}].severity: 0 to 4, not {market.severity}")
        if market.language not in spoken:
            found.append(f"{at}markets[{place}].language: no site speaks {market.language!r}")
        found += [
            f"{at}markets[{place}].lean.{name}: no such clause" for name in market.lean if name not in plan.labels
        ]
    found += [f"{at}audits.boosts.{name}: no such clause" for name in plan.audits.boosts if name not in plan.labels]
    for word, names in (("clauses", list(plan.labels)), ("markets", [market.name for market in plan.markets])):
        found += [
            f"{at}{word}: there are two of the name {name!r}"
            for name in sorted({n for n in names if names.count(n) > 1})
        ]
    return found


def _faults_of_clauses(plan: Plan) -> list[str]:
    """Clauses and languages that tables name and the plan does not have."""
    named: list[tuple[str, Mapping[str, float]]] = []
    languages = {market.language for market in plan.markets}
    found = []
    for place, site in enumerate(plan.sites):
        named.append((f"sites[{place}].by_clause", site.by_clause))
        found += [f"sites[{place}].by_language.{name}: no market speaks it" for name in site.by_language
                  if name not in languages]  # fmt: skip
    for place, clause in enumerate(plan.clauses):
        named.append((f"clauses[{place}].confusions", clause.confusions))
        if clause.confusions and not any(value > 0 for name, value in clause.confusions.items() if name != clause.name):
            found.append(f"clauses[{place}].confusions: another clause, with odds above 0")
    named += [(f"versions[{place}].ambiguity", each.ambiguity) for place, each in enumerate(plan.versions)]
    found += [f"{place}.{name}: no such clause" for place, table in named for name in table if name not in plan.labels]
    return found


def _faults_of_times(plan: Plan) -> list[str]:
    """Days outside the plan, curves that are no curves, states that the clock does not have."""
    arrivals, found = plan.arrivals, []
    for name, values, wanted in (("hours", arrivals.hours, 24), ("weekdays", arrivals.weekdays, 7)):
        if values and (len(values) != wanted or min(values) < 0 or not sum(values)):
            found.append(f"arrivals.{name}: {wanted} numbers, none below 0 and one above it")
    found += [
        f"arrivals.holidays: a day such as 2026-12-25, not {said!r}" for said in arrivals.holidays if not _is_day(said)
    ]
    for word, rows in (("versions", plan.versions), ("models", plan.models)):
        days = [row.from_day for row in rows]
        if days != sorted(set(days)):
            found.append(f"{word}: each from a later day than the one before it")
        found += [f"{word}[{place}].from_day: from 0 to {plan.days - 1}, not {day}"
                  for place, day in enumerate(days) if not 0 <= day < plan.days]  # fmt: skip
    known = [state for state in STATES if state != "production"]
    found += [f"clock.{name}: one of {', '.join(known)}" for name in plan.clock if name not in known]
    if any(minutes < 0 for minutes in plan.clock.values()):
        found.append("clock: minutes of a shift, none below 0")
    return found


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def faults_of_events(plan: Plan) -> list[str]:
    """Names in events that the plan does not have, or that no programme has together."""
    parts = parts_of(plan)
    titles = [each.name for each in plan.programmes] or [""]
    known: dict[str, set[str]] = {}
    for part, programme in zip(parts, titles, strict=True):
        for word, there in places_of(part, programme=programme).items():
            known[word] = known.get(word, set()) | there
    found: list[str] = []
    for place, event in enumerate(plan.events):
        before = len(found)
        for name, value in event.where.items():
            if value not in known[name]:
                said = ", ".join(sorted(known[name])[:12]) or "none"
                found.append(f"events[{place}].where.{name}: there is no {name} {value!r}; there are {said}")
        for name in CLAUSES:
            clause = event.settings.get(name)
            if clause is not None and clause not in known["clause"]:
                said = ", ".join(dict.fromkeys(label for part in parts for label in part.labels))
                found.append(f"events[{place}].{name}: there is no clause {clause!r}; there are {said}")
        if len(found) == before and not any(concerns(event, *each) for each in zip(parts, titles, strict=True)):
            found.append(f"events[{place}]: no programme has all that it names")
    return found
