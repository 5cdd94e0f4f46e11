"""Whether a plan holds together: names that point at each other, numbers that can be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from zoneinfo import available_timezones

from evenkeel.people import STATES

from .plan import Plan


def faults_of(plan: Plan) -> list[str]:
    """What is wrong with a plan's numbers and names, each at its place."""
    found = [
        f"{name}: at least {least}, not {value}"
        for name, value, least in (("days", plan.days, 1), ("seed", plan.seed, 0), ("clauses", len(plan.clauses), 2),
                                   ("markets", len(plan.markets), 1), ("sites", len(plan.sites), 1))
        if value < least
    ]  # fmt: skip
    zones = available_timezones()
    spoken = {language for site in plan.sites for language in site.languages}
    for place, site in enumerate(plan.sites):
        if site.time_zone not in zones:
            found.append(f"sites[{place}].time_zone: there is no {site.time_zone!r}")
        if site.teams < 1 or site.people < 1:
            found.append(f"sites[{place}].teams, people: at least 1")
        if not 0 < site.accuracy < 1:
            found.append(f"sites[{place}].accuracy: above 0 and below 1, not {site.accuracy}")
        if not {market.language for market in plan.markets} & set(site.languages):
            found.append(f"sites[{place}].languages: none of them is a market's")
    if not 1 <= plan.limits.severity_from <= 4 or not 0 <= plan.limits.minutes_a_day <= 1440:
        found.append("limits: severity_from 1 to 4, minutes_a_day 0 to 1440")
    for place, market in enumerate(plan.markets):
        if not 0 <= market.severity <= 4:
            found.append(f"markets[{place}].severity: 0 to 4, not {market.severity}")
        if market.language not in spoken:
            found.append(f"markets[{place}].language: no site speaks {market.language!r}")
        found += [f"markets[{place}].lean.{name}: no such clause" for name in market.lean if name not in plan.labels]
    found += [f"audits.boosts.{name}: no such clause" for name in plan.audits.boosts if name not in plan.labels]
    for word, names in (("sites", [site.name for site in plan.sites]), ("clauses", list(plan.labels)),
                        ("markets", [market.name for market in plan.markets])):  # fmt: skip
        found += [
            f"{word}: there are two of the name {name!r}" for name in sorted({n for n in names if names.count(n) > 1})
        ]
    return found + _faults_of_clauses(plan) + _faults_of_times(plan)


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
    """Names in events that the plan does not have."""
    known = {
        "organisation": {site.organisation for site in plan.sites},
        "site": {site.name for site in plan.sites},
        "team": {f"{site.name} {number + 1}" for site in plan.sites for number in range(site.teams)},
        "market": {market.name for market in plan.markets},
        "clause": set(plan.labels),
    }
    found = []
    for place, event in enumerate(plan.events):
        found += [
            f"events[{place}].where.{name}: there is no {name} {value!r}; there are {', '.join(sorted(known[name])[:12])}"
            for name, value in event.where.items() if value not in known[name]
        ]  # fmt: skip
        for name in ("clause", "taken_as"):
            value = event.settings.get(name)
            if value is not None and value not in known["clause"]:
                found.append(
                    f"events[{place}].{name}: there is no clause {value!r}; there are {', '.join(plan.labels)}"
                )
    return found
