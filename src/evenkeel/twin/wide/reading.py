"""A scenario file (TOML) as a plan; everything that is wrong with it at once, each fault at its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints
from zoneinfo import available_timezones

from ..events import EVENTS, PLACES
from .plan import AppealPlan, AuditPlan, ClausePlan, EventPlan, HabitsPlan, MarketPlan, Plan, SitePlan

T = TypeVar("T")
SHIPPED = Path(__file__).resolve().parent.parent / "scenarios"

_TABLES: Mapping[str, type[Any]] = MappingProxyType(
    {"habits": HabitsPlan, "audits": AuditPlan, "appeals": AppealPlan},
)
_LISTS: Mapping[str, type[Any]] = MappingProxyType({"sites": SitePlan, "clauses": ClausePlan, "markets": MarketPlan})
_WORDS = {"float": "a number", "int": "a whole number", "str": "a text", "date": "a day such as 2026-01-05"}
_OPEN = {"accuracy", "absence", "weekend", "rate", "sensitivity", "specificity", "rate_if_wrong", "rate_if_right",
         "reversed_if_wrong", "reversed_if_right"}  # fmt: skip


class BadScenario(ValueError):
    """A scenario that cannot be run; `faults` are sentences, each of which begins with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def shipped() -> list[str]:
    """The names of the scenarios that come with evenkeel."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def read_plan(said: str | Path, *, seed: int | None = None) -> Plan:
    """The plan of a file, or of a shipped scenario by its name; `seed` replaces the file's.

    Raises `BadScenario` with every fault, `FileNotFoundError` when there is neither such a file nor such a scenario.
    """
    path = Path(said)
    if not path.exists():
        path = SHIPPED / f"{said}.toml"
    if not path.exists():
        raise FileNotFoundError(f"{said} is neither a file nor one of the scenarios {', '.join(shipped())}")
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadScenario([f"{path.name}: not TOML: {error}"]) from error
    return plan_of(told if seed is None else told | {"seed": seed})


def plan_of(told: Mapping[str, Any]) -> Plan:
    """A plan from what a TOML document holds. Raises `BadScenario`."""
    faults: list[str] = []
    parts: dict[str, Any] = {name: value for name, value in told.items() if name not in (*_TABLES, *_LISTS, "events")}
    for name, kind in _TABLES.items():
        if name in told:
            parts[name] = _made(kind, told[name], name, faults)
    for name, kind in _LISTS.items():
        rows = told.get(name, [])
        if not isinstance(rows, list):
            faults.append(f"{name}: a list of tables, [[{name}]]")
            rows = []
        parts[name] = tuple(_made(kind, row, f"{name}[{place}]", faults) for place, row in enumerate(rows))
    parts["events"] = tuple(_event(row, f"events[{place}]", faults) for place, row in enumerate(told.get("events", [])))
    plan = _made(Plan, parts, "", faults, is_ready=True)
    if faults:
        raise BadScenario(faults)
    assert isinstance(plan, Plan)
    faults = [*_faults_of(plan), *_faults_of_events(plan)]
    if faults:
        raise BadScenario(faults)
    return plan


def _made(kind: type[T], said: Any, place: str, faults: list[str], *, is_ready: bool = False) -> T | None:
    """A plan's part from a table; None, and its faults noted, when something is wrong with it."""
    if not isinstance(said, Mapping):
        faults.append(f"{place}: a table")
        return None
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    hints = get_type_hints(kind)
    at = f"{place}." if place else ""
    before = len(faults)
    faults += [f"{at}{name}: unknown; there are {', '.join(sorted(known))}" for name in said if name not in known]
    faults += [
        f"{at}{name}: missing" for name, each in known.items()
        if name not in said and each.default is MISSING and each.default_factory is MISSING
    ]  # fmt: skip
    values = {name: value for name, value in said.items() if name in known}
    if not is_ready or not place:
        for name, value in list(values.items()):
            if is_ready and not isinstance(value, (str, int, float, date)):
                continue
            values[name] = _value(hints[name], value, f"{at}{name}", faults)
    return kind(**values) if len(faults) == before else None


def _value(hint: Any, value: Any, place: str, faults: list[str]) -> Any:
    plain = str(getattr(hint, "__name__", hint))
    if hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        leaf = place.rsplit(".", 1)[-1]
        if leaf in _OPEN and not 0 <= value <= 1:
            faults.append(f"{place}: a share from 0 to 1, not {value}")
        elif value < 0 and leaf not in ("ambiguity",):
            faults.append(f"{place}: not below 0, not {value}")
        return float(value)
    if hint in (int, str, date) and isinstance(value, hint) and not isinstance(value, bool):
        return value
    if plain.startswith("tuple") and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if plain.startswith("Mapping") and isinstance(value, Mapping):
        return dict(value)
    wanted = _WORDS.get(plain, "a list of texts" if plain.startswith("tuple") else "a table of numbers")
    faults.append(f"{place}: {wanted}, not {value!r}")
    return value


def _event(said: Any, place: str, faults: list[str]) -> EventPlan | None:
    if not isinstance(said, Mapping):
        faults.append(f"{place}: a table")
        return None
    slug = said.get("kind")
    if slug not in EVENTS:
        faults.append(f"{place}.kind: one of {', '.join(EVENTS.slugs())}, not {slug!r}")
        return None
    kind = EVENTS[str(slug)]
    before = len(faults)
    own = {name: value for name, value in said.items() if name not in ("kind", "from_day", "until_day", "where")}
    faults += [f"{place}.{name}: unknown; {slug} has {', '.join(kind.parameters) or 'none'}"
               for name in own if name not in kind.parameters]  # fmt: skip
    settings = {}
    for name, parameter in kind.parameters.items():
        value = own.get(name, parameter.default)
        if value is None:
            faults.append(f"{place}.{name}: missing: {parameter.why}")
        elif isinstance(parameter.default, str) or parameter.is_text:
            if not isinstance(value, str):
                faults.append(f"{place}.{name}: a text, not {value!r}")
        elif not isinstance(value, (int, float)) or not parameter.least <= value <= parameter.most:
            faults.append(f"{place}.{name}: from {parameter.least:g} to {parameter.most:g}, not {value!r}")
        settings[name] = value
    from_day, until_day, where = said.get("from_day"), said.get("until_day"), said.get("where", {})
    if not isinstance(from_day, int):
        faults.append(f"{place}.from_day: a whole number of days from the scenario's first, not {from_day!r}")
    if until_day is not None and (
        not isinstance(until_day, int) or not isinstance(from_day, int) or until_day <= from_day
    ):
        faults.append(f"{place}.until_day: a whole number above from_day, not {until_day!r}")
    if not isinstance(where, Mapping) or any(name not in PLACES for name in where):
        faults.append(f"{place}.where: a table of {', '.join(PLACES)}, not {where!r}")
    if len(faults) > before:
        return None
    assert isinstance(from_day, int)
    return EventPlan(kind=str(slug), from_day=from_day, until_day=until_day, where=dict(where), settings=settings)


def _faults_of(plan: Plan) -> list[str]:
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
    for place, market in enumerate(plan.markets):
        if market.language not in spoken:
            found.append(f"markets[{place}].language: no site speaks {market.language!r}")
        found += [f"markets[{place}].lean.{name}: no such clause" for name in market.lean if name not in plan.labels]
    found += [f"audits.boosts.{name}: no such clause" for name in plan.audits.boosts if name not in plan.labels]
    for word, names in (("sites", [site.name for site in plan.sites]), ("clauses", list(plan.labels)),
                        ("markets", [market.name for market in plan.markets])):  # fmt: skip
        found += [
            f"{word}: there are two of the name {name!r}" for name in sorted({n for n in names if names.count(n) > 1})
        ]
    return found


def _faults_of_events(plan: Plan) -> list[str]:
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
