"""What another plan of audits, another budget, promise or threshold would have done: one scenario, changed and not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from .scoring import Line, together
from .wide.plan import Plan
from .wide.reading import BadScenario, plan_of

if TYPE_CHECKING:
    from evenkeel.kernel import Estimate

# What is no number of the scenario but of the install it is run in.
_BUDGET, _THRESHOLD = "signals.budget", "targets.accuracy"
_NONE = "events"
# What `measure` takes for a budget.
_LEAST, _MOST = 0.05, 50
_ENOUGH_SEEDS = 3


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A scenario with other numbers. `budget` is every organisation's and person's false signals a week, `threshold` the
    programme's target of accuracy; None as it comes.
    """

    plan: Plan
    budget: float | None = None
    threshold: float | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A row of the scores: the scenario as it is, each variant, and each variant's difference from it.

    Differences are those of the same seeds: what two organisations differ by by chance is in neither. Their interval is
    Student's over the seeds, from three on; None where a row is missing on either side.
    """

    score: str
    name: str
    unit: str
    was: Line | None
    variants: tuple[Line | None, ...]
    differences: tuple[Estimate | None, ...]


def changed(plan: Plan, changes: Sequence[str]) -> Changed:
    """A plan with changes such as "audits.rate=0.05", "sites.Manila.accuracy=0.9", "events=none" and "signals.budget=2".

    A part of a list is named by its name. Values are read as TOML numbers, else as text. Raises BadScenario.
    """
    told = _told(plan)
    budget = threshold = None
    for change in changes:
        path, is_said, value = (part.strip() for part in change.partition("="))
        if not path or not is_said or not value:
            raise BadScenario([f"{change}: write NAME=VALUE, such as audits.rate=0.05"])
        if path == _BUDGET:
            budget = _positive(path, value)
            if not _LEAST <= budget <= _MOST:
                raise BadScenario([f"{path}: {_LEAST} to {_MOST} false signals a week, not {value!r}"])
        elif path == _THRESHOLD:
            threshold = _positive(path, value)
            if threshold >= 1:
                raise BadScenario([f"{path}: a share below 1, not {value!r}"])
        elif path == _NONE and value == "none":
            told["events"] = []
        else:
            _set(told, path, value)
    return Changed(plan=plan_of(told), budget=budget, threshold=threshold)


def variant_of(said: str) -> tuple[str, tuple[str, ...]]:
    """A variant's name and changes: "fewer audits: audits.rate=0.01, signals.budget=1"; without a name what it changes."""
    name, is_named, changes = said.rpartition(":")
    found = tuple(part.strip() for part in changes.split(",") if part.strip())
    if not found:
        raise BadScenario([f"{said}: write NAME: NUMBER=VALUE, NUMBER=VALUE"])
    return (name.strip() if is_named and name.strip() else ", ".join(found)), found


def compared(was: Sequence[list[Line]], variants: Sequence[Sequence[list[Line]]]) -> list[Compared]:
    """Rows of the scenario as it is beside those of its variants, in the order of the first; a run a seed, the same seeds."""
    tables = [{(line.score, line.name): line for line in together(list(runs))} for runs in (was, *variants)]
    first = {key: line for table in reversed(tables) for key, line in table.items()}
    keys = dict.fromkeys(key for table in tables for key in table)
    return [
        Compared(
            score=key[0], name=key[1], unit=first[key].unit, was=tables[0].get(key),
            variants=tuple(table.get(key) for table in tables[1:]),
            differences=tuple(_difference(key, was, runs) for runs in variants),
        )
        for key in keys
    ]  # fmt: skip


def _difference(key: tuple[str, str], was: Sequence[list[Line]], now: Sequence[list[Line]]) -> Estimate | None:
    from evenkeel.kernel import Estimate, mean

    pairs = [(_value(key, before), _value(key, after)) for before, after in zip(was, now, strict=True)]
    found = [after - before for before, after in pairs if before is not None and after is not None]
    if len(found) >= _ENOUGH_SEEDS:
        return mean(found)
    nothing = float("nan")
    return Estimate(sum(found) / len(found), nothing, nothing, len(found), float(len(found)), "t") if found else None


def _value(key: tuple[str, str], lines: Sequence[Line]) -> float | None:
    """What one seed's run says in a row."""
    for line in lines:
        if (line.score, line.name) == key and line.n:
            return line.hits / line.n if line.hits is not None else line.value
    return None


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
    place[leaf] = _read(value, place.get(leaf, 0.0))


def _numbers(place: Mapping[str, Any]) -> str:
    return ", ".join(name for name, value in place.items() if not isinstance(value, (dict, list)))


def _read(said: str, was: Any) -> Any:
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
