"""A scenario file (TOML) as a plan; everything that is wrong with it at once, each fault at its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import Any, TypeVar, get_args, get_type_hints

from ..events import EVENTS, PLACES
from .checking import faults_of, faults_of_events
from .plan import (
    AppealPlan,
    ArrivalsPlan,
    AuditPlan,
    CalibrationPlan,
    ClausePlan,
    DisputePlan,
    EventPlan,
    GoldPlan,
    HabitsPlan,
    LimitPlan,
    MarketPlan,
    ModelPlan,
    Plan,
    PrelabelPlan,
    ProgrammePlan,
    SitePlan,
    VersionPlan,
)

T = TypeVar("T")
SHIPPED = Path(__file__).resolve().parent.parent / "scenarios"

_TABLES: Mapping[str, type[Any]] = MappingProxyType(
    {"habits": HabitsPlan, "audits": AuditPlan, "appeals": AppealPlan, "disputes": DisputePlan,
     "calibrations": CalibrationPlan, "arrivals": ArrivalsPlan, "prelabels": PrelabelPlan, "golds": GoldPlan,
     "limits": LimitPlan},
)  # fmt: skip
_LISTS: Mapping[str, type[Any]] = MappingProxyType(
    {"sites": SitePlan, "clauses": ClausePlan, "markets": MarketPlan, "versions": VersionPlan, "models": ModelPlan},
)
_WORDS = {"float": "a number", "int": "a whole number", "str": "a text", "date": "a day such as 2026-01-05"}
_OPEN = {"accuracy", "absence", "weekend", "rate", "sensitivity", "specificity", "rate_if_wrong", "rate_if_right",
         "reversed_if_wrong", "reversed_if_right", "overturned_if_wrong", "overturned_if_right", "checked", "shown",
         "hidden", "logged",
         "gold_rate", "drift_a_month"}  # fmt: skip
# Numbers that are added to an error, and may lower it.
_SIGNED = {"ambiguity", "unlearned", "growth_a_year"}


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
    parts = _parts(told, "", faults)
    parts["programmes"] = tuple(
        _programme(row, f"programmes[{place}]", faults)
        for place, row in enumerate(_rows(told, "programmes", "", faults))
    )
    parts["events"] = tuple(_event(row, f"events[{place}]", faults) for place, row in enumerate(told.get("events", [])))
    plan = _made(Plan, parts, "", faults, is_ready=True)
    if faults:
        raise BadScenario(faults)
    assert isinstance(plan, Plan)
    faults = [*faults_of(plan), *faults_of_events(plan)]
    if faults:
        raise BadScenario(faults)
    return plan


def _parts(told: Mapping[str, Any], at: str, faults: list[str]) -> dict[str, Any]:
    """The plan's parts from the tables and lists of a document, or of a programme's own."""
    known = (*_TABLES, *_LISTS, "events", "programmes")
    parts: dict[str, Any] = {name: value for name, value in told.items() if name not in known}
    for name, kind in _TABLES.items():
        if told.get(name) is not None:
            parts[name] = _made(kind, told[name], f"{at}{name}", faults)
    for name, kind in _LISTS.items():
        rows = _rows(told, name, at, faults)
        parts[name] = tuple(_made(kind, row, f"{at}{name}[{place}]", faults) for place, row in enumerate(rows))
    return parts


def _rows(told: Mapping[str, Any], name: str, at: str, faults: list[str]) -> list[Any]:
    rows = told.get(name, [])
    if isinstance(rows, list):
        return rows
    faults.append(f"{at}{name}: a list of tables, [[{name}]]")
    return []


def _programme(said: Any, place: str, faults: list[str]) -> ProgrammePlan | None:
    """One of several programmes, from its table and those within it."""
    if not isinstance(said, Mapping):
        faults.append(f"{place}: a table")
        return None
    told = {name: value for name, value in said.items() if value is not None}
    own = {each.name for each in fields(ProgrammePlan)}
    wrong = [name for name in told if name not in own]
    faults += [f"{place}.{name}: unknown in a programme; there are {', '.join(sorted(own))}" for name in wrong]
    told = {name: value for name, value in told.items() if name in own}
    parts = {name: value for name, value in _parts(told, f"{place}.", faults).items() if name in own}
    return _made(ProgrammePlan, parts, place, faults, is_ready=True)


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
    for name, value in list(values.items()):
        if is_ready and not isinstance(value, (str, int, float, date, list, Mapping)):
            continue
        values[name] = _value(hints[name], value, f"{at}{name}", faults)
    return kind(**values) if len(faults) == before else None


def _value(hint: Any, value: Any, place: str, faults: list[str]) -> Any:
    # What may be left out may be None beside its kind.
    hint = next((each for each in get_args(hint) if each is not NoneType), hint) if NoneType in get_args(hint) else hint
    plain = str(getattr(hint, "__name__", hint))
    if hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        leaf = place.rsplit(".", 1)[-1]
        if leaf in _OPEN and not 0 <= value <= 1:
            faults.append(f"{place}: a share from 0 to 1, not {value}")
        elif value < 0 and leaf not in _SIGNED:
            faults.append(f"{place}: not below 0, not {value}")
        return float(value)
    if hint in (int, str, date) and isinstance(value, hint) and not isinstance(value, bool):
        return value
    kind = str if "str" in str(hint) else (int, float)
    if plain.startswith("tuple") and isinstance(value, list) and all(_is(each, kind) for each in value):
        return tuple(value)
    if (
        plain.startswith("Mapping")
        and isinstance(value, Mapping)
        and all(_is(each, (int, float)) for each in value.values())
    ):
        return {name: float(each) for name, each in value.items()}
    texts = "a list of texts" if kind is str else "a list of numbers"
    wanted = _WORDS.get(plain, texts if plain.startswith("tuple") else "a table of numbers")
    faults.append(f"{place}: {wanted}, not {value!r}")
    return value


def _is(value: Any, kind: Any) -> bool:
    # In Python a yes is a 1 as well.
    return isinstance(value, kind) and not isinstance(value, bool)


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
