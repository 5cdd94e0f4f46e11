"""What another rate of audits, another budget or another market would have done: one scenario, changed and not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .scoring import Line
from .wide.plan import Plan
from .wide.reading import BadScenario, plan_of

# What is no number of the scenario but of the install it is run in.
_BUDGET = "signals.budget"
_NONE = "events"


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A scenario with other numbers; `budget` is every organisation's and person's false signals a week, None as it comes."""

    plan: Plan
    budget: float | None = None


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A row of the scores of both, the scenario as it is and as it was changed."""

    score: str
    name: str
    was: Line | None
    now: Line | None


def changed(plan: Plan, changes: Sequence[str]) -> Changed:
    """A plan with changes such as "audits.rate=0.05", "sites.Manila.accuracy=0.9", "events=none" and "signals.budget=2".

    A part of a list is named by its name. Values are read as TOML numbers, else as text. Raises BadScenario.
    """
    told = _told(plan)
    budget: float | None = None
    for change in changes:
        path, is_said, value = (part.strip() for part in change.partition("="))
        if not path or not is_said or not value:
            raise BadScenario([f"{change}: write NAME=VALUE, such as audits.rate=0.05"])
        if path == _BUDGET:
            budget = _positive(path, value)
        elif path == _NONE and value == "none":
            told["events"] = []
        else:
            _set(told, path, value)
    return Changed(plan=plan_of(told), budget=budget)


def beside(was: Sequence[Line], now: Sequence[Line]) -> list[Beside]:
    """The rows of two tables side by side, in the order of the first."""
    before, after = ({(line.score, line.name): line for line in lines} for lines in (was, now))
    keys = dict.fromkeys([*before, *after])
    return [
        Beside(score=score, name=name, was=before.get((score, name)), now=after.get((score, name)))
        for score, name in keys
    ]


def _told(plan: Plan) -> dict[str, Any]:
    """The plan as its file would hold it."""
    told = asdict(plan)
    told["events"] = [
        {name: event[name] for name in ("kind", "from_day", "until_day", "where") if event[name] is not None}
        | dict(event["settings"])
        for event in told["events"]
    ]
    return {name: _listed(part) for name, part in told.items()}


def _listed(part: Any) -> Any:
    """Tuples are lists in a file."""
    if isinstance(part, dict):
        return {name: _listed(each) for name, each in part.items()}
    return [_listed(each) for each in part] if isinstance(part, (list, tuple)) else part


def _set(told: dict[str, Any], path: str, value: str) -> None:
    """Set a number or a text of the plan; what is named must be there."""
    *way, leaf = path.split(".")
    place: Any = told
    for name in way:
        if isinstance(place, list):
            named = [each for each in place if each.get("name") == name]
            known = ", ".join(str(each.get("name")) for each in place)
            place = named[0] if named else None
        else:
            known, place = ", ".join(place), place.get(name)
        if not isinstance(place, (dict, list)):
            raise BadScenario([f"{path}: there is no {name!r}; there are {known}"])
    if isinstance(place, list):
        raise BadScenario([f"{path}: say which of {', '.join(str(each.get('name')) for each in place)}"])
    # Boosts and leans take any clause's name.
    is_open = bool(way) and way[-1] in ("boosts", "lean")
    if not is_open and (leaf not in place or isinstance(place[leaf], (dict, list))):
        raise BadScenario([f"{path}: there is no number {leaf!r}; there are {_numbers(place)}"])
    place[leaf] = _value(value, place.get(leaf, 0.0))


def _numbers(place: Mapping[str, Any]) -> str:
    return ", ".join(name for name, value in place.items() if not isinstance(value, (dict, list)))


def _value(said: str, was: Any) -> Any:
    for kind in (int, float):
        if isinstance(was, str):
            break
        try:
            return kind(said)
        except ValueError:
            continue
    return said


def _positive(path: str, value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if found <= 0:
        raise BadScenario([f"{path}: a number above 0, not {value!r}"])
    return found
